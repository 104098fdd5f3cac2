-- name: published
-- Locked in one order: the maker of an event and relay may be done with the same ones at the same time.
WITH sent AS MATERIALIZED (
    SELECT user_id, sequence
      FROM outbox JOIN unnest(%(user_ids)s::uuid[], %(sequences)s::bigint[]) AS sent (user_id, sequence)
           USING (user_id, sequence)
     ORDER BY user_id, sequence
       FOR UPDATE OF outbox
)
DELETE FROM outbox USING sent WHERE outbox.user_id = sent.user_id AND outbox.sequence = sent.sequence;

-- name: failed
-- Each pause twice the last, up to ten minutes, and a little different for each, so that they do not come back as one.
WITH kept AS MATERIALIZED (
    SELECT user_id, sequence
      FROM outbox JOIN unnest(%(user_ids)s::uuid[], %(sequences)s::bigint[]) AS kept (user_id, sequence)
           USING (user_id, sequence)
     ORDER BY user_id, sequence
       FOR UPDATE OF outbox
)
UPDATE outbox
   SET attempts = attempts + 1,
       next_attempt_at = now() + least(interval '10 minutes', interval '10 seconds' * 2 ^ least(attempts, 10))
                                 * (0.75 + random() / 2)
  FROM kept WHERE outbox.user_id = kept.user_id AND outbox.sequence = kept.sequence;

-- name: refused
-- Operators hear of it from relay, once.
WITH refused AS (
    UPDATE outbox SET attempts = attempts + 1, refusal = %(refusal)s
     WHERE user_id = %(user_id)s AND sequence = %(sequence)s AND refusal IS NULL
    RETURNING user_id, sequence, refusal
)
INSERT INTO dead_letter_reports (id, event, type, subscriber, reason, waits)
SELECT %(report)s::uuid, events.id::text, type, 'broker', refusal, true FROM refused JOIN events USING (user_id, sequence);
