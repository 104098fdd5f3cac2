-- name: successors
-- What came after these, or is at the head of their series; and whether nobody has touched it since.
WITH RECURSIVE family (root, id, made_at) AS (
    SELECT id, id, created_at FROM tasks
     WHERE user_id = %(user_id)s AND follows = ANY (%(ids)s::uuid[]) AND deleted_at IS NULL
     UNION ALL
    SELECT root, child.id, made_at
      FROM family CROSS JOIN LATERAL (
           SELECT id FROM tasks WHERE user_id = %(user_id)s AND parent_id = family.id OFFSET 0
      ) AS child
), touched AS (
    SELECT root FROM family JOIN tasks USING (id)
     WHERE user_id = %(user_id)s
       AND (version > 1 OR created_at <> made_at
            OR EXISTS (SELECT FROM comments
                        WHERE comments.user_id = tasks.user_id AND task_id = tasks.id AND deleted_at IS NULL))
)
SELECT series_id, follows, document, recurrence IS NOT NULL AND id NOT IN (SELECT root FROM touched) AS untouched
  FROM tasks
 WHERE user_id = %(user_id)s AND deleted_at IS NULL AND follows = ANY (%(ids)s::uuid[])
 UNION ALL
SELECT series_id, NULL, document, false
  FROM tasks
 WHERE user_id = %(user_id)s AND deleted_at IS NULL AND recurrence IS NOT NULL AND series_id = ANY (%(series)s::uuid[]);
