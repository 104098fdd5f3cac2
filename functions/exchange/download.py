"""A document on its way to somebody who takes it as fast as they can. What cuts it short leaves none that is whole."""

import asyncio
from contextlib import aclosing
from datetime import UTC, datetime
from uuid import UUID

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from functions.exchange import document
from shared.logs import log

PATIENCE = 30.0  # seconds for a reader to take so many bytes
SLICE = 65536


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
        async with document.moment() as tx, aclosing(document.written(tx, self.user_id)) as parts:
            first = await anext(parts)
            gone = asyncio.create_task(_gone(receive))
            try:
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                await _say(send, first)
                async for part in parts:
                    if gone.done():
                        return
                    await _say(send, part)
                await send({"type": "http.response.body", "body": b"", "more_body": False})
            except TimeoutError:
                log().warning("an export ends because its reader is too slow")
            finally:
                gone.cancel()


async def _say(send: Send, part: bytes) -> None:
    for begin in range(0, len(part), SLICE):
        async with asyncio.timeout(PATIENCE):
            await send({"type": "http.response.body", "body": part[begin : begin + SLICE], "more_body": True})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
