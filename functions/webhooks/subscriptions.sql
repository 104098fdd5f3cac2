-- name: webhooks
SELECT coalesce(json_agg(shown(webhook) ORDER BY id), '[]')::text AS documents
  FROM webhooks AS webhook WHERE user_id = %(user_id)s;

-- name: find
SELECT row_to_json(shown(webhook))::text AS document
  FROM webhooks AS webhook WHERE user_id = %(user_id)s AND id = %(id)s;

-- name: add
-- The user's counter is locked, so nobody adds another one meanwhile. It begins behind the event that says so.
INSERT INTO webhooks AS webhook (
       user_id, id, url, description, types, active, secret, through, created_at, updated_at)
SELECT %(user_id)s, %(id)s, %(url)s, %(description)s, %(types)s::text[], %(active)s, %(secret)s, %(through)s,
       %(now)s::timestamptz, %(now)s::timestamptz
 WHERE (SELECT count(*) FROM webhooks WHERE user_id = %(user_id)s) < %(most)s
RETURNING row_to_json(shown(webhook))::text AS document;

-- name: change
-- Switched on again, it goes on from here; and who is somewhere else now has missed nothing yet. Whose turn it is then,
-- has it no more.
   UPDATE webhooks AS webhook
      SET url = %(url)s, description = %(description)s, types = %(types)s::text[], active = %(active)s,
          disabled = CASE WHEN NOT %(active)s THEN coalesce(%(disabled)s, disabled) END,
          through = CASE WHEN %(active)s AND NOT active THEN %(through)s ELSE through END,
          misses = CASE WHEN %(anew)s THEN 0 ELSE misses END,
          failing_since = CASE WHEN %(anew)s THEN NULL ELSE failing_since END,
          falters = falters AND NOT %(anew)s,
          due_at = CASE WHEN %(anew)s AND due_at IS NOT NULL THEN now() ELSE due_at END,
          rests_until = CASE WHEN NOT %(anew)s THEN rests_until END,
          holder = CASE WHEN NOT %(anew)s THEN holder END,
          held_until = CASE WHEN NOT %(anew)s THEN held_until END,
          updated_at = %(now)s, version = version + 1
    WHERE user_id = %(user_id)s AND id = %(id)s
RETURNING row_to_json(shown(webhook))::text AS document;

-- name: cancel
UPDATE webhook_deliveries SET state = 'cancelled', next_attempt_at = NULL
 WHERE user_id = %(user_id)s AND webhook_id = %(id)s AND state = 'pending';

-- name: renew_secret
   UPDATE webhooks AS webhook
      SET old_secret = secret, old_secret_until = %(now)s::timestamptz + make_interval(secs => %(kept)s),
          secret = %(secret)s, updated_at = %(now)s, version = version + 1
    WHERE user_id = %(user_id)s AND id = %(id)s
RETURNING row_to_json(shown(webhook))::text AS document;

-- name: delete
   DELETE FROM webhooks AS webhook WHERE user_id = %(user_id)s AND id = %(id)s
RETURNING row_to_json(shown(webhook))::text AS document;

-- name: mark
-- From the next change on, this user's events say whether anybody waits for them.
UPDATE counters
   SET hooked = EXISTS (SELECT FROM webhooks WHERE webhooks.user_id = counters.user_id AND active)
 WHERE user_id = %(user_id)s;

-- name: user
SELECT document FROM user_documents WHERE id = %(user_id)s;
