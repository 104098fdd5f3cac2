CREATE TABLE users (
    id            uuid PRIMARY KEY,
    email         text NOT NULL, -- as it was typed
    email_key     text NOT NULL UNIQUE, -- its normal form, by which it is found
    password_hash text NOT NULL,
    name          text NOT NULL,
    zone          text NOT NULL, -- IANA: where a floating date falls
    created_at    timestamptz NOT NULL
);

-- The number of a user's last event. A row and not a SEQUENCE: a rollback leaves no hole.
-- Whoever changes anything of a user locks this row first, so one user's changes happen one after another.
CREATE TABLE counters (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    value   bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50); -- room on the page for the next version of a row that changes with every event

CREATE TABLE sessions (
    user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id         uuid NOT NULL,
    token_hash bytea NOT NULL UNIQUE, -- a leaked table signs nobody in
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, id)
);
CREATE INDEX sessions_expiry ON sessions (expires_at);

GRANT SELECT, INSERT, UPDATE ON users, counters TO taskora_functions;
GRANT SELECT, INSERT, DELETE ON sessions TO taskora_functions;
GRANT SELECT, DELETE ON sessions TO taskora_tidy;
