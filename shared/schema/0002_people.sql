CREATE TABLE users (
    id            uuid PRIMARY KEY,
    email         text NOT NULL, -- as it was typed
    email_key     text UNIQUE, -- its normal form, by which it is found; none once the account is deleted
    password_hash text, -- none: signs in through a provider alone
    name          text NOT NULL,
    zone          text NOT NULL, -- IANA: where a floating date falls
    locale        text NOT NULL DEFAULT 'en', -- BCP 47: how dates and numbers read
    week_start    text NOT NULL DEFAULT 'monday' CHECK (week_start IN (
                      'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')),
    theme         text NOT NULL DEFAULT 'system' CHECK (theme IN ('system', 'light', 'dark')),
    created_at    timestamptz NOT NULL,
    deleted_at    timestamptz, -- nobody can sign in; tidy erases what is left when the history has sealed it
    CHECK ((email_key IS NULL) = (deleted_at IS NOT NULL))
);
CREATE INDEX users_deleted ON users (deleted_at) WHERE deleted_at IS NOT NULL;

-- The number of a user's last event. A row and not a SEQUENCE: a rollback leaves no hole.
-- Whoever changes anything of a user locks this row first, so one user's changes happen one after another.
-- A deleted account has none, so that nothing can happen after it.
-- What comes with every change (tasks, events, the outbox, answers) does not refer to `users`: the row locked here shows
-- that the user is there, and looking once more, and locking that, would cost each row of them 5 µs.
CREATE TABLE counters (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    value   bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50); -- room on the page for the next version of a row that changes with every event

CREATE TABLE sessions (
    user_id      uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id           uuid NOT NULL,
    token_hash   bytea NOT NULL UNIQUE, -- a leaked table signs nobody in
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL DEFAULT now(), -- to the quarter of an hour: a request is no write
    user_agent   text NOT NULL DEFAULT '', -- where it began, as the browser said
    address      text NOT NULL DEFAULT '', -- and as the gateway did
    PRIMARY KEY (user_id, id)
);
CREATE INDEX sessions_expiry ON sessions (expires_at);

GRANT SELECT, INSERT, UPDATE ON users TO taskora_functions;
GRANT SELECT, INSERT, UPDATE, DELETE ON counters TO taskora_functions;
GRANT SELECT, INSERT, DELETE, UPDATE (last_seen_at) ON sessions TO taskora_functions;
GRANT SELECT, DELETE ON sessions TO taskora_tidy;
