-- name: heads
SELECT user_id, value FROM counters;

-- name: tasks
SELECT user_id, id, document, deleted_at FROM tasks;

-- name: stories
-- What happened to each task, in order.
SELECT user_id, subject, array_agg(type ORDER BY sequence) AS types,
       array_agg((data -> 'task' ->> 'version')::integer ORDER BY sequence) AS versions
  FROM events
 WHERE subject LIKE 'task/%'
 GROUP BY user_id, subject;

-- name: noticed
-- What the installation itself had to repair.
SELECT (SELECT count(*) FROM dead_letters WHERE delivered_at IS NOT NULL) AS dead_letters_delivered,
       (SELECT count(*) FROM activity WHERE filled) AS filled_into_history,
       (SELECT count(*) FROM firings WHERE state = 'fired') AS reminders,
       (SELECT count(*) FROM notifications) AS notices,
       (SELECT round(coalesce(max(extract(epoch FROM settled_at - greatest(fire_at, planned_at))), 0), 1)::float8
          FROM firings WHERE state = 'fired') AS latest,
       (SELECT count(*) FROM events) AS events;

-- name: reminding
-- What firings.py reads.
SELECT user_id, type, happened_at, data FROM events
 WHERE type LIKE 'task.%' OR type IN ('reminder.due', 'notification.created')
 ORDER BY user_id, sequence;

-- name: things
-- All that a page may know of somebody.
SELECT kind, id::text, document::json
  FROM (SELECT 'task' AS kind, user_id, id, document FROM tasks WHERE deleted_at IS NULL
         UNION ALL
        SELECT 'series', user_id, id, document FROM series WHERE deleted_at IS NULL
         UNION ALL
        SELECT 'list', user_id, id, document FROM lists WHERE deleted_at IS NULL AND id <> user_id -- the Inbox was always there
         UNION ALL
        SELECT 'tag', user_id, id, document FROM tags WHERE deleted_at IS NULL
         UNION ALL
        SELECT 'filter', user_id, id, document FROM filters WHERE deleted_at IS NULL
         UNION ALL
        SELECT 'comment', user_id, id, document FROM comments WHERE deleted_at IS NULL
         UNION ALL
        SELECT 'notification', user_id, id, document FROM notifications
         UNION ALL
        SELECT 'preferences', user_id, user_id, document FROM preferences) AS thing
 WHERE user_id = %(user_id)s;

-- name: events
SELECT sequence, id, type, data::text FROM events WHERE user_id = %(user_id)s ORDER BY sequence;
