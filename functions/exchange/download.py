"""A document on its way to somebody who takes it as fast as they can. What cuts it short leaves none that is whole.

Few can be under way at once, and each holds a connection to PostgreSQL and a moment of its past: so nobody has two
in one process, and nobody has one for longer than a slow line takes.
"""

import asyncio
from contextlib import aclosing
from datetime import UTC, datetime
from uuid import UUID

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from functions.exchange import document
from shared.logs import log
from shared.problems import TooMany

PATIENCE = 30.0  # seconds that a reader may be behind
SLOWEST = 32_000  # bytes a second; whoever takes as many is never behind
SLICE = 65536

_under_way: set[UUID] = set()  # users


class Download(Response):
    media_type = "application/json"

    def __init__(self, user_id: UUID) -> None:
        self.background = None
        self.user_id = user_id
        name = f"taskora-{datetime.now(UTC):%Y-%m-%d}.json"
        self.init_headers(
            {
                "content-disposition": f'attachment; filename="{name}"',
                "cache-control": "no-store",
                "x-accel-buffering": "no",
            }
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """It begins with what the database says: when that is away, the answer is a refusal like any other."""
        if self.user_id in _under_way:
            raise TooMany("An export of this account is under way. Wait for its end.", headers={"Retry-After": "10"})
        _under_way.add(self.user_id)
        try:
            await self._download(receive, send)
        finally:
            _under_way.discard(self.user_id)

    async def _download(self, receive: Receive, send: Send) -> None:
        async with document.moment() as tx, aclosing(document.written(tx, self.user_id)) as parts:
            first = await anext(parts)
            gone = asyncio.create_task(_gone(receive))
            reader = Reader(send)
            try:
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                await reader.take(first)
                async for part in parts:
                    if gone.done():
                        return
                    await reader.take(part)
                await send({"type": "http.response.body", "body": b"", "more_body": False})
            except TimeoutError:
                log().warning("an export ends because its reader is too slow", bytes=reader.taken)
            finally:
                gone.cancel()


class Reader:
    """Only the time that we wait for them counts."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waited = 0.0
        self.taken = 0

    async def take(self, part: bytes) -> None:
        now = asyncio.get_running_loop().time
        for begin in range(0, len(part), SLICE):
            some, began = part[begin : begin + SLICE], now()
            async with asyncio.timeout(PATIENCE + self.taken / SLOWEST - self._waited):
                await self._send({"type": "http.response.body", "body": some, "more_body": True})
            self._waited += now() - began
            self.taken += len(some)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
