"""One open page: it hears where it stands, what it missed, and then each change as it happens."""

import asyncio
import json
import random
from uuid import UUID

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from functions.sync import watch
from functions.sync.replay import NO_NUMBER, Page
from shared.callers import Caller
from shared.logs import log
from shared.problems import SignInRequired, Unavailable

LIVES = (480.0, 560.0)  # seconds; Knative would cut it at 600, and not all shall come back at once
RETRY = (1000, 4000)  # milliseconds
PATIENCE = 20.0  # seconds for a reader to take one page

HEADERS = {"cache-control": "no-cache, no-transform", "x-accel-buffering": "no"}


class EventStream(Response):
    media_type = "text/event-stream"

    def __init__(self, caller: Caller, number: int | None) -> None:
        credential_id = caller.session_id or caller.token_id
        assert credential_id is not None
        self.background = None
        self.init_headers(HEADERS)
        self._stream = Stream(caller.user_id, credential_id, number)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await self._stream.run(start, receive, send)


class Stream:
    """Holds no changes: it knows the last number it gave and reads on from there, when it is rung and as fast as the
    other side takes them. So a reader that is too slow costs one page of memory, and nothing is given twice."""

    __slots__ = ("_beat", "_degraded", "_ended", "_rung", "_send", "_wake", "credential_id", "number", "user_id")

    def __init__(self, user_id: UUID, credential_id: UUID, number: int | None) -> None:
        self.user_id, self.credential_id = user_id, credential_id
        self.number = number  # the last one the reader has; None: it only wants what happens from now on
        self._wake = asyncio.Event()
        self._rung = self._beat = self._ended = self._degraded = False

    def ring(self) -> None:
        """There may be more to read."""
        self._rung = True
        self._wake.set()

    def beat(self) -> None:
        """Say anything at all: what stands between takes a silent connection for a dead one."""
        self._beat = True
        self._wake.set()

    def notice(self) -> None:
        """Whether changes come late may be different now."""
        self._wake.set()

    def end(self) -> None:
        self._ended = True
        self._wake.set()

    async def run(self, start: Message, receive: Receive, send: Send) -> None:
        self._send = send
        # Listened first and read then: what happens in between rings.
        async with watch.over(self) as watcher:
            page = await watcher.reader.page(self.user_id, NO_NUMBER if self.number is None else self.number)
            await send(start)
            gone = asyncio.create_task(self._end_when_gone(receive))
            end = asyncio.get_running_loop().call_later(random.uniform(*LIVES), self.end)  # noqa: S311
            try:
                await self._begin(page, watcher)
                await self._go_on(watcher)
                await self._say("", more=False)
            except TimeoutError:
                log().warning("a stream ends because its reader is too slow")
            finally:
                end.cancel()
                gone.cancel()

    async def _begin(self, page: Page, watcher: "watch.Watch") -> None:
        self._degraded = watcher.degraded
        hello = json.dumps({"head": page.head, "degraded": self._degraded})
        retry = random.randint(*RETRY)  # noqa: S311  it spreads, it hides nothing
        if self.number is None:
            self.number = page.head
            await self._say(f"retry: {retry}\nevent: hello\nid: {page.head}\ndata: {hello}\n\n")
        else:
            # Without an id: a reader that is cut off now still has to come back for what it missed.
            await self._say(f"retry: {retry}\nevent: hello\ndata: {hello}\n\n")
            await self._give(page)

    async def _go_on(self, watcher: "watch.Watch") -> None:
        while not self._ended:
            if self._degraded != watcher.degraded:
                self._degraded = watcher.degraded
                await self._say(f"event: status\ndata: {json.dumps({'degraded': self._degraded})}\n\n")
            if self._beat:
                self._beat = False
                await self._say(":\n\n")
            if self._rung:
                self._rung = False
                await self._read_on(watcher)
            else:
                await self._wake.wait()
                self._wake.clear()

    async def _read_on(self, watcher: "watch.Watch") -> None:
        assert self.number is not None
        try:
            page = await watcher.reader.page(self.user_id, self.number)
        except SignInRequired:
            self.end()
        except Unavailable as problem:
            watcher.database_is_away(str(problem))  # the next head read rings again
        else:
            await self._give(page)

    async def _give(self, page: Page) -> None:
        if page.is_broken:
            self.number = page.head
            await self._say(f'event: resync\nid: {page.head}\ndata: {{"head":{page.head}}}\n\n')
        elif page.changes:
            self.number = page.end
            await self._say("".join(f"id: {number}\ndata: {change}\n\n" for number, change in page.changes))
            if page.end < page.head:
                self._rung = True

    async def _say(self, text: str, more: bool = True) -> None:
        async with asyncio.timeout(PATIENCE):
            await self._send({"type": "http.response.body", "body": text.encode(), "more_body": more})

    async def _end_when_gone(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.end()
