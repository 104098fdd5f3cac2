-- The same tasks, plainly: each fact once, tags through a table, and the indices that these questions suggest.
CREATE SCHEMA plain;

CREATE TABLE plain.lists (
    id      uuid PRIMARY KEY,
    user_id uuid NOT NULL,
    name    text NOT NULL
);
CREATE TABLE plain.tags (
    id      uuid PRIMARY KEY,
    user_id uuid NOT NULL,
    name    text NOT NULL,
    UNIQUE (user_id, name)
);
CREATE TABLE plain.tasks (
    id           uuid PRIMARY KEY,
    user_id      uuid NOT NULL,
    list_id      uuid NOT NULL REFERENCES plain.lists,
    title        text NOT NULL,
    notes        text NOT NULL,
    status       text NOT NULL,
    priority     text NOT NULL,
    due_on       date,
    due_time     time,
    due_at       timestamptz,
    start_on     date,
    position     text COLLATE "C" NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    completed_at timestamptz,
    version      bigint NOT NULL DEFAULT 1
);
CREATE TABLE plain.task_tags (
    task_id uuid NOT NULL REFERENCES plain.tasks ON DELETE CASCADE,
    tag_id  uuid NOT NULL REFERENCES plain.tags,
    PRIMARY KEY (task_id, tag_id)
);

CREATE FUNCTION plain.person(number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ('00000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid;

INSERT INTO plain.lists SELECT id, user_id, name FROM lists;
INSERT INTO plain.tags SELECT id, user_id, name FROM tags;
INSERT INTO plain.tasks
SELECT id, user_id, list_id, title, notes, status, priority, due_on, due_time, due_at, start_on, position, created_at,
       updated_at, completed_at
  FROM tasks ORDER BY created_at;
INSERT INTO plain.task_tags SELECT tasks.id, tag FROM tasks, unnest(tags) AS tag ORDER BY created_at;

CREATE INDEX ON plain.tasks (user_id, created_at DESC, id DESC);
CREATE INDEX ON plain.tasks (user_id, due_on);
CREATE INDEX ON plain.tasks (list_id);
CREATE INDEX ON plain.task_tags (tag_id);
VACUUM ANALYZE plain.lists, plain.tags, plain.tasks, plain.task_tags;
