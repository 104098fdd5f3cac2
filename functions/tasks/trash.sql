-- name: deleted
-- What went with the task above it is not shown beside it.
SELECT document FROM tasks AS task
 WHERE user_id = %(user_id)s AND deleted_at > now() - interval '30 days'
   AND (deleted_at, id) < (coalesce(%(before)s::timestamptz, 'infinity'),
                           coalesce(%(id)s::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
   AND NOT EXISTS (SELECT FROM tasks AS parent
                    WHERE parent.user_id = task.user_id AND parent.id = task.parent_id
                      AND parent.deleted_at = task.deleted_at)
 ORDER BY deleted_at DESC, id DESC
 LIMIT %(limit)s;

-- name: deleted_together
-- These, and what went together with each. More than one change may hold are counted, and not brought.
-- LATERAL and OFFSET 0: each by the index, whatever the planner expects of so many who have one and the same parent.
WITH RECURSIVE family (id, deleted_at) AS (
    SELECT id, deleted_at FROM tasks
     WHERE user_id = %(user_id)s AND id = ANY(%(ids)s::uuid[])
       AND (deleted_at IS NULL OR deleted_at > now() - interval '30 days')
     UNION
    SELECT child.id, child.deleted_at
      FROM family CROSS JOIN LATERAL (
           SELECT id, deleted_at FROM tasks WHERE user_id = %(user_id)s AND parent_id = family.id OFFSET 0
      ) AS child
     WHERE child.deleted_at = family.deleted_at
), found AS (
    SELECT family.id, family.deleted_at IS NOT NULL AS deleted, document
      FROM family CROSS JOIN LATERAL (
           SELECT document FROM tasks WHERE user_id = %(user_id)s AND id = family.id OFFSET 0
      ) AS task
), size AS (
    SELECT count(*) AS number, coalesce(sum(octet_length(document)), 0)::bigint AS bytes FROM found
)
SELECT id, deleted, number, bytes, CASE WHEN number <= %(most)s AND bytes <= %(heaviest)s THEN document END AS document
  FROM found CROSS JOIN size;

-- name: replaced
SELECT id FROM tasks AS coming
 WHERE user_id = %(user_id)s AND id = ANY(%(ids)s::uuid[])
   AND (EXISTS (SELECT FROM tasks AS other
                 WHERE other.user_id = coming.user_id AND other.series_id = coming.series_id
                   AND other.deleted_at IS NULL AND other.id <> coming.id
                   AND (other.ordinal = coming.ordinal OR other.follows = coming.follows
                        OR (other.recurrence IS NOT NULL AND coming.recurrence IS NOT NULL)))
        OR NOT EXISTS (SELECT FROM series
                        WHERE series.user_id = coming.user_id AND series.id = coming.series_id
                          AND series.deleted_at IS NULL));
