-- name: add
-- `counter` is the user's own, locked by this change, with its moment (shared/changes.sql).
INSERT INTO tasks (user_id, id, title, notes, status, priority, due_on, due_time, zone, due_at, start_on, list_id,
                   parent_id, tags, position, words, created_at, updated_at, completed_at, version)
SELECT user_id, %(id)s, %(title)s, %(notes)s, %(status)s, %(priority)s, %(due_on)s, %(due_time)s, %(zone)s, %(due_at)s,
       %(start_on)s, %(list_id)s, %(parent_id)s, %(tags)s, %(position)s, %(words)s,
       now, now, CASE WHEN %(status)s = 'done' THEN now END, 1
  FROM counter
RETURNING document;
