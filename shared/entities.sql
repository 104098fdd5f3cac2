-- name: read
SELECT id, document, version FROM {table}
 WHERE user_id = %(user_id)s AND id = ANY(%(ids)s::uuid[]) AND (deleted_at IS NOT NULL) = %(deleted)s;

-- name: change
-- Nothing comes back of those that are so already.
   UPDATE {table} AS kept
      SET ({columns}) = ROW({wanted_columns}), updated_at = %(now)s, version = kept.version + 1
     FROM json_populate_recordset(NULL::{table}, %(wanted)s::json) AS wanted
    WHERE kept.user_id = %(user_id)s AND kept.id = wanted.id AND kept.deleted_at IS NULL
      AND ROW({kept_columns}) IS DISTINCT FROM ROW({wanted_columns})
RETURNING kept.id, kept.document;

-- name: delete
   UPDATE {table} SET deleted_at = %(now)s, updated_at = %(now)s, version = version + 1
    WHERE user_id = %(user_id)s AND id = ANY(%(ids)s::uuid[]) AND deleted_at IS NULL
RETURNING id, document;

-- name: restore
   UPDATE {table} SET deleted_at = NULL, updated_at = %(now)s, version = version + 1
    WHERE user_id = %(user_id)s AND id = ANY(%(ids)s::uuid[]) AND deleted_at IS NOT NULL
RETURNING id, document;

-- name: zone
SELECT zone FROM users WHERE id = %(user_id)s;
