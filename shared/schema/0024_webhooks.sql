-- Webhooks: where somebody's events are sent besides, and what became of each.

-- Whether a webhook waits for this user's events. They say so on their way, and wake `webhooks` for nobody else.
ALTER TABLE counters ADD hooked boolean NOT NULL DEFAULT false;

CREATE TABLE webhooks (
    user_id          uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id               uuid NOT NULL,
    url              text NOT NULL,
    description      text NOT NULL,
    types            text[] NOT NULL, -- of events: task.completed, or task.*; none: all
    active           boolean NOT NULL,
    disabled         text CHECK (disabled IN ('gone', 'failing')), -- why it was switched off, if its user did not do it
    secret           text NOT NULL, -- sealed, for we have to sign with it
    old_secret       text, -- signs beside it for a while
    old_secret_until timestamptz,
    through          bigint NOT NULL, -- the last of its user's events for which it has been seen whether it goes out
    additions        bigint NOT NULL DEFAULT 0, -- how often something was added: whoever has it in hand then looks again
    rests_until      timestamptz, -- nobody answered, or they want time: until then nothing is sent, whatever happens
    due_at           timestamptz, -- when somebody shall look after it; none: nothing waits
    holder           uuid, -- who does
    held_until       timestamptz,
    falters          boolean NOT NULL DEFAULT false, -- the last answer was none, a refusal, or long in coming
    misses           integer NOT NULL DEFAULT 0, -- attempts since something was delivered
    failing_since    timestamptz, -- the first of them
    delivered_at     timestamptz,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    version          bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, id),
    CHECK (NOT (active AND disabled IS NOT NULL)),
    CHECK ((old_secret IS NULL) = (old_secret_until IS NULL)),
    CHECK ((holder IS NULL) = (held_until IS NULL))
);
CREATE INDEX webhooks_due ON webhooks (falters, due_at) WHERE active AND due_at IS NOT NULL;
CREATE INDEX webhooks_active ON webhooks (user_id, id) WHERE active;

CREATE TABLE webhook_deliveries (
    user_id         uuid NOT NULL,
    id              uuid NOT NULL, -- follows from the webhook and the event
    webhook_id      uuid NOT NULL,
    event_id        uuid, -- none: it is a ping
    sequence        bigint,
    type            text NOT NULL,
    state           text NOT NULL CHECK (state IN ('pending', 'delivered', 'failed', 'cancelled')),
    made_at         timestamptz NOT NULL,
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz,
    attempted_at    timestamptz,
    status          smallint, -- of the last answer, with its first characters, and how long it took to come
    answer          text,
    seconds         real,
    error           text, -- why there was none, or why it was not enough
    PRIMARY KEY (user_id, id),
    UNIQUE (user_id, webhook_id, sequence),
    FOREIGN KEY (user_id, webhook_id) REFERENCES webhooks ON DELETE CASCADE,
    CHECK ((state = 'pending') = (next_attempt_at IS NOT NULL)),
    CHECK ((event_id IS NULL) = (sequence IS NULL))
) WITH (fillfactor = 85);
CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (user_id, webhook_id, next_attempt_at, sequence)
    WHERE state = 'pending';
CREATE INDEX webhook_deliveries_made ON webhook_deliveries (user_id, webhook_id, made_at, id);
CREATE INDEX webhook_deliveries_age ON webhook_deliveries (made_at);

-- The same event goes to the same webhook under the same id, whoever makes the delivery, and however often.
CREATE FUNCTION delivery_id(webhook uuid, event uuid) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN left(encode(sha256(uuid_send(webhook) || uuid_send(event)), 'hex'), 32)::uuid;

-- Whether a webhook for these types wants this one.
CREATE FUNCTION wants(types text[], type text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN types = '{}' OR type = ANY (types) OR split_part(type, '.', 1) || '.*' = ANY (types);

-- How a webhook is shown: to its user, and in an export. Its secrets are in neither.
CREATE TYPE webhook_document AS (
    id uuid, url text, description text, types text[], active boolean, disabled text, failing_since text,
    delivered_at text, old_secret_until text, created_at text, updated_at text, version bigint
);
CREATE FUNCTION shown(webhook webhooks) RETURNS webhook_document LANGUAGE sql STABLE
RETURN ROW(webhook.id, webhook.url, webhook.description, webhook.types, webhook.active, webhook.disabled,
           instant(webhook.failing_since), instant(webhook.delivered_at),
           CASE WHEN webhook.old_secret_until > now() THEN instant(webhook.old_secret_until) END,
           instant(webhook.created_at), instant(webhook.updated_at), webhook.version)::webhook_document;

CREATE TYPE webhook_delivery_document AS (
    id uuid, webhook uuid, event uuid, sequence bigint, type text, state text, made_at text, attempts integer,
    attempted_at text, next_attempt_at text, status smallint, answer text, seconds real, error text
);
CREATE FUNCTION shown(delivery webhook_deliveries) RETURNS webhook_delivery_document LANGUAGE sql STABLE
RETURN ROW(delivery.id, delivery.webhook_id, delivery.event_id, delivery.sequence, delivery.type, delivery.state,
           instant(delivery.made_at), delivery.attempts, instant(delivery.attempted_at),
           instant(delivery.next_attempt_at), delivery.status, delivery.answer, delivery.seconds,
           delivery.error)::webhook_delivery_document;

GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks TO taskora_functions;
GRANT SELECT, INSERT, UPDATE ON webhook_deliveries TO taskora_functions;
GRANT SELECT, DELETE ON webhook_deliveries TO taskora_tidy;

-- People are told when one was switched off, which is about no task.
ALTER TABLE notifications
    ADD webhook json, -- which one, and why
    DROP CONSTRAINT notifications_kind_check,
    ADD CONSTRAINT notifications_kind_check CHECK (kind IN ('reminder', 'digest', 'overdue', 'webhook')) NOT VALID;
ALTER TABLE notifications VALIDATE CONSTRAINT notifications_kind_check;

CREATE OR REPLACE FUNCTION keep_notification_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.document := json_build_object(
        'id', NEW.id,
        'sequence', NEW.sequence,
        'kind', NEW.kind,
        'tasks', NEW.tasks,
        'total', NEW.total,
        'planned_at', instant(NEW.planned_at),
        'late', lateness(NEW.planned_at, NEW.created_at),
        'created_at', instant(NEW.created_at),
        'read_at', instant(NEW.read_at),
        'version', NEW.version)::text;
    IF NEW.webhook IS NOT NULL THEN
        NEW.document := left(NEW.document, -1) || ', "webhook" : ' || NEW.webhook || '}';
    END IF;
    RETURN NEW;
END $$;
