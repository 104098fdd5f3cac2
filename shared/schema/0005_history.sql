-- What happened, for good. Nobody but the owner of the schema can change a row of the first two tables.
CREATE TABLE activity (
    user_id     uuid NOT NULL,
    sequence    bigint NOT NULL,
    id          uuid NOT NULL, -- the event's
    type        text NOT NULL,
    subject     text NOT NULL,
    happened_at timestamptz NOT NULL,
    detail_hash bytea NOT NULL, -- sha256 of the detail
    filled      boolean NOT NULL DEFAULT false, -- the event never came; taken from `events`
    PRIMARY KEY (user_id, sequence)
);
CREATE INDEX activity_subject ON activity (user_id, subject, sequence DESC);

-- Each entry sealed with everything before it: hash = sha256(previous || the entry).
CREATE TABLE activity_chain (
    user_id  uuid NOT NULL,
    sequence bigint NOT NULL,
    previous bytea NOT NULL,
    hash     bytea NOT NULL,
    PRIMARY KEY (user_id, sequence)
);

-- Who, and from what to what. On its own, because deleting an account erases it while the chain stays.
CREATE TABLE activity_details (
    user_id  uuid NOT NULL,
    sequence bigint NOT NULL,
    detail   text NOT NULL, -- the event's data, byte for byte
    PRIMARY KEY (user_id, sequence)
);

-- How far each user's chain reaches. Its row is locked to extend the chain.
CREATE TABLE chain_heads (
    user_id  uuid PRIMARY KEY,
    sequence bigint NOT NULL DEFAULT 0,
    hash     bytea NOT NULL DEFAULT ''
) WITH (fillfactor = 50);

-- What an entry's hash is taken over, in one place, for those who write it and those who check it.
CREATE FUNCTION activity_hash(previous bytea, entry activity) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(previous || convert_to(
        concat_ws(E'\n', entry.user_id, entry.sequence, entry.id, entry.type, entry.subject,
                  instant(entry.happened_at), encode(entry.detail_hash, 'hex')), 'UTF8'))
$$;

GRANT SELECT, INSERT ON activity, activity_chain, activity_details TO taskora_functions;
GRANT SELECT, INSERT, UPDATE ON chain_heads TO taskora_functions;
GRANT SELECT ON chain_heads TO taskora_tidy;
