-- name: tags
SELECT document FROM tags
 WHERE user_id = %(user_id)s AND deleted_at IS NULL
   AND (%(after)s::text IS NULL OR (name_key, id) > (%(after)s, %(after_id)s::uuid))
 ORDER BY name_key, id
 LIMIT %(rows)s;

-- name: add_tag
INSERT INTO tags (user_id, id, name, name_key, color, created_at, updated_at, version)
SELECT user_id, %(id)s, %(name)s, %(name_key)s, %(color)s, now, now, 1
  FROM counter
RETURNING document;

-- name: tag_named
SELECT document FROM tags WHERE user_id = %(user_id)s AND name_key = %(name_key)s AND deleted_at IS NULL;

-- name: series_marked
-- What repeats, and will be marked with it.
SELECT id, document FROM series
 WHERE user_id = %(user_id)s AND deleted_at IS NULL AND state <> 'ended' AND template -> 'tags' ? %(tag)s;

-- name: number_marked
SELECT count(*) AS number FROM tasks
 WHERE user_id = %(user_id)s AND tags @> ARRAY[%(tag)s::uuid] AND deleted_at IS NULL;

-- name: mark_otherwise
-- With the other tag where the one was, once; or with none. What it was is read by the primary key, as it was before
-- this statement: a join of so many rows to themselves can be planned badly for somebody who is new.
   UPDATE tasks
      SET tags = CASE WHEN %(into)s::uuid IS NULL OR tags @> ARRAY[%(into)s]
                      THEN array_remove(tags, %(tag)s)
                      ELSE array_replace(tags, %(tag)s, %(into)s) END,
          updated_at = %(now)s, version = version + 1
    WHERE user_id = %(user_id)s AND tags @> ARRAY[%(tag)s::uuid] AND deleted_at IS NULL
RETURNING id, document, json_build_object('tags', json_build_array(
              (SELECT was.tags FROM tasks AS was WHERE was.user_id = tasks.user_id AND was.id = tasks.id),
              tags))::text AS changes;
