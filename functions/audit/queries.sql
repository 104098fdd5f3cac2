-- name: record
-- In one order, so that two who record at the same time never wait for each other.
SELECT record_activity(user_id, sequence, id, type, subject, happened_at, detail)
  FROM (SELECT *
          FROM unnest(%(user_id)s::uuid[], %(sequence)s::bigint[], %(id)s::uuid[], %(type)s::text[],
                      %(subject)s::text[], %(happened_at)s::timestamptz[], %(detail)s::text[])
               AS entry (user_id, sequence, id, type, subject, happened_at, detail)
         ORDER BY user_id, sequence) AS entries;

-- name: of_one_moment
-- What comes while a page is made is on none of its edges, so the next one neither skips nor repeats.
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;

-- name: reach
-- Between which numbers it lies. An hour more on both sides: so far may clocks have been wrong.
SELECT activity_at(%(user_id)s, %(from)s::timestamptz - interval '1 hour') AS since,
       activity_at(%(user_id)s, %(to)s::timestamptz + interval '1 hour') AS below;

-- name: page
SELECT entry.sequence, row_to_json(shown)::text AS document
  FROM (SELECT * FROM ({looked_at}) AS looked_at WHERE {narrowed} ORDER BY sequence DESC LIMIT %(limit)s) AS entry
  LEFT JOIN activity_details USING (user_id, sequence, recorded_at)
  LEFT JOIN users ON users.id = entry.user_id
  LEFT JOIN tokens ON tokens.user_id = entry.user_id AND tokens.id::text = token
  CROSS JOIN LATERAL (SELECT detail::json AS said, detail::json -> split_part(type, '.', 1) AS thing) AS parsed
  CROSS JOIN LATERAL (
       SELECT entry.id, entry.sequence, type, subject, instant(happened_at) AS time,
              coalesce(thing ->> 'title', thing ->> 'name', thing #>> '{template,title}', thing #>> '{tasks,0,title}',
                       left(thing ->> 'text', 200)) AS title,
              coalesce(tasks, '{}') AS tasks,
              CASE WHEN said -> 'actor' IS NOT NULL
                   THEN json_build_object('user', said #>> '{actor,user}', 'via', said #>> '{actor,via}',
                                          'token', said #>> '{actor,token}', 'name', users.name,
                                          'token_name', tokens.name) END AS actor,
              said -> 'operation' AS operation, said -> 'changes' AS changes,
              CASE WHEN type = 'task.recurred' THEN said -> 'missed' END AS missed) AS shown
 ORDER BY entry.sequence DESC;

-- name: edge
-- The last that a page had a look at, and at how many it had.
SELECT min(sequence) AS sequence, count(*) AS number FROM ({looked_at}) AS looked_at;

-- name: by_number
SELECT * FROM activity
 WHERE user_id = %(user_id)s AND sequence < %(below)s AND sequence >= %(since)s
 ORDER BY sequence DESC
 LIMIT %(most)s

-- name: by_subject
SELECT * FROM activity
 WHERE user_id = %(user_id)s AND subject = %(subject)s AND sequence < %(below)s AND sequence >= %(since)s
 ORDER BY sequence DESC
 LIMIT %(most)s

-- name: by_token
SELECT * FROM activity
 WHERE user_id = %(user_id)s AND token = %(token)s AND sequence < %(below)s AND sequence >= %(since)s
 ORDER BY sequence DESC
 LIMIT %(most)s

-- name: by_task
-- Its own, and what is told of it. The latter is found by the task alone, whosever: so it is not looked for in all the
-- user has.
(WITH told AS MATERIALIZED (
    SELECT * FROM activity WHERE tasks @> ARRAY[%(task)s::text]
), own AS (
    SELECT * FROM activity
     WHERE user_id = %(user_id)s AND subject = 'task/' || %(task)s AND sequence < %(below)s AND sequence >= %(since)s
     ORDER BY sequence DESC
     LIMIT %(most)s
)
SELECT * FROM own
 UNION ALL
SELECT * FROM told WHERE user_id = %(user_id)s AND sequence < %(below)s AND sequence >= %(since)s
 ORDER BY sequence DESC
 LIMIT %(most)s)

