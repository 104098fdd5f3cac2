-- name: add
-- The user's counter is locked, so nobody else adds one of these keys, nor gives these numbers away.
WITH wanted AS (
    SELECT * FROM ROWS FROM (json_to_recordset(%(wanted)s::json) AS (
        id uuid, key text, kind text, task_ids uuid[], tasks json, total integer, planned_at timestamptz,
        urgent boolean, silent boolean)) WITH ORDINALITY AS wanted (
        id, key, kind, task_ids, tasks, total, planned_at, urgent, silent, position)
), new AS (
    SELECT *, row_number() OVER (ORDER BY position) AS number
      FROM wanted
     WHERE NOT EXISTS (SELECT FROM notifications AS known
                        WHERE known.user_id = %(user_id)s AND known.key = wanted.key)
)
INSERT INTO notifications (user_id, id, sequence, key, kind, task_ids, tasks, total, planned_at, urgent, silent, created_at)
SELECT %(user_id)s, id, %(last)s + number, key, kind, task_ids, tasks, total, planned_at, urgent, silent, %(now)s
  FROM new
RETURNING id, key, sequence, document;
