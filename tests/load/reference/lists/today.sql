-- What is to be done today, the most urgent first.
\set number random(1, :people)
SELECT json_agg(row_to_json(page))
  FROM (SELECT tasks.*,
               (SELECT array_agg(tag_id) FROM plain.task_tags WHERE task_id = tasks.id) AS tags
          FROM plain.tasks
         WHERE user_id = plain.person(:number)
           AND status IN ('todo', 'in_progress') AND due_on <= current_date
           AND (due_on = current_date OR due_at < now() OR due_at IS NULL)
           AND NOT EXISTS (SELECT FROM plain.task_tags JOIN plain.tags ON tags.id = tag_id
                        WHERE task_id = tasks.id AND tags.user_id = tasks.user_id AND name = 'waiting')
         ORDER BY array_position('{none,low,medium,high,urgent}'::text[], priority) DESC, due_on, due_time, id
         LIMIT 50) AS page;
