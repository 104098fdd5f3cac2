-- What was done, the latest first.
\set number random(1, :people)
SELECT json_agg(row_to_json(page))
  FROM (SELECT tasks.*,
               (SELECT array_agg(tag_id) FROM plain.task_tags WHERE task_id = tasks.id) AS tags
          FROM plain.tasks
         WHERE user_id = plain.person(:number)
           AND status = 'done'
         ORDER BY updated_at DESC, id DESC
         LIMIT 50) AS page;
