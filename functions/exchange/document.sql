-- name: begin
BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;

-- name: account
-- Who it is, and what lets them in.
SELECT row_to_json(account)::text AS document
  FROM (SELECT 'taskora' AS format, 1 AS version, instant(now()) AS exported_at, document::json AS profile,
               (SELECT row_to_json(factor)
                  FROM (SELECT confirmed_at IS NOT NULL AS on, instant(confirmed_at) AS since,
                               (SELECT count(*) FROM recovery_codes WHERE user_id = %(user_id)s) AS recovery_codes
                          FROM (VALUES (%(user_id)s::uuid)) AS person (user_id)
                          LEFT JOIN second_factors USING (user_id)) AS factor) AS second_factor,
               (SELECT coalesce(json_agg(shown(sessions) ORDER BY created_at), '[]')
                  FROM sessions WHERE user_id = %(user_id)s) AS sessions,
               (SELECT coalesce(json_agg(shown(tokens) ORDER BY created_at), '[]')
                  FROM tokens WHERE user_id = %(user_id)s) AS tokens,
               (SELECT coalesce(json_agg(shown(webhooks) ORDER BY id), '[]')
                  FROM webhooks WHERE user_id = %(user_id)s) AS webhooks,
               (SELECT coalesce(json_agg(identity ORDER BY linked_at), '[]')
                  FROM (SELECT issuer, subject, instant(linked_at) AS linked_at
                          FROM identities WHERE user_id = %(user_id)s) AS identity) AS identities,
               (SELECT document::json FROM preferences WHERE user_id = %(user_id)s) AS preferences,
               (SELECT coalesce(json_agg(subscription_document(subscription, NULL)::jsonb - 'current' ORDER BY id), '[]')
                  FROM push_subscriptions AS subscription WHERE user_id = %(user_id)s) AS push_subscriptions
          FROM user_documents WHERE id = %(user_id)s) AS account;

-- name: things
-- The next ones, as many as have two megabytes together, and one at least. What is too long for a row is only read
-- when it is chosen: its length stands in the row.
SELECT left(document, -1) || ',"deleted_at":' || coalesce('"' || instant(deleted_at) || '"', 'null') || '}'
  FROM (SELECT *, sum(octet_length(document)) OVER (ORDER BY id) - octet_length(document) AS before
          FROM (SELECT id, document, deleted_at FROM {table}
                 WHERE user_id = %(user_id)s AND id > %(after)s
                 ORDER BY id
                 LIMIT 1000) AS next) AS measured
 WHERE before < 2000000
 ORDER BY id;

-- name: notifications
-- With when each reached where.
SELECT json_build_object('sequence', sequence, 'notification', document::json, 'deliveries', deliveries)::text
  FROM (SELECT *, sum(octet_length(document)) OVER (ORDER BY sequence) - octet_length(document) AS before
          FROM (SELECT sequence, document,
                       (SELECT coalesce(json_agg(delivery ORDER BY channel), '[]')
                          FROM (SELECT channel, instant(deliver_at) AS deliver_at, instant(sent_at) AS sent_at, outcome
                                  FROM deliveries
                                 WHERE deliveries.user_id = notification.user_id
                                   AND notification_id = notification.id) AS delivery) AS deliveries
                  FROM notifications AS notification
                 WHERE user_id = %(user_id)s AND sequence > %(after)s
                 ORDER BY sequence
                 LIMIT 1000) AS next) AS measured
 WHERE before < 2000000
 ORDER BY sequence;

-- name: firings
-- Of each task, when it was reminded of and will be.
SELECT json_build_object('task', task_id, 'firings', json_agg(json_build_object(
           'reminder', reminder_id, 'fire_at', instant(fire_at), 'planned_at', instant(planned_at), 'state', state,
           'settled_at', instant(settled_at), 'notification', notification_id) ORDER BY fire_at, reminder_id))::text
  FROM firings
 WHERE user_id = %(user_id)s AND task_id > %(after)s
 GROUP BY task_id
 ORDER BY task_id
 LIMIT 1000;

-- name: webhook_deliveries
SELECT row_to_json(shown(delivery))::text
  FROM webhook_deliveries AS delivery
 WHERE user_id = %(user_id)s AND id > %(after)s
 ORDER BY id
 LIMIT 1000;

-- name: chat_messages
SELECT row_to_json(shown(message))::text
  FROM chat_messages AS message
 WHERE user_id = %(user_id)s AND sequence > %(after)s
 ORDER BY sequence
 LIMIT 1000;

-- name: logged
SELECT json_build_object('id', id, 'sequence', sequence, 'type', type, 'subject', subject,
                         'time', instant(happened_at), 'data', detail::json)::text
  FROM (SELECT *, sum(octet_length(detail)) OVER (ORDER BY sequence) - octet_length(detail) AS before
          FROM (SELECT id, sequence, type, subject, happened_at, detail
                  FROM activity JOIN activity_details USING (user_id, sequence, recorded_at)
                 WHERE user_id = %(user_id)s AND sequence > %(after)s
                 ORDER BY sequence
                 LIMIT 1000) AS next) AS measured
 WHERE before < 2000000
 ORDER BY sequence;

-- name: under_way
-- What has happened and is on its way to the log.
SELECT json_build_object('id', id, 'sequence', sequence, 'type', type, 'subject', subject,
                         'time', instant(happened_at), 'data', data)::text
  FROM (SELECT *, sum(octet_length(data::text)) OVER (ORDER BY sequence) - octet_length(data::text) AS before
          FROM (SELECT id, sequence, type, subject, happened_at, data
                  FROM events
                 WHERE user_id = %(user_id)s AND sequence > %(after)s
                   AND NOT EXISTS (SELECT FROM activity
                                    WHERE activity.user_id = events.user_id AND activity.sequence = events.sequence)
                 ORDER BY sequence
                 LIMIT 1000) AS next) AS measured
 WHERE before < 2000000
 ORDER BY sequence;
