"""POST to an address that a user gave: by https, to a server that everybody can reach, and no further than that.

Its name is looked up once, and what was looked at is what is connected to; so a name that means another address a
moment later leads nowhere else. Nothing is followed, nothing waited for longer, and nothing more of an answer read.
"""

import asyncio
import re
import socket
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

import httptools

from shared.config import settings

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv6Address
    from ssl import SSLContext

PATIENCE = 10.0  # seconds, for all of it
LOOKUPS = 32
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
    try:
        async with asyncio.timeout(PATIENCE):
            address = await _found(host, port)
            reader, writer = await asyncio.open_connection(address, port, ssl=_trust(), server_hostname=host)
            try:
                writer.write(_written(server, headers, body))
                return await _answer(reader)
            finally:
                writer.transport.abort()
    except (OSError, UnicodeError, httptools.HttpParserError) as error:  # a timeout is an OSError
        raise Unreachable(f"{host}: {type(error).__name__} {error}".rstrip()) from error


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


@cache
def _trust() -> "SSLContext":
    import ssl

    return ssl.create_default_context()


def _written(server: SplitResult, headers: Mapping[str, str], body: bytes) -> bytes:
    target = (server.path or "/") + (f"?{server.query}" if server.query else "")
    said = {"host": server.netloc, "content-length": str(len(body)), "connection": "close", **headers}
    lines = [f"POST {target} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


async def _answer(reader: asyncio.StreamReader) -> Response:
    reading = _Reading()
    parser = httptools.HttpResponseParser(reading)
    left = MOST
    while not reading.is_whole and left > 0 and (part := await reader.read(min(left, 16_384))):
        parser.feed_data(part)
        left -= len(part)
        reading.answer.status = parser.get_status_code() if reading.begun else 0
    if reading.answer.status < 200:
        raise ConnectionResetError("no answer")
    return reading.answer


class _Reading:
    """What httptools tells of an answer, and of the "early hints" and the like before it."""

    def __init__(self) -> None:
        self.on_message_begin()

    def on_message_begin(self) -> None:
        self.answer = Response()
        self.begun = self.complete = False

    @property
    def is_whole(self) -> bool:
        return self.complete and self.answer.status >= 200

    def on_header(self, name: bytes, value: bytes) -> None:
        self.answer.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, part: bytes) -> None:
        self.answer.body += part

    def on_headers_complete(self) -> None:
        self.begun = True

    def on_message_complete(self) -> None:
        self.complete = True
