-- name: called_so
-- Lists and tags by what they are known by. Of lists of one name the first is meant, as the user has them in order.
SELECT 'list' AS kind, name_key, id, position FROM lists
 WHERE user_id = %(user_id)s AND name_key = ANY(%(keys)s) AND deleted_at IS NULL AND NOT archived
 UNION ALL
SELECT 'tag', name_key, id, '' FROM tags
 WHERE user_id = %(user_id)s AND name_key = ANY(%(keys)s) AND deleted_at IS NULL
 ORDER BY position DESC;

-- name: add_tag
INSERT INTO tags (user_id, id, name, name_key, color, created_at, updated_at, version)
SELECT user_id, %(id)s, %(name)s, %(name_key)s, NULL, now, now, 1
  FROM counter
RETURNING document;
