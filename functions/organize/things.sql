-- name: read
SELECT document FROM {table} WHERE user_id = %(user_id)s AND id = %(id)s AND deleted_at IS NULL;
