-- name: lock
-- First of every change. The next change of this user waits here, so numbers are given out without gaps,
-- and the clock is read after the wait: what has the higher number also has the later time.
   SELECT value, hooked, clock_timestamp() AS now FROM counters WHERE user_id = %(user_id)s
      FOR UPDATE;

-- name: clock
SELECT clock_timestamp() AS now;

-- name: emit
-- `next_attempt_at`: the process that made the event posts it itself; relay takes it up if that did not happen.
WITH counted AS (
    UPDATE counters SET value = %(value)s WHERE user_id = %(user_id)s
), happened AS (
    INSERT INTO events (user_id, sequence, id, topic, type, source, subject, happened_at, traceparent, data)
    SELECT %(user_id)s, %(first)s + position - 1, id, topic, type, %(source)s, subject, %(now)s, %(traceparent)s, data
      FROM unnest(%(ids)s::uuid[], %(topics)s::text[], %(types)s::text[], %(subjects)s::text[], %(data)s::json[])
           WITH ORDINALITY AS event (id, topic, type, subject, data, position)
    RETURNING user_id, sequence, happened_at
)
INSERT INTO outbox (user_id, sequence, next_attempt_at)
SELECT user_id, sequence, happened_at + interval '10 seconds' FROM happened;

-- name: in_change
-- The counter was locked by a statement before.
WITH counter AS (
    SELECT %(user_id)s::uuid AS user_id, %(now)s::timestamptz AS now
)
{made};

-- name: in_order
-- As `emit`, of rows that the same statement changes: numbered as they were asked for, and brought.
WITH changed AS (
    {changed}
), numbered AS (
    SELECT id, document, changes, event_id, type, %(last)s + row_number() OVER (ORDER BY ordinality) AS sequence
      FROM changed
), told AS (
    INSERT INTO events (user_id, sequence, id, topic, type, source, subject, happened_at, traceparent, data)
    SELECT %(user_id)s, sequence, event_id, %(topic)s, type, %(source)s, %(kind)s || '/' || id, %(now)s,
           %(traceparent)s, (%(before)s || document || %(between)s || changes || %(behind)s)::json
      FROM numbered
), waiting AS (
    INSERT INTO outbox (user_id, sequence, next_attempt_at)
    SELECT %(user_id)s, sequence, %(now)s::timestamptz + interval '10 seconds' FROM numbered
), counted AS (
    UPDATE counters SET value = (SELECT max(sequence) FROM numbered)
     WHERE user_id = %(user_id)s AND EXISTS (SELECT FROM numbered)
){answer}
SELECT id, document, changes, event_id, type, sequence FROM numbered ORDER BY sequence;

-- name: asked
-- JSON and no arrays: of those the planner thinks that it knew how many rows they are, and plans anew each time.
json_to_recordset(%(asked)s::json) AS (about uuid, event_id uuid, type text, was json)

-- name: in_many
-- As `emit`, of rows whose documents stay here. The process that made these events does not have them: they are relay's.
WITH changed AS (
    {changed}
), numbered AS (
    SELECT *, row_number() OVER (ORDER BY id) AS number FROM changed
), told AS (
    INSERT INTO events (user_id, sequence, id, topic, type, source, subject, happened_at, traceparent, data)
    SELECT %(user_id)s, %(last)s + number, (%(ids)s::uuid[])[number], %(topic)s, %(type)s, %(source)s,
           %(kind)s || '/' || id, %(now)s, %(traceparent)s,
           (%(before)s || document || %(between)s || changes || %(behind)s)::json
      FROM numbered
    RETURNING user_id, sequence, happened_at
), waiting AS (
    INSERT INTO outbox (user_id, sequence, next_attempt_at) SELECT user_id, sequence, happened_at FROM told
), counted AS (
    UPDATE counters SET value = (SELECT max(sequence) FROM told) WHERE user_id = %(user_id)s AND EXISTS (SELECT FROM told)
)
SELECT count(*) AS changed FROM told;
