-- Every event of every user, numbered without gaps: what a client that was away reads. A row never changes.
CREATE TABLE events (
    user_id     uuid NOT NULL,
    sequence    bigint NOT NULL, -- from 1
    id          uuid NOT NULL,
    topic       text NOT NULL,
    type        text NOT NULL,
    source      text NOT NULL,
    subject     text NOT NULL,
    happened_at timestamptz NOT NULL,
    traceparent text,
    data        json NOT NULL, -- json and not jsonb: the signature is over these very bytes
    PRIMARY KEY (user_id, sequence)
);
CREATE INDEX events_age ON events (happened_at);

-- Those that are still to be published. A row comes with its event and goes when the broker has it: a mark in `events`
-- would write all of the event, and what leads to it in the indexes, a second time.
CREATE TABLE outbox (
    user_id         uuid NOT NULL,
    sequence        bigint NOT NULL,
    next_attempt_at timestamptz NOT NULL, -- until then the process that made it is still at it
    attempts        integer NOT NULL DEFAULT 0,
    refusal         text, -- the broker will never take it; it waits for an operator
    PRIMARY KEY (user_id, sequence)
) WITH (fillfactor = 85);
CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE refusal IS NULL;
CREATE INDEX outbox_refused ON outbox (next_attempt_at) WHERE refusal IS NOT NULL;

-- What was answered to an Idempotency-Key, for a day.
CREATE TABLE answers (
    user_id      uuid NOT NULL,
    key          text NOT NULL,
    request_hash bytea NOT NULL,
    status       smallint NOT NULL,
    headers      json NOT NULL,
    body         text NOT NULL,
    given_at     timestamptz NOT NULL,
    PRIMARY KEY (user_id, key)
);
CREATE INDEX answers_age ON answers (given_at);

GRANT SELECT, INSERT ON events TO taskora_functions;
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox TO taskora_functions;
GRANT SELECT, INSERT, UPDATE ON answers TO taskora_functions;
GRANT SELECT, DELETE ON events, answers TO taskora_tidy;
GRANT SELECT ON outbox TO taskora_tidy;
