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

-- name: order_of_lists
SELECT id, position, document FROM lists WHERE user_id = %(user_id)s AND deleted_at IS NULL ORDER BY position, id;

-- name: number_inside
SELECT count(*) AS number FROM tasks WHERE user_id = %(user_id)s AND list_id = %(list_id)s AND deleted_at IS NULL;

-- name: delete_inside
   UPDATE tasks SET deleted_at = %(now)s, updated_at = %(now)s, version = version + 1
    WHERE user_id = %(user_id)s AND list_id = %(list_id)s AND deleted_at IS NULL
RETURNING id, document, '{"deleted": [false, true]}' AS changes;

-- name: remind_of_none_inside
UPDATE firings SET state = 'cancelled', settled_at = %(now)s
  FROM tasks
 WHERE firings.user_id = %(user_id)s AND state = 'pending'
   AND tasks.user_id = firings.user_id AND tasks.id = task_id AND list_id = %(list_id)s;

-- name: move_inside
   UPDATE tasks SET list_id = %(user_id)s, updated_at = %(now)s, version = version + 1
    WHERE user_id = %(user_id)s AND list_id = %(list_id)s AND deleted_at IS NULL
RETURNING id, document, json_build_object('list', json_build_array(%(list_id)s::uuid, user_id))::text AS changes;
