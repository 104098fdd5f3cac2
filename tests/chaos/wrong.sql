-- What must not be, one statement each. A row that comes back is a broken promise.
-- `wire` holds what the brokers' topics hold: id, user_id, sequence, data.

-- name: a_users_numbers_have_a_gap
SELECT user_id, value, count(sequence) AS events, min(sequence) AS first, max(sequence) AS last
  FROM counters LEFT JOIN events USING (user_id)
 GROUP BY user_id, value
HAVING count(sequence) <> value OR max(sequence) <> value OR min(sequence) <> 1;

-- name: an_event_was_never_published
SELECT user_id, sequence, attempts, refusal FROM outbox;

-- name: a_published_event_is_not_on_the_wire
SELECT user_id, sequence, type FROM events LEFT JOIN outbox USING (user_id, sequence)
 WHERE outbox.sequence IS NULL AND NOT EXISTS (SELECT FROM wire WHERE wire.id = events.id);

-- name: an_event_on_the_wire_never_happened
SELECT DISTINCT wire.user_id, wire.sequence, wire.id
  FROM wire LEFT JOIN events USING (id)
 WHERE events.id IS NULL OR events.user_id <> wire.user_id OR events.sequence <> wire.sequence
    OR convert_to(events.data::text, 'UTF8') <> wire.data;

-- name: activity_is_not_what_happened
SELECT user_id, sequence, events.id AS event, activity.id AS activity
  FROM events FULL JOIN activity USING (user_id, sequence)
 WHERE events.id IS DISTINCT FROM activity.id OR events.type <> activity.type OR events.subject <> activity.subject
    OR events.happened_at <> activity.happened_at;

-- name: activity_has_something_twice
SELECT user_id, sequence, count(*) AS times FROM activity GROUP BY user_id, sequence HAVING count(*) > 1;

-- name: details_are_not_what_happened
SELECT user_id, sequence, count(*) AS times
  FROM events LEFT JOIN activity_details AS kept USING (user_id, sequence)
 GROUP BY user_id, sequence
HAVING count(kept.detail) <> 1 OR bool_or(kept.detail <> events.data::text);

-- name: a_chain_has_a_gap
SELECT user_id, value, count(link.sequence) AS links, max(link.sequence) AS last
  FROM counters LEFT JOIN activity_chain AS link USING (user_id)
 GROUP BY user_id, value
HAVING count(link.sequence) <> value OR count(DISTINCT link.sequence) <> value OR max(link.sequence) <> value;

-- name: a_chain_does_not_hold
SELECT link.user_id, link.sequence
  FROM activity_chain AS link JOIN activity USING (user_id, sequence)
  LEFT JOIN activity_chain AS before ON before.user_id = link.user_id AND before.sequence = link.sequence - 1
 WHERE link.previous <> coalesce(before.hash, '') OR link.hash <> activity_hash(link.previous, activity);

-- name: somebody_did_not_register_exactly_once
SELECT user_id, count(*) AS times, min(sequence) AS first FROM events WHERE type = 'user.registered'
 GROUP BY user_id
HAVING count(*) <> 1 OR min(sequence) <> 1;

-- name: something_refused_happened
SELECT user_id, sequence, type FROM events WHERE data::text LIKE '%never to be seen%';

-- name: a_dead_letter_was_left
SELECT source, id, subscriber, type, reason, transient, attempts FROM dead_letters WHERE delivered_at IS NULL;

-- name: a_notice_is_not_what_was_said
-- One event made it, at its number; what is read or shown since is about the same.
SELECT user_id, notice.id, count(events.id) AS said, min(notice.sequence) AS sequence
  FROM notifications AS notice
  FULL JOIN (SELECT * FROM events WHERE type = 'notification.created') AS events
       USING (user_id, sequence)
 GROUP BY user_id, notice.id
HAVING count(events.id) <> 1 OR notice.id IS NULL OR bool_or(events.subject <> 'notification/' || notice.id);

-- name: a_reminder_that_has_fired_has_no_event
SELECT user_id, task_id, reminder_id, fire_at, state FROM firings
 WHERE state = 'fired' AND notification_id IS NULL;
