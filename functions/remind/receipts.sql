-- name: receipts
-- Of each reminder that the task has, in their order, and behind them of those that it had.
WITH task AS (
    SELECT reminders FROM tasks WHERE user_id = %(user_id)s AND id = %(task_id)s AND deleted_at IS NULL
), said AS (
    SELECT (reminder ->> 'id')::uuid AS reminder_id, reminder, place
      FROM task, jsonb_array_elements(reminders) WITH ORDINALITY AS one (reminder, place)
), fired AS (
    SELECT reminder_id, fire_at, state, json_build_object(
               'fire_at', instant(fire_at),
               'planned_at', instant(firing.planned_at),
               'state', state,
               'settled_at', instant(settled_at),
               'late', CASE WHEN state IN ('fired', 'expired')
                            THEN lateness(greatest(fire_at, firing.planned_at), settled_at) END,
               'notification', notification_id,
               'deliveries', (
                   SELECT coalesce(json_agg(delivery ORDER BY array_position(ARRAY['in_app', 'push', 'email'], channel)), '[]')
                     FROM (SELECT 'in_app' AS channel, instant(notification.planned_at) AS deliver_at,
                                  instant(created_at) AS sent_at, lateness(notification.planned_at, created_at) AS late,
                                  'sent' AS outcome
                            WHERE notification.id IS NOT NULL
                            UNION ALL
                           SELECT channel, instant(deliver_at), instant(sent_at), lateness(deliver_at, sent_at), outcome
                             FROM deliveries
                            WHERE deliveries.user_id = %(user_id)s
                              AND deliveries.notification_id = firing.notification_id) AS delivery)) AS receipt
      FROM task, firings AS firing
      LEFT JOIN notifications AS notification ON notification.user_id = firing.user_id AND notification.id = notification_id
     WHERE firing.user_id = %(user_id)s AND task_id = %(task_id)s
     ORDER BY fire_at DESC
     LIMIT %(most)s
), item AS (
    SELECT coalesce(reminder, jsonb_build_object('id', reminder_id)) || jsonb_build_object(
               'removed', place IS NULL,
               'fire_at', instant(min(fire_at) FILTER (WHERE state = 'pending')),
               'firings', coalesce(jsonb_agg(receipt ORDER BY fire_at DESC) FILTER (WHERE receipt IS NOT NULL), '[]')) AS item,
           place, max(fire_at) AS last
      FROM said FULL JOIN fired USING (reminder_id)
     GROUP BY reminder_id, reminder, place
)
SELECT json_build_object('items', coalesce((SELECT json_agg(item ORDER BY place, last DESC) FROM item), '[]'))::text AS receipts
  FROM task;
