-- name: taken
-- Also by what was deleted.
SELECT id FROM tasks WHERE user_id = %(user_id)s AND id = ANY (%(ids)s::uuid[]);
