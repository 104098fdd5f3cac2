-- How what lets somebody in is shown: to its user, and in an export.
CREATE TYPE session_document AS (
    id uuid, began_at text, last_seen_at text, expires_at text, user_agent text, address text
);
CREATE TYPE token_document AS (
    id uuid, name text, scopes text[], created_at text, expires_at text, last_used_at text
);
CREATE FUNCTION shown(session sessions) RETURNS session_document LANGUAGE sql STABLE
RETURN ROW(session.id, instant(session.created_at), instant(session.last_seen_at), instant(session.expires_at),
           session.user_agent, session.address)::session_document;
CREATE FUNCTION shown(token tokens) RETURNS token_document LANGUAGE sql STABLE
RETURN ROW(token.id, token.name, token.scopes, instant(token.created_at), instant(token.expires_at),
           instant(token.last_used_at))::token_document;

-- What comes back counts as what is new does: nobody has more of them by deleting some and undoing that.
CREATE TRIGGER most_with_what_comes_back AFTER UPDATE OF deleted_at ON lists FOR EACH ROW
    WHEN (OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL) EXECUTE FUNCTION check_limit(500);
CREATE TRIGGER most_with_what_comes_back AFTER UPDATE OF deleted_at ON tags FOR EACH ROW
    WHEN (OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL) EXECUTE FUNCTION check_limit(1000);
CREATE TRIGGER most_with_what_comes_back AFTER UPDATE OF deleted_at ON filters FOR EACH ROW
    WHEN (OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL) EXECUTE FUNCTION check_limit(500);
