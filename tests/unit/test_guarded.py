"""An address that a user gave is asked only where everybody may ask, and takes no more of us than a short exchange."""

import asyncio
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import pytest

from shared import guarded, kept_lines
from shared.config import settings
from shared.guarded import Refused, Response, Unreachable
from tests.post_office import certificate

Serving = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

INSIDE = [
    "127.0.0.1", "127.255.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "0.0.0.1", "224.0.0.1", "255.255.255.255", "198.18.0.1",
    "::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1",
    "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:a00:1::", "2001:0:a00:1::",
    "240.0.0.1", "192.88.99.1", "::10.0.0.1", "::ffff:0:10.0.0.1", "fec0::1", "5f00::1", "3fff::1", "4000::1",
]  # fmt: skip
UPGRADE = b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
OUTSIDE = ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"]


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    return certificate(tmp_path_factory.mktemp("guarded"))


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, trusted: tuple[ssl.SSLContext, Path]) -> Iterator[None]:
    for name in (
        "K_SERVICE",
        "FUNCTION_SOURCE",
        "DATABASE_URL",
        "REDIS_URL",
        "BROKER_INGRESS_URL",
        "EVENT_SIGNING_KEYS",
    ):
        monkeypatch.setenv(name, "-")
    monkeypatch.setenv("REACHABLE_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted[1]))
    settings.cache_clear()
    kept_lines._trust.cache_clear()
    yield
    settings.cache_clear()
    kept_lines._trust.cache_clear()


def posted_to(serve: Serving, tls: ssl.SSLContext, host: str = "127.0.0.1", path: str = "/send?a=b") -> Response:
    async def story() -> Response:
        server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
        async with server:
            port = server.sockets[0].getsockname()[1]
            answer = await guarded.post(f"https://{host}:{port}{path}", {"ttl": "7"}, b"hello")
            kept_lines.hang_up()
            return answer

    return asyncio.run(story())


def saying(*parts: bytes, heard: list[bytes] | None = None) -> Serving:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        said = await reader.readuntil(b"hello")
        if heard is not None:
            heard.append(said)
        for part in parts:
            writer.write(part)
            await writer.drain()
            for _ in range(20):  # so that whoever asks has read it before the next
                await asyncio.sleep(0)
        writer.close()

    return serve


def names(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """What the name service says, and what it was asked."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        family = {True: socket.AF_INET6, False: socket.AF_INET}
        return [(family[":" in each], socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_it_says_what_it_is_given_and_hears_the_answer(trusted: tuple[ssl.SSLContext, Path]) -> None:
    heard: list[bytes] = []

    answer = posted_to(saying(b"HTTP/1.1 201 Created\r\nLocation: /x\r\n\r\nmade", heard=heard), trusted[0])

    assert (answer.status, answer.headers["location"], answer.body) == (201, "/x", b"made")
    first, *lines = heard[0].decode().split("\r\n")
    assert first == "POST /send?a=b HTTP/1.1"
    assert {"ttl: 7", "content-length: 5"} <= set(lines)


@pytest.mark.parametrize("address", INSIDE)
def test_nobody_inside_is_asked_by_address_or_by_name(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REACHABLE_NETWORKS", "")
    settings.cache_clear()
    literal = f"[{address}]" if ":" in address else address
    with pytest.raises(Refused):
        guarded.checked(f"https://{literal}/send")

    for found in ([address], [*OUTSIDE, address]):  # one of several is enough
        names(monkeypatch, *found)
        with pytest.raises(Refused):
            asyncio.run(guarded.post("https://push.example.org/send", {}, b""))


@pytest.mark.parametrize("address", OUTSIDE)
def test_whoever_everybody_can_reach_may_be_asked(address: str) -> None:
    guarded.checked(f"https://[{address}]/" if ":" in address else f"https://{address}/")


def test_a_name_is_looked_up_once_and_that_address_is_connected_to(
    trusted: tuple[ssl.SSLContext, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = names(monkeypatch, "127.0.0.1")

    with pytest.raises(Unreachable, match="CERTIFICATE"):  # which is of another name: so it has connected
        posted_to(saying(b"HTTP/1.1 201 Created\r\n\r\n"), trusted[0], host="push.example.org")

    assert asked == ["push.example.org"]


def posted_twice(serve: Serving, tls: ssl.SSLContext, meanwhile: Callable[[], Awaitable[object]]) -> list[int]:
    """And on how many lines."""
    lines: list[int] = []

    async def counted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append(len(lines) + 1)
        await serve(reader, writer)

    async def story() -> list[int]:
        async with await asyncio.start_server(counted, "127.0.0.1", 0, ssl=tls) as server:
            address = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
            first = await guarded.post(address, {}, b"hello")
            await meanwhile()
            second = await guarded.post(address, {}, b"hello")
            kept_lines.hang_up()
        return [first.status, second.status, len(lines)]

    return asyncio.run(story())


CREATED = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


async def answering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(asyncio.IncompleteReadError):
        while await reader.readuntil(b"hello"):
            writer.write(CREATED)
    writer.close()


async def nothing() -> None: ...


def test_the_same_line_is_used_again_for_a_while(
    trusted: tuple[ssl.SSLContext, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert posted_twice(answering, trusted[0], nothing) == [201, 201, 1]

    monkeypatch.setattr(kept_lines, "KEPT", 0)
    assert posted_twice(answering, trusted[0], nothing) == [201, 201, 2]


@pytest.mark.parametrize("unasked", [b"", b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n"])
def test_a_line_on_which_anything_was_heard_meanwhile_is_not_used_again(
    trusted: tuple[ssl.SSLContext, Path], unasked: bytes
) -> None:
    async def hangs_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"hello")
        writer.write(CREATED)
        await writer.drain()
        await kept.wait()
        writer.write(unasked)
        writer.close()
        closed.set()

    async def meanwhile() -> None:
        kept.set()
        await closed.wait()
        [[(_, line)]] = kept_lines._kept.values()
        await asyncio.wait_for(line.reader.read(1), 5)

    kept, closed = asyncio.Event(), asyncio.Event()
    assert posted_twice(hangs_up, trusted[0], meanwhile) == [201, 201, 2]


def test_a_line_that_is_closed_the_moment_it_is_used_is_no_failure(trusted: tuple[ssl.SSLContext, Path]) -> None:
    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"hello")
        writer.write(CREATED)
        await reader.readuntil(b"hello")
        writer.close()

    async def unwilling(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await (answering if lines else once)(reader, writer)

    lines: list[int] = []

    async def meanwhile() -> None:
        lines.append(1)

    assert posted_twice(unwilling, trusted[0], meanwhile) == [201, 201, 2]


def test_no_more_lines_are_kept_than_that(
    trusted: tuple[ssl.SSLContext, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_lines, "MOST", 2)

    async def story() -> list[int]:
        ports = []
        async with AsyncExitStack() as servers:
            for _ in range(3):
                server = await asyncio.start_server(answering, "127.0.0.1", 0, ssl=trusted[0])
                await servers.enter_async_context(server)
                ports.append(server.sockets[0].getsockname()[1])
                await guarded.post(f"https://127.0.0.1:{ports[-1]}/", {}, b"hello")
            kept = [ports.index(port) for _, port in kept_lines._kept]
            kept_lines.hang_up()
        return kept

    assert asyncio.run(story()) == [1, 2]


def test_it_follows_nobody_elsewhere(trusted: tuple[ssl.SSLContext, Path]) -> None:
    moved = b"HTTP/1.1 307 Temporary Redirect\r\nLocation: https://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"

    assert posted_to(saying(moved), trusted[0]).status == 307


def test_an_answer_may_be_announced(trusted: tuple[ssl.SSLContext, Path]) -> None:
    hints, answer = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", b"HTTP/1.1 204 No Content\r\n\r\n"

    assert posted_to(saying(hints, answer), trusted[0]).status == 204
    assert posted_to(saying(hints + answer), trusted[0]).status == 204
    with pytest.raises(Unreachable):
        posted_to(saying(hints), trusted[0])


def test_of_a_long_answer_no_more_is_read(trusted: tuple[ssl.SSLContext, Path]) -> None:
    sizes: list[int] = []

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"hello")
        writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        try:
            while True:
                writer.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")
                sizes.append(65536)
                await writer.drain()
        except OSError:
            writer.close()

    answer = posted_to(endless, trusted[0])

    assert answer.status == 200
    assert len(answer.body) <= guarded.MOST
    assert sum(sizes) < 20_000_000  # what the line holds


def test_headers_without_end_are_no_answer(trusted: tuple[ssl.SSLContext, Path]) -> None:
    with pytest.raises(Unreachable):
        posted_to(saying(b"HTTP/1.1 200 OK\r\n", *[b"x: y\r\n" * 1000] * 100), trusted[0])


def test_a_server_that_takes_its_time_has_none_of_ours(
    trusted: tuple[ssl.SSLContext, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded, "PATIENCE", 0.3)

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"hello")
        try:
            for letter in b"HTTP/1.1 200 OK\r\n" * 100:
                writer.write(bytes([letter]))
                await writer.drain()
                await asyncio.sleep(0.05)
        except OSError:
            writer.close()

    began = time.monotonic()
    with pytest.raises(Unreachable, match="Timeout"):
        posted_to(slow, trusted[0])

    assert time.monotonic() - began < 5


@pytest.mark.parametrize("said", [b"", b"SMTP ready\r\n\r\n", b"HTTP/1.1 2", UPGRADE])
def test_what_is_no_answer_is_none(trusted: tuple[ssl.SSLContext, Path], said: bytes) -> None:
    with pytest.raises(Unreachable):
        posted_to(saying(said), trusted[0])


@pytest.mark.parametrize(
    "address",
    ["http://a.example/", "https://a.example\\@b.example/", "https://a.example /", "https://a.example/\r\nx: y",
     "https://u:p@a.example/", "https://a.example:0x50/", "https://a.example:70000/", "https://", "//a.example/",
     "https://a.example/#x", "https://\u00e4.example/", "HTTPS://a.example/", "https://[::1", ""],
)  # fmt: skip
def test_what_two_readers_may_read_otherwise_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        guarded.checked(address)
