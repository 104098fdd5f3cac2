-- name: newest
SELECT document FROM tasks
 WHERE user_id = %(user_id)s AND deleted_at IS NULL
   AND (%(statuses)s::text[] IS NULL OR status = ANY (%(statuses)s))
 ORDER BY created_at DESC, id DESC
 LIMIT %(limit)s;

-- name: newest_after
SELECT document FROM tasks
 WHERE user_id = %(user_id)s AND deleted_at IS NULL AND (created_at, id) < (%(created_at)s, %(id)s)
   AND (%(statuses)s::text[] IS NULL OR status = ANY (%(statuses)s))
 ORDER BY created_at DESC, id DESC
 LIMIT %(limit)s;
