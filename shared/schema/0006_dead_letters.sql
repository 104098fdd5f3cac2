-- Events that a function would not or could not take, with what it said.
CREATE TABLE dead_letters (
    source          text NOT NULL,
    id              text NOT NULL,
    subscriber      text NOT NULL, -- the function's name
    type            text NOT NULL,
    headers         json NOT NULL, -- the event's attributes, as they came
    data            bytea NOT NULL,
    reason          text NOT NULL,
    transient       boolean NOT NULL, -- redelivered by itself; otherwise an operator decides
    received_at     timestamptz NOT NULL DEFAULT now(),
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    delivered_at    timestamptz,
    PRIMARY KEY (source, id, subscriber)
);
CREATE INDEX dead_letters_due ON dead_letters (next_attempt_at) WHERE transient AND delivered_at IS NULL;
CREATE INDEX dead_letters_delivered ON dead_letters (delivered_at) WHERE delivered_at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE ON dead_letters TO taskora_functions;
GRANT SELECT, DELETE ON dead_letters TO taskora_tidy;
