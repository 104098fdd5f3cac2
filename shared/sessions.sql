-- name: find
SELECT id, expires_at FROM sessions
 WHERE user_id = %(user_id)s AND token_hash = %(token_hash)s AND expires_at > now();
