"""PostgreSQL: SQL from .sql files, one small pool per process, one transaction per change."""

import asyncio
import contextvars
import os
import re
import select
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, LiteralString, TypeAlias

from psycopg import AsyncConnection, OperationalError
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout, TooManyRequests

from shared import lifecycle
from shared.config import settings
from shared.problems import Unavailable

Row: TypeAlias = dict[str, Any]
Connection: TypeAlias = AsyncConnection[Row]

POOL_SIZE = 4
WAIT_FOR_A_CONNECTION = 2.0
MOST_QUEUED = 200  # requests that wait for a connection at once
HELD_AT_MOST = 10.0  # seconds; whoever needs longer has met a server that no longer answers

_opening: asyncio.Task[AsyncConnectionPool[Connection]] | None = None
_queued = 0


def queries(beside: str, name: str = "queries") -> SimpleNamespace:
    """The named statements of the queries.sql beside a module: `sql = db.queries(__file__)`."""
    text = Path(beside).with_name(f"{name}.sql").read_text()
    _, *parts = re.split(r"^-- name: (\w+)$", text, flags=re.MULTILINE)
    return SimpleNamespace(**dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True)))


class Transaction:
    """Statements between one BEGIN and one COMMIT."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def run(self, query: LiteralString, **values: object) -> int:
        return (await self.connection.execute(query, values)).rowcount

    async def all(self, query: LiteralString, **values: object) -> list[Row]:
        return await (await self.connection.execute(query, values)).fetchall()

    async def first(self, query: LiteralString, **values: object) -> Row | None:
        return await (await self.connection.execute(query, values)).fetchone()

    async def one(self, query: LiteralString, **values: object) -> Row:
        [row] = await self.all(query, **values)
        return row


@asynccontextmanager
async def transaction() -> AsyncIterator[Transaction]:
    """Commit when the block ends, roll back when it raises."""
    async with _connection() as connection, connection.transaction():
        yield Transaction(connection)


@asynccontextmanager
async def single() -> AsyncIterator[Transaction]:
    """For a single statement, which is a transaction by itself: no BEGIN and COMMIT around it."""
    async with _connection() as connection:
        yield Transaction(connection)


class Direct(Transaction):
    """A connection of its own, for migrations: outside the pool, and transactions are begun by hand."""

    async def script(self, text: str) -> None:
        """Statements without parameters, as they stand in a file."""
        await self.connection.execute(text.encode())

    def transaction(self) -> AbstractAsyncContextManager[object]:
        return self.connection.transaction()


@asynccontextmanager
async def direct(url: str) -> AsyncIterator[Direct]:
    try:
        connection = await AsyncConnection.connect(url, autocommit=True, row_factory=dict_row)
    except OperationalError as error:
        raise Unavailable(f"The database cannot be reached: {error}") from error
    async with connection:
        yield Direct(connection)


@asynccontextmanager
async def _connection() -> AsyncIterator[Connection]:
    pool = await _open_pool()
    try:
        async with AsyncExitStack() as stack:
            with _queueing():
                connection = await stack.enter_async_context(pool.connection())
            cut = asyncio.get_running_loop().call_later(HELD_AT_MOST, _cut, connection)
            try:
                yield connection
            finally:
                cut.cancel()
    except (PoolTimeout, TooManyRequests) as error:
        raise Unavailable("The service is busy. Try again in a moment.", retry_after=1) from error
    except (OperationalError, PoolClosed) as error:
        raise Unavailable("The database cannot be reached. Try again in a moment.") from error


@contextmanager
def _queueing() -> Iterator[None]:
    """Counted here. The pool's own limit counts those who gave up as well, and with them it may be full for good."""
    global _queued
    if _queued >= MOST_QUEUED:
        raise TooManyRequests(f"{_queued} requests wait for a connection")
    _queued += 1
    try:
        yield
    finally:
        _queued -= 1


async def _open_pool() -> AsyncConnectionPool[Connection]:
    """Made with the first statement: neither functions-framework nor func runs lifespan events."""
    global _opening
    if _opening is None:
        # The pool's workers live on, and what they log is not about the request that happened to be first.
        _opening = asyncio.create_task(_new_pool(), context=contextvars.Context())
    return await asyncio.shield(_opening)  # whoever comes meanwhile waits for the same pool


async def _new_pool() -> AsyncConnectionPool[Connection]:
    pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
        settings().database_url,
        kwargs={"autocommit": True, "row_factory": dict_row, "connect_timeout": 5},
        min_size=0,  # an idle pod keeps no connection, so scaled-out pods cannot use up PostgreSQL
        max_size=POOL_SIZE,
        max_idle=20,
        timeout=WAIT_FOR_A_CONNECTION,
        reconnect_timeout=WAIT_FOR_A_CONNECTION,  # longer, and its pauses outlast the outage
        check=_still_there,
        open=False,
    )
    await pool.open()
    lifecycle.at_exit(pool.close)
    return pool


async def _still_there(connection: Connection) -> None:
    """A connection that the server closed while it was idle has something to read: its end. Costs no round trip."""
    socket = select.poll()  # and not select, which knows no descriptor above 1023
    socket.register(connection.fileno(), select.POLLIN)
    if socket.poll(0):
        await connection.close()  # what is not closed, the pool would take for good and hand out again
        raise OperationalError("the server closed this connection")


def _cut(connection: Connection) -> None:
    """Whoever waits for its server hears that the connection has ended. To cancel would be to ask that server."""
    if not connection.closed:
        with socket.socket(fileno=os.dup(connection.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)
