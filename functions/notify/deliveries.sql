-- name: told
-- Where a notification goes, its user's preferences say; one that is silent goes nowhere.
SELECT kind, urgent, planned_at, notification.created_at, zone, preferences.document AS preferences,
       EXISTS (SELECT FROM push_subscriptions WHERE push_subscriptions.user_id = %(user_id)s) AS has_browsers
  FROM notifications AS notification
  JOIN users ON users.id = notification.user_id AND deleted_at IS NULL
  LEFT JOIN preferences USING (user_id)
 WHERE notification.user_id = %(user_id)s AND notification.id = %(notification_id)s AND NOT silent;

-- name: plan
INSERT INTO deliveries (user_id, notification_id, channel, id, deliver_at, next_attempt_at)
SELECT %(user_id)s, %(notification_id)s, channel, id, %(deliver_at)s, %(deliver_at)s
  FROM unnest(%(channels)s::text[], %(ids)s::uuid[]) AS wanted (channel, id)
    ON CONFLICT DO NOTHING;

-- name: leave_be
-- Twice nobody heard what became of it. It may have gone out twice, and does not go out again.
UPDATE deliveries SET next_attempt_at = NULL, outcome = 'sent, perhaps'
 WHERE channel = 'email' AND next_attempt_at <= now() AND unsure >= 2;

-- name: take
-- For two minutes nobody else takes it; should this process die with it, it is due again then.
   UPDATE deliveries
      SET attempts = attempts + 1, next_attempt_at = now() + interval '2 minutes'
    WHERE (user_id, notification_id, channel) = (SELECT user_id, notification_id, channel
                                                   FROM deliveries
                                                  WHERE channel = %(channel)s AND next_attempt_at <= now() AND unsure < 2
                                                  ORDER BY next_attempt_at
                                                  LIMIT 1
                                                    FOR UPDATE SKIP LOCKED)
RETURNING user_id, notification_id, channel, id, reached;

-- name: take_this
   UPDATE deliveries
      SET attempts = attempts + 1, next_attempt_at = now() + interval '2 minutes'
    WHERE user_id = %(user_id)s AND notification_id = %(notification_id)s AND channel = %(channel)s
      AND next_attempt_at <= now()
RETURNING user_id, notification_id, channel, id, reached;

-- name: about
-- Whether it still means something: somebody who has seen it, or has done the task, wants to hear no more of it.
SELECT notification.document, email, zone, kind, read_at IS NOT NULL AS is_read,
       kind <> 'reminder'
       OR EXISTS (SELECT FROM tasks
                   WHERE tasks.user_id = %(user_id)s AND tasks.id = ANY (task_ids) AND tasks.deleted_at IS NULL
                     AND status IN ('todo', 'in_progress')) AS is_open
  FROM notifications AS notification
  JOIN users ON users.id = user_id AND deleted_at IS NULL
 WHERE user_id = %(user_id)s AND notification.id = %(notification_id)s;

-- name: browsers
SELECT subscription.id, endpoint, p256dh, auth
  FROM push_subscriptions AS subscription
  JOIN sessions ON sessions.user_id = subscription.user_id AND sessions.id = session_id AND expires_at > now()
 WHERE subscription.user_id = %(user_id)s AND subscription.id <> ALL (%(reached)s::uuid[]);

-- name: forget_browsers
DELETE FROM push_subscriptions WHERE user_id = %(user_id)s AND id = ANY (%(ids)s::uuid[]);

-- name: hand_over
-- Counts ahead, and is taken back by whoever lives to say that the mail server did not take it.
UPDATE deliveries SET unsure = unsure + 1
 WHERE user_id = %(user_id)s AND notification_id = %(notification_id)s AND channel = %(channel)s;

-- name: settle
UPDATE deliveries
   SET next_attempt_at = NULL, outcome = %(outcome)s, last_error = coalesce(%(error)s, last_error),
       reached = reached || %(reached)s::uuid[],
       sent_at = CASE WHEN %(sent)s::boolean THEN coalesce(sent_at, now()) END
 WHERE user_id = %(user_id)s AND notification_id = %(notification_id)s AND channel = %(channel)s;

-- name: put_off
-- Each pause about twice the last, from half a minute to an hour, and no two of one length, lest all come back at once.
-- What is a day late helps nobody.
UPDATE deliveries
   SET last_error = %(error)s,
       unsure = unsure - %(sure)s::boolean::integer,
       reached = reached || %(reached)s::uuid[],
       sent_at = CASE WHEN %(reached)s::uuid[] <> '{}' THEN coalesce(sent_at, now()) ELSE sent_at END,
       outcome = CASE WHEN deliver_at < now() - interval '1 day' THEN 'given up' END,
       next_attempt_at = CASE WHEN deliver_at >= now() - interval '1 day' THEN now() + make_interval(secs => greatest(
           %(pause)s::float8, least(15 * 2 ^ least(attempts, 10), 3600) * (0.75 + random() / 2))) END
 WHERE user_id = %(user_id)s AND notification_id = %(notification_id)s AND channel = %(channel)s;
