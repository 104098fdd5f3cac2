-- name: begin_day
UPDATE last_tidied SET day = (now() AT TIME ZONE 'UTC')::date WHERE day < (now() AT TIME ZONE 'UTC')::date;

-- name: sessions
DELETE FROM sessions
 WHERE (user_id, id) IN (SELECT user_id, id FROM sessions WHERE expires_at < now() LIMIT %(limit)s);

-- name: answers
DELETE FROM answers
 WHERE (user_id, key) IN (SELECT user_id, key FROM answers
                           WHERE given_at < now() - interval '1 day' LIMIT %(limit)s);

-- name: account_mails
DELETE FROM account_mails
 WHERE id IN (SELECT id FROM account_mails WHERE requested_at < now() - interval '2 days' LIMIT %(limit)s);

-- name: tasks
DELETE FROM tasks
 WHERE (user_id, id) IN (SELECT user_id, id FROM tasks
                          WHERE deleted_at < now() - interval '30 days' LIMIT %(limit)s);

-- name: dead_letters
DELETE FROM dead_letters
 WHERE (source, id, subscriber) IN (SELECT source, id, subscriber FROM dead_letters
                                     WHERE delivered_at < now() - interval '30 days' LIMIT %(limit)s);

-- name: events
-- Not by age alone: an event stays until the broker has it and the history has sealed it.
DELETE FROM events
 WHERE (user_id, sequence) IN (SELECT events.user_id, events.sequence
                                 FROM events
                                 JOIN chain_heads AS head
                                   ON head.user_id = events.user_id AND head.sequence >= events.sequence
                                WHERE happened_at < now() - interval '30 days' AND published_at IS NOT NULL
                                LIMIT %(limit)s);

-- name: erase
SELECT erase_accounts(%(most)s) AS rows;
