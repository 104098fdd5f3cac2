-- name: begin
UPDATE zone_data
   SET version = %(version)s,
       looked_at = '00000000-0000-0000-0000-000000000000',
       again_at = CASE WHEN version < %(version)s THEN now() + interval '1 hour' END
 WHERE version < %(version)s OR (version = %(version)s AND again_at <= now());

-- name: looking
SELECT looked_at FROM zone_data WHERE version = %(version)s AND looked_at IS NOT NULL FOR UPDATE SKIP LOCKED;

-- name: clocked
-- Tasks that are still to be done, which an index knows: what comes back from among the others is due where it is then.
-- And the reminders that are still to fire.
SELECT user_id, due_on, due_time, clocked.zone, at, slot, reminders, users.zone AS users_zone
  FROM ((SELECT user_id, due_on, due_time, zone, due_at AS at, NULL AS slot, NULL AS reminders
           FROM tasks
          WHERE user_id > %(after)s AND due_on IS NOT NULL AND due_time IS NOT NULL
            AND deleted_at IS NULL AND status IN ('todo', 'in_progress')
          ORDER BY user_id, due_on
          LIMIT %(limit)s)
         UNION ALL
        (SELECT firing.user_id, due_on, due_time, zone, fire_at, slot,
                (SELECT coalesce(json_agg(reminder), '[]') FROM jsonb_array_elements(reminders) AS reminder
                  WHERE reminder ->> 'id' = reminder_id::text)::text
           FROM (SELECT user_id, task_id, reminder_id, fire_at
                   FROM firings
                  WHERE user_id > %(after)s AND state = 'pending'
                  ORDER BY user_id
                  LIMIT %(limit)s) AS firing
           JOIN tasks ON tasks.user_id = firing.user_id AND tasks.id = task_id)
         ORDER BY user_id
         LIMIT %(limit)s) AS clocked
  JOIN users ON users.id = user_id
 ORDER BY user_id;

-- name: follow
-- From the first task on, also when some still follow an earlier change.
INSERT INTO zone_changes (user_id, changed_at, looked_at, zone_data)
SELECT user_id, now(), '00000000-0000-0000-0000-000000000000', %(version)s
  FROM unnest(%(those)s::uuid[]) AS moved (user_id) JOIN counters USING (user_id)
    ON CONFLICT (user_id) DO UPDATE SET looked_at = excluded.looked_at, zone_data = excluded.zone_data;

-- name: look_on
UPDATE zone_data SET looked_at = %(last)s;
