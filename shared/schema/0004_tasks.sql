-- How an instant reads in everything that leaves, whatever the connection's time zone.
CREATE FUNCTION instant(moment timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

-- By what titles are put in order: without case, accents behind what has none, the same in every database.
CREATE FUNCTION title_key(title text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN left(normalize(lower(title), NFKD), 60) COLLATE "C";

CREATE TABLE tasks (
    user_id      uuid NOT NULL,
    id           uuid NOT NULL,
    title        text NOT NULL,
    title_key    text COLLATE "C" NOT NULL, -- made of the title by the table itself
    notes        text NOT NULL,
    status       text NOT NULL,
    priority     text NOT NULL,
    due_on       date,
    due_time     time(0), -- null: due on a day, not at midnight
    zone         text, -- null: floating, it is nine o'clock wherever its user is
    due_at       timestamptz, -- derived from the three above and the user's zone
    start_on     date,
    list_id      uuid NOT NULL, -- the user's own id: the Inbox
    parent_id    uuid,
    tags         uuid[] NOT NULL,
    position     text COLLATE "C" NOT NULL, -- among its siblings (shared/positions.py)
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    completed_at timestamptz,
    deleted_at   timestamptz, -- restorable until tidy removes it
    version      bigint NOT NULL,
    document     text NOT NULL, -- the task as JSON, exactly as answers and events carry it
    PRIMARY KEY (user_id, id)
);
-- What lists filter and sort by, so that they look up only the documents they show: 2 ms where 10,000 tasks of a user
-- took 5 to 12. By due date, and newest first: that is how lists are put in order when nobody says otherwise, and a filter
-- that finds fifty soon need not look at all the others: 0.2 to 0.3 ms. A create costs 2 to 7 µs more for each, a change 5.
CREATE INDEX tasks_newest ON tasks (user_id, created_at DESC, id DESC) INCLUDE (status, priority, due_on, due_time, due_at,
    zone, start_on, list_id, parent_id, tags, position, title_key, updated_at, completed_at) WHERE deleted_at IS NULL;
CREATE INDEX tasks_facts ON tasks (user_id, due_on) INCLUDE (id, status, priority, due_time, due_at, zone, start_on,
    list_id, parent_id, tags, position, title_key, created_at, updated_at, completed_at) WHERE deleted_at IS NULL;
-- An index answers alone for pages of the table that are known to be visible to all, and only VACUUM gets to know that.
ALTER TABLE tasks SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX tasks_children ON tasks (user_id, parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX tasks_deleted ON tasks (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TYPE task_document AS (
    id           uuid,
    title        text,
    notes        text,
    status       text,
    priority     text,
    due          text,
    zone         text,
    due_at       text,
    start        text,
    list         uuid,
    parent       uuid,
    tags         uuid[],
    position     text,
    created_at   text,
    updated_at   text,
    completed_at text,
    version      bigint
);

-- Kept by the table itself, so that no statement can leave a stale document behind, nor a task that cannot be.
-- Expressions and no SELECT: PL/pgSQL computes those without starting a query for every row. The key is made here, too,
-- and here is what would be a CHECK: a generated column, and a CHECK, are read and compiled anew by each statement, which
-- takes ten times as long. With six of them a create cost PostgreSQL 20 µs more, and with one more trigger 10.
CREATE FUNCTION keep_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.title <> ''
        AND NEW.status IN ('todo', 'in_progress', 'done', 'cancelled')
        AND NEW.priority IN ('none', 'low', 'medium', 'high', 'urgent')
        AND (NEW.due_on IS NOT NULL OR (NEW.due_time IS NULL AND NEW.zone IS NULL))
        AND (NEW.due_at IS NULL) = (NEW.due_time IS NULL)
        AND (NEW.completed_at IS NULL) = (NEW.status <> 'done')) IS NOT TRUE
    THEN
        RAISE check_violation USING CONSTRAINT = 'tasks_check';
    END IF;
    IF TG_OP = 'INSERT' THEN
        NEW.lexemes := task_lexemes(NEW.user_id, NEW.words, NEW.tags); -- see 0012_search.sql
    END IF;
    NEW.title_key := title_key(NEW.title);
    NEW.document := row_to_json(ROW(
        NEW.id,
        NEW.title,
        NEW.notes,
        NEW.status,
        NEW.priority,
        CASE WHEN NEW.due_time IS NULL THEN to_char(NEW.due_on, 'YYYY-MM-DD')
             ELSE to_char(NEW.due_on + NEW.due_time, 'YYYY-MM-DD"T"HH24:MI:SS') END,
        NEW.zone,
        instant(NEW.due_at),
        to_char(NEW.start_on, 'YYYY-MM-DD'),
        NEW.list_id,
        NEW.parent_id,
        NEW.tags,
        NEW.position,
        instant(NEW.created_at),
        instant(NEW.updated_at),
        instant(NEW.completed_at),
        NEW.version)::task_document);
    RETURN NEW;
END $$;
CREATE TRIGGER kept BEFORE INSERT OR UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION keep_task();

GRANT SELECT, INSERT, UPDATE ON tasks TO taskora_functions;
GRANT SELECT, DELETE ON tasks TO taskora_tidy;
