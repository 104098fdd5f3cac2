-- name: changes
-- The last first. What was taken back is no change any more, and to take it back is none.
SELECT activity FROM chat_messages AS change
 WHERE user_id = %(user_id)s AND activity IS NOT NULL AND takes_back IS NULL
   AND NOT EXISTS (SELECT FROM chat_messages AS later
                    WHERE later.user_id = change.user_id AND later.activity IS NOT NULL
                      AND later.takes_back = change.activity)
 ORDER BY sequence DESC
 LIMIT 20;
