-- Everything, by when it is due.
\set number random(1, :people)
SELECT json_agg(row_to_json(page))
  FROM (SELECT tasks.*,
               (SELECT array_agg(tag_id) FROM plain.task_tags WHERE task_id = tasks.id) AS tags
          FROM plain.tasks
         WHERE user_id = plain.person(:number)
         ORDER BY due_on, due_time, id
         LIMIT 50) AS page;
