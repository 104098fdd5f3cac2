-- name: following
SELECT document FROM tasks WHERE user_id = %(user_id)s AND follows = %(id)s AND deleted_at IS NULL;
