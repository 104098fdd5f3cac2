-- name: published
UPDATE events SET published_at = now()
  FROM unnest(%(user_ids)s::uuid[], %(sequences)s::bigint[]) AS sent (user_id, sequence)
 WHERE events.user_id = sent.user_id AND events.sequence = sent.sequence AND published_at IS NULL;

-- name: failed
-- Each pause twice the last, up to ten minutes, and a little different for each, so that they do not come back as one.
UPDATE events
   SET attempts = attempts + 1,
       next_attempt_at = now() + least(interval '10 minutes', interval '10 seconds' * 2 ^ least(attempts, 10))
                                 * (0.75 + random() / 2)
  FROM unnest(%(user_ids)s::uuid[], %(sequences)s::bigint[]) AS kept (user_id, sequence)
 WHERE events.user_id = kept.user_id AND events.sequence = kept.sequence AND published_at IS NULL;

-- name: refused
UPDATE events SET attempts = attempts + 1, refusal = %(refusal)s
 WHERE user_id = %(user_id)s AND sequence = %(sequence)s;
