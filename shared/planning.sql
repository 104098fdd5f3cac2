-- name: retire
-- What is not wanted any more.
UPDATE firings SET state = CASE WHEN goes_on THEN 'superseded' ELSE 'cancelled' END, settled_at = %(now)s
  FROM json_to_recordset(%(tasks)s::json) AS task (task_id uuid, goes_on boolean)
 WHERE firings.user_id = %(user_id)s AND firings.task_id = task.task_id AND state = 'pending'
   AND NOT EXISTS (SELECT FROM json_to_recordset(%(wanted)s::json)
                              AS wanted (task_id uuid, reminder_id uuid, fire_at timestamptz)
                    WHERE wanted.task_id = firings.task_id AND wanted.reminder_id = firings.reminder_id
                      AND wanted.fire_at = firings.fire_at);

-- name: plan
-- What waits already, waits on. What was given up comes again; what has fired does not.
-- `turn`: how many this user has at the same instant already, in tens; counted once for each instant, and not again
-- for each of those that this very statement puts there.
WITH wanted AS (
    SELECT *, row_number() OVER (PARTITION BY fire_at ORDER BY position) - 1 AS before_it
      FROM ROWS FROM (json_to_recordset(%(wanted)s::json)
                      AS (task_id uuid, reminder_id uuid, fire_at timestamptz, at_once boolean)) WITH ORDINALITY
        AS wanted (task_id, reminder_id, fire_at, at_once, position)
     WHERE fire_at > %(now)s OR at_once
), instant AS MATERIALIZED (
    SELECT fire_at, (SELECT count(*)
                       FROM (SELECT FROM firings AS other
                              WHERE other.user_id = %(user_id)s AND other.fire_at = one.fire_at AND state = 'pending'
                              LIMIT 1000) AS others) AS taken
      FROM (SELECT DISTINCT fire_at FROM wanted) AS one
)
INSERT INTO firings AS known (user_id, task_id, reminder_id, fire_at, planned_at, turn)
SELECT %(user_id)s, task_id, reminder_id, fire_at, %(now)s, least(100, (before_it + taken) / 10)
  FROM wanted JOIN instant USING (fire_at)
    ON CONFLICT (user_id, task_id, reminder_id, fire_at) DO UPDATE
   SET state = 'pending', settled_at = NULL, planned_at = excluded.planned_at, turn = excluded.turn
 WHERE known.state IN ('superseded', 'cancelled');

-- name: should_have_been
UPDATE firings SET planned_at = moment
  FROM unnest(%(ids)s::uuid[], %(moments)s::timestamptz[]) AS made (task_id, moment)
 WHERE firings.user_id = %(user_id)s AND firings.task_id = made.task_id AND state = 'pending';

-- name: give_up
UPDATE firings SET state = 'cancelled', settled_at = %(now)s
 WHERE user_id = %(user_id)s AND task_id = ANY (%(ids)s::uuid[]) AND state = 'pending';
