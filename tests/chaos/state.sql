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
       (SELECT count(*) FROM events) AS events;
