-- name: keep
-- The user's counter is locked, so nobody else takes the number.
INSERT INTO chat_messages AS message (user_id, id, sequence, role, text, tasks, activity, takes_back, created_at)
VALUES (%(user_id)s, %(id)s, %(sequence)s, %(role)s, %(text)s, %(tasks)s::json, %(activity)s, %(takes_back)s, %(now)s)
RETURNING row_to_json(shown(message))::text AS document;

-- name: page
SELECT row_to_json(shown(message))::text
  FROM chat_messages AS message
 WHERE user_id = %(user_id)s AND sequence < %(before)s
 ORDER BY sequence DESC
 LIMIT %(rows)s;

-- name: clear
DELETE FROM chat_messages WHERE user_id = %(user_id)s;
