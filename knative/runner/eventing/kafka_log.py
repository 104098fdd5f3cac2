"""The event log in Kafka: topics, partitions and record format as Knative's Kafka data plane has them.

A group's partitions are all assigned to this runner, without joining: it is its groups' only member, and a runner that
was killed would otherwise have to wait until the broker takes its predecessor for dead. Positions are the group's.
"""

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition  # type: ignore[import-untyped]
from aiokafka.admin import AIOKafkaAdminClient, NewTopic  # type: ignore[import-untyped]
from aiokafka.errors import (  # type: ignore[import-untyped]
    KafkaError,
    MessageSizeTooLargeError,
    TopicAlreadyExistsError,
)

from knative.runner.eventing.log import LogUnavailable, Partition, Record, TooLarge
from knative.runner.eventing.topics import Topic

log = logging.getLogger(__name__)

# A dead letter is the event and what is said of its failure, so it may be larger than what a door takes.
_LARGEST = 2 * 1024 * 1024
_READ = 500  # records in one fetch
_IDLE, _BUSY = 1.0, 0.05  # seconds a fetch waits; short while some partition is left out, for it may soon be wanted
_PAUSE = 0.5  # seconds between two attempts to reach the brokers


class KafkaLog:
    def __init__(self, bootstrap_servers: str) -> None:
        self._servers = bootstrap_servers.split(",")
        self._producer: AIOKafkaProducer = None

    async def start(self, topics: Sequence[Topic]) -> None:
        while self._producer is None:
            producer = AIOKafkaProducer(
                bootstrap_servers=self._servers, acks="all", max_request_size=_LARGEST, request_timeout_ms=10_000
            )
            try:
                await self._create_missing(topics)
                await producer.start()
            except KafkaError as error:
                await producer.stop()
                log.warning("the event log cannot be reached yet: %r", error)
                await asyncio.sleep(_PAUSE)
            except asyncio.CancelledError:
                await producer.stop()
                raise
            else:
                self._producer = producer

    async def _create_missing(self, topics: Sequence[Topic]) -> None:
        admin = AIOKafkaAdminClient(bootstrap_servers=self._servers)
        try:
            await admin.start()
            there = set(await admin.list_topics())
            missing = [topic for topic in topics if topic.name not in there]
            if missing:
                brokers = len((await admin.describe_cluster())["brokers"])
                await admin.create_topics([_new(topic, min(3, brokers)) for topic in missing])
        except TopicAlreadyExistsError:
            pass  # somebody was faster
        finally:
            await admin.close()

    async def append(self, topic: str, key: bytes | None, headers: Mapping[str, str], value: bytes | None) -> None:
        if key is None and value is None:
            value = b""  # the client wants one of them
        try:
            await self._producer.send_and_wait(
                topic, value, key=key, headers=[(name, text.encode()) for name, text in headers.items()]
            )
        except MessageSizeTooLargeError as error:
            raise TooLarge(str(error)) from error
        except KafkaError as error:
            raise LogUnavailable(repr(error)) from error

    async def subscribe(
        self, group: str, topics: Sequence[str], initial: Literal["earliest", "latest"]
    ) -> "KafkaSubscription":
        while True:
            consumer = AIOKafkaConsumer(
                bootstrap_servers=self._servers,
                group_id=group,
                enable_auto_commit=False,
                auto_offset_reset="earliest",  # where retention has overtaken the group
                max_partition_fetch_bytes=_LARGEST,
            )
            try:
                await consumer.start()
                partitions = [
                    TopicPartition(topic, number)
                    for topic in topics
                    for number in await self._producer.partitions_for(topic)
                ]
                await _assign(consumer, partitions, initial)
            except KafkaError as error:
                await consumer.stop()
                log.warning("%s cannot read the event log yet: %r", group, error)
                await asyncio.sleep(_PAUSE)
            except asyncio.CancelledError:
                await consumer.stop()
                raise
            else:
                return KafkaSubscription(consumer, partitions)

    async def stop(self) -> None:
        if self._producer is not None:
            await self._producer.stop()


async def _assign(
    consumer: AIOKafkaConsumer, partitions: Sequence[TopicPartition], initial: Literal["earliest", "latest"]
) -> None:
    """Read them from the group's positions on; a group without positions gets them now."""
    consumer.assign(partitions)
    positions = {partition: await consumer.committed(partition) for partition in partitions}
    known = {partition.topic for partition, position in positions.items() if position is not None}
    ends, beginnings = await consumer.end_offsets(partitions), await consumer.beginning_offsets(partitions)
    missing = {
        # A partition added after the group was formed is read from its start, whatever the group began with.
        partition: (ends if initial == "latest" and partition.topic not in known else beginnings)[partition]
        for partition, position in positions.items()
        if position is None
    }
    if missing:
        await consumer.commit(missing)
    for partition, position in (positions | missing).items():
        consumer.seek(partition, position)


@dataclass(eq=False)
class KafkaSubscription:
    _consumer: AIOKafkaConsumer
    _partitions: Sequence[TopicPartition]
    _awake: asyncio.Event = field(default_factory=asyncio.Event)

    async def fetch(self, busy: Collection[Partition]) -> Sequence[Record]:
        self._awake.clear()
        free = [partition for partition in self._partitions if Partition(*partition) not in busy]
        if not free:
            await self._awake.wait()
            return ()
        try:
            batches = await self._consumer.getmany(
                *free, timeout_ms=int((_BUSY if busy else _IDLE) * 1000), max_records=_READ
            )
        except KafkaError as error:
            raise LogUnavailable(repr(error)) from error
        return [_record(message) for messages in batches.values() for message in messages]

    def wake(self) -> None:
        self._awake.set()

    async def commit(self, positions: Mapping[Partition, int]) -> None:
        try:
            await self._consumer.commit({TopicPartition(*partition): next for partition, next in positions.items()})
        except KafkaError as error:
            raise LogUnavailable(repr(error)) from error

    async def close(self) -> None:
        await self._consumer.stop()


def _record(message: Any) -> Record:
    return Record(
        partition=Partition(message.topic, message.partition),
        offset=message.offset,
        at=datetime.fromtimestamp(message.timestamp / 1000, UTC),
        key=message.key,
        headers={name: value.decode(errors="replace") for name, value in message.headers if value is not None},
        value=message.value,
    )


def _new(topic: Topic, replicas: int) -> NewTopic:
    settings = {
        "retention.ms": str(int(topic.retention.total_seconds() * 1000)),
        "max.message.bytes": str(_LARGEST),
    }
    return NewTopic(topic.name, topic.partitions, replicas, topic_configs=settings)
