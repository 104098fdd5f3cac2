-- name: one_at_a_time
-- Two deploys at once: the second waits here and then finds nothing to do. Held until the connection closes.
SELECT pg_advisory_lock(7460001);

-- name: begin_record
CREATE TABLE IF NOT EXISTS migrations (
    name       text PRIMARY KEY,
    digest     text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);

-- name: applied
SELECT name, digest FROM migrations;

-- name: record
INSERT INTO migrations (name, digest) VALUES (%(name)s, %(digest)s);

-- name: release
INSERT INTO releases (name, event, schema) VALUES (%(name)s, %(event)s, %(schema)s) ON CONFLICT DO NOTHING;

-- name: login
-- A role's password cannot be a parameter, so the server itself writes the statement, quoted.
SELECT format('ALTER ROLE %%I LOGIN PASSWORD %%L', %(role)s::text, %(password)s::text) AS statement;
