-- name: listing
SELECT id, subscriber, type, reason, attempts, received_at, delivered_at, next_attempt_at, state
  FROM undelivered
 WHERE (%(everything)s OR state = 'waits')
   AND (%(subscriber)s::text IS NULL OR subscriber = %(subscriber)s::text)
   AND (%(type)s::text IS NULL OR type = %(type)s::text)
   AND (%(reason)s::text IS NULL OR position(lower(%(reason)s::text) IN lower(reason)) > 0)
 ORDER BY received_at, id, subscriber
 LIMIT %(limit)s;

-- name: reasons
SELECT count(*) AS letters, subscriber, type, state, split_part(reason, E'\n', 1) AS reason,
       min(received_at) AS first_at, max(received_at) AS last_at
  FROM undelivered
 WHERE state <> 'delivered'
 GROUP BY subscriber, type, state, split_part(reason, E'\n', 1)
 ORDER BY letters DESC, subscriber, type, state, split_part(reason, E'\n', 1)
 LIMIT %(limit)s;

-- name: show
SELECT id, source, subscriber, type, state, reason, attempts, received_at, delivered_at,
       CASE WHEN state = 'tried again' THEN next_attempt_at END AS next_attempt_at, headers::text AS headers, data
  FROM undelivered
 WHERE id = ANY(%(ids)s::text[])
 ORDER BY id, subscriber;

-- name: replay_letters
-- Due now, and relay's again. What relay has in its hands at this moment (for 30 s at most) is not given to it twice, and
-- what somebody else is replaying is theirs. Those behind the last one only: what fails again at once is not met again.
WITH chosen AS MATERIALIZED (
    SELECT source, id, subscriber FROM dead_letters
     WHERE delivered_at IS NULL AND (NOT transient OR next_attempt_at > now() + interval '30 seconds')
       AND (source, id, subscriber) > (%(after_source)s, %(after_id)s, %(after_subscriber)s)
       AND (%(ids)s::text[] IS NULL OR id = ANY(%(ids)s::text[]))
       AND (%(subscriber)s::text IS NULL OR subscriber = %(subscriber)s::text)
       AND (%(type)s::text IS NULL OR type = %(type)s::text)
       AND (%(reason)s::text IS NULL OR position(lower(%(reason)s::text) IN lower(reason)) > 0)
     ORDER BY source, id, subscriber
     LIMIT %(limit)s
       FOR UPDATE SKIP LOCKED
), replayed AS (
    UPDATE dead_letters SET transient = true, attempts = 0, next_attempt_at = now()
     WHERE (source, id, subscriber) IN (TABLE chosen)
    RETURNING source, id, subscriber
)
SELECT source, id, subscriber FROM replayed ORDER BY source, id, subscriber;

-- name: replay_events
WITH chosen AS MATERIALIZED (
    SELECT user_id, sequence, id, type FROM outbox JOIN events USING (user_id, sequence)
     WHERE refusal IS NOT NULL
       AND (user_id, sequence) > (%(after_user)s, %(after_sequence)s)
       AND (%(ids)s::text[] IS NULL OR id::text = ANY(%(ids)s::text[]))
       AND (%(subscriber)s::text IS NULL OR %(subscriber)s::text = 'broker')
       AND (%(type)s::text IS NULL OR type = %(type)s::text)
       AND (%(reason)s::text IS NULL OR position(lower(%(reason)s::text) IN lower(refusal)) > 0)
     ORDER BY user_id, sequence
     LIMIT %(limit)s
       FOR UPDATE OF outbox SKIP LOCKED
), replayed AS (
    UPDATE outbox SET refusal = NULL, attempts = 0, next_attempt_at = now()
      FROM chosen WHERE outbox.user_id = chosen.user_id AND outbox.sequence = chosen.sequence
    RETURNING outbox.user_id, outbox.sequence
)
SELECT user_id, sequence, id::text AS id, 'broker' AS subscriber FROM replayed JOIN chosen USING (user_id, sequence)
 ORDER BY user_id, sequence;

-- name: states
SELECT id, subscriber, state, delivered_at, next_attempt_at FROM undelivered
 WHERE id = ANY(%(ids)s::text[])
   AND (%(subscriber)s::text IS NULL OR subscriber = %(subscriber)s::text)
 ORDER BY id, subscriber;
