-- name: begin_day
UPDATE last_tidied SET day = (now() AT TIME ZONE 'UTC')::date WHERE day < (now() AT TIME ZONE 'UTC')::date;

-- name: make_months
SELECT make_activity_months();

-- name: remove_month
SELECT remove_activity(%(days)s) AS month;

-- name: waiting
-- Whose entries hold up the history of everybody. A few are enough to begin with.
SELECT user_id FROM chain_heads WHERE waiting_since < now() - make_interval(days => %(days)s) LIMIT 10;

-- name: turn
-- Two that remove the same rows may meet them in different orders, and would each wait for the other.
SELECT pg_advisory_xact_lock(hashtext('tidy'));

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

-- name: second_factors
-- Those that were begun and then not set up; nor this moment, while this waited for the row.
DELETE FROM second_factors
 WHERE confirmed_at IS NULL AND begun_at < now() - interval '1 day'
   AND user_id IN (SELECT user_id FROM second_factors
                    WHERE confirmed_at IS NULL AND begun_at < now() - interval '1 day' LIMIT %(limit)s);

-- name: notifications
-- With what became of them on their channels.
DELETE FROM notifications
 WHERE (user_id, id) IN (SELECT user_id, id FROM notifications
                          WHERE created_at < now() - interval '90 days' LIMIT %(limit)s);

-- name: webhook_deliveries
DELETE FROM webhook_deliveries
 WHERE (user_id, id) IN (SELECT user_id, id FROM webhook_deliveries
                          WHERE made_at < now() - interval '30 days' LIMIT %(limit)s);

-- name: firings
DELETE FROM firings
 WHERE (user_id, task_id, reminder_id, fire_at) IN (SELECT user_id, task_id, reminder_id, fire_at FROM firings
                                                     WHERE settled_at < now() - interval '90 days' LIMIT %(limit)s);

-- name: comments
-- Also those of the tasks that go next, for a task takes all of its comments with it, however many.
DELETE FROM comments
 WHERE (user_id, id) IN (SELECT user_id, id FROM comments
                          WHERE deleted_at < deleted_for_good()
                          UNION ALL
                         SELECT comments.user_id, comments.id
                           FROM tasks JOIN comments ON comments.user_id = tasks.user_id AND task_id = tasks.id
                          WHERE tasks.deleted_at < deleted_for_good()
                            AND (comments.deleted_at < deleted_for_good()) IS NOT TRUE
                          LIMIT %(limit)s);

-- name: tasks
DELETE FROM tasks
 WHERE (user_id, id) IN (SELECT user_id, id FROM tasks
                          WHERE deleted_at < deleted_for_good() LIMIT %(limit)s);

-- name: series
DELETE FROM series
 WHERE (user_id, id) IN (SELECT user_id, id FROM series
                          WHERE deleted_at < deleted_for_good() LIMIT %(limit)s);

-- name: lists
DELETE FROM lists
 WHERE (user_id, id) IN (SELECT user_id, id FROM lists
                          WHERE deleted_at < deleted_for_good() LIMIT %(limit)s);

-- name: tags
DELETE FROM tags
 WHERE (user_id, id) IN (SELECT user_id, id FROM tags
                          WHERE deleted_at < deleted_for_good() LIMIT %(limit)s);

-- name: filters
DELETE FROM filters
 WHERE (user_id, id) IN (SELECT user_id, id FROM filters
                          WHERE deleted_at < deleted_for_good() LIMIT %(limit)s);

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
                                WHERE happened_at < now() - interval '30 days'
                                  AND NOT EXISTS (SELECT FROM outbox
                                                   WHERE outbox.user_id = events.user_id
                                                     AND outbox.sequence = events.sequence)
                                LIMIT %(limit)s);

-- name: erase
SELECT erase_accounts(%(most)s) AS rows;
