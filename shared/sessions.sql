-- name: find
SELECT user_id, token_hash, id
  FROM unnest(%(user_ids)s::uuid[], %(token_hashes)s::bytea[]) AS asked (user_id, token_hash)
  JOIN sessions USING (user_id, token_hash)
 WHERE expires_at > now();
