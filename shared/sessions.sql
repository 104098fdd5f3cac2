-- name: find
-- That it is in use is told every quarter of an hour, as below.
WITH found AS (
    SELECT user_id, token_hash, id, ceil(extract(epoch FROM expires_at - now()))::bigint AS lives, last_seen_at
      FROM unnest(%(user_ids)s::uuid[], %(token_hashes)s::bytea[]) AS asked (user_id, token_hash)
      JOIN sessions USING (user_id, token_hash)
     WHERE expires_at > now()
), stale AS (
    SELECT user_id, id FROM sessions
     WHERE (user_id, id) IN (SELECT user_id, id FROM found WHERE last_seen_at < now() - interval '15 minutes')
       FOR NO KEY UPDATE SKIP LOCKED
), seen AS (
    UPDATE sessions SET last_seen_at = now()
      FROM stale
     WHERE sessions.user_id = stale.user_id AND sessions.id = stale.id
)
SELECT user_id, token_hash, found.id, NULL AS scopes, lives, zone, week_start,
       nullif(preferences.document::jsonb -> 'default_reminders', '{"timed": null, "all_day": null}')::text
           AS default_reminders
  FROM found JOIN users ON users.id = user_id LEFT JOIN preferences USING (user_id);

-- name: find_token
-- That it is used is told by the hour. Whom somebody else is telling it of at this moment, needs not to be told of.
WITH found AS (
    SELECT user_id, token_hash, id, scopes, ceil(extract(epoch FROM expires_at - now()))::bigint AS lives
      FROM unnest(%(user_ids)s::uuid[], %(token_hashes)s::bytea[]) AS asked (user_id, token_hash)
      JOIN tokens USING (user_id, token_hash)
     WHERE expires_at IS NULL OR expires_at > now()
), stale AS (
    SELECT user_id, id FROM tokens
     WHERE (user_id, id) IN (SELECT user_id, id FROM found)
       AND last_used_at IS DISTINCT FROM date_trunc('hour', now())
       FOR NO KEY UPDATE SKIP LOCKED
), used AS (
    UPDATE tokens SET last_used_at = date_trunc('hour', now())
      FROM stale
     WHERE tokens.user_id = stale.user_id AND tokens.id = stale.id
)
SELECT user_id, token_hash, found.id, array_to_string(scopes, ' ') AS scopes, lives, zone, week_start,
       nullif(preferences.document::jsonb -> 'default_reminders', '{"timed": null, "all_day": null}')::text
           AS default_reminders
  FROM found JOIN users ON users.id = user_id LEFT JOIN preferences USING (user_id);
