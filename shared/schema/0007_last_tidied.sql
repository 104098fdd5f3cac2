-- The day tidy last began its work, in UTC. One row; clock reads it to wake tidy once a day and not every minute.
CREATE TABLE last_tidied (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    day      date NOT NULL
);
INSERT INTO last_tidied (day) VALUES ('-infinity');

GRANT SELECT ON last_tidied TO taskora_functions;
GRANT SELECT, UPDATE (day) ON last_tidied TO taskora_tidy;
