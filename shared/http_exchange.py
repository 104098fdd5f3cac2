"""One request on a connection, as its ASGI call receives it, and the answer that it sends."""

import asyncio
import time
from collections.abc import Iterable
from email.utils import formatdate
from http import HTTPStatus
from typing import TYPE_CHECKING

from shared.edge import App, Message, Scope
from shared.logs import log

if TYPE_CHECKING:
    from shared.http_line import Line

UNREAD_AT_MOST = 65_536  # bytes of a body that nobody has asked for yet
STATUS_LINES = {status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode() for status in HTTPStatus}
WITHOUT_BODY = {204, 304}
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class Exchange:
    def __init__(self, line: "Line", scope: Scope) -> None:
        self._line, self._scope = line, scope
        self._heard: list[bytes] = []
        self._unread = 0  # bytes of what was heard
        self._more = True
        self._told_all = False
        self._asleep: asyncio.Future[None] | None = None
        self._start: Message | None = None
        self._is_told_to_go_on = self._chunked = False
        self._left: int | None = 0  # bytes that the headers promise, if they do
        self.is_begun = self.is_complete = False

    async def run(self, app: App) -> None:
        try:
            await app(self._scope, self.receive, self.send)
        except Exception as error:  # the edge has answered what can still be answered
            log().error("an answer was broken off", exc_info=error)
        finally:
            self._line.is_done_with(self)

    def hear(self, part: bytes) -> None:
        self._heard.append(part)
        self._unread += len(part)
        if self.is_full:
            self._line.read_what_there_is_room_for()
        self.wake()

    @property
    def is_full(self) -> bool:
        return self._unread > UNREAD_AT_MOST

    def has_heard_all(self) -> None:
        self._more = False
        self.wake()

    def wake(self) -> None:
        if self._asleep and not self._asleep.done():
            self._asleep.set_result(None)

    async def receive(self) -> Message:
        if self._waits_to_go_on():
            self._is_told_to_go_on = True
            self._line.transport.write(GO_ON)
        while self._line.is_open and not self.is_complete:
            if not self._told_all and (self._heard or not self._more):
                body, self._heard, self._unread = b"".join(self._heard), [], 0
                self._told_all = not self._more
                self._line.read_what_there_is_room_for()
                return {"type": "http.request", "body": body, "more_body": self._more}
            self._asleep = asyncio.get_running_loop().create_future()
            await self._asleep
        return {"type": "http.disconnect"}

    def _waits_to_go_on(self) -> bool:
        if not self._more or self._heard or self.is_begun or self._is_told_to_go_on:
            return False
        return any(name == b"expect" and value.lower() == b"100-continue" for name, value in self._scope["headers"])

    async def send(self, message: Message) -> None:
        """The headers leave with the beginning of the body."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        await self._line.has_room()
        body, more = message.get("body", b""), message.get("more_body", False)
        if not self._line.is_open:
            self.is_complete = not more
            return
        head = b""
        if not self.is_begun:
            assert self._start
            self.is_begun, head = True, self._head(self._start["status"], self._start["headers"])
        if self._scope["method"] == "HEAD":
            body = b""
        elif self._chunked:
            body = (b"%x\r\n%b\r\n" % (len(body), body) if body else b"") + (b"" if more else b"0\r\n\r\n")
        elif self._left is not None:
            self._left -= len(body)
            if self._left < 0:
                raise RuntimeError("The body is longer than its headers say.")  # it would be read as another answer
        self._line.transport.write(head + body)
        if not more:
            if self._left:
                raise RuntimeError("The body is shorter than its headers say.")
            self.is_complete = True
            self.wake()

    def _head(self, status: int, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
        parts, length = [STATUS_LINES[status], date_line()], None
        for name, value in headers:
            if name == b"content-length":
                length = int(value)
            parts.append(b"%b: %b\r\n" % (name, value))
        if self._scope["method"] != "HEAD" and status not in WITHOUT_BODY:
            self._left, self._chunked = length, length is None and self._scope["http_version"] == "1.1"
        if self._chunked:
            parts.append(b"transfer-encoding: chunked\r\n")
        if self._line.ends_with(self):
            parts.append(b"connection: close\r\n")
        head = b"".join(parts)
        if not head.count(b"\r") == head.count(b"\n") == len(parts):
            raise RuntimeError("A header's value has more than one line.")
        return head + b"\r\n"


_date = (0, b"")


def date_line() -> bytes:
    global _date
    now = int(time.time())
    if _date[0] != now:
        _date = now, f"date: {formatdate(now, usegmt=True)}\r\n".encode()
    return _date[1]
