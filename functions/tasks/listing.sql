-- name: newest
SELECT document FROM tasks
 WHERE user_id = %(user_id)s AND deleted_at IS NULL {conditions}
 ORDER BY {order}
 LIMIT {rows};

-- name: found
-- What fits is found and put in order by what an index holds of it; only the documents that are shown are looked up.
SELECT tasks.document
  FROM (SELECT user_id AS whose, id AS which, {keys} FROM tasks
         WHERE user_id = %(user_id)s AND deleted_at IS NULL {conditions}
         ORDER BY {order}
         LIMIT {rows}) AS page
  JOIN tasks ON tasks.user_id = whose AND tasks.id = which
 ORDER BY {keys_order};
