-- name: begin
-- From the first task on, also when others still follow an earlier change.
INSERT INTO zone_changes (user_id, changed_at, looked_at)
VALUES (%(user_id)s, %(now)s, '00000000-0000-0000-0000-000000000000')
    ON CONFLICT (user_id) DO UPDATE SET changed_at = excluded.changed_at, looked_at = excluded.looked_at;

-- name: clocked_tasks
-- Of those that are still to be done. What is done was due where its user was then; opened again, it is where they are.
-- The floating ones, or all of them if it is the zone data that is another. Also what is due on a day or not at all has
-- reminders with a time of day.
SELECT id, due_on, due_time, zone, slot, CASE WHEN reminders <> '[]' THEN document END AS minding
  FROM tasks, (SELECT looked_at, zone_data FROM zone_changes WHERE user_id = %(user_id)s) AS change
 WHERE user_id = %(user_id)s AND id > looked_at AND (zone IS NULL OR zone_data IS NOT NULL)
   AND deleted_at IS NULL AND status IN ('todo', 'in_progress') AND (due_time IS NOT NULL OR reminders <> '[]')
 ORDER BY id
 LIMIT %(limit)s;

-- name: follow
-- Those that were made or changed since are where they belong already.
   UPDATE tasks SET due_at = wanted.due_at, updated_at = %(now)s, version = version + 1
     FROM unnest(%(those)s::uuid[], %(instants)s::timestamptz[]) AS wanted (id, due_at)
    WHERE user_id = %(user_id)s AND tasks.id = wanted.id AND tasks.due_at <> wanted.due_at
RETURNING tasks.id, document, json_build_object('due_at', json_build_array(
              (SELECT instant(was.due_at) FROM tasks AS was WHERE was.user_id = tasks.user_id AND was.id = tasks.id),
              instant(tasks.due_at)))::text AS changes;

-- name: look_on
UPDATE zone_changes SET looked_at = %(id)s WHERE user_id = %(user_id)s;

-- name: end
DELETE FROM zone_changes WHERE user_id = %(user_id)s;

-- name: next
-- Whose account is gone has no counter, and no tasks that anybody will see. Who waits for newer data than ours, waits.
SELECT user_id FROM zone_changes JOIN counters USING (user_id)
 WHERE zone_data IS NULL OR zone_data <= %(version)s
 ORDER BY changed_at
 LIMIT 1;
