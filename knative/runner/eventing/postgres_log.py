"""The event log in PostgreSQL, schema `runner`: an accepted record has been committed, fsync included.

Three connections, each made again when it breaks: one appends whatever waits as one transaction, one hears which
partitions grew, one reads and keeps positions. They have to be direct ones: LISTEN does not pass a transaction pooler.
"""

import asyncio
import json
import logging
import re
from collections import Counter, deque
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, Literal, NoReturn

import psycopg

from knative.runner.background import background
from knative.runner.eventing.log import LogUnavailable, Partition, Record
from knative.runner.eventing.partitioning import partition_of
from knative.runner.eventing.tail import Tail
from knative.runner.eventing.topics import Topic

log = logging.getLogger(__name__)

_SQL = {
    name: statement.strip().removesuffix(";").encode()
    for name, statement in re.findall(
        r"^-- name: (\w+)\n(.*?)(?=^-- name: |\Z)",
        Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
}
_BATCH = 500  # appends in one transaction
_READ = 100  # records of one partition in one fetch
_SAFETY_POLL = 0.5  # seconds; a bell may be lost with its connection
_PAUSE = 0.5  # seconds between two attempts to reach the server
_EXPIRY = 600.0  # seconds between two looks for records that are past their time


@dataclass(slots=True, eq=False)
class _Append:
    partition: Partition
    key: bytes | None
    headers: Mapping[str, str]
    value: bytes | None
    durable: asyncio.Future[None]


class _Connection:
    """A connection used by one task at a time, made when it is needed and again after it broke."""

    def __init__(self, url: str, settings: str) -> None:
        self._url, self._settings = url, settings
        self._turn = asyncio.Lock()
        self._open: psycopg.AsyncConnection[Any] | None = None

    @asynccontextmanager
    async def use(self) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        async with self._turn:
            try:
                if self._open is None:
                    self._open = await psycopg.AsyncConnection.connect(
                        self._url,
                        autocommit=True,
                        connect_timeout=5,
                        keepalives_idle=10,  # a server that vanished without a word is noticed within half a minute
                        keepalives_interval=5,
                        keepalives_count=4,
                        options=self._settings,
                        application_name="runner",
                    )
                yield self._open
            except psycopg.Error as error:  # also of a kind that only somebody else can end: it is tried until then
                await self._drop()
                raise LogUnavailable(str(error)) from error
            except asyncio.CancelledError:
                await self._drop()  # a statement may be under way on it
                raise

    async def _drop(self) -> None:
        broken, self._open = self._open, None
        if broken is not None:
            await broken.close()

    async def close(self) -> None:
        async with self._turn:
            await self._drop()


class PostgresLog:
    def __init__(self, url: str) -> None:
        # An append is a promise and waits for the disk; a lost position only means that records come again.
        self._writer = _Connection(url, "-c synchronous_commit=on")
        self._listener = _Connection(url, "")
        self._reader = _Connection(url, "-c synchronous_commit=off")
        self._topics: tuple[Topic, ...] = ()
        self._heads: dict[Partition, int] = {}
        self.tail = Tail()
        self._counts: dict[str, int] = {}
        self._waiting: deque[_Append] = deque()
        self._work = asyncio.Event()
        self._keyless = count()
        self._subscriptions: list[PostgresSubscription] = []
        self._tasks: list[asyncio.Task[NoReturn]] = []

    async def start(self, topics: Sequence[Topic]) -> None:
        self._topics = tuple(topics)
        while True:
            try:
                await self._prepare()
                break
            except LogUnavailable as error:
                log.warning("the event log cannot be reached yet: %s", error)
                await asyncio.sleep(_PAUSE)
        self._tasks = [
            background("the log's writer", self._write()),
            background("the log's listener", self._listen()),
            background("the log's retention", self._expire()),
        ]

    async def _prepare(self) -> None:
        async with self._writer.use() as connection:
            await connection.execute(_SQL["schema"])
            await connection.execute(
                _SQL["add_partitions"],
                {
                    "topics": [topic.name for topic in self._topics],
                    "counts": [topic.partitions for topic in self._topics],
                },
            )
            await self._read_heads(connection)
        for partition in self._heads:
            self._counts[partition.topic] = max(self._counts.get(partition.topic, 0), partition.number + 1)

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        while self._waiting:
            self._fail(self._waiting.popleft(), LogUnavailable("the log is closing"))
        for connection in (self._writer, self._listener, self._reader):
            await connection.close()

    # Appending

    async def append(self, topic: str, key: bytes | None, headers: Mapping[str, str], value: bytes | None) -> None:
        partitions = self._counts[topic]
        number = next(self._keyless) % partitions if key is None else partition_of(key, partitions)
        durable = asyncio.get_running_loop().create_future()
        self._waiting.append(_Append(Partition(topic, number), key, headers, value, durable))
        self._work.set()
        await durable

    async def _write(self) -> NoReturn:
        """Group commit: while one transaction is on its way to the disk, the next one gathers."""
        while True:
            await self._work.wait()
            self._work.clear()
            while self._waiting:
                batch = [self._waiting.popleft() for _ in range(min(_BATCH, len(self._waiting)))]
                # Whoever stopped waiting has been told that nothing is promised.
                batch = [append for append in batch if not append.durable.cancelled()]
                if batch:
                    await self._write_batch(batch)

    async def _write_batch(self, batch: Sequence[_Append]) -> None:
        try:
            async with self._writer.use() as connection:
                written = await (await connection.execute(_SQL["append"], _columns(batch))).fetchall()
        except LogUnavailable as error:
            log.warning("%d events were not accepted: %s", len(batch), error)
            for append in batch:
                self._fail(append, LogUnavailable(str(error)))
        except asyncio.CancelledError:
            for append in batch:
                self._fail(append, LogUnavailable("the log is closing"))
            raise
        else:
            for topic, number, first, at, _ in written:
                self._keep_in_mind(Partition(topic, number), first, at, batch)
            for append in batch:
                if not append.durable.done():
                    append.durable.set_result(None)

    def _keep_in_mind(self, partition: Partition, first: int, at: datetime, batch: Sequence[_Append]) -> None:
        own = (append for append in batch if append.partition == partition)
        records = [
            Record(partition, offset, at, append.key, append.headers, append.value)
            for offset, append in enumerate(own, first)
        ]
        self.tail.add(records)
        self._grown(partition, first + len(records))

    def _fail(self, append: _Append, error: LogUnavailable) -> None:
        if not append.durable.done():
            append.durable.set_exception(error)

    # Hearing of new records

    async def _listen(self) -> NoReturn:
        away = False
        while True:
            try:
                async with self._listener.use() as connection:
                    await connection.execute(b"LISTEN runner")
                    while True:
                        await self._read_heads(connection)
                        away = False
                        async for bell in connection.notifies(timeout=_SAFETY_POLL):
                            topic, number, head = bell.payload.rsplit(" ", 2)
                            self._grown(Partition(topic, int(number)), int(head))
            except LogUnavailable as error:
                log.log(logging.DEBUG if away else logging.WARNING, "the event log cannot be heard: %s", error)
                away = True
                await asyncio.sleep(_PAUSE)

    async def _read_heads(self, connection: psycopg.AsyncConnection[Any]) -> None:
        for topic, number, head in await (await connection.execute(_SQL["heads"])).fetchall():
            self._grown(Partition(topic, number), head)

    def _grown(self, partition: Partition, head: int) -> None:
        if head > self._heads.get(partition, -1):
            self._heads[partition] = head
            for subscription in self._subscriptions:
                if partition in subscription.next:
                    subscription.wake()

    def head(self, partition: Partition) -> int:
        return self._heads[partition]

    # Reading

    async def subscribe(
        self, group: str, topics: Sequence[str], initial: Literal["earliest", "latest"]
    ) -> "PostgresSubscription":
        while True:
            try:
                positions = await self._join(group, topics, initial)
            except LogUnavailable as error:
                log.warning("%s cannot read the event log yet: %s", group, error)
                await asyncio.sleep(_PAUSE)
            else:
                subscription = PostgresSubscription(self, self._reader, group, positions)
                self._subscriptions.append(subscription)
                return subscription

    async def _join(
        self, group: str, topics: Sequence[str], initial: Literal["earliest", "latest"]
    ) -> dict[Partition, int]:
        asked = {"group": group, "topics": list(topics), "latest": initial == "latest"}
        async with self._reader.use() as connection, connection.transaction():
            await connection.execute(b"SET LOCAL synchronous_commit = on")
            await connection.execute(_SQL["join"], asked)
            rows = await (await connection.execute(_SQL["positions"], asked)).fetchall()
        return {Partition(topic, number): position for topic, number, position in rows}

    def forget(self, subscription: "PostgresSubscription") -> None:
        self._subscriptions.remove(subscription)

    # Retention

    async def _expire(self) -> NoReturn:
        while True:
            await asyncio.sleep(_EXPIRY)  # first of all, so that every group has come and said what it still needs
            try:
                while await self.expire_some():
                    pass
            except LogUnavailable as error:
                log.warning("old events were not removed: %s", error)

    async def expire_some(self) -> int:
        """One slice of what is past its topic's retention and finished by every group; how many records went."""
        asked = {
            "topics": [topic.name for topic in self._topics],
            "ages": [topic.retention for topic in self._topics],
            "groups": [subscription.group for subscription in self._subscriptions],
        }
        async with self._reader.use() as connection:
            gone = (await connection.execute(_SQL["expire"], asked)).rowcount
        if gone:
            self.tail.forget()
        return gone


@dataclass(eq=False)
class PostgresSubscription:
    _log: PostgresLog
    _reader: _Connection
    group: str
    next: dict[Partition, int]  # the first offset not yet fetched
    _awake: asyncio.Event = field(default_factory=asyncio.Event)
    _passed_over: bool = False

    async def fetch(self, busy: Collection[Partition]) -> Sequence[Record]:
        self._awake.clear()
        heads = {
            partition: self._log.head(partition)
            for partition, position in self.next.items()
            if position < self._log.head(partition) and partition not in busy
        }
        if not heads:
            await self._awake.wait()
            return ()
        remembered = {partition: self._log.tail.read(partition, self.next[partition], _READ) for partition in heads}
        at_hand = [record for records in remembered.values() for record in records]
        elsewhere = [partition for partition, records in remembered.items() if not records]
        if at_hand and not (elsewhere and self._passed_over):
            self._passed_over = bool(elsewhere)  # once; or what grows all the time would keep the others waiting
            return self._fetched(at_hand)
        self._passed_over = False
        asked = _arrays({partition: self.next[partition] for partition in elsewhere}) | {"limit": _READ}
        async with self._reader.use() as connection:
            rows = await (await connection.execute(_SQL["fetch"], asked, binary=True)).fetchall()
        records = [
            Record(Partition(topic, number), offset, at, key, headers, value)
            for topic, number, offset, at, key, headers, value in rows
        ]
        fetched = Counter(record.partition for record in records)
        for partition in elsewhere:
            if fetched[partition] < _READ:  # all there was; where retention has been, that may be nothing
                self.next[partition] = heads[partition]
        return self._fetched([*at_hand, *records])

    def _fetched(self, records: Sequence[Record]) -> Sequence[Record]:
        for record in records:
            self.next[record.partition] = max(self.next[record.partition], record.offset + 1)
        return records

    def wake(self) -> None:
        self._awake.set()

    async def commit(self, positions: Mapping[Partition, int]) -> None:
        async with self._reader.use() as connection:
            await connection.execute(_SQL["commit"], _arrays(positions) | {"group": self.group})

    async def close(self) -> None:
        self._log.forget(self)


def _columns(batch: Sequence[_Append]) -> dict[str, list[Any]]:
    ranks: dict[Partition, count[int]] = {}
    return {
        "topics": [append.partition.topic for append in batch],
        "partitions": [append.partition.number for append in batch],
        "ranks": [next(ranks.setdefault(append.partition, count())) for append in batch],
        "keys": [append.key for append in batch],
        "headers": [json.dumps(append.headers) for append in batch],
        "contents": [append.value for append in batch],
    }


def _arrays(positions: Mapping[Partition, int]) -> dict[str, Any]:
    return {
        "topics": [partition.topic for partition in positions],
        "partitions": [partition.number for partition in positions],
        "positions": list(positions.values()),
    }
