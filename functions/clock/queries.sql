-- name: due
-- One look at everything. Each EXISTS ends at the first row it finds and reads, through an index, only what is due; that
-- of the history reads what has turned ten minutes old since the last minute in which nobody was behind.
WITH history AS MATERIALIZED (
    SELECT EXISTS (SELECT FROM history_behind) AS behind
), sealed AS (
    UPDATE sealed_until SET moment = now() - interval '10 minutes' FROM history WHERE NOT behind
), outdated AS (
    -- While somebody goes by older zone data, newer data is to be looked through again.
    UPDATE zone_data SET again_at = now() + interval '1 hour' WHERE version > %(zone_data)s
)
SELECT EXISTS (SELECT FROM outbox WHERE refusal IS NULL AND next_attempt_at <= now())
       OR EXISTS (SELECT FROM dead_letters
                   WHERE transient AND delivered_at IS NULL AND next_attempt_at <= now())
       OR EXISTS (SELECT FROM dead_letter_reports WHERE next_attempt_at <= now())
       OR EXISTS (SELECT FROM releases WHERE told_at IS NULL) AS outbox,
       (SELECT behind FROM history) AS history,
       EXISTS (SELECT FROM account_mails WHERE next_attempt_at <= now()) AS mails,
       EXISTS (SELECT FROM deliveries WHERE channel IN ('push', 'email') AND next_attempt_at <= now()) AS deliveries,
       EXISTS (SELECT FROM digests WHERE next_at <= now()) AS digests,
       -- The first one; for most of the ledger is past, and fired: what is past and waits looks like very many.
       (SELECT fire_at FROM firings JOIN counters USING (user_id)
         WHERE state = 'pending' AND fire_at <= now() + make_interval(secs => %(horizon)s)
         ORDER BY fire_at
         LIMIT 1) IS NOT NULL AS reminders,
       CASE WHEN (SELECT min(fire_at) FROM firings WHERE state = 'pending') < now() - interval '2 minutes'
            THEN (SELECT count(*) FROM (SELECT FROM firings JOIN counters USING (user_id)
                                         WHERE state = 'pending'
                                           AND greatest(fire_at, planned_at) < now() - interval '2 minutes'
                                           AND fire_at < now() - interval '2 minutes'
                                         LIMIT 1000) AS counted)
            ELSE 0 END AS overdue_reminders,
       EXISTS (SELECT FROM accounts_to_erase) AS erasure,
       EXISTS (SELECT FROM zone_changes JOIN counters USING (user_id)
                WHERE zone_data IS NULL OR zone_data <= %(zone_data)s)
       OR EXISTS (SELECT FROM zone_data
                   WHERE version < %(zone_data)s
                      OR version = %(zone_data)s AND (looked_at IS NOT NULL OR again_at <= now())) AS zones,
       EXISTS (SELECT FROM tasks JOIN counters USING (user_id)
                WHERE recurrence IS NOT NULL AND deleted_at IS NULL
                  AND status IN ('done', 'cancelled')) AS successors,
       EXISTS (SELECT FROM webhooks JOIN counters USING (user_id)
                WHERE active AND (through < value OR (due_at <= now() AND (held_until <= now()) IS NOT FALSE))) AS hooks,
       (SELECT day < (now() AT TIME ZONE 'UTC')::date FROM last_tidied)
       AND (EXISTS (SELECT FROM sessions WHERE expires_at < now())
            OR EXISTS (SELECT FROM answers WHERE given_at < now() - interval '1 day')
            OR EXISTS (SELECT FROM account_mails WHERE requested_at < now() - interval '2 days')
            OR EXISTS (SELECT FROM notifications WHERE created_at < now() - interval '90 days')
            OR EXISTS (SELECT FROM webhook_deliveries WHERE made_at < now() - interval '30 days')
            OR EXISTS (SELECT FROM firings WHERE settled_at < now() - interval '90 days')
            OR EXISTS (SELECT FROM comments WHERE deleted_at < deleted_for_good())
            OR EXISTS (SELECT FROM tasks WHERE deleted_at < deleted_for_good())
            OR EXISTS (SELECT FROM series WHERE deleted_at < deleted_for_good())
            OR EXISTS (SELECT FROM lists WHERE deleted_at < deleted_for_good())
            OR EXISTS (SELECT FROM tags WHERE deleted_at < deleted_for_good())
            OR EXISTS (SELECT FROM filters WHERE deleted_at < deleted_for_good())
            OR EXISTS (SELECT FROM dead_letters WHERE delivered_at < now() - interval '30 days')
            OR NOT EXISTS (SELECT FROM activity_months WHERE ends_at > now() + interval '3 months')
            OR EXISTS (SELECT FROM activity_months
                        WHERE removed_at IS NULL AND ends_at <= now() - make_interval(days => %(history_days)s))
            OR EXISTS (SELECT FROM events
                         JOIN chain_heads AS head
                           ON head.user_id = events.user_id AND head.sequence >= events.sequence
                        WHERE happened_at < now() - interval '30 days'
                          AND NOT EXISTS (SELECT FROM outbox
                                           WHERE outbox.user_id = events.user_id
                                             AND outbox.sequence = events.sequence))) AS day;
