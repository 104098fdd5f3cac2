-- Tasks as people have them: most are done, some are due, half are in the Inbox; those of all people in turns.
INSERT INTO tags (user_id, id, name, name_key, created_at, updated_at, version)
SELECT users.id, gen_random_uuid(), tag, tag, now(), now(), 1
  FROM users, unnest(ARRAY['home', 'work', 'waiting', 'rare']) AS tag;
INSERT INTO lists (user_id, id, name, name_key, position, archived, created_at, updated_at, version)
SELECT users.id, gen_random_uuid(), 'List ' || number, 'list ' || number, 'a' || number, false, now(), now(), 1
  FROM users, generate_series(1, 9) AS number;

SELECT setseed(0.5);
WITH drawn AS MATERIALIZED (
    SELECT number, users.id AS person, random() AS a, random() AS b, random() AS c, random() AS d, random() AS e
      FROM generate_series(1, :tasks) AS number, users ORDER BY number
), said AS (
    SELECT *,
           (ARRAY['Buy milk', 'Write to mother', 'Call the plumber', 'Water the flowers', 'Review the quarter'])
               [1 + floor(a * 5)::int] || ' ' || number AS title,
           CASE WHEN b < 0.4 THEN 'done' WHEN b < 0.45 THEN 'cancelled' WHEN b < 0.6 THEN 'in_progress'
                ELSE 'todo' END AS status,
           CASE WHEN c < 0.6 THEN current_date + (d * 400 - 300)::int END AS due,
           CASE WHEN c < 0.2 THEN make_time(9 + floor(a * 8)::int, 0, 0) END AS due_time,
           now() - (:tasks - number) * interval '1 hour' AS made
      FROM drawn
)
INSERT INTO tasks (user_id, id, title, notes, words, status, priority, due_on, due_time, due_at, list_id, tags, position,
                   created_at, updated_at, completed_at, version)
SELECT person, gen_random_uuid(), title, 'Notes of a usual length, a line or so.',
       (SELECT string_agg('a' || lower(word), ' ') FROM string_to_table(title, ' ') AS word), status,
       (ARRAY['none', 'low', 'medium', 'high', 'urgent'])[1 + floor(e * 5)::int], due, due_time,
       (due + due_time) AT TIME ZONE 'Europe/Berlin',
       CASE WHEN d < 0.5 THEN person
            ELSE (SELECT id FROM lists WHERE user_id = person AND name = 'List ' || 1 + floor(e * 9)::int) END,
       ARRAY(SELECT id FROM tags WHERE user_id = person
                AND CASE name WHEN 'home' THEN a < 0.6 WHEN 'work' THEN b < 0.4 WHEN 'waiting' THEN c < 0.1
                              ELSE d < 0.002 END),
       'h' || lpad(floor(a * 1e7)::text, 8, '0'), made, made + b * (now() - made),
       CASE status WHEN 'done' THEN made + b * (now() - made) END, 1
  FROM said ORDER BY number;
VACUUM ANALYZE tasks, tags, lists;
