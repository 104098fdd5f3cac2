-- What tasks and comments are found by. shared/words.py makes the words; the table makes the lexemes of them.
--
-- One index for everybody, and a search that touches only its user's part of it: each lexeme begins with its user's key.
-- Then comes where the word stands (a: title, n: notes, #: the id of a tag, c: a comment), so that those in a title are
-- found without looking at those in notes, and that the index alone knows it.
--
-- Compared on PostgreSQL 18, by the processor time that a create of ten different words costs more (µs), in turns:
--   this index                                         22   chosen: what is new is pending, up to 64 kB of all users
--   the same without fastupdate                        25   and 75 instead of 21 where the words are the same again
--   words made by SQL (unaccent, regexp_replace)       48   and knows no languages without spaces
--   a row for each word in a B-tree                    40   in order of time, but the beginning of a word is not
--   pg_trgm on title and notes                         93   and touches every user's tasks
--   a vocabulary of each user, for typos              +40   so typos are sought by what may have been meant instead
CREATE FUNCTION keyed(user_id uuid, words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_to_tsvector(string_to_array(
    right(user_id::text, 6) || replace(words, ' ', ' ' || right(user_id::text, 6)), ' '));

-- Immutable, though writing an array is not in general: that of uuids is.
CREATE FUNCTION tag_words(tags uuid[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '#' || array_to_string(tags, ' #');

ALTER TABLE tasks ADD words text NOT NULL DEFAULT '';
ALTER TABLE tasks ADD lexemes tsvector NOT NULL DEFAULT ''; -- kept by the trigger below
ALTER TABLE comments ADD words text NOT NULL DEFAULT '';
ALTER TABLE comments ADD lexemes tsvector NOT NULL GENERATED ALWAYS AS (keyed(user_id, words)) STORED;

CREATE FUNCTION task_lexemes(user_id uuid, words text, tags uuid[]) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN keyed(user_id, words || CASE WHEN tags = '{}' THEN '' ELSE ' ' || tag_words(tags) END);

-- By a trigger, which PL/pgSQL plans once: a generated column is planned anew by each statement, which costs a create
-- 30 µs more, a tenth of all that it costs PostgreSQL. Those of a new task are made by keep_task.
CREATE FUNCTION keep_task_lexemes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.lexemes := task_lexemes(NEW.user_id, NEW.words, NEW.tags);
    RETURN NEW;
END $$;
CREATE TRIGGER lexemes BEFORE UPDATE OF words, tags, lexemes ON tasks FOR EACH ROW EXECUTE FUNCTION keep_task_lexemes();

-- Of lexemes that begin with a key, statistics say nothing about a user; without, the server takes them for rare.
ALTER TABLE tasks ALTER lexemes SET STATISTICS 0;
ALTER TABLE comments ALTER lexemes SET STATISTICS 0;

-- A lexeme that hundreds of tasks have, as that of a tag, is kept with the list of them, and each task more would write the
-- whole list anew. So some two hundred creates wait together in a list of their own (the least there can be, in kB), which
-- every search reads through as well: 0.05 ms.
CREATE INDEX tasks_words ON tasks USING gin (lexemes) WITH (gin_pending_list_limit = 64) WHERE deleted_at IS NULL;
CREATE INDEX comments_words ON comments USING gin (lexemes) WITH (gin_pending_list_limit = 64) WHERE deleted_at IS NULL;
