-- A list in its manual order.
\set number random(1, :people)
SELECT json_agg(row_to_json(page))
  FROM (SELECT tasks.*,
               (SELECT array_agg(tag_id) FROM plain.task_tags WHERE task_id = tasks.id) AS tags
          FROM plain.tasks
         WHERE user_id = plain.person(:number)
           AND status IN ('todo', 'in_progress')
           AND list_id = (SELECT id FROM plain.lists WHERE lists.user_id = plain.person(:number) AND name = 'List 3')
         ORDER BY position, id
         LIMIT 50) AS page;