-- name: by_kind
-- Of each type and way that there is the newest, each from its own place in the index; there are few.
(WITH RECURSIVE kinds AS (
    (SELECT type, via FROM activity
      WHERE user_id = %(user_id)s AND type >= %(first)s AND type < %(last)s
      ORDER BY type, via
      LIMIT 1)
    UNION ALL
    SELECT following.*
      FROM kinds
     CROSS JOIN LATERAL (SELECT type, via FROM activity
                          WHERE user_id = %(user_id)s AND (type, via) > (kinds.type, kinds.via) AND type < %(last)s
                          ORDER BY type, via
                          LIMIT 1) AS following
)
SELECT newest.*
  FROM kinds
 CROSS JOIN LATERAL (SELECT * FROM activity
                      WHERE user_id = %(user_id)s AND type = kinds.type AND via = kinds.via
                        AND sequence < %(below)s AND sequence >= %(since)s
                      ORDER BY sequence DESC
                      LIMIT %(most)s) AS newest
 WHERE %(via)s::text IS NULL OR kinds.via = %(via)s
 ORDER BY sequence DESC
 LIMIT %(most)s)

-- name: verify
-- Every link in order, beside what it seals, from behind what has been removed. One pass over three primary keys: full
-- joins, for what is no link, and because nobody can take them by looking every entry up in every month.
WITH anchors AS (
    SELECT anchor, lag(seal, 1, ''::bytea) OVER (ORDER BY sequence) AS seal_before
      FROM activity_anchors AS anchor
     WHERE user_id = %(user_id)s
), person AS (
    SELECT %(user_id)s::uuid AS id,
           coalesce(head.sequence, 0) AS head, coalesce(head.hash, '') AS hash,
           coalesce(last.sequence, anchor.sequence, 0) AS last, coalesce(last.hash, anchor.hash, '') AS last_hash,
           coalesce(anchor.sequence, 0) AS anchored, coalesce(anchor.hash, '') AS anchor_hash, anchor.ends_at
      FROM (VALUES (1)) AS one
      LEFT JOIN chain_heads AS head ON head.user_id = %(user_id)s
      LEFT JOIN LATERAL (SELECT sequence, hash, ends_at FROM activity_anchors
                          WHERE user_id = %(user_id)s ORDER BY sequence DESC LIMIT 1) AS anchor ON true
      LEFT JOIN LATERAL (SELECT sequence, hash FROM activity_chain
                          WHERE user_id = %(user_id)s ORDER BY sequence DESC LIMIT 1) AS last ON true
), account AS ( -- whose last event says that it was deleted, has its details erased
    SELECT coalesce(bool_or(type = 'user.deleted'), false) AS erased
      FROM person JOIN activity ON activity.user_id = %(user_id)s AND activity.sequence = person.last
), links AS (
    SELECT user_id, sequence, previous, hash, recorded_at,
           lag(sequence, 1, (SELECT anchored FROM person)) OVER in_order AS sequence_before,
           lag(hash, 1, (SELECT anchor_hash FROM person)) OVER in_order AS hash_before
      FROM activity_chain
     WHERE user_id = %(user_id)s
    WINDOW in_order AS (ORDER BY sequence)
), entries AS (
    SELECT * FROM activity WHERE user_id = %(user_id)s
), details AS (
    SELECT sequence, recorded_at, detail FROM activity_details WHERE user_id = %(user_id)s
), findings AS (
    SELECT (anchor).sequence, 'what proves the entries that were removed was changed' AS reason
      FROM anchors
     WHERE (anchor).seal <> anchor_seal(seal_before, anchor)
     UNION ALL
    SELECT CASE WHEN link.sequence > sequence_before + 1 THEN sequence_before + 1 ELSE sequence END,
           CASE WHEN link.sequence IS NULL -- what is further than the next one waits for those before it
                THEN CASE WHEN sequence <= head + 1 THEN 'its link in the chain is missing' END
                WHEN sequence <= anchored THEN 'it is said to have been removed'
                WHEN link.sequence > sequence_before + 1 THEN 'its link in the chain is missing'
                WHEN link.sequence = sequence_before THEN 'it is there twice'
                WHEN entry.sequence IS NULL THEN 'the entry is missing'
                WHEN detail IS NULL AND NOT (SELECT erased FROM account) THEN 'its detail is missing'
                WHEN sha256(convert_to(detail, 'UTF8')) <> entry.detail_hash
                  OR detail.recorded_at <> link.recorded_at THEN 'its detail was changed'
                WHEN link.previous <> hash_before THEN 'its link does not follow the entry before it'
                WHEN link.hash <> activity_hash(link.previous, ROW(entry.*)::activity)
                  OR entry.recorded_at <> link.recorded_at
                  OR entry.recorded_at = '-infinity' AND detail IS NOT NULL
                     AND (SELECT (via, token) IS DISTINCT FROM (coalesce(actor ->> 'via', ''), actor ->> 'token')
                            FROM (SELECT detail::json -> 'actor' AS actor) AS said)
                  OR entry.recorded_at = '-infinity' AND detail IS NOT NULL
                     AND (tasks IS NOT NULL OR type NOT LIKE 'task.%%')
                     AND tasks IS DISTINCT FROM tasks_told_of(type, detail::json)
                THEN 'the entry was changed' END
      FROM links AS link
      FULL JOIN entries AS entry USING (sequence)
      FULL JOIN details AS detail USING (sequence)
     CROSS JOIN person
     UNION ALL -- cut off, or grown, behind the head's back
    SELECT least(last, head) + 1, 'its link in the chain is missing' FROM person WHERE last <> head
     UNION ALL
    SELECT last, 'the head of the chain is another' FROM person WHERE last = head AND last_hash <> hash
     UNION ALL -- given out as a number, and nowhere to be found
    SELECT head + 1, 'the entry is missing'
      FROM person
     WHERE head < (SELECT value FROM counters WHERE user_id = %(user_id)s)
       AND NOT EXISTS (SELECT FROM events WHERE user_id = %(user_id)s AND sequence = head + 1)
)
SELECT head, encode(person.hash, 'hex') AS hash, anchored, encode(anchor_hash, 'hex') AS anchor_hash,
       instant(ends_at) AS ends_at, bad.sequence AS bad, bad.reason
  FROM person
  LEFT JOIN (SELECT sequence, reason FROM findings WHERE reason IS NOT NULL ORDER BY sequence LIMIT 1) AS bad ON true;

