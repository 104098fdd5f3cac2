-- name: schema
-- Made by the runner itself, and only added to. The lock lets two runners start at once.
BEGIN;
SELECT pg_advisory_xact_lock(hashtext('taskora runner schema'));
CREATE SCHEMA IF NOT EXISTS runner;
CREATE TABLE IF NOT EXISTS runner.partitions (
    topic       text    NOT NULL,
    partition   integer NOT NULL,
    next_offset bigint  NOT NULL DEFAULT 0, -- whoever appends holds this row: a visible offset means all lower ones are visible
    PRIMARY KEY (topic, partition)
);
CREATE TABLE IF NOT EXISTS runner.records (
    topic     text        NOT NULL,
    partition integer     NOT NULL,
    "offset"  bigint      NOT NULL,
    at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    key       bytea,
    headers   json        NOT NULL,
    value     bytea,
    PRIMARY KEY (topic, partition, "offset")
);
CREATE TABLE IF NOT EXISTS runner.positions (
    consumers text    NOT NULL, -- the consumer group
    topic     text    NOT NULL,
    partition integer NOT NULL,
    position  bigint  NOT NULL, -- everything before it is finished
    PRIMARY KEY (consumers, topic, partition)
);
COMMIT;

-- name: add_partitions
-- A topic may get more partitions, never fewer: its keys would lose their order twice.
INSERT INTO runner.partitions (topic, partition)
SELECT t.topic, p.partition
  FROM unnest(%(topics)s::text[], %(counts)s::int[]) AS t (topic, count), generate_series(0, t.count - 1) AS p (partition)
    ON CONFLICT DO NOTHING;

-- name: heads
SELECT topic, partition, next_offset FROM runner.partitions;

-- name: append
-- One transaction for all who wait: offsets, records, and the bell that tells readers the new heads.
WITH new AS MATERIALIZED (
    SELECT * FROM unnest(%(topics)b::text[], %(partitions)b::int[], %(ranks)b::int[],
                         %(keys)b::bytea[], %(headers)b::text[], %(contents)b::bytea[])
                  AS n (topic, partition, rank, key, headers, value)
), counted AS (
    SELECT topic, partition, count(*) AS records FROM new GROUP BY topic, partition
), locked AS MATERIALIZED (
    -- always in one order, so that two who append never wait for each other
    SELECT p.topic, p.partition, p.next_offset FROM runner.partitions p JOIN counted USING (topic, partition)
     ORDER BY p.topic, p.partition FOR UPDATE OF p
), moment AS MATERIALIZED (
    SELECT clock_timestamp() AS at
), moved AS (
    UPDATE runner.partitions p SET next_offset = l.next_offset + c.records
      FROM locked l JOIN counted c USING (topic, partition)
     WHERE p.topic = l.topic AND p.partition = l.partition
 RETURNING p.topic, p.partition, l.next_offset AS first, p.next_offset
), written AS (
    INSERT INTO runner.records (topic, partition, "offset", at, key, headers, value)
    SELECT n.topic, n.partition, m.first + n.rank, moment.at, n.key, n.headers::json, n.value
      FROM moment, new n JOIN moved m USING (topic, partition)
)
-- A bell for each partition: one for all could be longer than the 8000 bytes that it may have.
SELECT topic, partition, first, at, pg_notify('runner', topic || ' ' || partition || ' ' || next_offset)
  FROM moved, moment;

-- name: join
-- A partition added after the group was formed is read from its start, whatever the group began with.
INSERT INTO runner.positions (consumers, topic, partition, position)
SELECT %(group)s, p.topic, p.partition,
       CASE WHEN %(latest)s AND NOT EXISTS (SELECT FROM runner.positions o WHERE o.consumers = %(group)s AND o.topic = p.topic)
            THEN p.next_offset ELSE 0 END
  FROM runner.partitions p
 WHERE p.topic = ANY (%(topics)s)
    ON CONFLICT DO NOTHING;

-- name: positions
SELECT topic, partition, position FROM runner.positions WHERE consumers = %(group)s AND topic = ANY (%(topics)s);

-- name: fetch
SELECT r.topic, r.partition, r."offset", r.at, r.key, r.headers, r.value
  FROM unnest(%(topics)s::text[], %(partitions)s::int[], %(positions)s::bigint[]) AS w (topic, partition, position)
 CROSS JOIN LATERAL (
    SELECT * FROM runner.records r
     WHERE r.topic = w.topic AND r.partition = w.partition AND r."offset" >= w.position
     ORDER BY r."offset" LIMIT %(limit)s
 ) r;

-- name: commit
-- Never backwards: a runner that was paused may wake up beside its successor.
UPDATE runner.positions p SET position = n.position
  FROM unnest(%(topics)s::text[], %(partitions)s::int[], %(positions)s::bigint[]) AS n (topic, partition, position)
 WHERE p.consumers = %(group)s AND p.topic = n.topic AND p.partition = n.partition AND p.position < n.position;

-- name: expire
-- The oldest first, a slice at a time, and nothing that a group of today has yet to finish.
DELETE FROM runner.records r
 USING (
    SELECT o.topic, o.partition, o."offset"
      FROM unnest(%(topics)s::text[], %(ages)s::interval[]) AS t (topic, age)
      JOIN runner.partitions p USING (topic)
     CROSS JOIN LATERAL (
        SELECT e.topic, e.partition, e."offset", e.at FROM runner.records e
         WHERE e.topic = p.topic AND e.partition = p.partition
         ORDER BY e."offset" LIMIT 2000
     ) o
     WHERE o.at < clock_timestamp() - t.age
       AND NOT EXISTS (SELECT FROM runner.positions g
                        WHERE g.consumers = ANY (%(groups)s) AND g.topic = o.topic AND g.partition = o.partition
                          AND g.position <= o."offset")
 ) old
 WHERE r.topic = old.topic AND r.partition = old.partition AND r."offset" = old."offset";
