-- A task, its tags through the join table, and the event: one statement, one transaction.
\set number random(1, :people)
WITH task AS (
    INSERT INTO reference.tasks (id, user_id, title, notes, status, priority)
    VALUES (gen_random_uuid(), reference.person(:number), 'Buy milk', 'Two litres of the good one.', 'todo', 'high')
    RETURNING *
), tagged AS (
    INSERT INTO reference.task_tags (task_id, tag) SELECT task.id, tag FROM task, unnest(ARRAY['home', 'work']) AS tag
), event AS (
    INSERT INTO reference.events (id, user_id, type, data)
    SELECT gen_random_uuid(), user_id, 'task.created', row_to_json(task) FROM task
)
SELECT row_to_json(task) FROM task;
