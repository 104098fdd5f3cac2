-- name: filters
SELECT document FROM filters
 WHERE user_id = %(user_id)s AND deleted_at IS NULL
   AND (%(after)s::text IS NULL OR (position, id) > (%(after)s, %(after_id)s::uuid))
 ORDER BY position, id
 LIMIT %(rows)s;

-- name: add_filter
INSERT INTO filters (user_id, id, name, query, color, position, created_at, updated_at, version)
SELECT user_id, %(id)s, %(name)s, %(query)s, %(color)s, %(position)s, now, now, 1
  FROM counter
RETURNING document;

-- name: order_of_filters
SELECT id, position, document FROM filters WHERE user_id = %(user_id)s AND deleted_at IS NULL ORDER BY position, id;
