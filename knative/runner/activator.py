"""One Service: its requests wait here for a process with room, and its processes come and go with the requests.

The rules are those of Knative's activator, queue-proxy and autoscaler taken together.
"""

import asyncio
import logging
import os
import signal
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from math import inf
from typing import Any

from knative.runner.answers import Answer, NotStarting, Overloaded, Refusal, TimedOut, Unreachable
from knative.runner.autoscaler import Autoscaler
from knative.runner.manifests import Service
from knative.runner.processes import NotReady, NoZygote, Process, Zygote, describe_exit
from knative.runner.upstream import ConnectionLost, Request, Response

log = logging.getLogger(__name__)

TICK = 1.0
QUEUE_PER_ROOM = 10  # requests that may wait for each one that can run
QUEUE_WITHOUT_LIMIT = 10_000
DRAIN_WITHIN = 30.0  # for the requests of a process that is taken away, before it gets SIGTERM
STOP_WITHIN = 10.0  # when the whole runner stops, somebody is waiting for their prompt
LIVED = 10.0  # a process that was there for so long, or answered once, did not crash at its start
DYING = 0.1  # from the first broken connection to the end of a process, mostly
SAID_TO_FAIL = 3  # failed starts in a row, after which requests are not kept waiting for the next
LONGEST_PAUSE = 10.0
MOST_PROCESSES = 4 * (os.cpu_count() or 1)  # a cluster ends somewhere too: whatever max-scale says, so does a machine
REPEATABLE = frozenset({"GET", "HEAD", "OPTIONS"})


