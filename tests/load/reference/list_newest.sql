-- The newest fifty with their tags, as one JSON array.
\set number random(1, :people)
SELECT json_agg(row_to_json(page))
  FROM (SELECT tasks.*,
               (SELECT array_agg(tag) FROM reference.task_tags WHERE task_id = tasks.id) AS tags
          FROM reference.tasks
         WHERE user_id = reference.person(:number)
         ORDER BY created_at DESC, id DESC
         LIMIT 50) AS page;
