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
-- Only what is still as it was read. Nothing comes back of those that are so already. `was`: fields as they were, which
-- may be different now; what they are now the documents say, for the table knows best how it writes them.
   UPDATE {table} AS kept
      SET {new}deleted_at = wanted.deleted_at, updated_at = %(now)s, version = kept.version + 1
     FROM ROWS FROM (json_populate_recordset(NULL::{table}, %(wanted)s::json), {asked}) WITH ORDINALITY AS wanted
    WHERE kept.user_id = %(user_id)s AND kept.id = wanted.id AND kept.version = wanted.version
      AND ROW({kept}kept.deleted_at IS NULL) IS DISTINCT FROM ROW({wanted}wanted.deleted_at IS NULL)
RETURNING kept.id, kept.document, wanted.event_id, wanted.type, wanted.ordinality, (
              SELECT '{' || coalesce(string_agg(to_json(key) || ': [' || was.value || ', ' || now.value || ']', ', '), '')
                     || '}'
                FROM json_each(wanted.was) AS was (key, value)
                JOIN (SELECT * FROM json_each(kept.document::json)
                       UNION ALL
                      SELECT 'deleted', to_json(kept.deleted_at IS NOT NULL)) AS now (key, value) USING (key)
               WHERE was.value::jsonb <> now.value::jsonb) AS changes;

-- name: delete
   UPDATE {table} AS kept SET deleted_at = %(now)s, updated_at = %(now)s, version = version + 1
     FROM ROWS FROM ({asked}) WITH ORDINALITY AS wanted
    WHERE kept.user_id = %(user_id)s AND kept.id = wanted.about AND kept.deleted_at IS NULL
RETURNING kept.id, kept.document, wanted.event_id, wanted.type, wanted.ordinality,
          '{"deleted": [false, true]}' AS changes;

-- name: zone
SELECT zone FROM users WHERE id = %(user_id)s;
