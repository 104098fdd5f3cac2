-- Every event of every user, numbered without gaps: what is still to be published, and what a client that was away reads.
CREATE TABLE events (
    user_id         uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    sequence        bigint NOT NULL CHECK (sequence > 0),
    id              uuid NOT NULL,
    topic           text NOT NULL,
    type            text NOT NULL,
    source          text NOT NULL,
    subject         text NOT NULL,
    happened_at     timestamptz NOT NULL,
    traceparent     text,
    data            json NOT NULL, -- json and not jsonb: the signature is over these very bytes
    published_at    timestamptz,
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL, -- until then the process that made it is still at it
    refusal         text, -- the broker will never take it; it waits for an operator
    PRIMARY KEY (user_id, sequence)
) WITH (fillfactor = 85);
CREATE INDEX events_unpublished ON events (next_attempt_at) WHERE published_at IS NULL AND refusal IS NULL;
CREATE INDEX events_refused ON events (next_attempt_at) WHERE published_at IS NULL AND refusal IS NOT NULL;
CREATE INDEX events_age ON events (happened_at);

-- What was answered to an Idempotency-Key, for a day.
CREATE TABLE answers (
    user_id      uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    key          text NOT NULL,
    request_hash bytea NOT NULL,
    status       smallint NOT NULL,
    headers      json NOT NULL,
    body         text NOT NULL,
    given_at     timestamptz NOT NULL,
    PRIMARY KEY (user_id, key)
);
CREATE INDEX answers_age ON answers (given_at);

GRANT SELECT, INSERT, UPDATE ON events TO taskora_functions;
GRANT SELECT, INSERT, UPDATE ON answers TO taskora_functions;
GRANT SELECT, DELETE ON events, answers TO taskora_tidy;
