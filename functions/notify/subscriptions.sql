-- name: subscriptions
SELECT subscription_document(subscription, %(session_id)s) AS document
  FROM push_subscriptions AS subscription
 WHERE user_id = %(user_id)s
 ORDER BY id;

-- name: known
-- This browser's own, if it has one, and how many others there are.
SELECT (SELECT id FROM push_subscriptions WHERE user_id = %(user_id)s AND endpoint = %(endpoint)s) AS id,
       (SELECT count(*) FROM push_subscriptions WHERE user_id = %(user_id)s AND endpoint <> %(endpoint)s) AS others;

-- name: subscribe
-- Somebody else's who used this browser before is this person's now: whoever has its address has the browser.
   INSERT INTO push_subscriptions AS subscription (user_id, id, session_id, endpoint, p256dh, auth, created_at)
   VALUES (%(user_id)s, %(id)s, %(session_id)s, %(endpoint)s, %(p256dh)s, %(auth)s, %(now)s)
       ON CONFLICT (endpoint) DO UPDATE
      SET user_id = excluded.user_id,
          id = CASE WHEN subscription.user_id = excluded.user_id THEN subscription.id ELSE excluded.id END,
          session_id = excluded.session_id, p256dh = excluded.p256dh, auth = excluded.auth
RETURNING id, subscription_document(subscription, %(session_id)s) AS document;

-- name: unsubscribe
DELETE FROM push_subscriptions WHERE user_id = %(user_id)s AND id = %(id)s;

-- name: subscriber
SELECT document FROM user_documents WHERE id = %(user_id)s;
