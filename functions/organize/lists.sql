-- name: lists
-- Everybody has few enough that their order needs no index. Tasks are looked at when counts are wanted.
SELECT CASE WHEN %(counts)s::boolean
            THEN left(document, -1) || ',"open":' || coalesce(number, 0) || '}'
            ELSE document END
  FROM lists
  LEFT JOIN (SELECT list_id, count(*) AS number FROM tasks
              WHERE %(counts)s AND user_id = %(user_id)s AND deleted_at IS NULL AND status IN ('todo', 'in_progress')
              GROUP BY list_id) AS open ON list_id = id
 WHERE user_id = %(user_id)s AND deleted_at IS NULL
   AND (%(archived)s::boolean IS NULL OR archived = %(archived)s)
   AND (%(after)s::text IS NULL OR (position, id) > (%(after)s, %(after_id)s::uuid))
 ORDER BY position, id
 LIMIT %(rows)s;

-- name: add_list
INSERT INTO lists (user_id, id, name, name_key, color, position, archived, created_at, updated_at, version)
SELECT user_id, %(id)s, %(name)s, %(name_key)s, %(color)s, %(position)s, %(archived)s, now, now, 1
  FROM counter
RETURNING document;

-- name: tasks_inside
SELECT id FROM tasks WHERE user_id = %(user_id)s AND list_id = %(id)s AND deleted_at IS NULL;
