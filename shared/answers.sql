-- name: given
SELECT request_hash, status, headers, body FROM answers
 WHERE user_id = %(user_id)s AND key = %(key)s AND given_at > now() - interval '24 hours';

-- name: give
INSERT INTO answers (user_id, key, request_hash, status, headers, body, given_at)
VALUES (%(user_id)s, %(key)s, %(request_hash)s, %(status)s, %(headers)s, %(body)s, %(now)s)
    ON CONFLICT (user_id, key) DO UPDATE -- one of more than a day ago, which tidy has not met yet
   SET request_hash = excluded.request_hash, status = excluded.status, headers = excluded.headers,
       body = excluded.body, given_at = excluded.given_at;

-- name: with_change
-- As `give`, in the statement that makes the change: with the first of its events; and where it is a thing that is shown,
-- as that has become, or as it was when it is not among those that are different now.
, answer AS (
    INSERT INTO answers (user_id, key, request_hash, status, headers, body, given_at)
    SELECT %(user_id)s, %(key)s, %(request_hash)s, %(status)s,
           %(headers)s::jsonb || jsonb_strip_nulls(jsonb_build_object(
               'etag', '"' || (%(version)s + count(*) FILTER (WHERE id = %(shown)s)) || '"',
               'taskora-activity', coalesce(%(activity)s::uuid, (SELECT event_id FROM numbered ORDER BY sequence LIMIT 1))
           )),
           coalesce(max(document) FILTER (WHERE id = %(shown)s), %(body)s), %(now)s
      FROM numbered
        ON CONFLICT (user_id, key) DO UPDATE
       SET request_hash = excluded.request_hash, status = excluded.status, headers = excluded.headers,
           body = excluded.body, given_at = excluded.given_at
)

-- name: retire
-- Under a name that nobody can send, for it has a space; tidy removes it when it meets it.
UPDATE answers SET key = key || ' until ' || now()
 WHERE user_id = %(user_id)s AND key = %(key)s AND given_at <= now() - interval '24 hours';
