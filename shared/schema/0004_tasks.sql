CREATE TABLE tasks (
    user_id      uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id           uuid NOT NULL,
    title        text NOT NULL CHECK (title <> ''),
    notes        text NOT NULL,
    status       text NOT NULL CHECK (status IN ('todo', 'in_progress', 'done', 'cancelled')),
    priority     text NOT NULL CHECK (priority IN ('none', 'low', 'medium', 'high', 'urgent')),
    due_on       date,
    due_time     time(0), -- null: due on a day, not at midnight
    zone         text, -- null: floating, it is nine o'clock wherever its user is
    due_at       timestamptz, -- derived from the three above and the user's zone
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    completed_at timestamptz,
    deleted_at   timestamptz, -- restorable until tidy removes it
    version      bigint NOT NULL,
    document     text NOT NULL, -- the task as JSON, exactly as answers and events carry it
    PRIMARY KEY (user_id, id),
    CHECK (due_on IS NOT NULL OR (due_time IS NULL AND zone IS NULL)),
    CHECK ((due_at IS NULL) = (due_time IS NULL)),
    CHECK ((completed_at IS NULL) = (status <> 'done'))
);
CREATE INDEX tasks_newest ON tasks (user_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX tasks_deleted ON tasks (deleted_at) WHERE deleted_at IS NOT NULL;

-- How an instant reads in everything that leaves, whatever the connection's time zone.
CREATE FUNCTION instant(moment timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

CREATE FUNCTION task_document(task tasks) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT row_to_json(document)::text
      FROM (SELECT task.id,
                   task.title,
                   task.notes,
                   task.status,
                   task.priority,
                   CASE WHEN task.due_time IS NULL THEN to_char(task.due_on, 'YYYY-MM-DD')
                        ELSE to_char(task.due_on + task.due_time, 'YYYY-MM-DD"T"HH24:MI:SS') END AS due,
                   task.zone,
                   instant(task.due_at) AS due_at,
                   instant(task.created_at) AS created_at,
                   instant(task.updated_at) AS updated_at,
                   instant(task.completed_at) AS completed_at,
                   task.version) AS document
$$;

-- Kept by the table itself, so that no statement can leave a stale document behind.
CREATE FUNCTION keep_task_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.document := task_document(NEW);
    RETURN NEW;
END $$;
CREATE TRIGGER document BEFORE INSERT OR UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION keep_task_document();

GRANT SELECT, INSERT, UPDATE ON tasks TO taskora_functions;
GRANT SELECT, DELETE ON tasks TO taskora_tidy;
