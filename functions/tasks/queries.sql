-- name: add
-- `counter` is the user's own, locked by this change, with its moment (shared/changes.sql).
INSERT INTO tasks (user_id, id, title, notes, status, priority, due_on, due_time, zone, due_at,
                   created_at, updated_at, completed_at, version)
SELECT user_id, %(id)s, %(title)s, %(notes)s, %(status)s, %(priority)s, %(due_on)s, %(due_time)s, %(zone)s, %(due_at)s,
       now, now, CASE WHEN %(status)s = 'done' THEN now END, 1
  FROM counter
RETURNING document;

-- name: read
SELECT document, version FROM tasks WHERE user_id = %(user_id)s AND id = %(id)s AND deleted_at IS NULL;

-- name: zone
SELECT zone FROM users WHERE id = %(user_id)s;

-- name: change
-- Nothing comes back when everything is so already.
   UPDATE tasks
      SET title = %(title)s, notes = %(notes)s, status = %(status)s, priority = %(priority)s,
          due_on = %(due_on)s, due_time = %(due_time)s, zone = %(zone)s, due_at = %(due_at)s,
          completed_at = %(completed_at)s, updated_at = %(now)s, version = version + 1
    WHERE user_id = %(user_id)s AND id = %(id)s
      AND (title, notes, status, priority, due_on, due_time, zone, due_at)
          IS DISTINCT FROM (%(title)s, %(notes)s, %(status)s, %(priority)s, %(due_on)s::date, %(due_time)s::time,
                            %(zone)s::text, %(due_at)s::timestamptz)
RETURNING document;

-- name: delete
   UPDATE tasks SET deleted_at = %(now)s, updated_at = %(now)s, version = version + 1
    WHERE user_id = %(user_id)s AND id = %(id)s
RETURNING document;

-- name: newest
SELECT document FROM tasks
 WHERE user_id = %(user_id)s AND deleted_at IS NULL
   AND (%(statuses)s::text[] IS NULL OR status = ANY (%(statuses)s))
 ORDER BY created_at DESC, id DESC
 LIMIT %(limit)s;

-- name: newest_after
SELECT document FROM tasks
 WHERE user_id = %(user_id)s AND deleted_at IS NULL AND (created_at, id) < (%(created_at)s, %(id)s)
   AND (%(statuses)s::text[] IS NULL OR status = ANY (%(statuses)s))
 ORDER BY created_at DESC, id DESC
 LIMIT %(limit)s;
