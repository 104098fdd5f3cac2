-- name: lock
-- First of every change. The next change of this user waits here, so numbers are given out without gaps,
-- and the clock is read after the wait: what has the higher number also has the later time.
   SELECT value, clock_timestamp() AS now FROM counters WHERE user_id = %(user_id)s
      FOR UPDATE;

-- name: clock
SELECT clock_timestamp() AS now;

-- name: emit
-- `next_attempt_at`: the process that made the event posts it itself; relay takes it up if that did not happen.
WITH counted AS (
    UPDATE counters SET value = %(value)s WHERE user_id = %(user_id)s
)
INSERT INTO events (user_id, sequence, id, topic, type, source, subject, happened_at, traceparent, data, next_attempt_at)
SELECT %(user_id)s, %(first)s + position - 1, id, topic, type, %(source)s, subject, %(now)s::timestamptz, %(traceparent)s, data,
       %(now)s::timestamptz + interval '10 seconds'
  FROM unnest(%(ids)s::uuid[], %(topics)s::text[], %(types)s::text[], %(subjects)s::text[], %(data)s::json[])
       WITH ORDINALITY AS event (id, topic, type, subject, data, position);
