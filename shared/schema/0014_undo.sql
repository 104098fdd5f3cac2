-- What was done is found by its entry's id, and what was deleted by when.

CREATE INDEX events_id ON events (id);
CREATE INDEX activity_id ON activity (id);

-- The history as `events` has it: what is too old for them can still be undone.
CREATE VIEW history AS
    SELECT user_id, sequence, id, type, subject, happened_at, detail::json AS data
      FROM activity JOIN activity_details USING (user_id, sequence);

-- What was deleted before this moment goes. What is restored is not 30 days old: an hour more, and nobody is still at it.
CREATE FUNCTION deleted_for_good() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
RETURN now() - interval '30 days 1 hour';

CREATE INDEX tasks_trash ON tasks (user_id, deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL;
CREATE INDEX lists_deleted ON lists (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX tags_deleted ON tags (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX filters_deleted ON filters (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX comments_deleted ON comments (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX comments_of_any_task ON comments (user_id, task_id); -- removing a task removes them all

GRANT SELECT ON history TO taskora_functions;
GRANT SELECT, DELETE ON lists, tags, filters, comments TO taskora_tidy;
