"""Lines by TLS to servers that are asked again and again, open for a while: to begin one costs more than to use it."""

import asyncio
import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ssl import SSLContext

KEPT = 30.0  # seconds that one stays open unused
MOST = 100

Where = tuple[str, int]


class Reader(asyncio.StreamReader):
    """Knows whether anything was heard on the line, its end included."""

    heard = False

    def feed_data(self, data: Any) -> None:
        self.heard = True
        super().feed_data(data)

    def feed_eof(self) -> None:
        self.heard = True
        super().feed_eof()


@dataclass(frozen=True, slots=True)
class Line:
    where: Where
    reader: Reader
    transport: asyncio.WriteTransport

    def close(self) -> None:
        self.transport.abort()


_kept: dict[Where, list[tuple[float, Line]]] = {}  # whose are unused the longest come first


async def begin(where: Where, address: str) -> Line:
    """`where` says whom we want; the address, where they were found."""
    loop = asyncio.get_running_loop()
    reader = Reader(loop=loop)
    protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
    host, port = where
    transport, _ = await loop.create_connection(lambda: protocol, address, port, ssl=_trust(), server_hostname=host)
    return Line(where, reader, transport)


def take(where: Where) -> Line | None:
    """One that is as it was left: whoever has said something since, has said it to nobody."""
    lines = _kept.pop(where, [])
    while lines:
        since, line = lines.pop()
        if not line.reader.heard and time.monotonic() < since + KEPT:
            if lines:
                _kept[where] = lines
            return line
        line.close()
    return None


def keep(line: Line) -> None:
    line.reader.heard = False
    lines = _kept.pop(line.where, [])
    _kept[line.where] = [*lines, (time.monotonic(), line)]
    if sum(map(len, _kept.values())) > MOST:
        first = next(iter(_kept))
        _, longest = _kept[first].pop(0)
        longest.close()
        if not _kept[first]:
            del _kept[first]


def hang_up() -> None:
    for lines in _kept.values():
        for _, line in lines:
            line.close()
    _kept.clear()


@cache
def _trust() -> "SSLContext":
    import ssl

    return ssl.create_default_context()
