-- Mails about accounts. Who asks for one leaves a row; `notify` finds out whose it is, makes the token and sends the mail.
-- So nobody who asks can tell from the answer, nor from the time it takes, whether there is such an account.
CREATE TABLE account_mails (
    id              uuid PRIMARY KEY, -- the mail's name: its Message-ID and its token are made of it
    kind            text NOT NULL CHECK (kind IN ('reset', 'registration', 'password_changed')),
    email           text NOT NULL, -- to whom
    email_key       text NOT NULL,
    user_id         uuid REFERENCES users ON DELETE CASCADE, -- once it is known whose account it is about
    requested_at    timestamptz NOT NULL,
    token_hash      bytea UNIQUE, -- of the link in it; a leaked table opens nothing
    expires_at      timestamptz, -- the link
    attempts        integer NOT NULL DEFAULT 0,
    unsure          integer NOT NULL DEFAULT 0, -- how often nobody heard whether the mail server took it
    next_attempt_at timestamptz, -- none: it is done with
    outcome         text,
    CHECK ((next_attempt_at IS NULL) = (outcome IS NOT NULL))
);
CREATE INDEX account_mails_due ON account_mails (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX account_mails_address ON account_mails (email_key, requested_at);
CREATE INDEX account_mails_user ON account_mails (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX account_mails_age ON account_mails (requested_at);

-- What is to become an account when the link of its mail is opened.
CREATE TABLE registrations (
    id            uuid PRIMARY KEY REFERENCES account_mails ON DELETE CASCADE,
    password_hash text NOT NULL,
    name          text NOT NULL,
    zone          text NOT NULL,
    locale        text NOT NULL,
    week_start    text NOT NULL,
    theme         text NOT NULL
);

-- A user as answers and events show one.
CREATE VIEW user_documents AS
    SELECT id, row_to_json(person)::text AS document
      FROM (SELECT id, email, name, zone, locale, week_start, theme, password_hash IS NOT NULL AS has_password,
                   instant(created_at) AS created_at
              FROM users) AS person;

GRANT SELECT, INSERT, UPDATE, DELETE ON account_mails TO taskora_functions;
GRANT SELECT, INSERT ON registrations TO taskora_functions;
GRANT SELECT ON user_documents TO taskora_functions;
GRANT SELECT, DELETE ON account_mails TO taskora_tidy;
