-- name: heads
-- The number of each user's last event, the sessions and API tokens that are still good, and in how many seconds the
-- first of them will not be.
SELECT user_id, value AS head, good.credentials, good.ends_in
  FROM counters
 CROSS JOIN LATERAL (
       SELECT coalesce(array_agg(id), '{}') AS credentials,
              extract(epoch FROM min(expires_at) - now())::float8 AS ends_in
         FROM (SELECT id, expires_at FROM sessions WHERE sessions.user_id = counters.user_id
               UNION ALL
               SELECT id, expires_at FROM tokens WHERE tokens.user_id = counters.user_id) AS known
        WHERE expires_at IS NULL OR expires_at > now()) AS good
 WHERE user_id = ANY(%(user_ids)s::uuid[]);

-- name: after
-- For each user and number asked: the head and the changes after that number, in order and out of one snapshot.
-- A page ends at `limit` changes, or with the change that makes it heavier than `weight`; the length of a stored text
-- is known without reading it, so what does not fit costs nothing.
SELECT position, value AS head, sequence, change
  FROM unnest(%(user_ids)s::uuid[], %(numbers)s::bigint[]) WITH ORDINALITY AS asked (user_id, number, position)
  JOIN counters USING (user_id)
  LEFT JOIN LATERAL (
       SELECT sequence,
              left(json_build_object('id', id, 'type', type, 'sequence', sequence, 'subject', subject,
                                     'time', instant(happened_at))::text, -1)
              || ', ' || substr(data::text, 2) AS change
         FROM (SELECT following.*, sum(size) OVER (ORDER BY sequence) - size AS weight_before
                 FROM (SELECT sequence, id, type, subject, happened_at, data, octet_length(data::text) AS size
                         FROM events
                        WHERE events.user_id = asked.user_id AND sequence > asked.number
                        ORDER BY sequence
                        LIMIT %(limit)s) AS following) AS weighed
        WHERE weight_before < %(weight)s) AS fitting
    ON true
 ORDER BY position, sequence;