-- name: behind
SELECT user_id FROM history_behind LIMIT 100;

-- name: begin_chain
INSERT INTO chain_heads (user_id) VALUES (%(user_id)s) ON CONFLICT DO NOTHING;

-- name: lock_chain
SELECT sequence FROM chain_heads WHERE user_id = %(user_id)s FOR UPDATE;

-- name: fill
-- At most so many that one step has time for them.
WITH missing AS (
    SELECT events.*, greatest(now(), head.recorded_at) AS recorded_at
      FROM events JOIN chain_heads AS head USING (user_id)
     WHERE events.user_id = %(user_id)s
       AND events.sequence > head.sequence AND events.sequence <= head.sequence + 5000
       AND events.happened_at < now() - interval '10 minutes'
       AND NOT EXISTS (SELECT FROM activity
                        WHERE activity.user_id = events.user_id AND activity.sequence = events.sequence)
), entries AS (
    INSERT INTO activity (user_id, sequence, id, type, subject, happened_at, detail_hash, filled, recorded_at, via, token,
                          tasks)
    SELECT user_id, sequence, id, type, subject, happened_at, sha256(convert_to(data::text, 'UTF8')), true, recorded_at,
           coalesce(data #>> '{actor,via}', ''), data #>> '{actor,token}', tasks_told_of(type, data)
      FROM missing
)
INSERT INTO activity_details (user_id, sequence, detail, recorded_at)
SELECT user_id, sequence, data::text, recorded_at FROM missing;

-- name: extend_chain
SELECT extend_chain(%(user_id)s);
