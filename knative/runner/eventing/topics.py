"""The topics the manifests name, with the partitions and the retention they are created with.

On a cluster a Job creates the topics; here they exist once the runner knows their names. What the manifests say of the
number of partitions comes first, then this table, then one partition.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from knative.runner.manifests import Manifests


@dataclass(frozen=True)
class Topic:
    name: str
    partitions: int = 1
    retention: timedelta = timedelta(days=7)


TABLE = {
    topic.name: topic
    for topic in (
        Topic("task-events", 3, timedelta(days=7)),
        Topic("reminder-events", 2, timedelta(days=1)),
        Topic("user-events", 2, timedelta(days=30)),
        Topic("chat-events", 2, timedelta(days=7)),
        Topic("system-events", 1, timedelta(days=1)),
        Topic("dead-letters", 1, timedelta(days=30)),
    )
}


def topics_of(manifests: Manifests) -> tuple[Topic, ...]:
    named: dict[str, Topic] = {}
    for name, partitions in _names(manifests):
        known = named.get(name) or TABLE.get(name) or Topic(name)
        named[name] = Topic(name, partitions or known.partitions, known.retention)
    return tuple(named.values())


def _names(manifests: Manifests) -> Iterator[tuple[str, int | None]]:
    yield from ((name, None) for source in manifests.sources for name in source.topics)
    yield from ((broker.topic, broker.partitions) for broker in manifests.brokers)
    yield from ((sink.topic, sink.partitions) for sink in manifests.sinks)
