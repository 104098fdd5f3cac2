-- What operators are to be told and were not yet: written with what it is about, published by relay, and gone then.
CREATE TABLE dead_letter_reports (
    id              uuid PRIMARY KEY, -- of the event, however often it is sent
    happened_at     timestamptz NOT NULL DEFAULT now(),
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    event           text NOT NULL, -- the id of the one that was not delivered
    type            text NOT NULL,
    subscriber      text NOT NULL,
    reason          text NOT NULL,
    waits           boolean NOT NULL -- for an operator; otherwise it is tried again
);
CREATE INDEX dead_letter_reports_due ON dead_letter_reports (next_attempt_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON dead_letter_reports TO taskora_functions;

-- All that operators see, in one: what functions did not take, and what the broker did not.
CREATE VIEW undelivered AS
SELECT source, id, subscriber, type, reason, attempts, received_at, delivered_at, next_attempt_at,
       CASE WHEN delivered_at IS NOT NULL THEN 'delivered' WHEN transient THEN 'tried again' ELSE 'waits' END AS state,
       headers, data
  FROM dead_letters
 UNION ALL
SELECT source, id::text, 'broker', type, refusal, attempts, happened_at, NULL, next_attempt_at, 'waits', NULL,
       convert_to(data::text, 'UTF8')
  FROM outbox JOIN events USING (user_id, sequence)
 WHERE refusal IS NOT NULL;

GRANT SELECT ON undelivered TO taskora_functions;
