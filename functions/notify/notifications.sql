-- name: page
SELECT coalesce(string_agg(document, ',' ORDER BY place) FILTER (WHERE place <= %(most)s::integer), '') AS documents,
       min(sequence) FILTER (WHERE place <= %(most)s::integer) AS last,
       count(*) > %(most)s::integer AS more,
       (SELECT count(*) FROM (SELECT FROM notifications
                               WHERE user_id = %(user_id)s AND read_at IS NULL LIMIT 1000) AS counted) AS unread
  FROM (SELECT document, sequence, row_number() OVER (ORDER BY sequence DESC) AS place
          FROM notifications
         WHERE user_id = %(user_id)s AND sequence > %(after)s AND sequence < %(before)s
           {conditions}
         ORDER BY sequence DESC
         LIMIT %(most)s::integer + 1) AS page;

-- name: unread
SELECT count(*) AS many
  FROM (SELECT FROM notifications WHERE user_id = %(user_id)s AND read_at IS NULL LIMIT 1000) AS counted;

-- name: unread_through
SELECT count(*) AS many
  FROM (SELECT FROM notifications
         WHERE user_id = %(user_id)s AND read_at IS NULL AND sequence <= %(through)s LIMIT %(most)s) AS counted;

-- name: read_through
   UPDATE notifications SET read_at = %(now)s, version = version + 1
    WHERE user_id = %(user_id)s
      AND sequence IN (SELECT sequence FROM notifications
                        WHERE user_id = %(user_id)s AND read_at IS NULL AND sequence <= %(through)s
                        ORDER BY sequence
                        LIMIT array_length(%(ids)s::uuid[], 1))
RETURNING id, document, json_build_object('read_at', ARRAY[NULL, instant(read_at)])::text AS changes

-- name: read
   UPDATE notifications SET read_at = %(now)s, version = version + 1
    WHERE user_id = %(user_id)s AND id = %(id)s AND read_at IS NULL
RETURNING document;

-- name: find
SELECT document FROM notifications WHERE user_id = %(user_id)s AND id = %(id)s;

-- name: receipts
-- In the page it is there with its row.
SELECT row_to_json(receipt)::text AS receipt
  FROM (SELECT 'in_app' AS channel, instant(planned_at) AS planned_at, instant(planned_at) AS deliver_at,
               false AS deferred, instant(created_at) AS sent_at, lateness(planned_at, created_at) AS late, 1 AS attempts,
               NULL AS next_attempt_at, 'sent' AS outcome, NULL AS last_error
          FROM notifications WHERE user_id = %(user_id)s AND id = %(id)s
         UNION ALL
        SELECT channel, instant(planned_at), instant(deliver_at), deliver_at > planned_at, instant(sent_at),
               lateness(deliver_at, sent_at), attempts, instant(next_attempt_at), outcome, last_error
          FROM deliveries JOIN notifications ON notifications.user_id = deliveries.user_id
                                            AND notifications.id = notification_id
         WHERE deliveries.user_id = %(user_id)s AND notification_id = %(id)s) AS receipt
 ORDER BY array_position(ARRAY['in_app', 'push', 'email'], channel);
