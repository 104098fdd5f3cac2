-- name: planned
SELECT kind, at FROM digests WHERE user_id = %(user_id)s;

-- name: forget
DELETE FROM digests WHERE user_id = %(user_id)s AND kind <> ALL (%(kept)s::text[]);

-- name: plan
-- One that is due already, at this time of day, stays so: it is about to be made.
INSERT INTO digests (user_id, kind, at, next_at) VALUES (%(user_id)s, %(kind)s, %(at)s, %(next_at)s)
    ON CONFLICT (user_id, kind) DO UPDATE SET at = excluded.at, next_at = excluded.next_at
 WHERE digests.at <> excluded.at OR digests.next_at > %(now)s;
