-- Tasks may be below each other to any depth, thousands of them in one line.

-- The subtasks of a task stand in their order, so that a page of them, or the next one behind a place, is read as it is.
DROP INDEX tasks_children;
CREATE INDEX tasks_children ON tasks (user_id, parent_id, position, id) WHERE parent_id IS NOT NULL;

-- Where there is one family and little else, the server would take every task for a subtask of the one that is looked at,
-- and read all of them for each of thousands.
ALTER TABLE tasks ALTER parent_id SET (n_distinct = -0.1);

-- As before, but who looks up the whole line above a task does so for few: what is new comes behind what it is below, and
-- what comes back into the task it was in is where it was when nothing was below itself. Neither can close a circle.
-- What is new is looked at also where it would be deleted at once, which nobody asks for: all rows together are no circle.
CREATE OR REPLACE FUNCTION check_task_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.deleted_at IS NULL OR TG_OP = 'INSERT' THEN
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
        END IF;
        -- Each of them, and each once. (Knowing which, the server would plan it anew for each task, and no better.)
        IF NEW.tags <> '{}' AND cardinality(NEW.tags) <> (
            SELECT count(*) FROM tags
             WHERE user_id = NEW.user_id AND id = ANY ((SELECT NEW.tags)::uuid[]) AND deleted_at IS NULL
        ) THEN
            RAISE foreign_key_violation USING CONSTRAINT = 'tasks_tags';
        END IF;
    END IF;
    -- Also of what is deleted: an undo may put it back below what is below itself by now.
    IF TG_OP = 'UPDATE' AND NEW.parent_id IS NOT NULL AND OLD.parent_id IS DISTINCT FROM NEW.parent_id
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
    -- OFFSET 0: by the index, whatever the planner expects of so many who have one and the same parent.
    IF TG_OP = 'UPDATE' AND EXISTS (
        SELECT FROM (SELECT list_id, deleted_at FROM tasks WHERE user_id = NEW.user_id AND parent_id = NEW.id OFFSET 0)
                    AS child
         WHERE child.deleted_at IS NULL AND (child.list_id <> NEW.list_id OR NEW.deleted_at IS NOT NULL)
    ) THEN
        RAISE foreign_key_violation USING CONSTRAINT = 'tasks_children';
    END IF;
    RETURN NEW;
END $$;

-- Before and not after: of many that one statement makes, each sees those before it, and no other.
-- And whatever its place is: each statement would compile a WHEN anew, which takes longer than to find nothing to look at.
DROP TRIGGER place_of_new ON tasks;
CREATE TRIGGER place_of_new BEFORE INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION check_task_place();
