"""Events reach the broker after the commit that made them true, in the background of the process that made them.

What does not get there now stays in the outbox, and relay takes it up. Nothing is decided here that a crash could lose.
"""

import asyncio
import contextvars
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from uuid import UUID

from shared import db, failures, lifecycle, metrics
from shared.config import settings
from shared.envelope import Envelope
from shared.http_post import Connection, Post, Unreachable
from shared.ids import new_id
from shared.logs import log
from shared.problems import Problem

sql = db.queries(__file__, "publishing")

DOORS = 12  # connections; on each the broker takes the next event when the last one is safe with it
TOGETHER = 8  # events sent at once through one of them
AT_ONCE = 100  # events between two marks in the database
GATHERED = 0.003  # seconds that the next ones wait for each other, after one that went at once
MARKED_WITHIN = 0.2  # seconds; a mark for each event would cost PostgreSQL as much as the change that made it
WAITING = 16_000_000  # bytes of data that memory holds; the rest is relay's


@dataclass(frozen=True, slots=True)
class Stored:
    """An event as it stands in `events`."""

    user_id: UUID
    sequence: int
    topic: str
    envelope: Envelope


class Publisher:
    """Some connections to the brokers' door and one task that works through what waits."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[Stored] = asyncio.Queue()
        self._bytes = 0
        # Its log lines are not about the request that happened to be first.
        self._work = asyncio.create_task(self._publish_forever(), context=contextvars.Context())
        self._work.add_done_callback(_replace)
        lifecycle.at_exit(self._finish)

    def add(self, events: Sequence[Stored]) -> None:
        for event in events:
            size = len(event.envelope.data)
            if self._bytes + size > WAITING:
                metrics.count("events_left_to_relay_total")
            else:
                self._bytes += size
                self._waiting.put_nowait(event)

    async def _publish_forever(self) -> None:
        doors = [Connection(settings().broker_ingress_url) for _ in range(DOORS)]
        marking: asyncio.Task[None] | None = None
        try:
            while True:
                posted = await self._post_some(doors)
                if marking:
                    await marking
                marking = asyncio.create_task(self._mark(posted))  # the disk's time is the next ones' on their way
        finally:
            for door in doors:
                door.close()
            if marking:
                marking.cancel()

    async def _post_some(self, doors: Sequence[Connection]) -> "Outcome":
        posted, batch = Outcome(), await self._next_ones()
        due = asyncio.get_running_loop().time() + MARKED_WITHIN
        while batch:
            await post(batch, doors, posted)
            batch = [] if posted.cannot_wait else await self._next_ones(due)
        return posted

    async def _mark(self, posted: "Outcome") -> None:
        try:
            await keep(posted)
        except Problem as error:  # the database is away: all of it stays unpublished there, for relay
            log().warning("published events could not be marked", events=len(posted.all), error=str(error))
        finally:
            for event in posted.all:
                self._bytes -= len(event.envelope.data)
                self._waiting.task_done()

    async def _next_ones(self, due: float | None = None) -> list[Stored]:
        """Whatever waits, after some wait for the first; nothing when none has come by then."""
        try:
            async with asyncio.timeout_at(due):
                batch = [await self._waiting.get()]
        except TimeoutError:
            return []
        if due:
            await asyncio.sleep(GATHERED)
        while len(batch) < AT_ONCE and not self._waiting.empty():
            batch.append(self._waiting.get_nowait())
        return batch

    async def _finish(self) -> None:
        if self._work.done():
            return  # it broke; see _replace
        try:
            async with asyncio.timeout(8):
                await self._waiting.join()
        except TimeoutError:
            log().warning("events are left to relay at exit", events=self._waiting.qsize())
        self._work.cancel()
        await asyncio.wait([self._work])


_publisher: Publisher | None = None


def soon(events: Sequence[Stored], of: int | None = None) -> None:
    """`of` how many these are those that memory can hold."""
    global _publisher
    if of and of > len(events):
        metrics.count("events_left_to_relay_total", of - len(events))
    if events:
        if _publisher is None:
            _publisher = Publisher()
        _publisher.add(events)


def _replace(work: "asyncio.Task[None]") -> None:
    """A publisher that broke is a bug: it is logged, and the next event begins with a new one."""
    global _publisher
    _publisher = None
    if not work.cancelled() and (error := work.exception()):
        failures.fault("the publisher broke; its events are left to relay", error)


class Outcome:
    """What became of events."""

    def __init__(self) -> None:
        self.sent: list[Stored] = []
        self.kept: list[Stored] = []
        self.refused: list[tuple[Stored, str]] = []

    @property
    def all(self) -> list[Stored]:
        return [*self.sent, *self.kept, *(event for event, _ in self.refused)]

    @property
    def cannot_wait(self) -> bool:
        return bool(self.kept or self.refused or len(self.sent) >= AT_ONCE)


class Trip:
    """Some events on their way through several doors: whoever is free takes the next one."""

    def __init__(self, events: Sequence[Stored], outcome: Outcome) -> None:
        self._waiting = deque(events)
        self._closed: set[str] = set()  # topics
        self._outcome = outcome

    async def go_through(self, door: Connection) -> None:
        while events := self._take():
            posts = [posted(event.topic, event.envelope) for event in events]
            try:
                answers = await door.post_all(posts)
            except Unreachable as error:
                answers = error.answered
                self._give_up(events[len(answers) :], error)
            for event, answer in zip(events, answers, strict=False):
                self._note(event, answer.status)

    def _take(self) -> list[Stored]:
        taken: list[Stored] = []
        while self._waiting and len(taken) < TOGETHER:
            event = self._waiting.popleft()
            (self._outcome.kept if event.topic in self._closed else taken).append(event)
        return taken

    def _note(self, event: Stored, status: int) -> None:
        if status == 202:
            self._outcome.sent.append(event)
        elif is_refusal(status):
            log().error("the broker refused an event", event_id=event.envelope.id, status=status)
            self._outcome.refused.append((event, f"the broker answered {status}"))
        else:
            if event.topic not in self._closed:
                log().warning("events of a topic wait in the database", topic=event.topic, status=status)
            self._closed.add(event.topic)
            self._outcome.kept.append(event)

    def _give_up(self, events: Sequence[Stored], error: Unreachable) -> None:
        log().warning("events wait in the database", waiting=len(events) + len(self._waiting), error=str(error))
        self._outcome.kept += [*events, *self._waiting]
        self._waiting.clear()


def is_refusal(status: int) -> bool:
    """For good. 404: the broker is not there yet."""
    return 400 <= status < 500 and status not in (404, 408, 429)


async def publish(events: Sequence[Stored], doors: Sequence[Connection]) -> int:
    """Post these events and keep in the database what became of each. Says of how many the broker decided."""
    outcome = Outcome()
    await post(events, doors, outcome)
    await keep(outcome)
    return len(outcome.sent) + len(outcome.refused)


async def post(events: Sequence[Stored], doors: Sequence[Connection], outcome: Outcome) -> None:
    trip = Trip(events, outcome)
    if len(events) <= TOGETHER:
        await trip.go_through(doors[0])
    else:
        async with asyncio.TaskGroup() as group:
            for door in doors[: ceil(len(events) / TOGETHER)]:
                group.create_task(trip.go_through(door))


async def keep(outcome: Outcome) -> None:
    metrics.count("events_published_total", len(outcome.sent))
    metrics.count("events_refused_total", len(outcome.refused))
    async with db.transaction() as tx:
        for statement, events in ((sql.published, outcome.sent), (sql.failed, outcome.kept)):
            if events:
                user_ids, sequences = [event.user_id for event in events], [event.sequence for event in events]
                tx.later(statement, user_ids=user_ids, sequences=sequences)
        for event, refusal in outcome.refused:
            tx.later(sql.refused, user_id=event.user_id, sequence=event.sequence, refusal=refusal, report=new_id())


async def say(topic: str, envelope: Envelope, patience: float) -> int:
    """One by itself, which is kept nowhere: what the broker answered to it."""
    door = Connection(settings().broker_ingress_url, timeout=patience)
    try:
        return await send(topic, envelope, door)
    finally:
        door.close()


async def send(topic: str, envelope: Envelope, door: Connection) -> int:
    [answer] = await door.post_all([posted(topic, envelope)])
    return answer.status


def posted(topic: str, envelope: Envelope) -> Post:
    return Post(f"/{topic}", envelope.signed().headers(), envelope.data)
