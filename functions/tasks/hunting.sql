-- name: density
-- Of the newest tasks, how many are hits.
SELECT count(*) FILTER (WHERE lexemes @@ (SELECT %(whole)s::tsquery)) AS hits
  FROM (SELECT lexemes FROM tasks WHERE user_id = %(user_id)s AND deleted_at IS NULL
         ORDER BY created_at DESC, id DESC LIMIT 300) AS newest;

-- name: by_index
-- All hits, best first. What is looked up in the index is the part of the query that is in few tasks: of a letter or two,
-- it would first gather all that begin so. Whose a task is must not be looked up: the lexemes know. (What IS TRUE, and
-- what a subselect says, the server does not try to be clever with.)
WITH hits AS MATERIALIZED (
    SELECT id AS which, created_at AS at,
           %(first)s::integer + CASE WHEN lexemes @@ (SELECT %(stage0)s::tsquery) THEN 0
                                     WHEN lexemes @@ (SELECT %(stage1)s::tsquery) THEN 1
                                     WHEN lexemes @@ (SELECT %(stage2)s::tsquery) THEN 2
                                     WHEN lexemes @@ (SELECT %(stage3)s::tsquery) THEN 3
                                     WHEN lexemes @@ (SELECT %(stage4)s::tsquery) THEN 4
                                     WHEN lexemes @@ (SELECT %(stage5)s::tsquery) THEN 5
                                     ELSE 6 END AS stage
      FROM tasks
     WHERE lexemes @@ (SELECT %(narrow)s::tsquery) AND (lexemes @@ (SELECT %(whole)s::tsquery)) IS TRUE
       AND NOT lexemes @@ (SELECT %(apart)s::tsquery)
       AND deleted_at IS NULL AND (user_id = %(user_id)s) IS TRUE AND id <> ALL (%(known)s::uuid[])
       AND {condition}
     LIMIT 10000
), page AS (
    SELECT * FROM hits
     WHERE stage > %(stage)s OR (stage = %(stage)s AND (at, which) < (%(at)s::timestamptz, %(id)s::uuid))
     ORDER BY stage, at DESC, which DESC
     LIMIT %(limit)s
)
SELECT tasks.document, page.stage, (SELECT count(*) FROM hits) = 10000 AS cut
  FROM page JOIN tasks ON tasks.user_id = %(user_id)s AND tasks.id = page.which
 ORDER BY page.stage, page.at DESC, page.which DESC;

-- name: newest_of_stage
-- Where hits are many, the newest of them are among the newest tasks.
SELECT document, %(stage)s::integer AS stage, false AS cut
  FROM (SELECT * FROM tasks
         WHERE user_id = %(user_id)s AND deleted_at IS NULL AND (created_at, id) < (%(at)s::timestamptz, %(id)s::uuid)
         ORDER BY created_at DESC, id DESC LIMIT 2000) AS tasks
 WHERE lexemes @@ (SELECT %(whole)s::tsquery) AND NOT lexemes @@ (SELECT %(apart)s::tsquery)
   AND {condition}
 ORDER BY created_at DESC, id DESC
 LIMIT %(limit)s;

-- name: in_comments
-- Each word is in the task or in one of its comments, and one at least in a comment.
WITH said AS MATERIALIZED (
    SELECT task_id, lexemes FROM comments
     WHERE lexemes @@ (SELECT %(spoken)s::tsquery) AND deleted_at IS NULL AND (user_id = %(user_id)s) IS TRUE
     LIMIT 3000
)
SELECT document, %(first)s::integer AS stage, (SELECT count(*) FROM said) = 3000 AS cut
  FROM tasks
 WHERE user_id = %(user_id)s AND id IN (SELECT task_id FROM said) AND deleted_at IS NULL
   AND NOT lexemes @@ (SELECT %(apart)s::tsquery) AND id <> ALL (%(known)s::uuid[])
   AND NOT EXISTS (SELECT FROM unnest(%(words)s::tsquery[]) AS sought (word)
                    WHERE NOT tasks.lexemes @@ word
                      AND NOT EXISTS (SELECT FROM said WHERE said.task_id = tasks.id AND said.lexemes @@ word))
   AND (%(stage)s < %(first)s OR (created_at, id) < (%(at)s::timestamptz, %(id)s::uuid))
   AND {condition}
 ORDER BY created_at DESC, id DESC
 LIMIT %(limit)s;

-- name: written
-- Which of these words there are. Each is looked up by itself: the index would go through all of them for every hit.
SELECT sought.word
  FROM unnest(%(words)s::text[]) AS sought (word),
       LATERAL (SELECT replace(CASE WHEN length(word) >= %(long_enough)s THEN %(begins)s ELSE %(is)s END, '?', word)::tsquery)
               AS asked (query)
 WHERE EXISTS (SELECT FROM tasks
                WHERE lexemes @@ asked.query AND deleted_at IS NULL AND (user_id = %(user_id)s) IS TRUE OFFSET 0)
    OR EXISTS (SELECT FROM comments
                WHERE lexemes @@ asked.query AND deleted_at IS NULL AND (user_id = %(user_id)s) IS TRUE OFFSET 0);

-- name: beginning
-- Which words there are that begin so. The first seven signs of a lexeme are the user's key and where it stands.
SELECT DISTINCT substr(lexeme, 8) AS word
  FROM unnest(%(heads)s::text[]) AS sought (head),
       LATERAL (SELECT replace(%(begins)s, '?', head)::tsquery) AS asked (query),
       LATERAL (
           (SELECT lexemes FROM tasks
             WHERE lexemes @@ asked.query AND deleted_at IS NULL AND (user_id = %(user_id)s) IS TRUE
             LIMIT 80)
            UNION ALL
           (SELECT lexemes FROM comments
             WHERE lexemes @@ asked.query AND deleted_at IS NULL AND (user_id = %(user_id)s) IS TRUE
             LIMIT 80)) AS hits,
       unnest(tsvector_to_array(hits.lexemes)) AS lexeme
 WHERE starts_with(substr(lexeme, 8), head) AND length(lexeme) BETWEEN %(shortest)s AND 40;
