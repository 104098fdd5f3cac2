"""An HTTP/1.1 client for function processes: streams both ways, and knows whether a request was sent.

Every request passes here, so this is written on the parser itself; a general client costs several times the processor
time, and does not say whether a lost connection had carried the request.
"""

import asyncio
from asyncio import FIRST_COMPLETED
from collections import deque
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import cast

import httptools

Headers = Sequence[tuple[str, str]]

WHOLE = 65_536  # an answer known to be this short is handed on in one piece
HIGH_WATER = 262_144  # a longer one is not read ahead of its reader by more than this


class ConnectionLost(Exception):
    """The process is not there, or hung up. `sent`: it may have seen the request."""

    def __init__(self, why: str, *, sent: bool) -> None:
        super().__init__(why)
        self.sent = sent


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    target: str
    headers: Headers
    body: bytes | AsyncIterator[bytes] = b""


class Response:
    """An answer whose head has come; its body comes as it is read."""

    def __init__(self, status: int, headers: Headers, connection: "Connection") -> None:
        self.status, self.headers = status, headers
        self.complete = False
        self.connection = connection
        self._chunks: deque[bytes] = deque()
        self._waiting = 0
        self._more: asyncio.Future[None] | None = None
        self._lost: ConnectionLost | None = None

    async def chunk(self) -> bytes:
        """What has come of the body by now, at least one byte; b"" is its end."""
        while not self._chunks:
            if self._lost:
                raise self._lost
            if self.complete:
                return b""
            self._more = asyncio.get_running_loop().create_future()
            await self._more
        chunk = b"".join(self._chunks) if len(self._chunks) > 1 else self._chunks[0]
        self._chunks.clear()
        self._waiting = 0
        self.connection.read_on()
        return chunk

    async def read(self) -> bytes:
        chunks = []
        while chunk := await self.chunk():
            chunks.append(chunk)
        return b"".join(chunks)

    def feed(self, chunk: bytes) -> int:
        self._chunks.append(chunk)
        self._waiting += len(chunk)
        self._wake()
        return self._waiting

    def finish(self, lost: ConnectionLost | None = None) -> None:
        self.complete, self._lost = lost is None, lost
        self._wake()

    def _wake(self) -> None:
        if self._more and not self._more.done():
            self._more.set_result(None)


class Connection(asyncio.Protocol):
    """One connection to a process, carrying one exchange at a time."""

    def __init__(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._transport: asyncio.Transport
        self._response: Response | None = None
        self._head: asyncio.Future[Response] | None = None
        self._headers: list[tuple[str, str]] = []
        self._may_write = asyncio.Event()
        self._may_write.set()
        self._sends_head_only = False
        self._announced: int | None = None
        self._paused = False
        self._sending: asyncio.Task[None] | None = None
        self.reusable = True

    async def exchange(self, request: Request) -> Response:
        if self._transport.is_closing():
            raise ConnectionLost("the connection was closed meanwhile", sent=False)
        head: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
        self._head, self._response, self._announced, self._headers = head, None, None, []
        self._sends_head_only = request.method == "HEAD"
        if isinstance(request.body, bytes):
            self._transport.write(_head(request, len(request.body)) + request.body)
            return await head
        self._transport.write(_head(request, None))
        self._sending = asyncio.create_task(self._send(request))
        # An answer may begin, and end, before the request has been sent to its end.
        await asyncio.wait(cast(list[asyncio.Future[object]], [self._sending, head]), return_when=FIRST_COMPLETED)
        if self._sending.done():
            self._sending.result()
        return await head

    def finish(self) -> bool:
        """The exchange is over; whether the connection is good for another one."""
        if self._sending and (self._sending.cancel() or self._sending.cancelled() or self._sending.exception()):
            self.reusable = False  # the process waits for the rest of a request
        self._sending = None
        return self.reusable and self.open and self._response is not None and self._response.complete

    async def _send(self, request: Request) -> None:
        assert not isinstance(request.body, bytes)
        chunked = not any(name.lower() == "content-length" for name, _ in request.headers)
        async for chunk in request.body:
            await self._may_write.wait()
            self._transport.write(b"%x\r\n%b\r\n" % (len(chunk), chunk) if chunked else chunk)
        if chunked:
            self._transport.write(b"0\r\n\r\n")

    def close(self) -> None:
        self._transport.close()

    @property
    def open(self) -> bool:
        return not self._transport.is_closing()

    def read_on(self) -> None:
        if self._paused:
            self._paused = False
            self._transport.resume_reading()

    # What the transport says

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._lose(f"not HTTP: {error}")
            self._transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        ends_with_connection = self._response and self._announced is None and not self._is_chunked()
        if self._response and ends_with_connection and error is None:
            self._response.finish()
        else:
            self._lose("the process hung up")
        self._may_write.set()

    def pause_writing(self) -> None:
        self._may_write.clear()

    def resume_writing(self) -> None:
        self._may_write.set()

    def _lose(self, why: str) -> None:
        self.reusable = False
        if self._response and not self._response.complete:
            self._response.finish(ConnectionLost(why, sent=True))
        if self._head and not self._head.done():
            self._head.set_exception(ConnectionLost(why, sent=True))

    # What the parser says

    def on_message_begin(self) -> None:
        self._headers = []
        self._response = None
        self._announced = None

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers.append((_text(name), _text(value)))

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < 200:
            return  # 100, 103: the answer is still to come
        for name, value in self._headers:
            if name.lower() == "content-length":
                self._announced = int(value)
        self._response = Response(status, self._headers, self)
        if self._sends_head_only:
            # The parser cannot be told that no body follows, so this connection ends here.
            self._response.finish()
            self.reusable = False
        if self._announced is None or self._announced > WHOLE or self._response.complete:
            self._give_head()

    def on_body(self, body: bytes) -> None:
        if self._response and self._response.feed(body) > HIGH_WATER and not self._paused:
            self._paused = True
            self._transport.pause_reading()

    def on_message_complete(self) -> None:
        if self._response:
            self.reusable = self.reusable and self._parser.should_keep_alive()
            self._response.finish()
            self._give_head()

    def _give_head(self) -> None:
        if self._head and not self._head.done() and self._response:
            self._head.set_result(self._response)

    def _is_chunked(self) -> bool:
        return any(name.lower() == "transfer-encoding" for name, _ in self._headers)


def _head(request: Request, length: int | None) -> bytes:
    lines = [f"{request.method} {request.target} HTTP/1.1\r\n"]
    lengthless = True
    for name, value in request.headers:
        if "\n" in value or "\r" in value or "\0" in value:
            raise ValueError(f"the header {name} holds a line break")
        if name.lower() == "content-length":
            if length is not None:
                continue
            lengthless = False
        lines.append(f"{name}: {value}\r\n")
    if length is None:
        if lengthless:
            lines.append("transfer-encoding: chunked\r\n")
    elif length or request.method not in {"GET", "HEAD", "DELETE", "OPTIONS"}:
        lines.append(f"content-length: {length}\r\n")
    lines.append("\r\n")
    return "".join(lines).encode("utf-8", "surrogateescape")


def _text(value: bytes) -> str:
    return value.decode("utf-8", "surrogateescape")
