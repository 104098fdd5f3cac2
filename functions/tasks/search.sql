-- name: by_index_alone
-- How many tasks a word is in is not known beforehand; whatever is thought of it, the index is right, and compiling wrong.
SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true);

-- name: tags
SELECT id, name FROM tags WHERE user_id = %(user_id)s AND deleted_at IS NULL ORDER BY id LIMIT 5000;

-- name: comments
SELECT task_id, id, text FROM comments
 WHERE user_id = %(user_id)s AND task_id = ANY (%(tasks)s::uuid[]) AND deleted_at IS NULL
   AND lexemes @@ (SELECT %(spoken)s::tsquery)
 ORDER BY created_at DESC, id DESC
 LIMIT 500;
