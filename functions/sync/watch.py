"""All that runs for the open streams of this process: made with the first, gone with the last.

A bell makes it read that user's head; every few seconds it reads the heads of all users it holds, many in one
statement, so that a bell that was lost costs seconds. Whoever is behind is rung; whose session or token is over is
ended: at once, for revoking it rings and its expiry is waited for; while Redis is away, at the next look.
"""

import asyncio
import contextvars
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from uuid import UUID

from functions.sync import files, replay
from functions.sync.bell import Listener
from shared import failures, lifecycle, metrics
from shared.logs import log
from shared.problems import Unavailable

if TYPE_CHECKING:
    from functions.sync.streams import Stream

EVERY = 5.0  # seconds between reads of all heads
EVERY_DEGRADED = 1.0
PATIENCE = 2.0  # with the database, before pages are told
HEARTBEAT = 15.0
AT_ONCE = 250  # users or streams; whoever has news does not wait while thousands are gone through

_watch: "Watch | None" = None


@asynccontextmanager
async def over(stream: "Stream") -> "AsyncIterator[Watch]":
    global _watch
    if _watch is None:
        _watch = Watch()
    watch = _watch
    try:
        await watch.add(stream)
        yield watch
    finally:
        await watch.remove(stream)


class Watch:
    def __init__(self) -> None:
        files.allow_many()  # each stream holds one; containers may begin with 1,024
        self.reader = replay.Reader()
        self._streams: dict[UUID, set[Stream]] = {}
        self._listener = Listener(self._ring, self._notice)
        self._database_away = False
        self._rung: set[UUID] = set()
        self._unseen: set[UUID] = set()  # those that are looked at because it is time
        self._look = asyncio.Event()
        # Its log lines are not about the request that happened to be first.
        self._work = asyncio.create_task(self._run(), context=contextvars.Context())
        self._work.add_done_callback(self._broke)

    @property
    def degraded(self) -> bool:
        """Changes still come, but seconds late."""
        return self._listener.away or self._database_away

    def database_is_away(self, reason: str) -> None:
        if not self._database_away:
            log().warning("streams wait for the database", error=reason)
            self._database_away = True
            self._notice()

    async def add(self, stream: "Stream") -> None:
        if lifecycle.stopping().is_set():
            stream.end()
        held = self._streams.setdefault(stream.user_id, set())
        held.add(stream)
        metrics.count("streams_opened_total")
        # Who it is was asked of a copy: whether it was revoked meanwhile is looked at now, or when the bell is heard.
        if len(held) == 1:
            await self._listener.add(stream.user_id)
        else:
            self._ring(stream.user_id)

    async def remove(self, stream: "Stream") -> None:
        global _watch
        held = self._streams[stream.user_id]
        held.discard(stream)
        metrics.count("streams_ended_total")
        if held:
            return
        del self._streams[stream.user_id]
        if self._streams:
            await self._listener.remove(stream.user_id)
        else:
            self._work.cancel()
            if _watch is self:
                _watch = None

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._listener.listen_forever())
            group.create_task(self._look_forever())
            group.create_task(self._beat_forever())
            group.create_task(self._end_all_at_the_end())

    def _broke(self, work: "asyncio.Task[None]") -> None:
        """A bug. The streams end, and come back to a new watch."""
        global _watch
        if not work.cancelled() and (error := work.exception()):
            failures.fault("the watch over the streams broke", error)
            if _watch is self:
                _watch = None
            for stream in self._all():
                stream.end()

    def _all(self) -> "list[Stream]":
        return [stream for held in self._streams.values() for stream in held]

    def _ring(self, user_id: UUID) -> None:
        self._rung.add(user_id)
        self._look.set()

    def _notice(self) -> None:
        self._look.set()
        for stream in self._all():
            stream.notice()

    async def _beat_forever(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            for number, stream in enumerate(self._all()):
                stream.beat()
                if number % AT_ONCE == 0:
                    await asyncio.sleep(0)

    async def _end_all_at_the_end(self) -> None:
        await lifecycle.stopping().wait()
        for stream in self._all():
            stream.end()

    async def _look_forever(self) -> None:
        now = asyncio.get_running_loop().time
        looked_at_all = now()
        while True:
            if not self._unseen:
                due = looked_at_all + (EVERY_DEGRADED if self.degraded else EVERY)
                try:
                    async with asyncio.timeout_at(due):
                        await self._look.wait()
                except TimeoutError:
                    looked_at_all = now()
                    self._unseen.update(self._streams)
            self._look.clear()
            if some := self._next_ones():
                await self._look_at(some)

    def _next_ones(self) -> set[UUID]:
        """Whoever was rung comes first."""
        wanted, self._rung = self._rung, set()
        while self._unseen and len(wanted) < AT_ONCE:
            wanted.add(self._unseen.pop())
        return wanted & self._streams.keys()

    async def _look_at(self, user_ids: set[UUID]) -> None:
        # Not those that come while the statement runs: their credential may be younger than what it sees.
        streams = [stream for user_id in user_ids for stream in self._streams[user_id]]
        try:
            heads = await self._heads(user_ids)
        except Unavailable as problem:
            self.database_is_away(str(problem))
            self._unseen.clear()  # until the next time
            return
        if self._database_away:
            self._database_away = False
            self._notice()
        metrics.count("head_reads_total")
        for stream in streams:
            head = heads.get(stream.user_id)
            if head is None or stream.credential_id not in head.credentials:
                stream.end()
            elif stream.number != head.number:
                stream.ring()
        for user_id, head in heads.items():
            if head.ends_in is not None and head.ends_in < EVERY:  # before it would be seen anyway
                asyncio.get_running_loop().call_later(head.ends_in, self._ring, user_id)

    async def _heads(self, user_ids: set[UUID]) -> dict[UUID, replay.Head]:
        reading = asyncio.ensure_future(replay.heads(list(user_ids)))
        done, _ = await asyncio.wait([reading], timeout=PATIENCE)
        if not done:  # a server that hangs refuses nothing
            self.database_is_away("it does not answer")
        return await reading
