-- Everything that happened before this moment is in the history. One row, which clock moves on each minute while nobody
-- is behind; so to look for who is behind takes the events since then, and not a look at everybody.
-- It stays ten minutes behind the present: no change takes that long, so nothing can still commit before it.
CREATE TABLE sealed_until (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    moment   timestamptz NOT NULL
);
INSERT INTO sealed_until (moment) VALUES ('-infinity');

-- Users whose next entry has not come, though its event is ten minutes old.
CREATE OR REPLACE VIEW history_behind AS
    SELECT events.user_id
      FROM events
      LEFT JOIN chain_heads AS head USING (user_id)
     WHERE events.happened_at >= (SELECT moment FROM sealed_until)
       AND events.happened_at < now() - interval '10 minutes'
       AND events.sequence = coalesce(head.sequence, 0) + 1;

GRANT SELECT, UPDATE (moment) ON sealed_until TO taskora_functions;
