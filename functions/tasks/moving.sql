-- name: before
-- The siblings before a place, those nearest to it first; without a place, the last ones.
SELECT id, position FROM tasks
 WHERE user_id = %(user_id)s AND deleted_at IS NULL AND {siblings} AND id <> ALL(%(moved)s::uuid[])
   AND (%(position)s::text IS NULL OR (position, id) < (%(position)s COLLATE "C", %(id)s::uuid))
 ORDER BY position DESC, id DESC
 LIMIT %(limit)s;

-- name: behind
-- The siblings behind a place, those nearest to it first; without a place, the first ones.
SELECT id, position FROM tasks
 WHERE user_id = %(user_id)s AND deleted_at IS NULL AND {siblings} AND id <> ALL(%(moved)s::uuid[])
   AND (%(position)s::text IS NULL OR (position, id) > (%(position)s COLLATE "C", %(id)s::uuid))
 ORDER BY position, id
 LIMIT %(limit)s;

-- name: in_list
list_id = %(list)s AND parent_id IS NULL

-- name: below_parent
list_id = %(list)s AND parent_id = %(parent)s
