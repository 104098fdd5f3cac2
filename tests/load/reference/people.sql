-- As many users and tasks as the API has: :people users with :tasks tasks of two tags each.
INSERT INTO reference.users (id) SELECT reference.person(number) FROM generate_series(1, :people) AS number;

INSERT INTO reference.tasks (id, user_id, title, notes, status, priority, created_at)
SELECT gen_random_uuid(), users.id, 'Task number ' || number, 'Notes of a usual length, a line or so.', 'todo', 'none',
       now() - number * interval '1 minute'
  FROM reference.users, generate_series(1, :tasks) AS number;

INSERT INTO reference.task_tags (task_id, tag)
SELECT tasks.id, tag FROM reference.tasks, unnest(ARRAY['home', 'work']) AS tag;

VACUUM ANALYZE reference.tasks, reference.task_tags;
