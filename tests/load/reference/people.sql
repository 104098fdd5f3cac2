-- As many users as the API has.
INSERT INTO reference.users (id) SELECT reference.person(number) FROM generate_series(1, :people) AS number;
