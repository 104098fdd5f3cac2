-- name: emit
-- As in changes.sql, of several users, whose counters are all locked.
WITH counted AS (
    UPDATE counters SET value = counted.value
      FROM unnest(%(counted)s::uuid[], %(values)s::bigint[]) AS counted (user_id, value)
     WHERE counters.user_id = counted.user_id
), happened AS (
    INSERT INTO events (user_id, sequence, id, topic, type, source, subject, happened_at, data)
    SELECT user_id, sequence, id, topic, type, %(source)s, subject, moment, data
      FROM unnest(%(user_ids)s::uuid[], %(sequences)s::bigint[], %(ids)s::uuid[], %(topics)s::text[], %(types)s::text[],
                  %(subjects)s::text[], %(moments)s::timestamptz[], %(data)s::json[])
           AS event (user_id, sequence, id, topic, type, subject, moment, data)
    RETURNING user_id, sequence, happened_at
)
INSERT INTO outbox (user_id, sequence, next_attempt_at)
SELECT user_id, sequence, happened_at + make_interval(secs => %(patience)s) FROM happened;
