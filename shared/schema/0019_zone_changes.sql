-- Who is in another zone since a while ago, and whose floating tasks follow, some at a time: in the order of their ids,
-- those up to `looked_at` are where they belong. Also when a process ends in the midst of it, none is left behind.
CREATE TABLE zone_changes (
    user_id    uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    changed_at timestamptz NOT NULL,
    looked_at  uuid NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON zone_changes TO taskora_functions;
