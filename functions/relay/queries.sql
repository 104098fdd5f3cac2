-- name: take_events
-- SKIP LOCKED: two relays at once share the work. Until `next_attempt_at` nobody else takes them; if this process dies,
-- they are due again by then. MATERIALIZED, to be asked once: a subquery may be asked again for every row, and passes
-- over what has just been taken to the next.
WITH due AS MATERIALIZED (
    SELECT user_id, sequence FROM outbox
     WHERE refusal IS NULL AND next_attempt_at <= now()
     ORDER BY next_attempt_at
     LIMIT %(limit)s
       FOR UPDATE SKIP LOCKED
), taken AS (
    UPDATE outbox SET next_attempt_at = now() + interval '30 seconds'
     WHERE (user_id, sequence) IN (TABLE due)
    RETURNING user_id, sequence
)
SELECT user_id, sequence, id, topic, type, source, subject, happened_at, traceparent, data::text AS data,
       coalesce(hooked, false) AS hooked
  FROM taken JOIN events USING (user_id, sequence) LEFT JOIN counters USING (user_id);

-- name: keep_letter
-- A dead letter may itself come twice. What is kept is reported, once. One that died at relay was published again for
-- whoever lacked it; if it is back, somebody still does.
WITH kept AS (
    INSERT INTO dead_letters (source, id, subscriber, type, headers, data, reason, transient, next_attempt_at)
    VALUES (%(source)s, %(id)s, %(subscriber)s, %(type)s, %(headers)s, %(data)s, %(reason)s, %(transient)s,
            now() + interval '10 seconds')
        ON CONFLICT (source, id, subscriber) DO UPDATE
       SET delivered_at = NULL, reason = excluded.reason, transient = excluded.transient,
           received_at = excluded.received_at, next_attempt_at = excluded.next_attempt_at
     WHERE dead_letters.subscriber = %(relay)s AND dead_letters.delivered_at IS NOT NULL
    RETURNING id, type, subscriber, reason, transient
)
INSERT INTO dead_letter_reports (id, event, type, subscriber, reason, waits)
SELECT %(report)s::uuid, id, type, subscriber, reason, NOT transient FROM kept;

-- name: take_letters
WITH due AS MATERIALIZED (
    SELECT source, id, subscriber FROM dead_letters
     WHERE transient AND delivered_at IS NULL AND next_attempt_at <= now()
     ORDER BY next_attempt_at
     LIMIT %(limit)s
       FOR UPDATE SKIP LOCKED
)
   UPDATE dead_letters SET next_attempt_at = now() + interval '30 seconds'
    WHERE (source, id, subscriber) IN (TABLE due)
RETURNING source, id, subscriber, type, headers, data;

-- name: delivered
UPDATE dead_letters SET delivered_at = now(), attempts = attempts + 1
 WHERE source = %(source)s AND id = %(id)s AND subscriber = %(subscriber)s;

-- name: not_delivered
-- Each pause twice the last, up to an hour: a day of trying. Then, or when trying again is no use, an operator decides,
-- and is told so. Nothing of one that somebody else has delivered, while we were stopped for longer than it was ours.
WITH tried AS (
    UPDATE dead_letters
       SET attempts = attempts + 1,
           reason = %(reason)s,
           transient = %(transient)s AND attempts < 30,
           next_attempt_at = now() + least(interval '1 hour', interval '30 seconds' * 2 ^ least(attempts, 10))
                                     * (0.75 + random() / 2)
     WHERE source = %(source)s AND id = %(id)s AND subscriber = %(subscriber)s AND delivered_at IS NULL
    RETURNING id, type, subscriber, reason, transient
), reported AS (
    INSERT INTO dead_letter_reports (id, event, type, subscriber, reason, waits)
    SELECT %(report)s::uuid, id, type, subscriber, reason, true FROM tried WHERE NOT transient
)
SELECT transient FROM tried;

-- name: take_reports
WITH due AS MATERIALIZED (
    SELECT id FROM dead_letter_reports
     WHERE next_attempt_at <= now()
     ORDER BY next_attempt_at
     LIMIT %(limit)s
       FOR UPDATE SKIP LOCKED
)
   UPDATE dead_letter_reports SET next_attempt_at = now() + interval '30 seconds'
    WHERE id IN (TABLE due)
RETURNING id, happened_at, event, type, subscriber, reason, waits;

-- name: reported
DELETE FROM dead_letter_reports WHERE id = ANY(%(ids)s::uuid[]);

-- name: untold_releases
SELECT name, event, schema, deployed_at FROM releases WHERE told_at IS NULL ORDER BY deployed_at;

-- name: release_told
UPDATE releases SET told_at = now() WHERE name = %(name)s;

-- name: left
SELECT EXISTS (SELECT FROM outbox WHERE refusal IS NULL AND next_attempt_at <= now())
       OR EXISTS (SELECT FROM dead_letters
                   WHERE transient AND delivered_at IS NULL AND next_attempt_at <= now())
       OR EXISTS (SELECT FROM dead_letter_reports WHERE next_attempt_at <= now()) AS something;
