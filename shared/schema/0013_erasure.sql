-- What becomes of an account that was deleted: once its last event is published and sealed, everything of it is erased,
-- but for what proves the history: activity, activity_chain and its head. They hold no word of what was in it.

CREATE VIEW accounts_to_erase AS
    SELECT id AS user_id
      FROM users
     WHERE deleted_at IS NOT NULL
       AND NOT EXISTS (SELECT FROM outbox WHERE outbox.user_id = users.id AND refusal IS NULL)
       AND NOT EXISTS (SELECT FROM events
                        WHERE events.user_id = users.id
                          AND sequence > coalesce((SELECT sequence FROM chain_heads AS head
                                                    WHERE head.user_id = users.id), 0));

-- Erases at most so many rows of one such account, and says how many; 0 when there is none left. In small steps, for one
-- with years in it takes its time. Every table that says whose its rows are is emptied, also one that came after this;
-- what another row still rests on goes with that one, or with the user at the end.
-- It runs as the schema's owner: so tidy may erase these accounts, and can neither read nor remove any other.
CREATE FUNCTION erase_accounts(most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    person uuid;
    place  text;
    gone   integer;
BEGIN
    SELECT user_id INTO person FROM accounts_to_erase LIMIT 1;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    FOR place IN
        SELECT relname
          FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
         WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
           AND attname = 'user_id' AND NOT attisdropped
           AND relname NOT IN ('activity', 'activity_chain', 'chain_heads')
         ORDER BY relname
    LOOP
        BEGIN
            EXECUTE format('DELETE FROM %1$I WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$I WHERE user_id = $1 LIMIT $2))', place)
              USING person, most;
            GET DIAGNOSTICS gone = ROW_COUNT;
        EXCEPTION WHEN foreign_key_violation THEN
            gone := 0;
        END;
        IF gone > 0 THEN
            RETURN gone;
        END IF;
    END LOOP;
    DELETE FROM dead_letters WHERE headers ->> 'ce-partitionkey' = person::text;
    DELETE FROM users WHERE id = person;
    RETURN 1;
END $$;

REVOKE EXECUTE ON FUNCTION erase_accounts FROM public;
GRANT EXECUTE ON FUNCTION erase_accounts TO taskora_tidy;
GRANT SELECT ON accounts_to_erase TO taskora_functions;
