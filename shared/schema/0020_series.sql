-- Tasks that repeat: a series, and its occurrences, which are tasks. And what people want to be reminded by.

CREATE TABLE series (
    user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id         uuid NOT NULL,
    root       uuid NOT NULL, -- its first segment's id; what is changed from some occurrence on goes on in another segment
    segment    integer NOT NULL CHECK (segment >= 1),
    rule       text NOT NULL CHECK (rule <> ''), -- RFC 5545, in one way alone
    start      text NOT NULL, -- its first slot: a date, or a wall clock of its zone
    zone       text, -- null: wherever its user is
    kind       text NOT NULL CHECK (kind IN ('fixed', 'after_completion')),
    missed     text NOT NULL CHECK (missed IN ('skip', 'each')),
    state      text NOT NULL CHECK (state IN ('active', 'paused', 'ended')),
    template   jsonb NOT NULL, -- what the next occurrence gets
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    version    bigint NOT NULL,
    document   text NOT NULL,
    PRIMARY KEY (user_id, id)
);
CREATE INDEX series_deleted ON series (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TYPE series_document AS (
    id uuid, root uuid, segment integer, rule text, start text, zone text, kind text, missed text, state text,
    template jsonb, created_at text, updated_at text, version bigint
);
CREATE FUNCTION keep_series_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.document := row_to_json(ROW(
        NEW.id, NEW.root, NEW.segment, NEW.rule, NEW.start, NEW.zone, NEW.kind, NEW.missed, NEW.state, NEW.template,
        instant(NEW.created_at), instant(NEW.updated_at), NEW.version)::series_document);
    RETURN NEW;
END $$;
CREATE TRIGGER document BEFORE INSERT OR UPDATE ON series FOR EACH ROW EXECUTE FUNCTION keep_series_document();

ALTER TABLE tasks
    ADD series_id  uuid,
    ADD slot       text, -- which one of the series it is, wherever its due date is moved
    ADD ordinal    integer,
    ADD follows    uuid, -- the occurrence that it came after
    ADD skipped_at timestamptz,
    ADD recurrence jsonb, -- what its series says; only of the occurrence that another one will follow
    ADD reminders  jsonb NOT NULL DEFAULT '[]';

-- What must never be: two occurrences of a series that others would follow, two for one slot, two after the same one.
-- By its ordinal, for a series that goes by completion may come to the same slot twice. Looked at when a statement ends,
-- so that one may take an occurrence back and bring another one.
ALTER TABLE tasks
    ADD CONSTRAINT tasks_open_occurrence EXCLUDE USING btree (user_id WITH =, series_id WITH =)
        WHERE (recurrence IS NOT NULL AND deleted_at IS NULL) DEFERRABLE,
    ADD CONSTRAINT tasks_occurrence EXCLUDE USING btree (user_id WITH =, series_id WITH =, ordinal WITH =)
        WHERE (series_id IS NOT NULL AND deleted_at IS NULL) DEFERRABLE,
    ADD CONSTRAINT tasks_successor EXCLUDE USING btree (user_id WITH =, follows WITH =)
        WHERE (follows IS NOT NULL AND deleted_at IS NULL) DEFERRABLE;

-- Occurrences that have ended and that none follows yet: what clock looks for.
CREATE INDEX tasks_unfollowed ON tasks (user_id, id)
    WHERE recurrence IS NOT NULL AND deleted_at IS NULL AND status IN ('done', 'cancelled');

ALTER TYPE task_document
    ADD ATTRIBUTE series     uuid,
    ADD ATTRIBUTE slot       text,
    ADD ATTRIBUTE ordinal    integer,
    ADD ATTRIBUTE follows    uuid,
    ADD ATTRIBUTE skipped_at text,
    ADD ATTRIBUTE recurrence jsonb,
    ADD ATTRIBUTE reminders  jsonb;

-- As before, with what is new.
CREATE OR REPLACE FUNCTION keep_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.title <> ''
        AND NEW.status IN ('todo', 'in_progress', 'done', 'cancelled')
        AND NEW.priority IN ('none', 'low', 'medium', 'high', 'urgent')
        AND (NEW.due_on IS NOT NULL OR (NEW.due_time IS NULL AND NEW.zone IS NULL))
        AND (NEW.due_at IS NULL) = (NEW.due_time IS NULL)
        AND (NEW.completed_at IS NULL) = (NEW.status <> 'done')
        AND (NEW.series_id IS NULL) = (NEW.ordinal IS NULL)) IS NOT TRUE
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
        NEW.version,
        NEW.series_id,
        NEW.slot,
        NEW.ordinal,
        NEW.follows,
        instant(NEW.skipped_at),
        NEW.recurrence,
        NEW.reminders)::task_document);
    RETURN NEW;
END $$;

-- Documents know it, too, of what there was before.
UPDATE tasks SET document = document;

GRANT SELECT, INSERT, UPDATE ON series TO taskora_functions;
GRANT SELECT, DELETE ON series TO taskora_tidy;
