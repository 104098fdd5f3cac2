-- name: tokens
-- Newest first; what has expired is shown until it is revoked.
SELECT coalesce(json_agg(shown(tokens) ORDER BY id DESC), '[]')::text AS documents
  FROM tokens WHERE user_id = %(user_id)s;

-- name: add_token
-- The user's counter is locked, so nobody adds another one meanwhile.
INSERT INTO tokens (user_id, id, token_hash, name, scopes, created_at, expires_at)
SELECT %(user_id)s, %(id)s, %(token_hash)s, %(name)s, %(scopes)s::text[], %(now)s, %(expires_at)s
 WHERE (SELECT count(*) FROM tokens WHERE user_id = %(user_id)s) < %(most)s
RETURNING row_to_json(shown(tokens))::text AS document;

-- name: revoke_token
DELETE FROM tokens
 WHERE user_id = %(user_id)s AND id = %(id)s
RETURNING name, array_to_string(scopes, ' ') AS scopes;
