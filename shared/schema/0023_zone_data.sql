-- Which release of the zone data the instants of tasks stand for. When a newer one comes, tasks are looked through in the
-- order of their users, and zone_changes gets those who have some that are due at another instant now.
CREATE TABLE zone_data (
    only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version   text COLLATE "C" NOT NULL, -- as 2026f, so that what is newer is greater
    looked_at uuid, -- users up to this one; null: all of them
    again_at  timestamptz -- for until then, somebody may have gone by older data
);
INSERT INTO zone_data (version) VALUES ('2026f');

-- What all tasks of the user wait for, and not the floating ones alone: this release of the zone data, or a newer one.
ALTER TABLE zone_changes ADD zone_data text COLLATE "C";

GRANT SELECT, UPDATE ON zone_data TO taskora_functions;
