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
SELECT %(user_id)s, %(first)s + position - 1, id, topic, type, %(source)s, subject, %(now)s, %(traceparent)s, data,
       %(now)s + interval '10 seconds'
  FROM unnest(%(ids)s::uuid[], %(topics)s::text[], %(types)s::text[], %(subjects)s::text[], %(data)s::json[])
       WITH ORDINALITY AS event (id, topic, type, subject, data, position);

-- name: given_answer
SELECT request_hash, status, headers, body FROM answers
 WHERE user_id = %(user_id)s AND key = %(key)s AND given_at > now() - interval '24 hours';

-- name: give_answer
INSERT INTO answers (user_id, key, request_hash, status, headers, body, given_at)
VALUES (%(user_id)s, %(key)s, %(request_hash)s, %(status)s, %(headers)s, %(body)s, %(now)s)
    ON CONFLICT (user_id, key) DO UPDATE -- one of more than a day ago, which tidy has not met yet
   SET request_hash = excluded.request_hash, status = excluded.status, headers = excluded.headers,
       body = excluded.body, given_at = excluded.given_at;
