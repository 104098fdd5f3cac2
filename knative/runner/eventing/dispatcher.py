"""One consumer group at work: reads its topics, has every record handled, and commits up to the oldest unfinished one.

Unordered, up to `IN_FLIGHT` records are handled at once; ordered, one of each partition, in order.
"""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NoReturn

from knative.runner.background import background
from knative.runner.eventing.log import EventLog, LogUnavailable, Partition, Record, Subscription

log = logging.getLogger(__name__)

IN_FLIGHT = 100
_BACKLOG = 100  # records of one partition that wait their turn before no more of it are read
_COMMIT_EVERY = 0.5  # seconds; what was finished since then comes again after a crash
_PAUSE = 1.0  # seconds between two attempts to reach the log, or to finish a record
_LONGEST_PAUSE = 60.0

Handle = Callable[[Record], Awaitable[None] | None]
"""Starts on a record; returns None when there is nothing to do, else what is awaited until the record is finished."""


@dataclass(slots=True)
class Progress:
    """Of one partition: everything before `position` is finished."""

    next: int
    unfinished: set[int] = field(default_factory=set)
    committed: int = -1

    @property
    def position(self) -> int:
        return min(self.unfinished, default=self.next)


class Dispatcher(ABC):
    def __init__(
        self, group: str, topics: Sequence[str], initial: Literal["earliest", "latest"], handle: Handle
    ) -> None:
        self.group, self._topics, self._initial, self._handle = group, topics, initial, handle
        self._progress: dict[Partition, Progress] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._finished = asyncio.Event()  # something, since the last commit
        self._loops: list[asyncio.Task[NoReturn]] = []
        self._stopping = self._log_is_away = False

    async def start(self, event_log: EventLog) -> None:
        self._subscription: Subscription = await event_log.subscribe(self.group, self._topics, self._initial)
        self._loops = [
            background(f"{self.group}: reading", self._read()),
            background(f"{self.group}: keeping positions", self._keep_positions()),
        ]

    async def stop(self, grace: float) -> None:
        """What is under way gets this many seconds to finish; the rest comes again at the next start."""
        if not self._loops:
            return  # it has never started
        self._stopping = True
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            await self._commit()
        except LogUnavailable as error:
            log.warning("%s could not keep its position, events will come again: %s", self.group, error)
        await self._subscription.close()

    @abstractmethod
    def _busy(self) -> set[Partition]:
        """Partitions of which nothing more shall be read now."""

    @abstractmethod
    async def _take(self, record: Record) -> None: ...

    async def _read(self) -> NoReturn:
        while True:
            try:
                records = await self._subscription.fetch(self._busy())
            except LogUnavailable as error:
                if not self._log_is_away:
                    log.warning("%s waits for the event log: %s", self.group, error)
                self._log_is_away = True
                await asyncio.sleep(_PAUSE)
                continue
            self._log_is_away = False
            for record in records:
                progress = self._progress.setdefault(record.partition, Progress(record.offset))
                progress.next = record.offset + 1
                progress.unfinished.add(record.offset)
            for record in records:
                await self._take(record)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _begin(self, record: Record) -> Awaitable[None] | None:
        try:
            return self._handle(record)
        except Exception as fault:
            return _fail(fault)

    async def _complete(self, work: Awaitable[None] | None, record: Record) -> None:
        """After a fault of the runner's own it is tried again; the position stays behind this record meanwhile."""
        pause = _PAUSE
        while work is not None:
            try:
                await work
                break
            except Exception:
                log.exception("%s: record %s of %s is not finished yet", self.group, record.offset, record.partition)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
            work = self._begin(record)
        self._finish(record)

    def _finish(self, record: Record) -> None:
        self._progress[record.partition].unfinished.remove(record.offset)
        self._finished.set()

    async def _keep_positions(self) -> NoReturn:
        while True:
            await self._finished.wait()
            await asyncio.sleep(_COMMIT_EVERY)
            self._finished.clear()
            try:
                await self._commit()
            except LogUnavailable as error:
                log.debug("%s cannot keep its position now: %s", self.group, error)
                self._finished.set()

    async def _commit(self) -> None:
        moved = {
            partition: progress.position
            for partition, progress in self._progress.items()
            if progress.position > progress.committed
        }
        if moved:
            await self._subscription.commit(moved)
            for partition, position in moved.items():
                self._progress[partition].committed = position


async def _fail(fault: Exception) -> None:
    raise fault


class Unordered(Dispatcher):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._room = asyncio.Semaphore(IN_FLIGHT)

    def _busy(self) -> set[Partition]:
        return set()

    async def _take(self, record: Record) -> None:
        await self._room.acquire()
        work = self._begin(record)
        if work is None:
            self._room.release()
            self._finish(record)
        else:
            self._spawn(self._follow(work, record))

    async def _follow(self, work: Awaitable[None], record: Record) -> None:
        try:
            await self._complete(work, record)
        finally:
            self._room.release()


class Ordered(Dispatcher):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._waiting: dict[Partition, deque[Record]] = {}

    def _busy(self) -> set[Partition]:
        return {partition for partition, records in self._waiting.items() if len(records) >= _BACKLOG}

    async def _take(self, record: Record) -> None:
        queue = self._waiting.get(record.partition)
        if queue is None:
            queue = self._waiting[record.partition] = deque()
            self._spawn(self._follow(record.partition, queue))
        queue.append(record)

    async def _follow(self, partition: Partition, queue: deque[Record]) -> None:
        while queue and not self._stopping:
            record = queue[0]
            await self._complete(self._begin(record), record)
            queue.popleft()
            if len(queue) == _BACKLOG - 1:
                self._subscription.wake()
        del self._waiting[partition]
