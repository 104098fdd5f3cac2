-- What tasks are kept in, marked with, found by and talked about. Each row knows itself as JSON, as tasks do.

CREATE TABLE lists (
    user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id         uuid NOT NULL, -- the Inbox has its user's
    name       text NOT NULL CHECK (name <> ''),
    name_key   text NOT NULL, -- its normal form, by which filters find it
    color      text CHECK (color ~ '^#[0-9a-f]{6}$'),
    position   text COLLATE "C" NOT NULL,
    archived   boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    version    bigint NOT NULL,
    document   text NOT NULL,
    PRIMARY KEY (user_id, id),
    CONSTRAINT inbox_stays CHECK (id <> user_id OR (name = 'Inbox' AND NOT archived AND deleted_at IS NULL))
);

CREATE TABLE tags (
    user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id         uuid NOT NULL,
    name       text NOT NULL CHECK (name <> ''),
    name_key   text COLLATE "C" NOT NULL, -- its normal form, by which it is found
    color      text CHECK (color ~ '^#[0-9a-f]{6}$'),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    version    bigint NOT NULL,
    document   text NOT NULL,
    PRIMARY KEY (user_id, id)
);
CREATE UNIQUE INDEX tags_name ON tags (user_id, name_key) WHERE deleted_at IS NULL;

CREATE TABLE filters (
    user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id         uuid NOT NULL,
    name       text NOT NULL CHECK (name <> ''),
    query      text NOT NULL, -- in the filter language
    color      text CHECK (color ~ '^#[0-9a-f]{6}$'),
    position   text COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    version    bigint NOT NULL,
    document   text NOT NULL,
    PRIMARY KEY (user_id, id)
);

CREATE TABLE comments (
    user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id         uuid NOT NULL,
    task_id    uuid NOT NULL,
    text       text NOT NULL CHECK (text <> ''), -- Markdown, as it was written
    html       text NOT NULL, -- the same, safe to show
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    version    bigint NOT NULL,
    document   text NOT NULL,
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, task_id) REFERENCES tasks ON DELETE CASCADE
);
CREATE INDEX comments_of_task ON comments (user_id, task_id, created_at, id) WHERE deleted_at IS NULL;

CREATE TYPE list_document AS (
    id uuid, name text, color text, position text, archived boolean, inbox boolean, created_at text, updated_at text,
    version bigint
);
CREATE TYPE tag_document AS (
    id uuid, name text, color text, created_at text, updated_at text, version bigint
);
CREATE TYPE filter_document AS (
    id uuid, name text, query text, color text, position text, created_at text, updated_at text, version bigint
);
CREATE TYPE comment_document AS (
    id uuid, task uuid, text text, html text, created_at text, updated_at text, version bigint
);

CREATE FUNCTION keep_list_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.document := row_to_json(ROW(
        NEW.id, NEW.name, NEW.color, NEW.position, NEW.archived, NEW.id = NEW.user_id, instant(NEW.created_at),
        instant(NEW.updated_at), NEW.version)::list_document);
    RETURN NEW;
END $$;
CREATE FUNCTION keep_tag_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.document := row_to_json(ROW(
        NEW.id, NEW.name, NEW.color, instant(NEW.created_at), instant(NEW.updated_at), NEW.version)::tag_document);
    RETURN NEW;
END $$;
CREATE FUNCTION keep_filter_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.document := row_to_json(ROW(
        NEW.id, NEW.name, NEW.query, NEW.color, NEW.position, instant(NEW.created_at), instant(NEW.updated_at),
        NEW.version)::filter_document);
    RETURN NEW;
END $$;
CREATE FUNCTION keep_comment_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.document := row_to_json(ROW(
        NEW.id, NEW.task_id, NEW.text, NEW.html, instant(NEW.created_at), instant(NEW.updated_at),
        NEW.version)::comment_document);
    RETURN NEW;
END $$;

CREATE TRIGGER document BEFORE INSERT OR UPDATE ON lists FOR EACH ROW EXECUTE FUNCTION keep_list_document();
CREATE TRIGGER document BEFORE INSERT OR UPDATE ON tags FOR EACH ROW EXECUTE FUNCTION keep_tag_document();
CREATE TRIGGER document BEFORE INSERT OR UPDATE ON filters FOR EACH ROW EXECUTE FUNCTION keep_filter_document();
CREATE TRIGGER document BEFORE INSERT OR UPDATE ON comments FOR EACH ROW EXECUTE FUNCTION keep_comment_document();

