-- name: second_factor
SELECT secret, confirmed_at IS NOT NULL AS is_on, last_step,
       (SELECT count(*) FROM recovery_codes WHERE user_id = second_factors.user_id) AS codes
  FROM second_factors WHERE user_id = %(user_id)s;

-- name: begin_factor
-- Beginning anew gives another secret, but never to one that is on.
INSERT INTO second_factors (user_id, secret)
VALUES (%(user_id)s, %(secret)s)
    ON CONFLICT (user_id) DO UPDATE SET secret = EXCLUDED.secret, begun_at = now()
    WHERE second_factors.confirmed_at IS NULL
RETURNING (SELECT email FROM users WHERE id = user_id);

-- name: confirm_factor
UPDATE second_factors SET confirmed_at = %(now)s, last_step = %(step)s
 WHERE user_id = %(user_id)s AND secret = %(secret)s AND confirmed_at IS NULL;

-- name: use_step
-- A code is good once, and so is none from before it.
UPDATE second_factors SET last_step = %(step)s
 WHERE user_id = %(user_id)s AND confirmed_at IS NOT NULL AND last_step < %(step)s;

-- name: use_recovery_code
DELETE FROM recovery_codes WHERE user_id = %(user_id)s AND code_hash = %(code_hash)s;

-- name: add_recovery_codes
INSERT INTO recovery_codes (user_id, code_hash) SELECT %(user_id)s, unnest(%(hashes)s::bytea[]);

-- name: remove_recovery_codes
DELETE FROM recovery_codes WHERE user_id = %(user_id)s;

-- name: remove_factor
DELETE FROM second_factors WHERE user_id = %(user_id)s;
