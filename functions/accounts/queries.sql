-- name: add
WITH added AS (
    INSERT INTO users (id, email, email_key, password_hash, name, zone, locale, week_start, theme, created_at,
                       address_proven_at)
    VALUES (%(user_id)s, %(email)s, %(email_key)s, %(password_hash)s, %(name)s, %(zone)s, %(locale)s, %(week_start)s,
            %(theme)s, %(now)s, %(address_proven_at)s)
        ON CONFLICT (email_key) DO NOTHING
    RETURNING id
)
INSERT INTO counters (user_id) SELECT id FROM added;

-- name: by_email
SELECT id, password_hash FROM users WHERE email_key = %(email_key)s;

-- name: user
SELECT document FROM user_documents WHERE id = %(user_id)s;

-- name: change_profile
UPDATE users
   SET name = coalesce(%(name)s, name), zone = coalesce(%(zone)s, zone), locale = coalesce(%(locale)s, locale),
       week_start = coalesce(%(week_start)s, week_start), theme = coalesce(%(theme)s, theme)
 WHERE id = %(user_id)s;

-- name: still_enough
-- What was checked before the change began: it is the password, and where no code was checked none is asked for.
SELECT id FROM users
 WHERE id = %(user_id)s AND password_hash = %(checked)s
   AND (%(with_code)s::boolean
        OR NOT EXISTS (SELECT FROM second_factors WHERE user_id = users.id AND confirmed_at IS NOT NULL));

-- name: renew_hash
UPDATE users SET password_hash = %(renewed)s WHERE id = %(user_id)s;

-- name: begin_session
INSERT INTO sessions (user_id, id, token_hash, created_at, last_seen_at, expires_at, user_agent, address)
VALUES (%(user_id)s, %(id)s, %(token_hash)s, %(now)s, %(now)s,
        %(now)s::timestamptz + make_interval(secs => %(lives)s), %(user_agent)s, %(address)s);

-- name: still_signed_in
SELECT id FROM sessions WHERE user_id = %(user_id)s AND id = %(id)s;

-- name: open_sessions
SELECT json_build_object('items', coalesce(json_agg(session), '[]'))::text AS document
  FROM (SELECT (shown(sessions)).*, id = %(current)s AS current
          FROM sessions
         WHERE user_id = %(user_id)s AND expires_at > now()
         ORDER BY sessions.last_seen_at DESC, id DESC) AS session;

-- name: end_session
DELETE FROM sessions WHERE user_id = %(user_id)s AND id = %(id)s;

-- name: end_sessions
DELETE FROM sessions WHERE user_id = %(user_id)s;

-- name: end_other_sessions
DELETE FROM sessions WHERE user_id = %(user_id)s AND id <> %(current)s;

-- name: to_be_proven
SELECT email, email_key, password_hash,
       sessions.created_at > now() - interval '10 minutes' AS logged_in_just_now
  FROM users JOIN sessions ON user_id = users.id
 WHERE users.id = %(user_id)s AND sessions.id = %(session_id)s;

-- name: set_password
-- Unless it was changed since it was checked.
UPDATE users SET password_hash = %(password_hash)s
 WHERE id = %(user_id)s AND password_hash IS NOT DISTINCT FROM %(checked)s;

-- name: ask_for_mail
INSERT INTO account_mails (id, kind, email, email_key, user_id, requested_at, next_attempt_at)
VALUES (%(id)s, %(kind)s, %(email)s, %(email_key)s, %(user_id)s, now(), now());

-- name: whose_reset
SELECT user_id, users.email, users.email_key
  FROM account_mails AS mail JOIN users ON users.id = user_id
 WHERE token_hash = %(token_hash)s AND kind = 'reset' AND mail.expires_at > now();

-- name: use_up_resets
-- And with this link all others of the same user.
DELETE FROM account_mails
 WHERE user_id = %(user_id)s AND kind = 'reset'
   AND EXISTS (SELECT FROM account_mails WHERE token_hash = %(token_hash)s AND expires_at > now());

-- name: stop_resets
-- Whoever asked for one, and can read this person's mails, had not heard of the new password.
DELETE FROM account_mails WHERE email_key = %(email_key)s AND kind = 'reset';

-- name: reset_password
UPDATE users SET password_hash = %(password_hash)s WHERE id = %(user_id)s;

-- name: prove_address
-- Only the first time.
UPDATE users SET address_proven_at = %(now)s WHERE id = %(user_id)s AND address_proven_at IS NULL;

-- name: revoke_tokens
-- Whoever knew the old password may have made one.
DELETE FROM tokens WHERE user_id = %(user_id)s;

-- name: bury
UPDATE users
   SET deleted_at = %(now)s, email = '', email_key = NULL, password_hash = NULL, name = ''
 WHERE id = %(user_id)s AND password_hash IS NOT DISTINCT FROM %(checked)s;

-- name: part_from_providers
-- Who comes back from one of them is somebody new.
DELETE FROM identities WHERE user_id = %(user_id)s;

-- name: stop_mails
DELETE FROM account_mails WHERE user_id = %(user_id)s OR email_key = %(email_key)s;

-- name: stop_counting
-- Every change begins with this row: without it none can follow, and the event of this one is the last.
DELETE FROM counters WHERE user_id = %(user_id)s;

-- name: keep_registration
INSERT INTO registrations (id, password_hash, name, zone, locale, week_start, theme)
VALUES (%(id)s, %(password_hash)s, %(name)s, %(zone)s, %(locale)s, %(week_start)s, %(theme)s);

-- name: registration
SELECT email, email_key, password_hash, name, zone, locale, week_start, theme
  FROM account_mails JOIN registrations USING (id)
 WHERE token_hash = %(token_hash)s AND expires_at > now();

-- name: use_up_registrations
DELETE FROM account_mails
 WHERE email_key = %(email_key)s AND kind = 'registration'
   AND EXISTS (SELECT FROM account_mails WHERE token_hash = %(token_hash)s AND expires_at > now());
