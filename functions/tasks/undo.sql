-- name: operation
-- All events of one operation have its moment, and follow each other: it ends where a neighbour has another.
-- `cut`: there is nothing before it, so some of it may have been removed as too old.
WITH event AS MATERIALIZED (
    SELECT sequence, happened_at, data ->> 'operation' AS operation
      FROM {log} WHERE user_id = %(user_id)s AND id = %(id)s
), reach AS MATERIALIZED ( -- once, and not for each of thousands
    SELECT (SELECT sequence FROM {log}
             WHERE user_id = %(user_id)s AND sequence < event.sequence AND happened_at <> event.happened_at
             ORDER BY sequence DESC LIMIT 1) AS before,
           (SELECT sequence FROM {log}
             WHERE user_id = %(user_id)s AND sequence > event.sequence AND happened_at <> event.happened_at
             ORDER BY sequence LIMIT 1) AS behind
      FROM event
)
SELECT type, subject, data -> 'changes' AS changes,
       CASE WHEN right(type, 8) = '.created' OR type = 'task.recurred' THEN data -> split_part(type, '.', 1) END AS made,
       said.sequence > 1 AND before IS NULL AS cut
  FROM {log} AS said, event, reach
 WHERE user_id = %(user_id)s
   AND said.sequence > coalesce(before, 0) AND said.sequence < coalesce(behind, 9223372036854775807)
   AND data ->> 'operation' = event.operation
 ORDER BY said.sequence
 LIMIT %(most)s;

-- name: placed
-- What is still in, part of or marked with these.
SELECT id, document FROM {table}
 WHERE user_id = %(user_id)s AND deleted_at IS NULL AND {column} = ANY (%(ids)s::uuid[]);

-- name: placed_in_several
SELECT id, document FROM {table}
 WHERE user_id = %(user_id)s AND deleted_at IS NULL AND {column} && %(ids)s::uuid[];

-- name: called
SELECT id, document FROM {table}
 WHERE user_id = %(user_id)s AND deleted_at IS NULL AND {key} = ANY (%(keys)s::text[]);
