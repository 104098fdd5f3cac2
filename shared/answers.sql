-- name: given
SELECT request_hash, status, headers, body FROM answers
 WHERE user_id = %(user_id)s AND key = %(key)s AND given_at > now() - interval '24 hours';

-- name: give
INSERT INTO answers (user_id, key, request_hash, status, headers, body, given_at)
VALUES (%(user_id)s, %(key)s, %(request_hash)s, %(status)s, %(headers)s, %(body)s, %(now)s)
    ON CONFLICT (user_id, key) DO UPDATE -- one of more than a day ago, which tidy has not met yet
   SET request_hash = excluded.request_hash, status = excluded.status, headers = excluded.headers,
       body = excluded.body, given_at = excluded.given_at;

-- name: retire
-- Under a name that nobody can send, for it has a space; tidy removes it when it meets it.
UPDATE answers SET key = key || ' until ' || now()
 WHERE user_id = %(user_id)s AND key = %(key)s AND given_at <= now() - interval '24 hours';
