-- name: add
WITH added AS (
    INSERT INTO users (id, email, email_key, password_hash, name, zone, created_at)
    VALUES (%(user_id)s, %(email)s, %(email_key)s, %(password_hash)s, %(name)s, %(zone)s, %(now)s)
        ON CONFLICT (email_key) DO NOTHING
    RETURNING id
)
INSERT INTO counters (user_id) SELECT id FROM added;

-- name: by_email
SELECT id, password_hash FROM users WHERE email_key = %(email_key)s;

-- name: user
SELECT row_to_json(person)::text AS document
  FROM (SELECT id, email, name, zone, instant(created_at) AS created_at FROM users WHERE id = %(user_id)s) AS person;

-- name: renew_hash
-- Unless the password was changed since it was checked.
UPDATE users SET password_hash = %(renewed)s WHERE id = %(user_id)s AND password_hash = %(checked)s;

-- name: begin_session
INSERT INTO sessions (user_id, id, token_hash, created_at, expires_at)
VALUES (%(user_id)s, %(id)s, %(token_hash)s, %(now)s, %(now)s::timestamptz + make_interval(secs => %(lives)s));

-- name: end_session
DELETE FROM sessions WHERE user_id = %(user_id)s AND id = %(id)s;

-- name: end_sessions
DELETE FROM sessions WHERE user_id = %(user_id)s;
