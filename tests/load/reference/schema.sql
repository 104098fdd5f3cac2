-- What the API is measured against: the same product as a plain normalized schema, without Taskora's documents.
CREATE SCHEMA reference;

CREATE TABLE reference.users (id uuid PRIMARY KEY);

CREATE TABLE reference.tasks (
    id         uuid PRIMARY KEY,
    user_id    uuid NOT NULL REFERENCES reference.users,
    title      text NOT NULL,
    notes      text NOT NULL,
    status     text NOT NULL,
    priority   text NOT NULL,
    due_on     date,
    due_at     timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version    bigint NOT NULL DEFAULT 1
);
CREATE INDEX ON reference.tasks (user_id, created_at DESC, id DESC);
CREATE INDEX ON reference.tasks (user_id, due_on) WHERE due_on IS NOT NULL; -- those that are created have none

CREATE TABLE reference.task_tags (
    task_id uuid NOT NULL REFERENCES reference.tasks ON DELETE CASCADE,
    tag     text NOT NULL,
    PRIMARY KEY (task_id, tag)
);

CREATE TABLE reference.events (
    id           uuid PRIMARY KEY,
    user_id      uuid NOT NULL,
    type         text NOT NULL,
    data         json NOT NULL,
    happened_at  timestamptz NOT NULL DEFAULT now(),
    published_at timestamptz
);
CREATE INDEX ON reference.events (happened_at) WHERE published_at IS NULL;

-- Users are numbered, so that a script can pick one by chance.
CREATE FUNCTION reference.person(number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ('00000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid;
