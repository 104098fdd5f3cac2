-- As many users and tasks as the API has: :people with :tasks tasks of two tags each, who list, and as many who create.
INSERT INTO reference.users (id)
SELECT reference.person(number) FROM generate_series(1, :people) AS number
UNION ALL
SELECT reference.person(100 + number) FROM generate_series(1, :people) AS number;

INSERT INTO reference.tasks (id, user_id, title, notes, status, priority, due_on, created_at)
SELECT gen_random_uuid(), reference.person(person), 'Task number ' || number, 'Notes of a usual length, a line or so.',
       CASE WHEN number % 4 = 0 THEN 'done' ELSE 'todo' END,
       (ARRAY['none', 'low', 'medium', 'high', 'urgent'])[number / 4 % 5 + 1],
       CASE WHEN number % 3 > 0 THEN current_date + number * 7 % 400 - 300 END,
       now() - number * interval '1 minute'
  FROM generate_series(1, :people) AS person, generate_series(1, :tasks) AS number;

INSERT INTO reference.task_tags (task_id, tag)
SELECT id, tag
  FROM reference.tasks,
       unnest(ARRAY['work', CASE WHEN title LIKE '%0' THEN 'errand' ELSE 'home' END]) AS tag;

VACUUM ANALYZE reference.tasks, reference.task_tags;
