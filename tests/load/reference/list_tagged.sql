-- The newest fifty errands that are still to be done, with their tags, as one JSON array.
\set number random(1, :people)
SELECT json_agg(row_to_json(page))
  FROM (SELECT tasks.*,
               (SELECT array_agg(tag) FROM reference.task_tags WHERE task_id = tasks.id) AS tags
          FROM reference.tasks
         WHERE user_id = reference.person(:number)
           AND status IN ('todo', 'in_progress')
           AND EXISTS (SELECT FROM reference.task_tags WHERE task_id = tasks.id AND tag = 'errand')
         ORDER BY created_at DESC, id DESC
         LIMIT 50) AS page;
