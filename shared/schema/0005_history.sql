-- What happened, for good. Nobody but the owner of the schema can change a row of the first two tables.
CREATE TABLE activity (
    user_id     uuid NOT NULL,
    sequence    bigint NOT NULL CHECK (sequence > 0),
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
    sequence bigint NOT NULL CHECK (sequence > 0),
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

-- Add to the chain every entry that follows its head without a gap. The caller holds the head's lock, and took it in
-- an earlier statement: this one must see what was committed while the caller waited.
-- A loop, for it is nearly always one entry: as one recursive statement it cost twice as much.
CREATE FUNCTION extend_chain(person uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    head  chain_heads;
    entry activity;
    seal  bytea;
BEGIN
    SELECT * INTO head FROM chain_heads WHERE user_id = person;
    LOOP
        SELECT * INTO entry FROM activity WHERE user_id = person AND sequence = head.sequence + 1;
        EXIT WHEN NOT FOUND;
        seal := activity_hash(head.hash, entry);
        INSERT INTO activity_chain (user_id, sequence, previous, hash)
        VALUES (person, entry.sequence, head.hash, seal);
        head.sequence := entry.sequence;
        head.hash := seal;
    END LOOP;
    UPDATE chain_heads SET sequence = head.sequence, hash = head.hash
     WHERE user_id = person AND sequence < head.sequence;
END $$;

-- What audit does with an event, in one round trip: there are a thousand a second.
CREATE FUNCTION record_activity(
    person uuid, number bigint, event_id uuid, event_type text, about text, at timestamptz, said text
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM chain_heads WHERE user_id = person FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO chain_heads (user_id) VALUES (person) ON CONFLICT DO NOTHING;
        PERFORM FROM chain_heads WHERE user_id = person FOR UPDATE;
    END IF;
    INSERT INTO activity (user_id, sequence, id, type, subject, happened_at, detail_hash)
    VALUES (person, number, event_id, event_type, about, at, sha256(convert_to(said, 'UTF8')))
        ON CONFLICT DO NOTHING;
    IF FOUND THEN
        INSERT INTO activity_details (user_id, sequence, detail) VALUES (person, number, said);
        PERFORM extend_chain(person);
    END IF;
END $$;

-- Users whose next entry has not come, though its event is ten minutes old.
CREATE VIEW history_behind AS
    SELECT counters.user_id
      FROM counters
      LEFT JOIN chain_heads AS head USING (user_id)
     WHERE counters.value > coalesce(head.sequence, 0)
       AND EXISTS (SELECT FROM events
                    WHERE events.user_id = counters.user_id
                      AND events.sequence = coalesce(head.sequence, 0) + 1
                      AND events.happened_at < now() - interval '10 minutes');

GRANT SELECT ON history_behind TO taskora_functions;
GRANT SELECT, INSERT ON activity, activity_chain, activity_details TO taskora_functions;
GRANT SELECT, INSERT, UPDATE ON chain_heads TO taskora_functions;
GRANT SELECT ON chain_heads TO taskora_tidy;
