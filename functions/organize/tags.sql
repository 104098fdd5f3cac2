-- name: tags
SELECT document FROM tags
 WHERE user_id = %(user_id)s AND deleted_at IS NULL
   AND (%(after)s::text IS NULL OR (name_key, id) > (%(after)s, %(after_id)s::uuid))
 ORDER BY name_key, id
 LIMIT %(rows)s;

-- name: add_tag
INSERT INTO tags (user_id, id, name, name_key, color, created_at, updated_at, version)
SELECT user_id, %(id)s, %(name)s, %(name_key)s, %(color)s, now, now, 1
  FROM counter
RETURNING document;

-- name: tag_named
SELECT document FROM tags WHERE user_id = %(user_id)s AND name_key = %(name_key)s AND deleted_at IS NULL;

-- name: number_marked
SELECT count(*) AS number FROM tasks
 WHERE user_id = %(user_id)s AND tags @> ARRAY[%(tag)s::uuid] AND deleted_at IS NULL;

-- name: mark_otherwise
-- With the other tag where the one was, once; or with none.
   UPDATE tasks AS task
      SET tags = CASE WHEN %(into)s::uuid IS NULL OR task.tags @> ARRAY[%(into)s]
                      THEN array_remove(task.tags, %(tag)s)
                      ELSE array_replace(task.tags, %(tag)s, %(into)s) END,
          updated_at = %(now)s, version = task.version + 1
     FROM tasks AS was
    WHERE was.user_id = %(user_id)s AND was.tags @> ARRAY[%(tag)s::uuid] AND was.deleted_at IS NULL
      AND task.user_id = was.user_id AND task.id = was.id
RETURNING task.id, task.document, json_build_object('tags', json_build_array(was.tags, task.tags))::text AS changes;
