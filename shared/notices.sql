-- name: add
-- The counters of all these users are locked, so nobody else adds one of these keys, nor gives these numbers away.
WITH wanted AS (
    SELECT * FROM ROWS FROM (json_to_recordset(%(wanted)s::json) AS (
        user_id uuid, last bigint, id uuid, key text, kind text, task_ids uuid[], tasks json, total integer,
        planned_at timestamptz, urgent boolean, silent boolean, webhook json)) WITH ORDINALITY AS wanted (
        user_id, last, id, key, kind, task_ids, tasks, total, planned_at, urgent, silent, webhook, position)
), new AS (
    SELECT *, last + row_number() OVER (PARTITION BY user_id ORDER BY position) AS sequence
      FROM wanted
     WHERE (SELECT id FROM notifications AS known
             WHERE known.user_id = wanted.user_id AND known.key = wanted.key) IS NULL
)
INSERT INTO notifications (user_id, id, sequence, key, kind, task_ids, tasks, total, planned_at, urgent, silent, webhook,
                           created_at)
SELECT user_id, id, sequence, key, kind, task_ids, tasks, total, planned_at, urgent, silent, webhook, %(now)s
  FROM new
RETURNING user_id, id, key, sequence, document;
