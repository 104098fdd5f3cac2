-- name: due
-- One look at everything. Each EXISTS ends at the first row that an index finds.
SELECT EXISTS (SELECT FROM events
                WHERE published_at IS NULL AND refusal IS NULL AND next_attempt_at <= now())
       OR EXISTS (SELECT FROM dead_letters
                   WHERE transient AND delivered_at IS NULL AND next_attempt_at <= now()) AS outbox,
       EXISTS (SELECT FROM history_behind) AS history,
       (SELECT day < (now() AT TIME ZONE 'UTC')::date FROM last_tidied)
       AND (EXISTS (SELECT FROM sessions WHERE expires_at < now())
            OR EXISTS (SELECT FROM answers WHERE given_at < now() - interval '1 day')
            OR EXISTS (SELECT FROM tasks WHERE deleted_at < now() - interval '30 days')
            OR EXISTS (SELECT FROM dead_letters WHERE delivered_at < now() - interval '30 days')
            OR EXISTS (SELECT FROM events
                         JOIN chain_heads AS head
                           ON head.user_id = events.user_id AND head.sequence >= events.sequence
                        WHERE happened_at < now() - interval '30 days' AND published_at IS NOT NULL)) AS day;
