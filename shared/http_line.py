"""HTTP/1.1 on one connection: each request becomes an ASGI call, and they are answered in the order in which they came.

Own code around the parser of Node.js, because uvicorn took 25 µs of each request where this takes 15, and 4 ms of each
start. What is read goes into one buffer that all connections share, an answer leaves together with its headers, and no
timer is set for a request.
"""

import asyncio
import time
from collections import deque
from contextlib import suppress
from typing import Final
from urllib.parse import unquote

import httptools

from shared.edge import App, Scope
from shared.http_exchange import Exchange
from shared.logs import log

BUFFER: Final = memoryview(bytearray(65_536))  # whoever reads into it takes it out again before the next one reads
QUEUED_AT_MOST = 10  # requests that were sent before the answer to the one before them
VERSION = {"version": "3.0", "spec_version": "2.3"}
NOT_HTTP = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class Lines:
    """All that are open, and those whose last request is still worked on."""

    def __init__(self) -> None:
        self.all: set[Line] = set()
        self._none_left = asyncio.Event()

    def add(self, line: "Line") -> None:
        self.all.add(line)

    def remove(self, line: "Line") -> None:
        self.all.discard(line)
        if not self.all:
            self._none_left.set()

    def close_idle(self, seconds: float) -> None:
        limit = time.monotonic() - seconds
        for line in self.all:
            if line.is_idle and line.since < limit:
                line.end()

    async def end(self, within: float) -> None:
        """When all that was asked is answered, or after so many seconds."""
        self._none_left.clear()
        for line in [*self.all]:
            line.end()
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self.all:
                    await self._none_left.wait()
        for line in [*self.all]:
            line.transport.abort()


class Line(asyncio.BufferedProtocol):
    def __init__(self, app: App, lines: Lines) -> None:
        self._app, self._lines = app, lines
        self.transport: asyncio.Transport
        self._parser = httptools.HttpRequestParser(self)
        self._parser.set_dangerous_leniencies(lenient_data_after_close=True)
        self._url = b""
        self._headers: list[tuple[bytes, bytes]] = []
        self._reading: Exchange | None = None  # whose body still comes
        self._queue: deque[Exchange] = deque()  # the first of them is being answered
        self._last = False  # no request after those that are here
        self._room: asyncio.Future[None] | None = None  # while the other side reads too slowly
        self._working: asyncio.Task[None] | None = None
        self.is_open, self._is_lost = True, False
        self.since = time.monotonic()  # nothing has been asked

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._of_all = {
            "type": "http",
            "asgi": VERSION,
            "server": transport.get_extra_info("sockname")[:2],
            "client": transport.get_extra_info("peername")[:2],
            "scheme": "http",
            "root_path": "",
        }
        self._lines.add(self)

    def connection_lost(self, error: Exception | None) -> None:
        self.is_open, self._is_lost = False, True
        self.resume_writing()
        for exchange in self._queue:
            exchange.wake()
        if self.is_idle:
            self._lines.remove(self)

    @property
    def is_idle(self) -> bool:
        return not self._queue

    def end(self) -> None:
        """As soon as what was asked is answered."""
        self._last = True
        if self.is_idle:
            self.transport.close()

    # What the transport says

    def get_buffer(self, _: int) -> memoryview:
        return BUFFER

    def buffer_updated(self, length: int) -> None:
        try:
            self._parser.feed_data(BUFFER[:length])
        except httptools.HttpParserUpgrade:
            self._last = True  # it is answered as if it had not asked for another protocol; what follows may be that
        except httptools.HttpParserError:
            log().warning("a request was not HTTP")
            if not any(exchange.is_begun or exchange is not self._reading for exchange in self._queue):
                self.transport.write(NOT_HTTP)
            self._close()

    def pause_writing(self) -> None:
        self._room = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        if self._room and not self._room.done():
            self._room.set_result(None)
        self._room = None

    # What the parser says

    def on_message_begin(self) -> None:
        self._url, self._headers = b"", []

    def on_url(self, part: bytes) -> None:
        self._url += part

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        if self._last:
            return
        parser = self._parser
        path, _, query = self._url.partition(b"?")
        if not path.startswith(b"/") or b"#" in query:
            url = httptools.parse_url(self._url)
            path, query = url.path, url.query or b""
        text = path.decode("ascii")
        scope: Scope = {
            **self._of_all,
            "http_version": parser.get_http_version(),
            "method": parser.get_method().decode("ascii"),
            "path": unquote(text) if "%" in text else text,
            "raw_path": path,
            "query_string": query,
            "headers": self._headers,
        }
        if not parser.should_keep_alive():
            self._last = True
        self._reading = Exchange(self, scope)
        self._queue.append(self._reading)
        if len(self._queue) == 1:
            self._begin()
        elif len(self._queue) == QUEUED_AT_MOST:
            self.transport.pause_reading()

    def on_body(self, part: bytes) -> None:
        if self._reading:
            self._reading.hear(part)

    def on_message_complete(self) -> None:
        if self._reading:
            self._reading.has_heard_all()
            self._reading = None

    # What becomes of it

    def _begin(self) -> None:
        exchange = self._queue[0]
        self._working = asyncio.get_running_loop().create_task(exchange.run(self._app))

    def is_done_with(self, exchange: Exchange) -> None:
        self._queue.popleft()
        if self._reading is exchange:
            self._reading = None  # the rest of its body is for nobody
        if not self.is_open or not exchange.is_complete:
            self._queue.clear()
            self._close()
        elif self._queue:
            self._begin()
        elif self._last:
            self.transport.close()
        self.since = time.monotonic()
        self.transport.resume_reading()
        if self._is_lost:
            self._lines.remove(self)

    def ends_with(self, exchange: Exchange) -> bool:
        return self._last and self._queue[-1] is exchange

    async def has_room(self) -> None:
        if self._room:
            await asyncio.shield(self._room)  # who waits for it with a limit shall not end it

    def _close(self) -> None:
        self.is_open = False  # from now on, and not only when the other side has taken what was written
        self.transport.close()
