-- When the reminders of tasks fire, and what became of each: the ledger, and the receipts that people see.

CREATE TABLE firings (
    user_id         uuid NOT NULL,
    task_id         uuid NOT NULL,
    reminder_id     uuid NOT NULL, -- one of the task's
    fire_at         timestamptz NOT NULL,
    planned_at      timestamptz NOT NULL, -- what had been due before fires at once, and is not late
    turn            smallint NOT NULL DEFAULT 0, -- among those of one instant: whoever has few does not wait for who has many
    state           text NOT NULL DEFAULT 'pending'
                    CHECK (state IN ('pending', 'fired', 'expired', 'cancelled', 'superseded')),
    settled_at      timestamptz,
    notification_id uuid, -- that says it
    PRIMARY KEY (user_id, task_id, reminder_id, fire_at),
    FOREIGN KEY (user_id, task_id) REFERENCES tasks ON DELETE CASCADE,
    CHECK ((settled_at IS NULL) = (state = 'pending')),
    CHECK (notification_id IS NULL OR state IN ('fired', 'expired'))
);
CREATE INDEX firings_due ON firings (fire_at, turn) WHERE state = 'pending';
CREATE INDEX firings_pending ON firings (user_id, fire_at) WHERE state = 'pending';
CREATE INDEX firings_age ON firings (settled_at) WHERE settled_at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE ON firings TO taskora_functions;
GRANT SELECT, DELETE ON firings TO taskora_tidy;
