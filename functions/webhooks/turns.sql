-- name: make
-- A delivery of each event that came since the last time, for each webhook that wants it. Its number goes along with
-- them, so no event is left out or taken twice, however often one says that there are some.
WITH behind AS MATERIALIZED (
    SELECT user_id, id, types, through, least(value, through + %(most)s) AS until, value
      FROM webhooks JOIN counters USING (user_id)
     WHERE active AND through < value AND (%(all)s OR user_id = ANY (%(user_ids)s::uuid[]))
     ORDER BY user_id, id
     LIMIT %(webhooks)s
       FOR UPDATE OF webhooks
), made AS (
    INSERT INTO webhook_deliveries (
           user_id, id, webhook_id, event_id, sequence, type, state, made_at, next_attempt_at)
    SELECT user_id, delivery_id(behind.id, event.id), behind.id, event.id, sequence, type, 'pending', now(), now()
      FROM behind
     CROSS JOIN LATERAL (SELECT id, sequence, type FROM events
                          WHERE events.user_id = behind.user_id AND sequence > through AND sequence <= until) AS event
     WHERE wants(types, type)
        ON CONFLICT DO NOTHING
    RETURNING user_id, webhook_id
), counted AS (
    SELECT user_id, webhook_id, count(*) AS many FROM made GROUP BY user_id, webhook_id
)
   UPDATE webhooks AS webhook
      SET through = until,
          additions = additions + (many IS NOT NULL)::integer,
          due_at = CASE WHEN many IS NULL THEN due_at ELSE greatest(now(), rests_until) END
     FROM behind LEFT JOIN counted ON counted.user_id = behind.user_id AND webhook_id = behind.id
    WHERE webhook.user_id = behind.user_id AND webhook.id = behind.id
RETURNING webhook.user_id, until < value AS is_behind;

-- name: claim
-- Whoever dies with it, or is cut off, had it for half a minute.
WITH next AS MATERIALIZED (
    SELECT user_id, id
      FROM webhooks
     WHERE active AND falters = %(falters)s AND due_at <= now() AND (held_until <= now()) IS NOT FALSE
       AND EXISTS (SELECT FROM counters WHERE counters.user_id = webhooks.user_id)
     ORDER BY due_at
     LIMIT %(most)s
       FOR UPDATE SKIP LOCKED
)
   UPDATE webhooks SET holder = %(holder)s, held_until = now() + interval '30 seconds'
    WHERE (user_id, id) IN (TABLE next)
RETURNING user_id, id;

-- name: take
-- The next ones of a webhook in hand; a row without any if none is due. A faltering one is asked one at a time.
WITH held AS (
       UPDATE webhooks SET held_until = now() + interval '30 seconds'
        WHERE user_id = %(user_id)s AND id = %(id)s AND holder = %(holder)s AND active
          AND EXISTS (SELECT FROM counters WHERE counters.user_id = webhooks.user_id)
    RETURNING user_id, id, url, secret, CASE WHEN old_secret_until > now() THEN old_secret END AS old_secret, falters,
              additions
)
SELECT url, secret, old_secret, additions, due.id, attempts, due.type, due.sequence, event_id, made_at,
       event.id IS NOT NULL AS is_kept, source, subject, happened_at, data::text AS data
  FROM held
  LEFT JOIN LATERAL (SELECT delivery.id, attempts, type, sequence, event_id, made_at,
                            row_number() OVER (ORDER BY next_attempt_at, sequence) AS place
                       FROM webhook_deliveries AS delivery
                      WHERE delivery.user_id = held.user_id AND webhook_id = held.id AND state = 'pending'
                        AND next_attempt_at <= now()
                      ORDER BY next_attempt_at, sequence
                      LIMIT %(most)s) AS due ON place = 1 OR NOT falters
  LEFT JOIN events AS event ON event.user_id = held.user_id AND event.sequence = due.sequence
 ORDER BY place;

-- name: keep
-- What has arrived, has. All else counts if it is still the turn in which it was sent: not when it took too long, nor
-- when its webhook was led elsewhere meanwhile.
WITH known AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(known)s::json) AS known (
        id uuid, state text, status smallint, answer text, seconds real, error text, pause float8)
), kept AS (
    UPDATE webhook_deliveries AS delivery
       SET state = known.state, attempts = attempts + 1, attempted_at = now(), status = known.status,
           answer = known.answer, seconds = known.seconds, error = known.error,
           -- No two pauses are of one length, lest all come back at once.
           next_attempt_at = CASE WHEN known.state = 'pending'
                                  THEN now() + make_interval(secs => pause * (0.75 + random() / 2)) END
      FROM known
     WHERE delivery.user_id = %(user_id)s AND delivery.id = known.id AND delivery.state = 'pending'
       AND (known.state = 'delivered'
            OR EXISTS (SELECT FROM webhooks WHERE user_id = %(user_id)s AND id = %(id)s AND holder = %(holder)s))
)
   UPDATE webhooks
      SET falters = %(falters)s,
          misses = CASE WHEN %(delivered)s THEN 0 ELSE misses + %(missed)s END,
          failing_since = CASE WHEN NOT %(delivered)s THEN coalesce(failing_since, now()) END,
          delivered_at = CASE WHEN %(delivered)s THEN now() ELSE delivered_at END
    WHERE user_id = %(user_id)s AND id = %(id)s AND holder = %(holder)s
RETURNING misses, misses >= %(enough)s AND failing_since < now() - interval '1 day' AS fails_for_good;

-- name: let_go
-- Unless something was added since it was last looked for.
UPDATE webhooks AS webhook
   SET holder = NULL, held_until = NULL,
       due_at = (SELECT min(next_attempt_at) FROM webhook_deliveries AS delivery
                  WHERE delivery.user_id = webhook.user_id AND webhook_id = webhook.id AND state = 'pending')
 WHERE user_id = %(user_id)s AND id = %(id)s AND holder = %(holder)s AND additions = %(additions)s;

-- name: put_back
UPDATE webhooks AS webhook
   SET holder = NULL, held_until = NULL, rests_until = now() + make_interval(secs => %(pause)s),
       due_at = greatest(now() + make_interval(secs => %(pause)s),
                         (SELECT min(next_attempt_at) FROM webhook_deliveries AS delivery
                           WHERE delivery.user_id = webhook.user_id AND webhook_id = webhook.id AND state = 'pending'))
 WHERE user_id = %(user_id)s AND id = %(id)s AND holder = %(holder)s;
