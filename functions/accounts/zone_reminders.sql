-- name: known
SELECT task_id, reminder_id, fire_at, state = 'pending' AS waits FROM firings
 WHERE user_id = %(user_id)s AND task_id = ANY (%(ids)s::uuid[]) AND state IN ('pending', 'fired', 'expired');

-- name: settle
-- At the instant at which they would have fired; nobody is late with what was made to pass just now.
INSERT INTO firings AS known (user_id, task_id, reminder_id, fire_at, planned_at, state, settled_at, notification_id)
SELECT %(user_id)s, task_id, reminder_id, fire_at, %(now)s, 'fired', %(now)s, %(notification_id)s
  FROM unnest(%(task_ids)s::uuid[], %(reminder_ids)s::uuid[], %(fire_ats)s::timestamptz[])
       AS passed (task_id, reminder_id, fire_at)
    ON CONFLICT (user_id, task_id, reminder_id, fire_at) DO UPDATE
   SET planned_at = excluded.planned_at, state = excluded.state, settled_at = excluded.settled_at,
       notification_id = excluded.notification_id
 WHERE known.state IN ('superseded', 'cancelled');
