-- What is still under way, one line each. When nothing comes back, everything has arrived.

-- name: not_published_yet
SELECT count(*) AS events, max(attempts) AS attempts, max(next_attempt_at) - now() AS next FROM outbox
 WHERE refusal IS NULL
HAVING count(*) > 0;

-- name: chains_behind
SELECT count(*) AS users, sum(value - coalesce(head.sequence, 0)) AS entries
  FROM counters LEFT JOIN chain_heads AS head USING (user_id)
 WHERE counters.value > coalesce(head.sequence, 0)
HAVING count(*) > 0;

-- name: dead_letters_to_deliver_again
SELECT count(*) AS letters, max(attempts) AS attempts, max(next_attempt_at) - now() AS next FROM dead_letters
 WHERE transient AND delivered_at IS NULL
HAVING count(*) > 0;

-- name: reminders_whose_time_has_come
SELECT count(*) AS firings, min(fire_at) AS first FROM firings
 WHERE state = 'pending' AND fire_at < now() + interval '30 seconds'
HAVING count(*) > 0;

-- name: webhooks_that_have_not_been_given_everything
SELECT count(*) AS webhooks FROM webhooks JOIN counters USING (user_id)
 WHERE active AND (through < value OR EXISTS (SELECT FROM webhook_deliveries AS delivery
                                               WHERE delivery.user_id = webhooks.user_id
                                                 AND delivery.webhook_id = webhooks.id AND state = 'pending'))
HAVING count(*) > 0;
