-- What people are told, and where: in the page always, and by push and by mail as each prefers.

-- What somebody wants to be told, how and when. Who never said has no row; shared/preferences.py has what holds then.
CREATE TABLE preferences (
    user_id    uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    version    bigint NOT NULL,
    updated_at timestamptz NOT NULL,
    document   text NOT NULL -- as answers and events show them
);

-- The digests that somebody wants, each at a time of day, with the instant of the next: of the user's zone.
CREATE TABLE digests (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    kind    text NOT NULL CHECK (kind IN ('digest', 'overdue')),
    at      time(0) NOT NULL,
    next_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, kind)
);
CREATE INDEX digests_due ON digests (next_at);

CREATE TABLE notifications (
    user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id         uuid NOT NULL,
    sequence   bigint NOT NULL, -- of the event that says it: their order, and what a page has seen of them
    key        text NOT NULL, -- what it is said for; nobody is told twice
    kind       text NOT NULL CHECK (kind IN ('reminder', 'digest', 'overdue')),
    task_ids   uuid[] NOT NULL,
    tasks      json NOT NULL, -- the first of them, as they were then
    total      integer NOT NULL,
    planned_at timestamptz NOT NULL, -- when it was to be said
    urgent     boolean NOT NULL, -- quiet hours do not hold it back
    silent     boolean NOT NULL, -- only in the page
    created_at timestamptz NOT NULL,
    read_at    timestamptz,
    version    bigint NOT NULL DEFAULT 1,
    document   text NOT NULL,
    PRIMARY KEY (user_id, id),
    UNIQUE (user_id, key)
);
CREATE UNIQUE INDEX notifications_sequence ON notifications (user_id, sequence);
CREATE INDEX notifications_unread ON notifications (user_id, sequence) WHERE read_at IS NULL;
CREATE INDEX notifications_age ON notifications (created_at);

CREATE FUNCTION keep_notification_document() RETURNS trigger LANGUAGE plpgsql AS $$
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
    RETURN NEW;
END $$;
CREATE TRIGGER document BEFORE INSERT OR UPDATE ON notifications FOR EACH ROW
    EXECUTE FUNCTION keep_notification_document();

-- How late it was, in seconds; null until it has happened. Clocks differ a little: nothing is early.
CREATE FUNCTION lateness(planned timestamptz, happened timestamptz) RETURNS numeric LANGUAGE sql
IMMUTABLE STRICT PARALLEL SAFE
RETURN round(greatest(extract(epoch FROM happened - planned), 0), 3);

-- Where a browser is reached while the page is closed. It goes with its session: who logged out reads nothing more there.
CREATE TABLE push_subscriptions (
    user_id    uuid NOT NULL,
    id         uuid NOT NULL,
    session_id uuid NOT NULL,
    endpoint   text NOT NULL UNIQUE, -- one browser is one person's; whoever has this address can write to it
    p256dh     text NOT NULL, -- what is said is encrypted for the browser alone
    auth       text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, session_id) REFERENCES sessions ON DELETE CASCADE
);
CREATE INDEX push_subscriptions_session ON push_subscriptions (user_id, session_id);

-- What is to leave the house, one row for each notification and channel; what became of it stays as its receipt.
CREATE TABLE deliveries (
    user_id         uuid NOT NULL,
    notification_id uuid NOT NULL,
    channel         text NOT NULL CHECK (channel IN ('push', 'email')),
    id              uuid NOT NULL, -- its Message-ID is made of it
    deliver_at      timestamptz NOT NULL, -- behind quiet hours
    attempts        integer NOT NULL DEFAULT 0,
    unsure          integer NOT NULL DEFAULT 0, -- how often nobody heard whether the mail server took it
    reached         uuid[] NOT NULL DEFAULT '{}', -- subscriptions that have it
    next_attempt_at timestamptz, -- none: it is done with
    sent_at         timestamptz,
    outcome         text,
    last_error      text,
    PRIMARY KEY (user_id, notification_id, channel),
    FOREIGN KEY (user_id, notification_id) REFERENCES notifications ON DELETE CASCADE,
    CHECK ((next_attempt_at IS NULL) = (outcome IS NOT NULL))
);
-- By channel, so that what waits for one that is down is not in the way of another.
CREATE INDEX deliveries_due ON deliveries (channel, next_attempt_at) WHERE next_attempt_at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE ON preferences TO taskora_functions;
GRANT SELECT, INSERT, UPDATE, DELETE ON digests, push_subscriptions TO taskora_functions;
GRANT SELECT, INSERT, UPDATE (read_at, version) ON notifications TO taskora_functions;
GRANT SELECT, INSERT, UPDATE ON deliveries TO taskora_functions;
GRANT SELECT, DELETE ON notifications TO taskora_tidy;

-- A subscription as its user sees it, in one of their sessions: its address is for us and its push service alone.
CREATE FUNCTION subscription_document(subscription push_subscriptions, asking uuid) RETURNS text LANGUAGE sql STABLE
RETURN json_build_object('id', subscription.id, 'host', substring(subscription.endpoint FROM '^https://([^/:?]+)'),
                         'created_at', instant(subscription.created_at),
                         'current', subscription.session_id = asking)::text;
