-- The newest that are open.
\set number random(1, :people)
SELECT json_agg(row_to_json(page))
  FROM (SELECT tasks.*,
               (SELECT array_agg(tag_id) FROM plain.task_tags WHERE task_id = tasks.id) AS tags
          FROM plain.tasks
         WHERE user_id = plain.person(:number)
           AND status IN ('todo', 'in_progress')
         ORDER BY created_at DESC, id DESC
         LIMIT 50) AS page;
