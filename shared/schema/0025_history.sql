-- The history in months, so that what is old enough goes as whole tables; and by what else its entries are found.
-- What is there becomes the first part of each table as it is: no entry and no seal of it is touched, and only `activity`
-- is copied, beside the traffic, for the columns that it gets. Then everybody waits while the tables change places.

CREATE TABLE activity_months (
    name       text PRIMARY KEY, -- as 2026_11: activity_2026_11, activity_chain_2026_11, activity_details_2026_11
    starts_at  timestamptz NOT NULL,
    ends_at    timestamptz NOT NULL,
    removed_at timestamptz
);
INSERT INTO activity_months VALUES ('before', '-infinity', now());

-- Up to where a user's entries have been removed: the last one's seal, which the first that stays follows.
-- Each is sealed with the one before it, so none can be exchanged unseen.
CREATE TABLE activity_anchors (
    user_id    uuid NOT NULL,
    sequence   bigint NOT NULL,
    hash       bytea NOT NULL,
    ends_at    timestamptz NOT NULL, -- of the month that went
    removed_at timestamptz NOT NULL,
    seal       bytea NOT NULL,
    PRIMARY KEY (user_id, sequence)
);

CREATE FUNCTION anchor_seal(previous bytea, anchor activity_anchors) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(previous || convert_to(
        concat_ws(E'\n', anchor.user_id, anchor.sequence, encode(anchor.hash, 'hex'), instant(anchor.ends_at),
                  instant(anchor.removed_at)), 'UTF8'))
$$;

