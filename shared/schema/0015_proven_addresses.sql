-- Whether an account's address is its user's: shown by the link of a mail, or said by an OpenID provider. Who shows it by
-- setting a new password has what was set before taken away.
ALTER TABLE users ADD COLUMN address_proven_at timestamptz;
-- Nobody asked until now. A second factor that is there already is not taken from anybody for that.
UPDATE users SET address_proven_at = created_at;

-- An authenticator that was begun with, and then not, is forgotten after a day.
ALTER TABLE second_factors ADD COLUMN begun_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX second_factors_begun ON second_factors (begun_at) WHERE confirmed_at IS NULL;
GRANT SELECT (user_id, confirmed_at, begun_at), DELETE ON second_factors TO taskora_tidy;
