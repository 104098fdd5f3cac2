"""POST to an address that a user gave: by https, to a server that everybody can reach, and no further than that.

Its name is looked up once for each line, and what was looked at is what is connected to; so a name that means another
address a moment later leads nowhere else. Nothing is followed, nothing waited for longer, and nothing more of an answer
read.
"""

import asyncio
import re
import socket
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

import httptools

from shared import kept_lines
from shared.config import settings
from shared.kept_lines import Line

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv6Address

PATIENCE = 10.0  # seconds, for all of it
LONGEST_PAUSE = 3600.0  # seconds, whatever the other side asks for
LOOKUPS = 128
MOST = 65_536  # bytes of an answer, its headers among them
ADDRESS = re.compile(
    r"https://[!-~]+", re.ASCII
)  # no character that ends a line, and none that two readers read otherwise
EVERYBODYS = ("0.0.0.0/0", "2000::/3")  # of all IPv6 addresses these alone are given out
# To IPv4 addresses that are written in them, and what Python's lists lack or have only of late.
TUNNELS = ("2002::/16", "2001::/32", "192.88.99.0/24")
RESERVED = ("240.0.0.0/4", "3fff::/20")


class Refused(Exception):
    """This address is never asked."""


class Unreachable(Exception):
    """No answer: not connected, cut off, too late or too long. The other side may have heard us all the same."""


@dataclass(slots=True)
class Response:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def pause(self) -> float:
        """Seconds that the other side asks for, before it is asked again."""
        wanted = self.headers.get("retry-after", "")
        return min(float(wanted), LONGEST_PAUSE) if wanted.isdecimal() else 0.0


def checked(url: str) -> SplitResult:
    """Whether it may be an address of somebody's server, as far as can be seen without asking anybody."""
    try:
        server = urlsplit(url)
        host, _ = server.hostname, server.port
    except ValueError:
        raise Refused("it is no address") from None
    if not ADDRESS.fullmatch(url) or "\\" in url or not host or "@" in server.netloc or server.fragment:
        raise Refused("it takes an https address with a host, and without a user or a fragment")
    if literal := _literal(host):
        _allow(literal)
    return server


async def post(url: str, headers: Mapping[str, str], body: bytes) -> Response:
    server = checked(url)
    host, port = server.hostname or "", server.port or 443
    said = _written(server, headers, body)
    try:
        async with asyncio.timeout(PATIENCE):
            if kept := kept_lines.take((host, port)):
                with suppress(ConnectionError):  # it was closed this moment, as any may be that nobody uses
                    return await _exchange(kept, said)
            address = await _found(host, port)
            return await _exchange(await kept_lines.begin((host, port), address), said)
    except (OSError, UnicodeError, httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
        # A timeout is an OSError. Who wants to speak another protocol from here on has not answered either.
        raise Unreachable(f"{host}: {type(error).__name__} {error}".rstrip()) from error


async def _exchange(line: Line, said: bytes) -> Response:
    is_open = False
    try:
        line.transport.write(said)
        answer, is_open = await _answer(line.reader)
        return answer
    finally:
        if is_open:
            kept_lines.keep(line)
        else:
            line.close()


async def _found(host: str, port: int) -> str:
    """Its address, if there is none among all of them that is not for everybody."""
    from ipaddress import ip_address

    look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    found = await asyncio.get_running_loop().run_in_executor(_lookups(), look_up)
    addresses = [str(where[0]) for *_, where in found]
    for address in addresses:
        _allow(ip_address(address))
    return addresses[0]


@cache
def _lookups() -> Executor:
    """Whose name server never answers keeps a thread for longer than we wait; nobody else's may be the last one."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(LOOKUPS, "lookup")


def _literal(host: str) -> "IPv4Address | IPv6Address | None":
    from ipaddress import ip_address

    try:
        return ip_address(host)
    except ValueError:
        return None


def _allow(address: "IPv4Address | IPv6Address") -> None:
    if _is_in(address, settings().reachable_networks):
        return
    is_open = address.is_global and not address.is_multicast and _is_in(address, EVERYBODYS)
    if not is_open or _is_in(address, (*TUNNELS, *RESERVED)):
        raise Refused("it is in a network that is not open to everybody")


def _is_in(address: "IPv4Address | IPv6Address", networks: Sequence[str]) -> bool:
    from ipaddress import ip_network

    return any(address in ip_network(network) for network in networks)


def _written(server: SplitResult, headers: Mapping[str, str], body: bytes) -> bytes:
    target = (server.path or "/") + (f"?{server.query}" if server.query else "")
    said = {"host": server.netloc, "content-length": str(len(body)), **headers}
    lines = [f"POST {target} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


async def _answer(reader: asyncio.StreamReader) -> tuple[Response, bool]:
    """And whether the line takes another request."""
    reading = _Reading()
    parser = reading.parser = httptools.HttpResponseParser(reading)
    left = MOST
    while not reading.is_whole and left > 0 and (part := await reader.read(min(left, 16_384))):
        parser.feed_data(part)
        left -= len(part)
    if reading.answer.status < 200:
        raise ConnectionResetError("no answer")
    return reading.answer, reading.stays_open


class _Reading:
    """What httptools tells of an answer, and of "early hints" and the like before it; of nothing that comes behind."""

    parser: httptools.HttpResponseParser
    is_whole = stays_open = False

    def __init__(self) -> None:
        self.on_message_begin()

    def on_message_begin(self) -> None:
        if self.is_whole:
            self.stays_open = False
        else:
            self.answer = Response()

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self.is_whole:
            self.answer.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        if not self.is_whole:
            self.answer.status = self.parser.get_status_code()

    def on_body(self, part: bytes) -> None:
        if not self.is_whole:
            self.answer.body += part

    def on_message_complete(self) -> None:
        if not self.is_whole and self.answer.status >= 200:
            self.is_whole, self.stays_open = True, self.parser.should_keep_alive()
