"""How many events wait, and for whom: to be published, in the log for each consumer group, and for the seal of audit.

Published ones are marked, and positions kept, some at a time: about half a second later than it was so.
"""

from collections.abc import Callable
from uuid import UUID

from tests.chaos.installation import Installation

TOPIC = "task-events"
GROUPS = {"audit": "taskora-audit", "sync": f"knative-trigger-taskora-sync-{TOPIC}"}

UNSEALED = """
SELECT (SELECT count(*) FROM outbox) AS unpublished,
       (SELECT sum(value) FROM counters WHERE user_id = ANY (%(people)s))
       - (SELECT coalesce(sum(sequence), 0) FROM chain_heads WHERE user_id = ANY (%(people)s)) AS unsealed
"""
BEHIND = """
SELECT coalesce(sum(next_offset - position), 0) AS events
  FROM runner.positions JOIN runner.partitions USING (topic, partition)
 WHERE topic = %(topic)s AND consumers = %(group)s
"""


class Waiting:
    def __init__(self, installation: Installation, people: list[UUID]) -> None:
        self._installation, self._people = installation, people
        servers = installation.kafka_servers
        self._behind: Callable[[str], int] = kafka_lag(servers) if servers else self._embedded_lag

    def now(self) -> dict[str, int]:
        [row] = self._installation.rows(UNSEALED, people=self._people)
        behind = {f"in the log, not finished by {name}": self._behind(group) for name, group in GROUPS.items()}
        return {"made, not marked as published": int(row["unpublished"]), "not sealed": int(row["unsealed"]), **behind}

    def _embedded_lag(self, group: str) -> int:
        [row] = self._installation.rows(BEHIND, topic=TOPIC, group=group)
        return int(row["events"])


def kafka_lag(servers: str) -> Callable[[str], int]:
    from confluent_kafka import Consumer, TopicPartition

    consumers = {
        group: Consumer({"bootstrap.servers": servers, "group.id": group, "log_level": 0}) for group in GROUPS.values()
    }
    topic = next(iter(consumers.values())).list_topics(TOPIC, timeout=20).topics[TOPIC]
    partitions = [TopicPartition(TOPIC, number) for number in topic.partitions]

    def lag(group: str) -> int:
        consumer = consumers[group]
        ends = [consumer.get_watermark_offsets(partition, timeout=10)[1] for partition in partitions]
        return sum(ends) - sum(max(0, at.offset) for at in consumer.committed(partitions, timeout=10))

    return lag
