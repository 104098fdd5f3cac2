-- name: tokens
-- Newest first; what has expired is shown until it is revoked.
SELECT coalesce(json_agg(token ORDER BY id DESC), '[]')::text AS documents
  FROM (SELECT id, name, scopes, instant(created_at) AS created_at, instant(expires_at) AS expires_at,
               instant(last_used_at) AS last_used_at
          FROM tokens WHERE user_id = %(user_id)s) AS token;

-- name: add_token
-- The user's counter is locked, so nobody adds another one meanwhile.
INSERT INTO tokens (user_id, id, token_hash, name, scopes, created_at, expires_at)
SELECT %(user_id)s, %(id)s, %(token_hash)s, %(name)s, %(scopes)s::text[], %(now)s, %(expires_at)s
 WHERE (SELECT count(*) FROM tokens WHERE user_id = %(user_id)s) < %(most)s
RETURNING row_to_json((SELECT token FROM (SELECT id, name, scopes, instant(created_at) AS created_at,
                                                 instant(expires_at) AS expires_at) AS token))::text AS document;

-- name: revoke_token
DELETE FROM tokens
 WHERE user_id = %(user_id)s AND id = %(id)s
RETURNING name, array_to_string(scopes, ' ') AS scopes;
