-- name: next
-- Whose account is gone has no counter, and no tasks that anybody will see.
SELECT user_id FROM tasks JOIN counters USING (user_id)
 WHERE recurrence IS NOT NULL AND deleted_at IS NULL AND status IN ('done', 'cancelled')
 LIMIT 1;

-- name: unfollowed
SELECT id, document FROM tasks
 WHERE user_id = %(user_id)s AND recurrence IS NOT NULL AND deleted_at IS NULL AND status IN ('done', 'cancelled')
 ORDER BY id
 LIMIT %(limit)s;
