-- name: listing
-- Dead letters, and events that the broker refused: both wait for the same person.
SELECT id, subscriber, type, attempts, received_at,
       CASE WHEN delivered_at IS NOT NULL THEN 'delivered'
            WHEN transient THEN 'tried again' ELSE 'waits' END AS state,
       split_part(reason, E'\n', 1) AS reason
  FROM dead_letters
 WHERE %(everything)s OR (delivered_at IS NULL AND NOT transient)
 UNION ALL
SELECT id::text, 'broker', type, attempts, happened_at, 'waits', refusal
  FROM outbox JOIN events USING (user_id, sequence) WHERE refusal IS NOT NULL
 ORDER BY received_at;

-- name: show
SELECT id, source, subscriber, type, reason, attempts, received_at, delivered_at,
       CASE WHEN transient AND delivered_at IS NULL THEN next_attempt_at END AS next_attempt_at,
       headers::text AS headers, data
  FROM dead_letters WHERE id = %(id)s
 UNION ALL
SELECT id::text, source, 'broker', type, refusal, attempts, happened_at, NULL, NULL, NULL, convert_to(data::text, 'UTF8')
  FROM outbox JOIN events USING (user_id, sequence) WHERE id::text = %(id)s AND refusal IS NOT NULL;

-- name: replay_letters
-- Due now, and relay's again. What relay has in its hands at this moment (for 30 s at most) is not given to it twice.
   UPDATE dead_letters SET transient = true, attempts = 0, next_attempt_at = now()
    WHERE delivered_at IS NULL AND (NOT transient OR next_attempt_at > now() + interval '30 seconds')
      AND (%(ids)s::text[] IS NULL OR id = ANY(%(ids)s::text[]))
      AND (%(reason)s::text IS NULL OR position(lower(%(reason)s) IN lower(reason)) > 0)
RETURNING id, subscriber;

-- name: replay_events
   UPDATE outbox SET refusal = NULL, attempts = 0, next_attempt_at = now()
     FROM events
    WHERE events.user_id = outbox.user_id AND events.sequence = outbox.sequence AND refusal IS NOT NULL
      AND (%(ids)s::text[] IS NULL OR id::text = ANY(%(ids)s::text[]))
      AND (%(reason)s::text IS NULL OR position(lower(%(reason)s) IN lower(refusal)) > 0)
RETURNING id::text AS id, 'broker' AS subscriber;
