-- name: at_once
-- All of a change that reads nothing first. Everything in it is made from `counter`, so the user's counter is locked
-- before anything else is done; and a statement that fails leaves the number to the next one.
WITH counter AS (
    UPDATE counters SET value = value + 1 WHERE user_id = {own}
    RETURNING user_id, value, hooked, clock_timestamp() AS now
), made AS (
    {made}
), event AS (
    INSERT INTO events (user_id, sequence, id, topic, type, source, subject, happened_at, traceparent, data)
    SELECT user_id, value, %(event_id)s, %(topic)s, %(type)s, %(source)s, %(subject)s, now, %(traceparent)s,
           (%(data_before)s || document || %(data_after)s)::json
      FROM counter, made
), waiting AS (
    INSERT INTO outbox (user_id, sequence, next_attempt_at)
    SELECT user_id, value, now + interval '10 seconds' FROM counter
){answer}
SELECT value, hooked, now, document FROM counter, made;

-- name: when_free
%(user_id)s;

-- name: if_free
-- Beside the changes of others. What waits for no lock keeps nobody waiting for its own, and can meet no deadlock.
(SELECT user_id FROM counters WHERE user_id = %(user_id)s FOR UPDATE SKIP LOCKED);

-- name: with_answer
, answer AS (
    INSERT INTO answers (user_id, key, request_hash, status, headers, body, given_at)
    SELECT user_id, %(key)s, %(request_hash)s, %(answer_status)s, %(headers)s, document, now FROM counter, made
)
