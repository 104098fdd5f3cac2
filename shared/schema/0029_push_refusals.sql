-- How often in a row the name of its push service led to where nobody is asked: once may be a mistake of a name server.
ALTER TABLE push_subscriptions ADD COLUMN refusals smallint NOT NULL DEFAULT 0;