class Activator:
    def __init__(self, service: Service, env: Callable[[Service], Mapping[str, str]], zygote: Zygote) -> None:
        self.service, self._env, self._zygote = service, env, zygote
        self._ready: list[Process] = []
        self._leaving: set[Process] = set()
        self._starting = 0
        self._waiting: deque[asyncio.Future[Process]] = deque()
        self._held = 0  # requests here, waiting or with a process
        self._failures = 0
        self._why = ""
        self._not_before = 0.0
        self._stopping = False
        self._loop = asyncio.get_running_loop()
        self._autoscaler = Autoscaler(service, self._loop.time())
        self._tending: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        self._launch(max(self.service.initial_scale, self.service.min_scale))

    async def stop(self) -> None:
        self._stopping = True
        self._refuse_waiting(Overloaded("the runner is stopping"))
        for task in self._tasks | ({self._tending} if self._tending else set()):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        within = min(self.service.timeout_seconds, STOP_WITHIN)
        await asyncio.gather(*(process.stop(within) for process in [*self._ready, *self._leaving]))

    @asynccontextmanager
    async def exchange(self, request: Request, until: float = inf) -> AsyncIterator[Answer]:
        """Give the request to a process with room, waiting for one if need be, and hand back the answer as it comes.

        Whoever asks may have less time than the Service allows: `until`, by the loop's clock.
        """
        began = self._loop.time()
        self._count(+1)
        try:
            start_by = min(until, began + self.service.response_start_timeout_seconds)
            process, response = await self._begin(request, start_by)
            process.has_answered = True
            try:
                deadline = min(until, began + self.service.timeout_seconds)
                yield Answer(response, deadline, self.service.idle_timeout_seconds)
            finally:
                process.connections.end(response)
                self._leave(process)
        finally:
            self._count(-1)

    async def _begin(self, request: Request, start_by: float) -> tuple[Process, Response]:
        may_repeat = _repeatable(request)
        try:
            async with asyncio.timeout_at(start_by):
                while True:
                    process = await self._room()
                    try:
                        return process, await process.connections.begin(request)
                    except ConnectionLost as lost:
                        self._leave(process)
                        self._doubt(process)
                        if lost.sent and not may_repeat:
                            raise Unreachable(str(lost)) from lost
                        may_repeat = may_repeat and not lost.sent  # what kills two processes would kill them all
                    except BaseException:
                        self._leave(process)
                        raise
        except TimeoutError as error:
            raise TimedOut("request timeout") from error

    def _count(self, by: int) -> None:
        self._held += by
        self._autoscaler.load.change(self._loop.time(), self._held)

    # Room for a request

    async def _room(self) -> Process:
        if not self._waiting and (process := self._with_room()):
            process.enter()
            return process
        self._refuse_if_hopeless()
        place: asyncio.Future[Process] = self._loop.create_future()
        self._waiting.append(place)
        self._wake()
        try:
            return await place
        except asyncio.CancelledError:
            if place in self._waiting:
                self._waiting.remove(place)
            elif not place.cancelled() and not place.exception():
                self._leave(place.result())  # it got its room in the moment it gave up
            raise

    def _refuse_if_hopeless(self) -> None:
        if self._stopping:
            raise Overloaded("the runner is stopping")
        if self._failures >= SAID_TO_FAIL and not self._ready and not self._starting and self._pause() > 0:
            raise NotStarting(f"{self.service.name} does not start: {self._why}")
        limit = self.service.container_concurrency
        most = QUEUE_PER_ROOM * limit * max(1, len(self._ready) + self._starting) if limit else QUEUE_WITHOUT_LIMIT
        if len(self._waiting) >= most:
            raise Overloaded("pending request queue full")

    def _with_room(self) -> Process | None:
        process = min(self._ready, key=_in_flight, default=None)
        limit = self.service.container_concurrency
        return process if process and (not limit or process.in_flight < limit) else None

    def _leave(self, process: Process) -> None:
        process.leave()
        self._let_in()

    def _let_in(self) -> None:
        while self._waiting and (process := self._with_room()):
            place = self._waiting.popleft()
            if not place.done():
                process.enter()
                place.set_result(process)

    def _refuse_waiting(self, refusal: Refusal) -> None:
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_exception(refusal)

    # Processes

    def _wake(self) -> None:
        """Somebody waits: see to it that a process comes."""
        if not self._stopping and self._waiting and not self._ready and not self._starting:
            self._launch(1)

    def _launch(self, number: int) -> None:
        for _ in range(number):
            self._starting += 1
            self._run(self._bring_up())
        if number and (self._tending is None or self._tending.done()):
            self._tending = asyncio.create_task(self._tend())

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _bring_up(self) -> None:
        process = None
        try:
            await asyncio.sleep(self._pause())
            process = await self._zygote.fork(self.service, self._env(self.service))
            self._leaving.add(process)  # until it is ready, all it can do is be stopped
            await process.become_ready(self.service.readiness_path)
            self._leaving.discard(process)
            self._take_in(process)
        except NoZygote:
            pass
        except NotReady as failure:
            self._failed(str(failure))
        except Exception as fault:  # such as a machine that has no file left to open
            self._failed(f"{type(fault).__name__}: {fault}")
        finally:
            self._starting -= 1
        if process and process not in self._ready:
            process.signal(signal.SIGKILL)
            self._leaving.discard(process)
        self._wake()

    def _take_in(self, process: Process) -> None:
        since = self._loop.time()
        self._ready.append(process)
        process.exited.add_done_callback(lambda exited: self._gone(process, since, exited.result()))
        self._let_in()

    def _gone(self, process: Process, since: float, status: int) -> None:
        process.connections.close()
        if process in self._ready:
            self._ready.remove(process)
        if self._stopping or process.told_to_end:
            return
        if not self._zygote.there:
            self._failures = 0  # all are gone with it, and it has said so itself
        elif not process.has_answered and self._loop.time() - since < LIVED:
            self._failed(f"{describe_exit(status)} soon after its start")
        else:
            self._failures = 0
            log.warning("%s: process %d is gone: %s", self.service.name, process.pid, describe_exit(status))
        self._wake()

    def _failed(self, why: str) -> None:
        self._failures += 1
        self._why = why
        pause = min(0.1 * 2 ** (self._failures - 1), LONGEST_PAUSE) if self._failures > 1 else 0.0
        self._not_before = self._loop.time() + pause
        if self._failures <= SAID_TO_FAIL or self._failures % 10 == 0:
            times = "" if self._failures == 1 else f", {self._failures} times in a row; next try after {pause:.1f} s"
            log.error("%s: a process failed: %s%s", self.service.name, why, times)
        if self._failures >= SAID_TO_FAIL and not self._ready:
            self._refuse_waiting(NotStarting(f"{self.service.name} does not start: {why}"))

    def _pause(self) -> float:
        return max(0.0, self._not_before - self._loop.time())

    def _doubt(self, process: Process) -> None:
        """A process that broke a connection is most likely dying, and gets no requests until it has shown otherwise."""
        if process in self._ready:
            self._ready.remove(process)
            self._leaving.add(process)
            self._run(self._clear_up(process))

    async def _clear_up(self, process: Process) -> None:
        gone, _ = await asyncio.wait([process.exited], timeout=DYING)
        if not gone and await process.answers(self.service.readiness_path):
            self._leaving.discard(process)
            self._ready.append(process)
            self._let_in()
            return
        if not gone:
            gone, _ = await asyncio.wait([process.exited], timeout=1)
        if gone:
            self._leaving.discard(process)
        else:
            await self._take_away(process)

    async def _tend(self) -> None:
        """Follow the autoscaler as long as there is anything to scale."""
        while self._ready or self._starting or self._waiting or self.service.min_scale:
            await asyncio.sleep(TICK)
            wanted = min(self._autoscaler.decide(self._loop.time(), len(self._ready)), self._most())
            there = len(self._ready) + self._starting
            if wanted > there and not self._pause():
                self._launch(wanted - there)
            for process in sorted(self._ready, key=_in_flight)[: max(0, there - wanted)]:
                self._retire(process)

    def _most(self) -> int:
        return max(MOST_PROCESSES, self.service.min_scale)

    def _retire(self, process: Process) -> None:
        self._ready.remove(process)
        self._leaving.add(process)
        self._run(self._take_away(process))

    async def _take_away(self, process: Process) -> None:
        """No new requests; those it has may end; then SIGTERM, and SIGKILL when the Service's time is over."""
        began = self._loop.time()
        try:
            async with asyncio.timeout(min(DRAIN_WITHIN, self.service.timeout_seconds)):
                await process.drained.wait()
        except TimeoutError:
            pass
        await process.stop(max(1.0, self.service.timeout_seconds - (self._loop.time() - began)))
        self._leaving.discard(process)
        self._wake()


def _in_flight(process: Process) -> int:
    return process.in_flight


def _repeatable(request: Request) -> bool:
    return request.method in REPEATABLE and isinstance(request.body, bytes)
