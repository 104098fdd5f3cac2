"""The HTTP server of brokers and KafkaSinks. What is sent together on one connection is taken together, and answered
in that order.

Every event passes here, so this is written on the parser itself, as `upstream` is: aiohttp took several times the
processor time, and took up the next request of a connection only when the one before it was answered.
"""

import asyncio
import logging
import socket
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

import httptools

log = logging.getLogger(__name__)

LARGEST = 1024 * 1024  # bytes of an event
LONGEST_HEAD = 65_536
AT_ONCE = 100  # requests of one connection; while there are so many, no more are read
GRACE = 2.0  # seconds for what is still under way when the server closes

_ASKS = ("upgrade", "expect")  # for what is not given, or was
_GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
_LINES = {status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n" for status in HTTPStatus}


@dataclass(slots=True)
class Request:
    path: str = ""
    method: str = ""
    headers: dict[str, str] = field(default_factory=dict)  # names in lower case
    body: bytearray = field(default_factory=bytearray)  # of one that is too large only so much that it shows


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def written(self, is_last: bool) -> bytes:
        body = self.text.encode()
        headers = {**self.headers, "content-length": str(len(body))} | ({"connection": "close"} if is_last else {})
        lines = [_LINES[self.status], *(f"{name}: {value}\r\n" for name, value in headers.items()), "\r\n"]
        return "".join(lines).encode() + body


Handle = Callable[[Request], Awaitable[Answer]]


class Door:
    """The server: everybody who is connected."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._lines: set[Line] = set()

    async def open(self, bound: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: Line(self._handle, self._lines), sock=bound, backlog=1024)

    async def close(self) -> None:
        self._server.close()
        if under_way := [task for line in self._lines for task in line.under_way]:
            await asyncio.wait(under_way, timeout=GRACE)
        for line in [*self._lines]:
            line.close()


class Line(asyncio.Protocol):
    def __init__(self, handle: Handle, lines: "set[Line]") -> None:
        self._handle, self._lines = handle, lines
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport
        self._request = Request()
        self._url = b""
        self._head = 0  # bytes that were read of a head whose end has not come
        self._is_last = False  # no request after those that are here
        self.under_way: deque[asyncio.Task[Answer]] = deque()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._lines.add(self)

    def connection_lost(self, error: Exception | None) -> None:
        self._lines.discard(self)

    def close(self) -> None:
        self._transport.close()

    def data_received(self, data: bytes) -> None:
        if self._is_last:
            return  # it is for nobody
        self._head += len(data)
        while data and not self._is_last:
            data = self._read(data)
        if self._head > LONGEST_HEAD:
            self._refuse(431)

    def _read(self, data: bytes) -> bytes:
        """And say what is to be read then."""
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            if self._request.method != "CONNECT":
                return self._head_without_upgrade() + data[upgrade.args[0] :]
            self._refuse(400)
        except httptools.HttpParserError:
            self._refuse(400)
        return b""

    def _head_without_upgrade(self) -> bytes:
        """Who asks for another protocol is answered in this one. The parser takes such a head for the last of HTTP and
        sees no body behind it, so it gets it again without what asked."""
        version = self._parser.get_http_version().encode()
        self._parser = httptools.HttpRequestParser(self)
        headers = [f"{name}: {value}\r\n" for name, value in self._request.headers.items() if name not in _ASKS]
        head = "".join([*headers, "\r\n"]).encode("utf-8", "surrogateescape")
        return b"%b %b HTTP/%b\r\n%b" % (self._request.method.encode(), self._url, version, head)

    def _refuse(self, status: int) -> None:
        """Nothing that comes after this can be understood."""
        if not self._is_last:
            self._is_last = True
            self._answer(_said(Answer(status)))

    # What the parser says

    def on_message_begin(self) -> None:
        self._request, self._url = Request(), b""

    def on_url(self, part: bytes) -> None:
        self._url += part

    def on_header(self, name: bytes, value: bytes) -> None:
        self._request.headers[name.decode("latin-1").lower()] = value.decode("utf-8", "surrogateescape")

    def on_headers_complete(self) -> None:
        self._head = 0
        self._request.method = self._parser.get_method().decode()
        self._request.path = self._url.partition(b"?")[0].decode("latin-1")
        if self._request.headers.get("expect", "").lower() == "100-continue" and not self.under_way:
            self._transport.write(_GO_ON)

    def on_body(self, part: bytes) -> None:
        self._head = 0
        if len(self._request.body) <= LARGEST:
            self._request.body += part

    def on_message_complete(self) -> None:
        self._head = 0
        if not self._is_last and not self._parser.should_upgrade():
            self._is_last = not self._parser.should_keep_alive()
            self._answer(self._handle(self._request))

    # Answers

    def _answer(self, answer: Awaitable[Answer]) -> None:
        task = asyncio.ensure_future(answer)
        self.under_way.append(task)
        task.add_done_callback(self._write)
        if len(self.under_way) >= AT_ONCE:
            self._transport.pause_reading()

    def _write(self, _: "asyncio.Task[Answer]") -> None:
        answers = []
        while self.under_way and self.under_way[0].done():
            task = self.under_way.popleft()
            answers.append(_outcome(task).written(self._is_last and not self.under_way))
        if answers and not self._transport.is_closing():
            self._transport.write(b"".join(answers))
            if len(self.under_way) < AT_ONCE:
                self._transport.resume_reading()
        if self._is_last and not self.under_way:
            self._transport.close()


async def _said(answer: Answer) -> Answer:
    return answer


def _outcome(task: "asyncio.Task[Answer]") -> Answer:
    if task.cancelled():
        return Answer(503)
    if fault := task.exception():
        log.error("an event was not taken", exc_info=fault)
        return Answer(500)
    return task.result()
