-- name: subtasks
-- The task's progress comes first; then a page of those below it, each behind what it is below, siblings in manual order.
-- The page is walked, one step to the next task, so it costs what it holds: to the first subtask of a task, or else to the
-- next one beside it, or up again to look beside the one above. LATERAL and OFFSET 0: each by the index, whatever the
-- planner expects of so many who have one and the same parent.
-- `inside`: whether the place that the page begins behind is still among these.
WITH RECURSIVE family (id, depth, status) AS (
    SELECT id, 0, status FROM tasks WHERE user_id = %(user_id)s AND id = %(id)s AND deleted_at IS NULL
     UNION ALL
    SELECT child.id, depth + 1, child.status
      FROM family CROSS JOIN LATERAL (
           SELECT id, status, deleted_at FROM tasks WHERE user_id = %(user_id)s AND parent_id = family.id OFFSET 0
      ) AS child
     WHERE child.deleted_at IS NULL AND (%(deep)s::boolean OR depth = 0)
), counted AS (
    SELECT json_build_object('done', count(*) FILTER (WHERE status = 'done'),
                             'total', count(*) FILTER (WHERE status <> 'cancelled'))::text AS progress
      FROM family WHERE depth > 0
), above (id) AS (
    SELECT coalesce(%(beside_in)s::uuid, %(id)s)
     UNION ALL
    SELECT parent_id FROM above CROSS JOIN LATERAL (
           SELECT parent_id FROM tasks WHERE user_id = %(user_id)s AND tasks.id = above.id OFFSET 0
      ) AS task
     WHERE above.id <> %(id)s
), begun AS (
    SELECT EXISTS (SELECT FROM above WHERE id = %(id)s) AS inside
), walk (id, parent_id, position, goes_in, number, is_new) AS (
    SELECT coalesce(%(behind)s::uuid, %(id)s), %(beside_in)s::uuid, %(place)s::text COLLATE "C",
           %(behind)s::uuid IS NULL OR %(deep)s AND EXISTS (
               SELECT FROM tasks WHERE user_id = %(user_id)s AND id = %(behind)s AND parent_id = %(beside_in)s),
           0, false
      FROM begun WHERE inside
     UNION ALL
    SELECT step.* FROM walk CROSS JOIN LATERAL (
           (SELECT id, parent_id, position, %(deep)s::boolean, number + 1, true FROM tasks
             WHERE goes_in AND user_id = %(user_id)s AND parent_id = walk.id AND deleted_at IS NULL
             ORDER BY position, id LIMIT 1)
            UNION ALL
           (SELECT id, parent_id, position, %(deep)s, number + 1, true FROM tasks
             WHERE user_id = %(user_id)s AND parent_id = walk.parent_id AND deleted_at IS NULL
               AND (position, id) > (walk.position, walk.id)
             ORDER BY position, id LIMIT 1)
            UNION ALL
            SELECT id, parent_id, position, false, number, false FROM tasks
             WHERE user_id = %(user_id)s AND id = walk.parent_id AND id <> %(id)s
            LIMIT 1
      ) AS step
), page AS (
    SELECT id, number FROM walk WHERE is_new LIMIT %(limit)s
)
SELECT progress AS document, inside FROM family, counted, begun WHERE depth = 0
 UNION ALL
(SELECT document, true
   FROM page CROSS JOIN LATERAL (
        SELECT document FROM tasks WHERE user_id = %(user_id)s AND id = page.id OFFSET 0
   ) AS task
  ORDER BY number);
