-- name: deleted
-- What went with the task above it is not shown beside it.
SELECT document FROM tasks AS task
 WHERE user_id = %(user_id)s AND deleted_at > now() - interval '30 days'
   AND (deleted_at, id) < (coalesce(%(before)s::timestamptz, 'infinity'),
                           coalesce(%(id)s::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
   AND NOT EXISTS (SELECT FROM tasks AS parent
                    WHERE parent.user_id = task.user_id AND parent.id = task.parent_id
                      AND parent.deleted_at = task.deleted_at)
 ORDER BY deleted_at DESC, id DESC
 LIMIT %(limit)s;

-- name: deleted_together
-- These, and what went together with each.
WITH RECURSIVE family (id, deleted_at) AS (
    SELECT id, deleted_at FROM tasks
     WHERE user_id = %(user_id)s AND id = ANY(%(ids)s::uuid[])
       AND (deleted_at IS NULL OR deleted_at > now() - interval '30 days')
     UNION
    SELECT child.id, child.deleted_at
      FROM tasks AS child JOIN family ON child.parent_id = family.id
     WHERE child.user_id = %(user_id)s AND child.deleted_at = family.deleted_at
)
SELECT id FROM family;
