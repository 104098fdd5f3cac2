-- name: head
-- The occurrence that another one would follow.
SELECT document FROM tasks
 WHERE user_id = %(user_id)s AND series_id = %(id)s AND recurrence IS NOT NULL AND deleted_at IS NULL;

-- name: last
SELECT document FROM tasks
 WHERE user_id = %(user_id)s AND series_id = %(id)s AND deleted_at IS NULL
 ORDER BY ordinal DESC
 LIMIT 1;