-- The tasks that something is about which is none itself: a comment, a reminder, a notification.
CREATE FUNCTION tasks_told_of(event_type text, said json) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE split_part(event_type, '.', 1)
           WHEN 'comment' THEN ARRAY[said #>> '{comment,task}']
           WHEN 'reminder' THEN ARRAY[said #>> '{reminder,task}']
           WHEN 'notification' THEN (SELECT array_agg(task ->> 'id')
                                       FROM json_array_elements(said #> '{notification,tasks}') AS task) END
$$;

CREATE TABLE activity_before (
    user_id     uuid NOT NULL,
    sequence    bigint NOT NULL CHECK (sequence > 0),
    id          uuid NOT NULL, -- the event's
    type        text COLLATE "C" NOT NULL,
    subject     text COLLATE "C" NOT NULL,
    happened_at timestamptz NOT NULL,
    detail_hash bytea NOT NULL, -- sha256 of the detail
    filled      boolean NOT NULL DEFAULT false, -- the event never came; taken from `events`
    recorded_at timestamptz NOT NULL DEFAULT now(), -- decides the month; -infinity: before there were months
    via         text COLLATE "C" NOT NULL DEFAULT '', -- these three are the detail's, beside it to be found by
    token       text COLLATE "C",
    tasks       text[] COLLATE "C",
    PRIMARY KEY (user_id, sequence)
);
INSERT INTO activity_before
SELECT user_id, sequence, id, type, subject, happened_at, detail_hash, filled, '-infinity',
       coalesce(detail::json #>> '{actor,via}', ''), detail::json #>> '{actor,token}',
       tasks_told_of(type, detail::json)
  FROM activity LEFT JOIN activity_details USING (user_id, sequence);
CREATE INDEX activity_before_subject ON activity_before (user_id, subject, sequence DESC);
CREATE INDEX activity_before_kind ON activity_before (user_id, type, via, sequence DESC);
CREATE INDEX activity_before_token ON activity_before (user_id, token, sequence DESC) WHERE token IS NOT NULL;
CREATE INDEX activity_before_tasks ON activity_before USING gin (tasks) WITH (fastupdate = off) WHERE tasks IS NOT NULL;
CREATE INDEX activity_before_id ON activity_before (id);

-- From here on everybody waits, in the order in which the functions take these.
LOCK TABLE chain_heads, activity, activity_details, activity_chain IN ACCESS EXCLUSIVE MODE;

INSERT INTO activity_before -- what came meanwhile
SELECT user_id, sequence, id, type, subject, happened_at, detail_hash, filled, '-infinity',
       coalesce(detail::json #>> '{actor,via}', ''), detail::json #>> '{actor,token}',
       tasks_told_of(type, detail::json)
  FROM activity LEFT JOIN activity_details USING (user_id, sequence)
 WHERE NOT EXISTS (SELECT FROM activity_before AS copied
                    WHERE copied.user_id = activity.user_id AND copied.sequence = activity.sequence);

DROP VIEW history;
DROP FUNCTION activity_hash;
DROP TABLE activity;

ALTER TABLE activity_chain RENAME TO activity_chain_before;
ALTER TABLE activity_chain_before ADD recorded_at timestamptz NOT NULL DEFAULT '-infinity';
ALTER TABLE activity_chain_before ALTER recorded_at SET DEFAULT now();
ALTER TABLE activity_details RENAME TO activity_details_before;
ALTER TABLE activity_details_before ADD recorded_at timestamptz NOT NULL DEFAULT '-infinity';
ALTER TABLE activity_details_before ALTER recorded_at SET DEFAULT now();
REVOKE ALL ON activity_chain_before, activity_details_before FROM taskora_functions;

-- What is in no month is in the rest: nothing is lost when nobody makes months, or a clock is wrong. A new month is made
-- like it, with its keys: a number is there once in a month by its key, and once in all by the head's lock.
CREATE TABLE activity (LIKE activity_before INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (recorded_at);
CREATE TABLE activity_chain (LIKE activity_chain_before INCLUDING DEFAULTS INCLUDING CONSTRAINTS)
    PARTITION BY RANGE (recorded_at);
CREATE TABLE activity_details (LIKE activity_details_before INCLUDING DEFAULTS INCLUDING CONSTRAINTS)
    PARTITION BY RANGE (recorded_at);
ALTER TABLE activity ATTACH PARTITION activity_before FOR VALUES FROM (MINVALUE) TO ('0001-01-01 00:00+00');
ALTER TABLE activity_chain ATTACH PARTITION activity_chain_before FOR VALUES FROM (MINVALUE) TO ('0001-01-01 00:00+00');
ALTER TABLE activity_details ATTACH PARTITION activity_details_before
    FOR VALUES FROM (MINVALUE) TO ('0001-01-01 00:00+00');
CREATE TABLE activity_rest (LIKE activity_before INCLUDING ALL);
CREATE TABLE activity_chain_rest (LIKE activity_chain_before INCLUDING ALL);
CREATE TABLE activity_details_rest (LIKE activity_details_before INCLUDING ALL);
ALTER TABLE activity ATTACH PARTITION activity_rest DEFAULT;
ALTER TABLE activity_chain ATTACH PARTITION activity_chain_rest DEFAULT;
ALTER TABLE activity_details ATTACH PARTITION activity_details_rest DEFAULT;

GRANT SELECT, INSERT ON activity, activity_chain, activity_details TO taskora_functions;
GRANT SELECT ON activity_months, activity_anchors TO taskora_functions;

ALTER TABLE chain_heads
    ADD recorded_at   timestamptz NOT NULL DEFAULT '-infinity', -- of its last entry: time does not go back in a chain
    ADD waiting_since timestamptz; -- since when there are entries that wait for one before them
UPDATE chain_heads SET waiting_since = '-infinity'
 WHERE EXISTS (SELECT FROM activity
                WHERE activity.user_id = chain_heads.user_id AND activity.sequence > chain_heads.sequence);

CREATE VIEW history AS
    SELECT user_id, sequence, id, type, subject, happened_at, detail::json AS data
      FROM activity JOIN activity_details USING (user_id, sequence, recorded_at);
GRANT SELECT ON history TO taskora_functions;

-- What an entry's hash is taken over, in one place, for those who write it and those who check it. Of those from before
-- there were months it is what it was then: what they have got since says the detail.
CREATE FUNCTION activity_hash(previous bytea, entry activity) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(previous || convert_to(
        concat_ws(E'\n', entry.user_id, entry.sequence, entry.id, entry.type, entry.subject,
                  instant(entry.happened_at), encode(entry.detail_hash, 'hex'),
                  CASE WHEN entry.recorded_at > '-infinity'
                       THEN concat(instant(entry.recorded_at), E'\n', entry.filled, E'\n', entry.via, E'\n', entry.token,
                                   E'\n', entry.tasks) END), 'UTF8'))
$$;

-- Add to the chain every entry that follows its head without a gap. The caller holds the head's lock, and took it in
-- an earlier statement: this one must see what was committed while the caller waited.
CREATE OR REPLACE FUNCTION extend_chain(person uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    head  chain_heads;
    entry activity;
    seal  bytea;
BEGIN
    SELECT * INTO head FROM chain_heads WHERE user_id = person;
    IF head.recorded_at = '-infinity' THEN
        -- Whoever waited in the release before's record_activity for the change to months goes on in it, where a month
        -- does not know what the one before holds.
        PERFORM FROM activity AS later JOIN activity AS earlier USING (user_id, sequence)
          WHERE user_id = person AND later.recorded_at > '-infinity' AND earlier.recorded_at = '-infinity';
        IF FOUND THEN
            RAISE EXCEPTION 'It came before.' USING ERRCODE = 'serialization_failure';
        END IF;
    END IF;
    LOOP
        SELECT * INTO entry FROM activity WHERE user_id = person AND sequence = head.sequence + 1;
        EXIT WHEN NOT FOUND;
        seal := activity_hash(head.hash, entry);
        INSERT INTO activity_chain (user_id, sequence, previous, hash, recorded_at)
        VALUES (person, entry.sequence, head.hash, seal, entry.recorded_at);
        head.sequence := entry.sequence;
        head.hash := seal;
        head.recorded_at := greatest(head.recorded_at, entry.recorded_at);
    END LOOP;
    SELECT min(recorded_at) INTO head.waiting_since FROM activity WHERE user_id = person AND sequence > head.sequence;
    UPDATE chain_heads
       SET sequence = head.sequence, hash = head.hash, recorded_at = head.recorded_at, waiting_since = head.waiting_since
     WHERE user_id = person;
END $$;

-- What audit does with an event, in one round trip: there are a thousand a second. Nearly always it is the next one, and
-- nothing waits for it: then nothing is looked for, in however many months.
CREATE OR REPLACE FUNCTION record_activity(
    person uuid, number bigint, event_id uuid, event_type text, about text, at timestamptz, said text
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    head  chain_heads;
    entry activity;
    actor json := said::json -> 'actor';
    seal  bytea;
BEGIN
    SELECT * INTO head FROM chain_heads WHERE user_id = person FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO chain_heads (user_id) VALUES (person) ON CONFLICT DO NOTHING;
        SELECT * INTO head FROM chain_heads WHERE user_id = person FOR UPDATE;
    END IF;
    IF number <= head.sequence THEN
        RETURN; -- it came before
    END IF;
    IF number > head.sequence + 1 AND head.waiting_since IS NOT NULL THEN
        PERFORM FROM activity WHERE user_id = person AND sequence = number AND recorded_at >= head.waiting_since;
        IF FOUND THEN
            RETURN; -- it came before, and waits
        END IF;
    END IF;
    entry := (person, number, event_id, event_type, about, at, sha256(convert_to(said, 'UTF8')), false,
              greatest(now(), head.recorded_at), coalesce(actor ->> 'via', ''), actor ->> 'token', NULL);
    IF event_type NOT LIKE 'task.%' THEN
        entry.tasks := tasks_told_of(event_type, said::json);
    END IF;
    INSERT INTO activity VALUES (entry.*);
    INSERT INTO activity_details (user_id, sequence, detail, recorded_at)
    VALUES (person, number, said, entry.recorded_at);
    IF number > head.sequence + 1 THEN
        UPDATE chain_heads SET waiting_since = coalesce(waiting_since, entry.recorded_at) WHERE user_id = person;
    ELSIF head.waiting_since IS NOT NULL THEN
        PERFORM extend_chain(person);
    ELSE
        seal := activity_hash(head.hash, entry);
        INSERT INTO activity_chain (user_id, sequence, previous, hash, recorded_at)
        VALUES (person, number, head.hash, seal, entry.recorded_at);
        UPDATE chain_heads SET sequence = number, hash = seal, recorded_at = entry.recorded_at WHERE user_id = person;
    END IF;
END $$;

-- The number from which on everything is of this moment or after it: found by halves, for the later has the higher number.
CREATE FUNCTION activity_at(person uuid, moment timestamptz) RETURNS bigint LANGUAGE plpgsql STABLE STRICT AS $$
DECLARE
    low   bigint;
    high  bigint;
    entry record;
BEGIN
    SELECT min(sequence), max(sequence) + 1 INTO low, high FROM activity WHERE user_id = person;
    WHILE low < high LOOP
        SELECT sequence, happened_at INTO entry FROM activity
         WHERE user_id = person AND sequence >= low + (high - low) / 2 ORDER BY sequence LIMIT 1;
        IF entry.happened_at < moment THEN
            low := entry.sequence + 1;
        ELSE
            high := low + (high - low) / 2;
        END IF;
    END LOOP;
    RETURN low;
END $$;

-- This month and the three that follow, unless they are there, or the rest has entries of one: those stay where they are.
-- A table is attached when it is whole; only who reads the rest waits for a moment.
CREATE FUNCTION make_activity_months() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '500ms' AS $$
DECLARE
    month timestamptz;
    label text;
    place text;
    made  integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('activity_months'));
    FOR month IN SELECT generate_series(date_trunc('month', now()), now() + interval '3 months', '1 month') LOOP
        label := to_char(month, 'YYYY_MM');
        CONTINUE WHEN EXISTS (SELECT FROM activity_months WHERE name = label)
                   OR EXISTS (SELECT FROM activity_rest
                               WHERE recorded_at >= month AND recorded_at < month + interval '1 month');
        FOREACH place IN ARRAY ARRAY['activity', 'activity_details', 'activity_chain'] LOOP
            EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', place || '_' || label, place || '_rest');
            EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                           place, place || '_' || label, month, month + interval '1 month');
        END LOOP;
        INSERT INTO activity_months VALUES (label, month, month + interval '1 month');
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;

-- Remove the oldest month that ended so many days ago, and say which; null when there is none. What goes is anchored:
-- of each user the last entry's seal. What is before it and was put elsewhere, for it waited or a clock was wrong, goes too.
-- The tables go last and at once. Whoever uses the history then waits for half a second at most, else it is tried again.
-- Everybody is looked up by index: the anchors grow meanwhile, and to read all of them for each takes the square of that.
CREATE FUNCTION remove_activity(days integer) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '500ms'
SET enable_seqscan = off SET jit = off AS $$
DECLARE
    month     activity_months;
    place     text;
    since     timestamptz := now() - make_interval(days => days);
    elsewhere timestamptz; -- from when on it is in other parts
    late      uuid[]; -- who has some of it there
BEGIN
    IF days IS NULL OR days < 90 THEN
        RAISE EXCEPTION 'The history is kept for 90 days at least.';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('activity_months'));
    SELECT * INTO month FROM activity_months WHERE removed_at IS NULL AND ends_at <= since ORDER BY starts_at LIMIT 1;
    IF NOT FOUND AND EXISTS (SELECT FROM activity_chain_rest WHERE recorded_at < date_trunc('month', since)) THEN
        month := ('rest', '-infinity', date_trunc('month', since), NULL);
    END IF;
    IF month.name IS NULL THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM chain_heads WHERE waiting_since < month.ends_at) THEN
        RAISE WARNING 'Entries of % wait for one before them, so it stays.', month.name;
        RETURN NULL;
    END IF;
    EXECUTE format(
        'INSERT INTO activity_anchors
         SELECT (made).user_id, (made).sequence, (made).hash, (made).ends_at, (made).removed_at,
                anchor_seal(coalesce(seal, %L), made)
           FROM (SELECT ROW(head.user_id, last.sequence, last.hash, $1, now(), NULL)::activity_anchors AS made, before.seal
                   FROM chain_heads AS head
                  CROSS JOIN LATERAL (SELECT sequence, hash FROM %I
                                       WHERE user_id = head.user_id AND recorded_at < $1
                                       ORDER BY sequence DESC LIMIT 1) AS last
                   LEFT JOIN LATERAL (SELECT sequence, seal FROM activity_anchors
                                       WHERE user_id = head.user_id ORDER BY sequence DESC LIMIT 1) AS before ON true
                  WHERE last.sequence > coalesce(before.sequence, 0)) AS removed',
        ''::bytea, 'activity_chain_' || month.name) USING month.ends_at;
    elsewhere := CASE month.name WHEN 'rest' THEN '-infinity' ELSE month.ends_at END;
    late := ARRAY(SELECT anchor.user_id
                    FROM activity_anchors AS anchor
                   CROSS JOIN LATERAL (SELECT FROM activity_chain AS link
                                        WHERE link.user_id = anchor.user_id AND link.sequence <= anchor.sequence
                                          AND link.recorded_at >= elsewhere
                                        LIMIT 1) AS link
                   WHERE anchor.removed_at = now());
    FOREACH place IN ARRAY ARRAY['activity', 'activity_details', 'activity_chain'] LOOP
        EXIT WHEN late = '{}';
        EXECUTE format(
            'DELETE FROM %1$I AS entry USING activity_anchors AS anchor
              WHERE anchor.user_id = ANY ($1) AND anchor.removed_at = now()
                AND entry.user_id = anchor.user_id AND entry.sequence <= anchor.sequence
                AND entry.recorded_at >= %2$L', place, elsewhere) USING late;
    END LOOP;
    IF month.name = 'rest' THEN
        RETURN month.name;
    END IF;
    UPDATE activity_months SET removed_at = now() WHERE name = month.name;
    FOR attempt IN 1..10 LOOP
        BEGIN
            LOCK TABLE activity, activity_details, activity_chain IN ACCESS EXCLUSIVE MODE;
            EXECUTE format('DROP TABLE %I, %I, %I', 'activity_' || month.name, 'activity_details_' || month.name,
                           'activity_chain_' || month.name);
            RETURN month.name;
        EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
            PERFORM pg_sleep(0.2);
        END;
    END LOOP;
    RAISE EXCEPTION 'The history is in use. % is removed another time.', month.name USING ERRCODE = 'lock_not_available';
END $$;

REVOKE EXECUTE ON FUNCTION make_activity_months, remove_activity FROM public;
GRANT EXECUTE ON FUNCTION make_activity_months, remove_activity TO taskora_tidy;

-- As before, but for the months: of the details all are emptied, of the others none.
CREATE OR REPLACE FUNCTION erase_accounts(most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    person uuid;
    place  text;
    gone   integer;
BEGIN
    SELECT user_id INTO person FROM accounts_to_erase LIMIT 1;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    FOR place IN
        SELECT leaf.relname
          FROM pg_class AS leaf JOIN pg_attribute ON attrelid = leaf.oid
          LEFT JOIN pg_inherits ON inhrelid = leaf.oid
          LEFT JOIN pg_class AS whole ON whole.oid = inhparent
         WHERE leaf.relnamespace = 'public'::regnamespace AND leaf.relkind = 'r'
           AND attname = 'user_id' AND NOT attisdropped
           AND coalesce(whole.relname, leaf.relname)
               NOT IN ('activity', 'activity_chain', 'activity_anchors', 'chain_heads')
         ORDER BY leaf.relname
    LOOP
        BEGIN
            EXECUTE format('DELETE FROM %1$I WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$I WHERE user_id = $1 LIMIT $2))', place)
              USING person, most;
            GET DIAGNOSTICS gone = ROW_COUNT;
        EXCEPTION WHEN foreign_key_violation THEN
            gone := 0;
        END;
        IF gone > 0 THEN
            RETURN gone;
        END IF;
    END LOOP;
    DELETE FROM dead_letters WHERE headers ->> 'ce-partitionkey' = person::text;
    DELETE FROM users WHERE id = person;
    RETURN 1;
END $$;

SELECT make_activity_months();
