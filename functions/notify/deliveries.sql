-- name: told
-- Where a notification goes, its user's preferences say; one that is silent goes nowhere.
SELECT asked.user_id, asked.id, kind, urgent, planned_at, notification.created_at, zone,
       preferences.document AS preferences,
       EXISTS (SELECT FROM push_subscriptions WHERE push_subscriptions.user_id = asked.user_id) AS has_browsers
  FROM json_to_recordset(%(asked)s::json) AS asked (user_id uuid, id uuid)
  JOIN notifications AS notification ON notification.user_id = asked.user_id AND notification.id = asked.id
                                    AND NOT silent
  JOIN users ON users.id = asked.user_id AND deleted_at IS NULL
  LEFT JOIN preferences ON preferences.user_id = asked.user_id;

-- name: plan
-- What is `at_once` is taken by whoever plans it. What was there before is somebody else's, or waits for its time.
INSERT INTO deliveries (user_id, notification_id, channel, id, deliver_at, next_attempt_at, attempts)
SELECT user_id, notification_id, channel, id, deliver_at,
       CASE WHEN at_once THEN now() + interval '30 seconds' ELSE deliver_at END, at_once::integer
  FROM json_to_recordset(%(planned)s::json) AS planned (
       user_id uuid, notification_id uuid, channel text, id uuid, deliver_at timestamptz, at_once boolean)
    ON CONFLICT DO NOTHING
RETURNING user_id, notification_id, channel, id, deliver_at, reached, attempts

-- name: leave_be
-- Twice nobody heard what became of it. It may have gone out twice, and does not go out again.
UPDATE deliveries SET next_attempt_at = NULL, outcome = 'sent, perhaps'
 WHERE channel = 'email' AND next_attempt_at <= now() AND unsure >= 2;

-- name: take
-- For a while nobody else takes them; should this process die with them, they are due again then. They are looked up
-- first and once: a subquery may be asked again for every row, and passes over what has just been taken to the next.
WITH due AS MATERIALIZED (
    SELECT user_id, notification_id, channel
      FROM deliveries
     WHERE channel = %(channel)s AND next_attempt_at <= now() AND unsure < 2
     ORDER BY next_attempt_at
     LIMIT %(most)s
       FOR UPDATE SKIP LOCKED
)
   UPDATE deliveries
      SET attempts = attempts + 1,
          next_attempt_at = now() + CASE channel WHEN 'push' THEN interval '30 seconds' ELSE interval '2 minutes' END
    WHERE (user_id, notification_id, channel) IN (TABLE due)
RETURNING user_id, notification_id, channel, id, deliver_at, reached, attempts

-- name: with_all
-- What was taken, with what is to be said, to whom, and whether it still means something: somebody who has seen it, has
-- done the task, or has said so, wants to hear no more of it.
WITH taken AS (
    {taken}
)
SELECT taken.user_id, notification_id, channel, taken.id, deliver_at, reached, notification.document, kind, email, zone,
       urgent, preferences.document AS preferences, now() AS taken_at,
       CASE WHEN users.id IS NULL THEN 'is over'
            WHEN read_at IS NOT NULL THEN 'was read before'
            WHEN NOT (preferences.document::json #>> ARRAY['channels', kind, channel])::boolean THEN 'is wanted no more'
            WHEN kind = 'reminder' AND NOT EXISTS (
                     SELECT FROM tasks
                      WHERE tasks.user_id = taken.user_id AND tasks.id = ANY (task_ids) AND tasks.deleted_at IS NULL
                        AND status IN ('todo', 'in_progress')) THEN 'is over' END AS needless,
       CASE WHEN channel = 'push' THEN (
                SELECT coalesce(json_agg(browser), '[]')::text
                  FROM (SELECT subscription.id, endpoint, p256dh, auth, refusals
                          FROM push_subscriptions AS subscription
                          JOIN sessions ON sessions.user_id = subscription.user_id AND sessions.id = session_id
                                       AND expires_at > now()
                         WHERE subscription.user_id = taken.user_id AND subscription.id <> ALL (reached)) AS browser)
            END AS browsers
  FROM taken
  JOIN notifications AS notification ON notification.user_id = taken.user_id AND notification.id = notification_id
  LEFT JOIN users ON users.id = taken.user_id AND deleted_at IS NULL
  LEFT JOIN preferences ON preferences.user_id = taken.user_id
 WHERE attempts > 0;

-- name: forget_browsers
DELETE FROM push_subscriptions WHERE user_id = %(user_id)s AND id = ANY (%(ids)s::uuid[]);

-- name: count_refusals
UPDATE push_subscriptions SET refusals = CASE WHEN id = ANY (%(astray)s::uuid[]) THEN refusals + 1 ELSE 0 END
 WHERE user_id = %(user_id)s AND id = ANY (%(astray)s::uuid[] || %(found)s::uuid[]);

-- name: hand_over
-- Counts ahead, and is taken back by whoever lives to say that the mail server did not take it.
UPDATE deliveries SET unsure = unsure + 1
 WHERE user_id = %(user_id)s AND notification_id = %(notification_id)s AND channel = %(channel)s;

-- name: keep
-- What became of them. Without an outcome they are put off: each pause about twice the last, from half a minute to an
-- hour, and no two of one length, lest all come back at once; the first minute of clock behind it finds them. What is a
-- day late helps nobody. What is held back until later was not tried.
UPDATE deliveries
   SET last_error = coalesce(error, last_error),
       deliver_at = CASE WHEN deliver_at > later - interval '1 day' THEN later ELSE deliver_at END,
       attempts = attempts - (later IS NOT NULL)::integer,
       unsure = unsure - took_back::integer,
       reached = deliveries.reached || known.reached,
       sent_at = CASE WHEN known.outcome = 'sent' OR known.reached <> '{}' THEN coalesce(sent_at, now()) ELSE sent_at END,
       outcome = CASE WHEN known.outcome IS NOT NULL THEN known.outcome
                      WHEN deliver_at <= coalesce(later, now()) - interval '1 day' THEN 'given up' END,
       next_attempt_at = CASE WHEN known.outcome IS NULL AND deliver_at > coalesce(later, now()) - interval '1 day'
                              THEN coalesce(later, now() + make_interval(secs => greatest(
                                       pause, least(15 * 2 ^ least(attempts, 10), 3600) * (0.75 + random() / 2)))) END
  FROM json_to_recordset(%(known)s::json) AS known (
       user_id uuid, notification_id uuid, channel text, outcome text, error text, reached uuid[], took_back boolean,
       pause float8, later timestamptz)
 WHERE deliveries.user_id = known.user_id AND deliveries.notification_id = known.notification_id
   AND deliveries.channel = known.channel;
