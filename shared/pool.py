"""A few connections for the whole process: opened when they are needed, closed when nobody needs them for a while."""

import asyncio
from collections import deque
from weakref import WeakKeyDictionary

from shared import lifecycle
from shared.config import settings
from shared.libpq import Connection, Lost, connect

SIZE = 4
WAIT = 2.0  # seconds for a connection
MOST_QUEUED = 200  # requests that wait for a connection at once
HELD_AT_MOST = 10.0  # seconds; whoever needs longer has met a server that no longer answers
IDLE_AT_MOST = 20.0  # an idle pod keeps no connection, so scaled-out pods cannot use up PostgreSQL
LOOK = 0.25  # seconds between two looks at who waits, holds and idles too long; none while there is nobody


class Busy(Exception):
    """All connections are taken."""


class Pool:
    def __init__(self, url: str) -> None:
        self._url = url
        self._loop = asyncio.get_running_loop()
        self._idle: list[Connection] = []  # the last one given back is the next to be taken
        self._held: set[Connection] = set()
        self._opening = 0
        self._queue: deque[tuple[float, asyncio.Future[Connection | None]]] = deque()
        self._look: asyncio.TimerHandle | None = None
        self._closed = False

    async def take(self) -> Connection:
        deadline = self._loop.time() + WAIT
        if self._look is None:
            self._look = self._loop.call_later(LOOK, self._look_around)
        while not self._closed:
            while self._idle:
                connection = self._idle.pop()
                if connection.is_quiet:
                    return self._hold(connection)
                connection.close()
            if self._opening + len(self._held) < SIZE:
                return await self._open(deadline)
            if given := await self._wait(deadline):
                return given
        raise Lost("the process is ending")

    def give_back(self, connection: Connection) -> None:
        self._held.discard(connection)
        if self._closed or not connection.is_idle:
            connection.close()
            self._wake(None)
        elif not self._wake(connection):
            connection.since = self._loop.time()
            self._idle.append(connection)

    async def close(self) -> None:
        self._closed = True
        while self._wake(None):
            pass
        for connection in self._idle:
            connection.close()
        if self._look is not None:
            self._look.cancel()

    def _hold(self, connection: Connection) -> Connection:
        connection.since = self._loop.time()
        self._held.add(connection)
        return connection

    async def _open(self, deadline: float) -> Connection:
        self._opening += 1
        try:
            async with asyncio.timeout_at(deadline):
                connection = await connect(self._url, settings().service)
        except TimeoutError as error:
            raise Lost("the server does not take the connection") from error
        else:
            return self._hold(connection)
        finally:
            self._opening -= 1
            if self._opening + len(self._held) < SIZE:
                self._wake(None)

    async def _wait(self, deadline: float) -> Connection | None:
        if len(self._queue) >= MOST_QUEUED:
            raise Busy(f"{MOST_QUEUED} requests wait for a connection")
        given: asyncio.Future[Connection | None] = self._loop.create_future()
        self._queue.append((deadline, given))
        try:
            return await given
        except asyncio.CancelledError:
            if given.done() and not given.cancelled() and not given.exception():
                if unused := given.result():
                    self.give_back(unused)
                else:
                    self._wake(None)  # the room is the next one's
            raise

    def _wake(self, connection: Connection | None) -> bool:
        """The first in the queue gets a connection, or the room to open one. Says whether anybody did."""
        while self._queue:
            _, waiting = self._queue.popleft()
            if not waiting.done():
                waiting.set_result(self._hold(connection) if connection else None)
                return True
        return False

    def _look_around(self) -> None:
        now = self._loop.time()
        for late in [each for each in self._queue if each[0] <= now]:
            self._queue.remove(late)
            if not late[1].done():
                late[1].set_exception(Busy(f"all {SIZE} connections are taken"))
        for connection in self._held:
            if now - connection.since > HELD_AT_MOST:
                connection.lose("the server does not answer")  # to cancel would be to ask that server
        for connection in [each for each in self._idle if each.closed or now - each.since > IDLE_AT_MOST]:
            self._idle.remove(connection)
            connection.close()
        busy = self._idle or self._held or self._queue or self._opening
        self._look = self._loop.call_later(LOOK, self._look_around) if busy else None


_pools: WeakKeyDictionary[asyncio.AbstractEventLoop, Pool] = WeakKeyDictionary()


def of_this_loop() -> Pool:
    """Made with the first statement: neither functions-framework nor func runs lifespan events."""
    loop = asyncio.get_running_loop()
    pool = _pools.get(loop)
    if pool is None:
        pool = _pools[loop] = Pool(settings().database_url)
        lifecycle.at_exit(pool.close)
    return pool
