-- Two login roles. `python -m shared.migrate` gives them their passwords; what they may do stands beside each table.
--   taskora_functions  every function: reads and writes the present, adds to the past, never changes it
--   taskora_tidy       the one that removes what is too old

-- Roles belong to the whole server, so another database of ours may have made them already, perhaps this very moment.
DO $$
DECLARE role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['taskora_functions', 'taskora_tidy'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I', role);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END LOOP;
END $$;

-- Whoever waits longer for a lock has been given up by its function already, and would only hold a connection.
ALTER ROLE taskora_functions SET lock_timeout = '9s';
ALTER ROLE taskora_tidy SET lock_timeout = '9s';

-- And what takes longer than any function waits for is nobody's: the server would not look whether somebody is still there.
ALTER ROLE taskora_functions SET statement_timeout = '20s';
ALTER ROLE taskora_tidy SET statement_timeout = '20s';

GRANT USAGE ON SCHEMA public TO taskora_functions, taskora_tidy;