-- How many of them one may have. One user's changes come one after another, so that nobody counts too few.
CREATE FUNCTION check_limit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    number bigint;
BEGIN
    EXECUTE format('SELECT count(*) FROM %I WHERE user_id = $1 AND deleted_at IS NULL', TG_TABLE_NAME)
       INTO number USING NEW.user_id;
    IF number > TG_ARGV[0]::bigint THEN
        RAISE check_violation USING CONSTRAINT = TG_TABLE_NAME || '_limit';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER most AFTER INSERT ON lists FOR EACH ROW EXECUTE FUNCTION check_limit(500);
CREATE TRIGGER most AFTER INSERT ON tags FOR EACH ROW EXECUTE FUNCTION check_limit(1000);
CREATE TRIGGER most AFTER INSERT ON filters FOR EACH ROW EXECUTE FUNCTION check_limit(500);

-- Everybody has an Inbox from their first moment on.
CREATE FUNCTION give_inbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO lists (user_id, id, name, name_key, position, archived, created_at, updated_at, version)
    VALUES (NEW.id, NEW.id, 'Inbox', 'inbox', 'a0', false, NEW.created_at, NEW.created_at, 1);
    RETURN NULL;
END $$;
CREATE TRIGGER inbox AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION give_inbox();

-- Where a task is, and what it is marked with, exists and is its user's own. Looked at when a statement ends, so that
-- one may move a whole family; one user's changes come one after another, so what was seen stays true.
-- An id of somebody else's is refused just as one that never was.
CREATE FUNCTION check_task_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.deleted_at IS NULL THEN
        IF NEW.list_id <> NEW.user_id AND NOT EXISTS (
            SELECT FROM lists WHERE user_id = NEW.user_id AND id = NEW.list_id AND deleted_at IS NULL
        ) THEN
            RAISE foreign_key_violation USING CONSTRAINT = 'tasks_list';
        END IF;
        IF NEW.parent_id IS NOT NULL THEN
            PERFORM FROM tasks
              WHERE user_id = NEW.user_id AND id = NEW.parent_id AND list_id = NEW.list_id AND deleted_at IS NULL;
            IF NOT FOUND THEN
                RAISE foreign_key_violation USING CONSTRAINT = 'tasks_parent';
            END IF;
            -- Only a change of parent, of a task that has something below it, can close a circle.
            IF (OLD.parent_id IS DISTINCT FROM NEW.parent_id OR OLD.deleted_at IS NOT NULL)
               AND EXISTS (SELECT FROM tasks WHERE user_id = NEW.user_id AND parent_id = NEW.id)
               AND EXISTS (
                WITH RECURSIVE above AS (
                    SELECT NEW.parent_id AS id
                     UNION
                    SELECT parent_id FROM tasks JOIN above USING (id) WHERE user_id = NEW.user_id
                ) SELECT FROM above WHERE id = NEW.id
            ) THEN
                RAISE check_violation USING CONSTRAINT = 'tasks_cycle';
            END IF;
        END IF;
        IF NEW.tags <> '{}' AND EXISTS (
            SELECT FROM unnest(NEW.tags) AS wanted (id)
             WHERE NOT EXISTS (SELECT FROM tags
                                WHERE user_id = NEW.user_id AND tags.id = wanted.id AND deleted_at IS NULL)
        ) THEN
            RAISE foreign_key_violation USING CONSTRAINT = 'tasks_tags';
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND EXISTS (
        SELECT FROM tasks WHERE user_id = NEW.user_id AND parent_id = NEW.id AND deleted_at IS NULL
                            AND (list_id <> NEW.list_id OR NEW.deleted_at IS NOT NULL)
    ) THEN
        RAISE foreign_key_violation USING CONSTRAINT = 'tasks_children';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER place_of_new AFTER INSERT ON tasks FOR EACH ROW
    WHEN (NEW.list_id <> NEW.user_id OR NEW.parent_id IS NOT NULL OR NEW.tags <> '{}')
    EXECUTE FUNCTION check_task_place();
CREATE TRIGGER place_of_changed AFTER UPDATE ON tasks FOR EACH ROW
    WHEN ((NEW.list_id, NEW.parent_id, NEW.tags, NEW.deleted_at)
          IS DISTINCT FROM (OLD.list_id, OLD.parent_id, OLD.tags, OLD.deleted_at))
    EXECUTE FUNCTION check_task_place();

GRANT SELECT, INSERT, UPDATE ON lists, tags, filters, comments TO taskora_functions;
