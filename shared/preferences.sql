-- name: document
SELECT document FROM preferences WHERE user_id = %(user_id)s;

-- name: keep
INSERT INTO preferences (user_id, document, version, updated_at)
VALUES (%(user_id)s, %(document)s, %(version)s, %(updated_at)s)
    ON CONFLICT (user_id) DO UPDATE
   SET document = excluded.document, version = excluded.version, updated_at = excluded.updated_at;
