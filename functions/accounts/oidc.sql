-- name: whose_identity
SELECT user_id FROM identities WHERE issuer = %(issuer)s AND subject = %(subject)s;

-- name: identity_of
SELECT EXISTS (SELECT FROM identities WHERE user_id = %(user_id)s AND issuer = %(issuer)s) AS linked;

-- name: link
INSERT INTO identities (issuer, subject, user_id, linked_at)
VALUES (%(issuer)s, %(subject)s, %(user_id)s, %(now)s)
    ON CONFLICT DO NOTHING;

-- name: unlink
-- Whoever has no password would have no way in any more.
DELETE FROM identities
 WHERE user_id = %(user_id)s AND issuer = %(issuer)s
   AND EXISTS (SELECT FROM users WHERE id = %(user_id)s AND password_hash IS NOT NULL);
