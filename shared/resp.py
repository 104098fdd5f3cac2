"""Redis' own protocol (RESP3) on one connection, where nobody who asks waits for the answers of others.

Own code, because the client library costs a cold start 30 to 40 ms and every request four times what this does.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, Final

LOOKS = 3  # so often patience is looked at: a loop that was busy itself has not waited for Redis

_STRING, _LIST, _NUMBER, _STATUS, _ERROR, _NOTHING, _MAP, _PUSH = b"$*:+-_%>"


class Refused(Exception):
    """Redis answered that it will not."""


class News(list[Any]):
    """What Redis says without having been asked."""


class Line(asyncio.Protocol):
    def __init__(
        self,
        patience: float,
        told: Callable[[News], None] = lambda _: None,
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        self._loop: Final = asyncio.get_running_loop()
        self._patience, self._told, self._ended = patience, told, ended
        self.tells_of_changes = False
        self._transport: asyncio.Transport | None = None
        self._unsaid: list[bytes] = []
        self._asked: deque[asyncio.Future[Any]] = deque()
        self._heard = b""
        self._looks = 0  # in vain, since something was heard
        self._looking = False
        self._fault: Exception | None = None

    @property
    def is_open(self) -> bool:
        return self._transport is not None

    def ask(self, *words: str | int) -> "asyncio.Future[Any]":
        """Answered in the order of asking, and sent together with what others ask in the same turn of the loop."""
        answer = self._loop.create_future()
        if self._transport is None:
            answer.set_exception(ConnectionResetError("the connection is closed"))
            return answer
        self._asked.append(answer)
        if not self._unsaid:
            self._loop.call_soon(self._say)
        self._unsaid.append(command(*words))
        if not self._looking:
            self._looking, self._looks = True, 0
            self._loop.call_later(self._patience / LOOKS, self._look)
        return answer

    def close(self) -> None:
        if self._transport:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._looks = 0
        heard, at = self._heard + data, 0
        try:
            while at < len(heard) and (said := read(heard, at)):
                reply, at = said
                (self._told if type(reply) is News else self._answer)(reply)
        except (ValueError, IndexError):
            self._break(ConnectionError("what Redis says cannot be understood"))
        self._heard = heard[at:]

    def connection_lost(self, error: Exception | None) -> None:
        self._transport = None
        self._ended()
        fault = self._fault or error or ConnectionResetError("Redis closed the connection")
        while self._asked:
            self._answer(fault)

    def _answer(self, reply: object) -> None:
        asked = self._asked.popleft()
        if asked.done():
            return  # whoever asked is gone
        if isinstance(reply, Exception):
            asked.set_exception(reply)
        else:
            asked.set_result(reply)

    def _say(self) -> None:
        if self._transport:
            self._transport.write(b"".join(self._unsaid))
        self._unsaid.clear()

    def _look(self) -> None:
        """One timer for all questions. What has come is read before a timer runs, so a busy loop breaks nothing."""
        self._looking = bool(self._asked)
        if not self._looking:
            return
        self._looks += 1
        if self._looks > LOOKS:
            self._break(TimeoutError("Redis is silent"))
        else:
            self._loop.call_later(self._patience / LOOKS, self._look)

    def _break(self, fault: Exception) -> None:
        self._fault = fault
        if self._transport:
            self._transport.abort()


def command(*words: str | int) -> bytes:
    encoded = [str(word).encode() for word in words]
    return b"*%d\r\n%b" % (len(encoded), b"".join([b"$%d\r\n%b\r\n" % (len(word), word) for word in encoded]))


def read(heard: bytes, at: int) -> tuple[Any, int] | None:
    """The reply that begins here, and where it ends; None while some of it is still to come."""
    end = heard.find(b"\r\n", at)
    if end < 0:
        return None
    kind, rest, at = heard[at], heard[at + 1 : end], end + 2
    if kind == _STRING:
        length = int(rest)
        if length < 0:
            return None, at
        return (heard[at : at + length].decode(), at + length + 2) if len(heard) >= at + length + 2 else None
    if kind in (_LIST, _PUSH, _MAP):
        items = News() if kind == _PUSH else []
        for _ in range(int(rest) * (2 if kind == _MAP else 1)):  # of a map each name and value
            if (said := read(heard, at)) is None:
                return None
            item, at = said
            items.append(item)
        return items, at
    if kind == _NUMBER:
        return int(rest), at
    if kind == _NOTHING:
        return None, at
    if kind == _STATUS:
        return rest.decode(), at
    if kind == _ERROR:
        return Refused(rest.decode()), at
    raise ValueError(f"a reply begins with {kind}")
