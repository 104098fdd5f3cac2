-- name: due
SELECT DISTINCT user_id
  FROM (SELECT user_id FROM digests
         WHERE next_at <= now() AND user_id <> ALL (%(without)s::uuid[])
         ORDER BY next_at
         LIMIT %(most)s) AS next;

-- name: of_one
SELECT kind, at, next_at, zone FROM digests JOIN users ON users.id = user_id
 WHERE user_id = %(user_id)s AND next_at <= %(now)s
 ORDER BY kind;

-- name: go_on
UPDATE digests SET next_at = %(next_at)s WHERE user_id = %(user_id)s AND kind = %(kind)s;

-- name: end
DELETE FROM digests WHERE user_id = %(user_id)s;

-- name: found
SELECT document, count(*) OVER () AS total FROM tasks
 WHERE user_id = %(user_id)s AND deleted_at IS NULL AND {condition}
 ORDER BY due_on, due_time NULLS FIRST, id
 LIMIT {rows};
