-- name: leave_be
-- Twice nobody heard what became of it. It may have gone out twice, and does not go out again.
UPDATE account_mails SET next_attempt_at = NULL, outcome = 'sent, perhaps'
 WHERE next_attempt_at <= now() AND unsure >= 2;

-- name: take
-- For two minutes nobody else takes it; should this process die with it, it is due again then.
   UPDATE account_mails
      SET attempts = attempts + 1, next_attempt_at = now() + interval '2 minutes'
    WHERE id = (SELECT id FROM account_mails
                 WHERE next_attempt_at <= now() AND unsure < 2
                 ORDER BY next_attempt_at
                 LIMIT 1
                   FOR UPDATE SKIP LOCKED)
RETURNING id, kind, email, email_key, user_id, requested_at;

-- name: hand_over
-- Counts ahead, and is taken back by whoever lives to say that the mail server did not take it.
UPDATE account_mails SET unsure = unsure + 1 WHERE id = %(id)s;

-- name: whose
SELECT id, email FROM users WHERE email_key = %(email_key)s;

-- name: user
SELECT document FROM user_documents WHERE id = %(id)s;

-- name: arm
UPDATE account_mails
   SET user_id = %(user_id)s, token_hash = %(token_hash)s, expires_at = now() + make_interval(secs => %(lives)s)
 WHERE id = %(id)s;

-- name: let_confirm
UPDATE account_mails SET token_hash = %(token_hash)s, expires_at = now() + make_interval(secs => %(lives)s)
 WHERE id = %(id)s;

-- name: put_off
-- Each pause twice the last: at first shorter than the broker's, which says it again; then the minute's.
-- Nobody waits for a link for more than an hour, but for a day they want to hear that their password was changed.
   UPDATE account_mails
      SET unsure = unsure - %(sure)s::boolean::integer,
          next_attempt_at = now() + least(interval '10 minutes', interval '1 second' * 2 ^ least(attempts - 1, 10))
    WHERE id = %(id)s
      AND requested_at > now() - CASE kind WHEN 'password_changed' THEN interval '1 day' ELSE interval '1 hour' END;

-- name: settle
UPDATE account_mails SET next_attempt_at = NULL, outcome = %(outcome)s WHERE id = %(id)s;
