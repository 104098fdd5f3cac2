-- name: next
-- Whose account is gone has no counter, and no tasks that anybody will see.
SELECT user_id, id FROM tasks JOIN counters USING (user_id)
 WHERE recurrence IS NOT NULL AND deleted_at IS NULL AND status IN ('done', 'cancelled')
   AND (user_id, id) > (%(after_user)s::uuid, %(after)s::uuid)
 ORDER BY user_id, id
 LIMIT 1;

-- name: unfollowed
SELECT id, document FROM tasks
 WHERE user_id = %(user_id)s AND id = %(id)s
   AND recurrence IS NOT NULL AND deleted_at IS NULL AND status IN ('done', 'cancelled');
