-- name: groups_behind
SELECT consumers, topic, sum(next_offset - position) AS records
  FROM runner.positions JOIN runner.partitions USING (topic, partition)
 WHERE position < next_offset
 GROUP BY consumers, topic;

-- name: make_table
CREATE TABLE wire (id uuid, user_id uuid, sequence bigint, data bytea);

-- name: fill_from_embedded_log
INSERT INTO wire
SELECT (headers ->> 'ce_id')::uuid, (headers ->> 'ce_partitionkey')::uuid, (headers ->> 'ce_sequence')::bigint, value
  FROM runner.records
 WHERE topic = ANY (%(topics)s);

-- name: fill
INSERT INTO wire SELECT * FROM unnest(%(ids)s::uuid[], %(user_ids)s::uuid[], %(sequences)s::bigint[], %(data)s::bytea[]);

-- name: index_table
CREATE INDEX wire_id ON wire (id);

-- name: sent_again
SELECT count(*) - count(DISTINCT id) AS times FROM wire;
