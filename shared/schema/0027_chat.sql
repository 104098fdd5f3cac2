-- What people say to the chat and what it answers. Kept until they delete it, or their account.
CREATE TABLE chat_messages (
    user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id         uuid NOT NULL,
    sequence   bigint NOT NULL, -- of its chat.message: the order in which it was said
    role       text NOT NULL CHECK (role IN ('user', 'assistant')),
    text       text NOT NULL,
    tasks      json NOT NULL DEFAULT '[]', -- those that an answer is about, as they were
    activity   uuid, -- what an answer tells of: the first event of a change
    takes_back uuid, -- the activity that this change has undone
    created_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, id),
    UNIQUE (user_id, sequence),
    CHECK (role = 'assistant' OR (activity IS NULL AND tasks::text = '[]')),
    CHECK (takes_back IS NULL OR activity IS NOT NULL)
);
-- What was done, the last first, and what of it was taken back: few of all messages.
CREATE INDEX chat_messages_changes ON chat_messages (user_id, sequence) WHERE activity IS NOT NULL;

-- How a message is shown: to its user, and in an export.
CREATE TYPE chat_message_document AS (
    id uuid, sequence bigint, role text, text text, tasks json, activity uuid, created_at text
);
CREATE FUNCTION shown(message chat_messages) RETURNS chat_message_document LANGUAGE sql STABLE
RETURN ROW(message.id, message.sequence, message.role, message.text, message.tasks, message.activity,
           instant(message.created_at))::chat_message_document;

GRANT SELECT, INSERT, DELETE ON chat_messages TO taskora_functions;
