-- name: lists
SELECT id, list_id FROM tasks WHERE user_id = %(user_id)s AND id = ANY(%(ids)s::uuid[]) AND deleted_at IS NULL;

-- name: these
-- Those that are there. More than one change may hold are counted, and not brought.
WITH found AS (
    SELECT id, document FROM tasks
     WHERE user_id = %(user_id)s AND id = ANY(%(ids)s::uuid[]) AND deleted_at IS NULL
), size AS (
    SELECT count(*) AS number, coalesce(sum(octet_length(document)), 0)::bigint AS bytes FROM found
)
SELECT id, number, bytes, CASE WHEN number <= %(most)s AND bytes <= %(heaviest)s THEN document END AS document
  FROM found CROSS JOIN size;

-- name: below
-- All tasks below these, those nearer to them first. More than one change may hold are counted, and not brought.
-- LATERAL and OFFSET 0: each by the index, whatever the planner expects of so many who have one and the same parent.
WITH RECURSIVE below (id, depth) AS (
    SELECT id, 1 FROM tasks WHERE user_id = %(user_id)s AND parent_id = ANY(%(ids)s::uuid[]) AND deleted_at IS NULL
     UNION
    SELECT child.id, depth + 1
      FROM below CROSS JOIN LATERAL (
           SELECT id, deleted_at FROM tasks WHERE user_id = %(user_id)s AND parent_id = below.id OFFSET 0
      ) AS child
     WHERE child.deleted_at IS NULL
), family AS (
    SELECT nearest.id, depth, position, document
      FROM (SELECT id, max(depth) AS depth FROM below GROUP BY id) AS nearest CROSS JOIN LATERAL (
           SELECT position, document FROM tasks WHERE user_id = %(user_id)s AND id = nearest.id OFFSET 0
      ) AS task
), size AS (
    SELECT count(*) AS number, coalesce(sum(octet_length(document)), 0)::bigint AS bytes FROM family
)
SELECT id, number, bytes, CASE WHEN number <= %(most)s AND bytes <= %(heaviest)s THEN document END AS document
  FROM family CROSS JOIN size
 ORDER BY depth, position, id
 LIMIT %(most)s;

-- name: closed_above
-- These tasks and those above them, as far as they are done or cancelled.
WITH RECURSIVE above (id) AS (
    SELECT unnest(%(ids)s::uuid[])
     UNION
    SELECT parent_id
      FROM above CROSS JOIN LATERAL (
           SELECT parent_id FROM tasks WHERE user_id = %(user_id)s AND id = above.id AND parent_id IS NOT NULL OFFSET 0
      ) AS task
)
SELECT task.id, document
  FROM above CROSS JOIN LATERAL (
       SELECT id, document FROM tasks
        WHERE user_id = %(user_id)s AND id = above.id AND status IN ('done', 'cancelled') AND deleted_at IS NULL OFFSET 0
  ) AS task;
