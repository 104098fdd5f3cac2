-- The most urgent fifty, of these the ones that are due first, with their tags, as one JSON array.
\set number random(1, :people)
SELECT json_agg(row_to_json(page))
  FROM (SELECT tasks.*,
               (SELECT array_agg(tag) FROM reference.task_tags WHERE task_id = tasks.id) AS tags
          FROM reference.tasks
         WHERE user_id = reference.person(:number)
         ORDER BY array_position('{none,low,medium,high,urgent}', priority) DESC, due_on, due_at, id
         LIMIT 50) AS page;
