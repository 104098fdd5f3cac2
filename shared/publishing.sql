-- name: published
-- Locked in one order: the maker of an event and relay may mark the same ones at the same time.
WITH sent AS MATERIALIZED (
    SELECT user_id, sequence
      FROM events JOIN unnest(%(user_ids)s::uuid[], %(sequences)s::bigint[]) AS sent (user_id, sequence)
           USING (user_id, sequence)
     WHERE published_at IS NULL
     ORDER BY user_id, sequence
       FOR UPDATE OF events
)
UPDATE events SET published_at = now()
  FROM sent WHERE events.user_id = sent.user_id AND events.sequence = sent.sequence;

-- name: failed
-- Each pause twice the last, up to ten minutes, and a little different for each, so that they do not come back as one.
WITH kept AS MATERIALIZED (
    SELECT user_id, sequence
      FROM events JOIN unnest(%(user_ids)s::uuid[], %(sequences)s::bigint[]) AS kept (user_id, sequence)
           USING (user_id, sequence)
     WHERE published_at IS NULL
     ORDER BY user_id, sequence
       FOR UPDATE OF events
)
UPDATE events
   SET attempts = attempts + 1,
       next_attempt_at = now() + least(interval '10 minutes', interval '10 seconds' * 2 ^ least(attempts, 10))
                                 * (0.75 + random() / 2)
  FROM kept WHERE events.user_id = kept.user_id AND events.sequence = kept.sequence;

-- name: refused
UPDATE events SET attempts = attempts + 1, refusal = %(refusal)s
 WHERE user_id = %(user_id)s AND sequence = %(sequence)s;
