-- name: add
INSERT INTO comments (user_id, id, task_id, text, html, words, created_at, updated_at, version)
SELECT user_id, %(id)s, %(task_id)s, %(text)s, %(html)s, %(words)s, now, now, 1 FROM counter
RETURNING document;

-- name: read
-- A deleted task's comments are not to be seen until it is back.
SELECT comments.document FROM comments JOIN tasks ON tasks.user_id = comments.user_id AND tasks.id = task_id
 WHERE comments.user_id = %(user_id)s AND comments.id = %(id)s
   AND comments.deleted_at IS NULL AND tasks.deleted_at IS NULL;

-- name: of_task
-- The task comes first, to show that it is there; of one that is not, nothing comes.
WITH task AS (
    SELECT id FROM tasks WHERE user_id = %(user_id)s AND id = %(task_id)s AND deleted_at IS NULL
)
SELECT NULL AS document, NULL AS place FROM task
 UNION ALL
(SELECT document, json_build_array(created_at, comments.id)::text
   FROM comments JOIN task ON task_id = task.id
  WHERE user_id = %(user_id)s AND deleted_at IS NULL
    AND (%(created_at)s::timestamptz IS NULL OR (created_at, comments.id) > (%(created_at)s, %(id)s::uuid))
  ORDER BY created_at, comments.id
  LIMIT %(limit)s);
