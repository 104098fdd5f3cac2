-- name: find
SELECT document FROM {table} WHERE user_id = %(user_id)s AND id = %(id)s AND deleted_at IS NULL;

-- name: read
SELECT id, document FROM {table}
 WHERE user_id = %(user_id)s AND id = ANY (%(ids)s::uuid[]) AND deleted_at IS NULL;

-- name: read_any
SELECT id, document, deleted_at IS NOT NULL AS deleted FROM {table}
 WHERE user_id = %(user_id)s AND id = ANY (%(ids)s::uuid[])
   AND (deleted_at IS NULL OR deleted_at > now() - interval '30 days');

-- name: make
INSERT INTO {table} (user_id, id, {columns}, created_at, updated_at, version)
SELECT %(user_id)s, id, {columns}, %(now)s, %(now)s, 1 FROM json_populate_recordset(NULL::{table}, %(wanted)s::json)
RETURNING id, document;

-- name: change
-- Only what is still as it was read. Nothing comes back of those that are so already.
   UPDATE {table} AS kept
      SET ({columns}) = ROW({wanted_columns}), deleted_at = wanted.deleted_at, updated_at = %(now)s,
          version = kept.version + 1
     FROM json_populate_recordset(NULL::{table}, %(wanted)s::json) AS wanted
    WHERE kept.user_id = %(user_id)s AND kept.id = wanted.id AND kept.version = wanted.version
      AND ROW({kept_columns}, kept.deleted_at IS NULL) IS DISTINCT FROM ROW({wanted_columns}, wanted.deleted_at IS NULL)
RETURNING kept.id, kept.document;

-- name: delete
   UPDATE {table} SET deleted_at = %(now)s, updated_at = %(now)s, version = version + 1
    WHERE user_id = %(user_id)s AND id = ANY (%(ids)s::uuid[]) AND deleted_at IS NULL
RETURNING id, document;

-- name: zone
SELECT zone FROM users WHERE id = %(user_id)s;
