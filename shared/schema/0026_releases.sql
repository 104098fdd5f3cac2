-- Which releases were put in here, each once: by its migrations, before its functions serve. relay tells of it.
CREATE TABLE releases (
    name        text PRIMARY KEY,
    event       uuid NOT NULL, -- the id of system.deployed, however often it is sent
    schema      text NOT NULL, -- the last migration that it knows
    deployed_at timestamptz NOT NULL DEFAULT now(),
    told_at     timestamptz
);

GRANT SELECT, UPDATE (told_at) ON releases TO taskora_functions;
