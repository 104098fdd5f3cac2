-- name: record
-- In one order, so that two who record at the same time never wait for each other.
SELECT record_activity(user_id, sequence, id, type, subject, happened_at, detail)
  FROM (SELECT *
          FROM unnest(%(user_id)s::uuid[], %(sequence)s::bigint[], %(id)s::uuid[], %(type)s::text[],
                      %(subject)s::text[], %(happened_at)s::timestamptz[], %(detail)s::text[])
               AS entry (user_id, sequence, id, type, subject, happened_at, detail)
         ORDER BY user_id, sequence) AS entries;

-- name: newest
SELECT sequence, row_to_json(entry)::text AS document
  FROM (SELECT id, sequence, type, subject, instant(happened_at) AS time, detail::json -> 'actor' AS actor,
               detail::json -> 'operation' AS operation, detail::json -> 'changes' AS changes,
               CASE WHEN type = 'task.recurred' THEN detail::json -> 'missed' END AS missed
          FROM activity LEFT JOIN activity_details USING (user_id, sequence)
         WHERE user_id = %(user_id)s
           AND (%(before)s::bigint IS NULL OR sequence < %(before)s)
           AND (%(subject)s::text IS NULL OR subject = %(subject)s)
           AND (%(type)s::text IS NULL OR type = %(type)s)
         ORDER BY sequence DESC
         LIMIT %(limit)s) AS entry;

-- name: verify
-- Every link in order, beside what it seals. One pass over three primary keys, whatever their size.
WITH links AS (
    SELECT user_id, sequence, previous, hash,
           lag(sequence, 1, 0::bigint) OVER in_order AS sequence_before,
           lag(hash, 1, ''::bytea) OVER in_order AS hash_before
      FROM activity_chain
     WHERE user_id = %(user_id)s
    WINDOW in_order AS (ORDER BY sequence)
), head AS (
    SELECT coalesce(sequence, 0) AS sequence, coalesce(hash, '') AS hash
      FROM (VALUES (%(user_id)s::uuid)) AS person (id) LEFT JOIN chain_heads ON user_id = person.id
), last AS (
    SELECT coalesce(sequence, 0) AS sequence, coalesce(hash, '') AS hash
      FROM (VALUES (%(user_id)s::uuid)) AS person (id)
      LEFT JOIN LATERAL (SELECT sequence, hash FROM activity_chain
                          WHERE user_id = person.id ORDER BY sequence DESC LIMIT 1) AS link ON true
), account AS ( -- whose last event says that it was deleted, has its details erased
    SELECT coalesce(bool_or(type = 'user.deleted'), false) AS erased
      FROM last JOIN activity ON activity.user_id = %(user_id)s AND activity.sequence = last.sequence
), findings AS (
    SELECT CASE WHEN link.sequence > sequence_before + 1 THEN sequence_before + 1 ELSE link.sequence END AS sequence,
           CASE WHEN link.sequence > sequence_before + 1 THEN 'its link in the chain is missing'
                WHEN entry.id IS NULL THEN 'the entry is missing'
                WHEN detail IS NULL AND NOT (SELECT erased FROM account) THEN 'its detail is missing'
                WHEN sha256(convert_to(detail, 'UTF8')) <> entry.detail_hash THEN 'its detail was changed'
                WHEN link.previous <> hash_before THEN 'its link does not follow the entry before it'
                WHEN link.hash <> activity_hash(link.previous, entry) THEN 'the entry was changed' END AS reason
      FROM links AS link
      LEFT JOIN activity AS entry USING (user_id, sequence)
      LEFT JOIN activity_details USING (user_id, sequence)
     UNION ALL -- cut off, or grown, behind the head's back
    SELECT least(last.sequence, head.sequence) + 1, 'its link in the chain is missing'
      FROM last, head WHERE last.sequence <> head.sequence
     UNION ALL
    SELECT last.sequence, 'the head of the chain is another'
      FROM last, head WHERE last.sequence = head.sequence AND last.hash <> head.hash
     UNION ALL -- an entry in the log but in no link; its link was made in the transaction that brought it
    SELECT head.sequence + 1, 'its link in the chain is missing'
      FROM head JOIN activity AS entry ON entry.user_id = %(user_id)s AND entry.sequence = head.sequence + 1
     UNION ALL -- given out as a number, and nowhere to be found
    SELECT head.sequence + 1, 'the entry is missing'
      FROM head
     WHERE head.sequence < (SELECT value FROM counters WHERE user_id = %(user_id)s)
       AND NOT EXISTS (SELECT FROM events WHERE user_id = %(user_id)s AND events.sequence = head.sequence + 1)
)
SELECT head.sequence AS head, encode(head.hash, 'hex') AS hash, bad.sequence AS bad, bad.reason
  FROM head
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
    SELECT events.*
      FROM events JOIN chain_heads AS head USING (user_id)
     WHERE events.user_id = %(user_id)s
       AND events.sequence > head.sequence AND events.sequence <= head.sequence + 5000
       AND events.happened_at < now() - interval '10 minutes'
       AND NOT EXISTS (SELECT FROM activity
                        WHERE activity.user_id = events.user_id AND activity.sequence = events.sequence)
), entries AS (
    INSERT INTO activity (user_id, sequence, id, type, subject, happened_at, detail_hash, filled)
    SELECT user_id, sequence, id, type, subject, happened_at, sha256(convert_to(data::text, 'UTF8')), true FROM missing
)
INSERT INTO activity_details (user_id, sequence, detail) SELECT user_id, sequence, data::text FROM missing;

-- name: extend_chain
SELECT extend_chain(%(user_id)s);
