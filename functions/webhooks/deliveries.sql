-- name: page
SELECT row_to_json(shown(delivery))::text AS document
  FROM webhook_deliveries AS delivery
 WHERE user_id = %(user_id)s AND webhook_id = %(webhook_id)s
   AND (made_at, id) < (%(made_at)s::timestamptz, %(id)s::uuid)
   AND (%(state)s::text IS NULL OR state = %(state)s)
 ORDER BY made_at DESC, id DESC
 LIMIT %(most)s;

-- name: is_there
SELECT FROM webhooks WHERE user_id = %(user_id)s AND id = %(id)s;

-- name: whose
-- And whether what it is about is still kept.
SELECT webhook_id, active, (event_id IS NULL OR EXISTS (
           SELECT FROM events WHERE events.user_id = delivery.user_id AND events.sequence = delivery.sequence)) AS is_kept
  FROM webhook_deliveries AS delivery JOIN webhooks ON webhooks.user_id = delivery.user_id AND webhooks.id = webhook_id
 WHERE delivery.user_id = %(user_id)s AND delivery.id = %(id)s;

-- name: ping
   INSERT INTO webhook_deliveries AS delivery (user_id, id, webhook_id, type, state, made_at, next_attempt_at)
   VALUES (%(user_id)s, %(id)s, %(webhook_id)s, 'webhook.ping', 'pending', %(now)s, now())
RETURNING row_to_json(shown(delivery))::text AS document;

-- name: replay
   UPDATE webhook_deliveries AS delivery
      SET state = 'pending', attempts = 0, next_attempt_at = now()
    WHERE user_id = %(user_id)s AND id = %(id)s
RETURNING row_to_json(shown(delivery))::text AS document;

-- name: in_span
-- Of what it has come to so far; the rest is on its way.
SELECT count(*) AS many
  FROM (SELECT FROM events JOIN webhooks AS webhook USING (user_id)
         WHERE webhook.user_id = %(user_id)s AND webhook.id = %(webhook_id)s AND events.sequence <= through
           AND happened_at >= %(since)s AND happened_at < %(until)s AND wants(types, type)
         LIMIT %(most)s) AS found;

-- name: replay_span
-- Under the same ids as before; what happened while it was switched off gets there for the first time.
INSERT INTO webhook_deliveries (
       user_id, id, webhook_id, event_id, sequence, type, state, made_at, next_attempt_at)
SELECT webhook.user_id, delivery_id(webhook.id, events.id), webhook.id, events.id, events.sequence, events.type,
       'pending', %(now)s, now()
  FROM events JOIN webhooks AS webhook USING (user_id)
 WHERE webhook.user_id = %(user_id)s AND webhook.id = %(webhook_id)s AND events.sequence <= through
   AND happened_at >= %(since)s AND happened_at < %(until)s AND wants(types, type)
    ON CONFLICT (user_id, id) DO UPDATE SET state = 'pending', attempts = 0, next_attempt_at = now();

-- name: rouse
-- Somebody asks for it, so it waits for no pause. First of all, for whoever sends locks a webhook before its deliveries.
UPDATE webhooks SET due_at = now(), rests_until = NULL, additions = additions + 1
 WHERE user_id = %(user_id)s AND id = %(webhook_id)s;
