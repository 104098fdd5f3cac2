-- name: by_index
-- Row by row, through the index that has it: tables that were small when a statement was planned may have grown by a
-- hundred thousand rows a minute later. And what an index brings in order is not sorted: it is read as far as it is wanted.
SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
       set_config('enable_mergejoin', 'off', true), set_config('enable_sort', 'off', true);

-- name: pick
-- Nobody writes in the ledger but behind its user's counter. Whose counter somebody else has is left for later: they may
-- be changing this very task. Whose account is gone has none.
SELECT user_id, task_id, reminder_id, fire_at, value, hooked,
       greatest(fire_at, planned_at) < %(missed_before)s AS is_missed
  FROM firings
 CROSS JOIN LATERAL (SELECT value, hooked FROM counters WHERE counters.user_id = firings.user_id
                        FOR UPDATE SKIP LOCKED) AS counter
 WHERE state = 'pending' AND fire_at <= now()
 ORDER BY fire_at, turn
 LIMIT %(most)s;

-- name: behind
-- Of these users, who has how many that are due by now; of very many, that they are very many. And when they were last
-- told that there were more than there was room for.
SELECT user_id, (SELECT count(*)
                   FROM (SELECT FROM firings
                          WHERE firings.user_id = person.user_id AND state = 'pending' AND fire_at <= now()
                          LIMIT %(most)s) AS due)::integer AS many,
       (SELECT max(created_at) FROM notifications
         WHERE notifications.user_id = person.user_id AND starts_with(key, %(gathered)s)
           AND created_at > now() - interval '1 day' AND total > cardinality(task_ids)) AS told_at
  FROM unnest(%(user_ids)s::uuid[]) AS person (user_id);

-- name: missed
-- How many open tasks one user was not reminded of in time, of which today is not too late to tell.
SELECT count(DISTINCT task_id)::integer AS many
  FROM firings JOIN tasks ON tasks.user_id = firings.user_id AND tasks.id = task_id
 WHERE firings.user_id = %(user_id)s AND state = 'pending' AND fire_at <= now()
   AND greatest(fire_at, planned_at) < %(missed_before)s
   AND greatest(fire_at, planned_at) >= now() - make_interval(secs => %(too_late)s)
   AND deleted_at IS NULL AND status IN ('todo', 'in_progress');

-- name: all_due
SELECT user_id, task_id, reminder_id, fire_at
  FROM unnest(%(user_ids)s::uuid[]) AS person (user_id)
 CROSS JOIN LATERAL (SELECT task_id, reminder_id, fire_at FROM firings
                      WHERE firings.user_id = person.user_id AND state = 'pending' AND fire_at <= now()
                      ORDER BY fire_at
                      LIMIT %(most)s) AS due;

-- name: due_of
SELECT user_id, task_id, reminder_id, fire_at
  FROM unnest(%(user_ids)s::uuid[], %(task_ids)s::uuid[]) AS task (user_id, task_id)
  JOIN firings USING (user_id, task_id)
 WHERE settled_at IS NULL AND fire_at <= now();

-- name: look
-- Behind the locks: which of these are pending still, and their tasks as they are. What is not settled is pending; said
-- so, it is looked for by its key, and not among all that are pending at its instant.
SELECT place::integer, planned_at, title, document::json ->> 'due' AS due, zone,
       deleted_at IS NULL AND status IN ('todo', 'in_progress') AS is_open, priority = 'urgent' AS is_urgent,
       clock_timestamp() AS now
  FROM unnest(%(user_ids)s::uuid[], %(task_ids)s::uuid[], %(reminder_ids)s::uuid[], %(fire_ats)s::timestamptz[])
       WITH ORDINALITY AS picked (user_id, task_id, reminder_id, fire_at, place)
  JOIN firings USING (user_id, task_id, reminder_id, fire_at)
  JOIN tasks ON tasks.user_id = picked.user_id AND tasks.id = picked.task_id
 WHERE settled_at IS NULL;

-- name: settle
UPDATE firings
   SET state = settled.state, settled_at = %(now)s, notification_id = settled.notification_id
  FROM unnest(%(user_ids)s::uuid[], %(task_ids)s::uuid[], %(reminder_ids)s::uuid[], %(fire_ats)s::timestamptz[],
              %(states)s::text[], %(notification_ids)s::uuid[])
       AS settled (user_id, task_id, reminder_id, fire_at, state, notification_id)
 WHERE firings.user_id = settled.user_id AND firings.task_id = settled.task_id
   AND firings.reminder_id = settled.reminder_id AND firings.fire_at = settled.fire_at
   AND firings.settled_at IS NULL;

-- name: next
-- The first that is due before this moment, or within the horizon from now on, and how many seconds it is ahead.
SELECT until, extract(epoch FROM fire_at - clock_timestamp())::float8 AS ahead, clock_timestamp() AS now
  FROM (SELECT coalesce(%(until)s::timestamptz, now() + make_interval(secs => %(horizon)s)) AS until) AS asked
  LEFT JOIN LATERAL (SELECT fire_at FROM firings JOIN counters USING (user_id)
                      WHERE state = 'pending' AND fire_at <= greatest(until, now())
                      ORDER BY fire_at
                      LIMIT 1) AS first ON true;
