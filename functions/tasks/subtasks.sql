-- name: subtasks
-- The task's progress comes first; then a page of those below it, each behind what it is below, siblings in manual order.
-- `path`: where a task stands among all of these, from the top down. LATERAL and OFFSET 0: each by the index, however few
-- rows the planner expects.
WITH RECURSIVE family (id, path, depth, status) AS (
    SELECT id, '{}'::text[] COLLATE "C", 0, status
      FROM tasks WHERE user_id = %(user_id)s AND id = %(id)s AND deleted_at IS NULL
     UNION ALL
    SELECT child.id, path || ARRAY[position, child.id::text COLLATE "C"], depth + 1, child.status
      FROM family CROSS JOIN LATERAL (
           SELECT id, position, status FROM tasks
            WHERE user_id = %(user_id)s AND parent_id = family.id AND deleted_at IS NULL OFFSET 0
      ) AS child
     WHERE depth < %(depth)s
), counted AS (
    SELECT json_build_object('done', count(*) FILTER (WHERE status = 'done'),
                             'total', count(*) FILTER (WHERE status <> 'cancelled'))::text AS progress
      FROM family WHERE depth > 0
), page AS (
    SELECT id, path FROM family
     WHERE depth > 0 AND (%(after)s::text[] IS NULL OR path > %(after)s::text[])
     ORDER BY path
     LIMIT %(limit)s
)
SELECT progress AS document, NULL AS path FROM family, counted WHERE depth = 0
 UNION ALL
(SELECT document, array_to_json(path)::text
   FROM page CROSS JOIN LATERAL (
        SELECT document FROM tasks WHERE user_id = %(user_id)s AND id = page.id OFFSET 0
   ) AS task
  ORDER BY path);
