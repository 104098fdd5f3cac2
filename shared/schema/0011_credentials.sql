-- What says who somebody is, beside a password and a session.

-- For programs: each may do what its scopes say, until it expires or is revoked.
CREATE TABLE tokens (
    user_id      uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id           uuid NOT NULL,
    token_hash   bytea NOT NULL UNIQUE, -- a leaked table signs nobody in
    name         text NOT NULL,
    scopes       text[] NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz, -- null: never
    last_used_at timestamptz, -- the hour: a use a second is no write a second
    PRIMARY KEY (user_id, id)
) WITH (fillfactor = 85);

-- A person's authenticator. Begun is not yet asked for: only a code from it shows that it was set up.
CREATE TABLE second_factors (
    user_id      uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    secret       text NOT NULL, -- encrypted with a key that is not in the database
    confirmed_at timestamptz,
    last_step    bigint NOT NULL DEFAULT 0 -- of time: a code of this one or an earlier one was used already
);

-- Each opens the account once, when the authenticator is lost.
CREATE TABLE recovery_codes (
    user_id   uuid NOT NULL REFERENCES second_factors ON DELETE CASCADE,
    code_hash bytea NOT NULL,
    PRIMARY KEY (user_id, code_hash)
);

-- Who is who at an OpenID provider. An address is no proof of that: it can be given to somebody else.
CREATE TABLE identities (
    issuer    text NOT NULL,
    subject   text NOT NULL,
    user_id   uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    linked_at timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject),
    UNIQUE (user_id, issuer)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON tokens, second_factors, recovery_codes, identities TO taskora_functions;
