"""The HTTP server of the brokers' door, by what goes over its lines."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from knative.runner.eventing import door
from knative.runner.eventing.door import Answer, Door, Request

POST = b"POST /orders?x=1 HTTP/1.1\r\nHost: door\r\nContent-Length: 2\r\n\r\n%b"
ACCEPTED = b"HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\n%b"
Handle = Callable[[Request], Awaitable[Answer]]
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def a_line(handle: Handle) -> AsyncIterator[Line]:
    bound = socket.create_server(("127.0.0.1", 0))
    server = Door(handle)
    await server.open(bound)
    reader, writer = await asyncio.open_connection(*bound.getsockname())
    try:
        yield reader, writer
    finally:
        writer.close()
        await server.close()


async def echo(request: Request) -> Answer:
    return Answer(202, bytes(request.body).decode())


def told(story: Callable[[Line], Awaitable[None]], handle: Handle = echo) -> None:
    async def tell() -> None:
        async with asyncio.timeout(10), a_line(handle) as line:
            await story(line)

    asyncio.run(tell())


def test_what_is_sent_together_is_taken_together_and_answered_in_order() -> None:
    here: list[bytes] = []
    second_came = asyncio.Event()

    async def handle(request: Request) -> Answer:
        here.append(bytes(request.body))
        if len(here) == 2:
            second_came.set()
        if request.body == b"01":
            await second_came.wait()
        return await echo(request)

    async def story(line: Line) -> None:
        reader, writer = line
        writer.write(POST % b"01" + POST % b"02")
        assert await reader.readexactly(2 * len(ACCEPTED)) == ACCEPTED % b"01" + ACCEPTED % b"02"

    told(story, handle)


def test_a_request_may_come_in_pieces_of_any_size() -> None:
    async def story(line: Line) -> None:
        reader, writer = line
        for byte in POST % b"01":
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0)
        assert await reader.readexactly(len(ACCEPTED)) == ACCEPTED % b"01"

    told(story)


def test_a_body_of_unsaid_length_is_taken_in_chunks_after_a_go_ahead() -> None:
    async def story(line: Line) -> None:
        reader, writer = line
        writer.write(b"POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ntransfer-encoding: chunked\r\n\r\n")
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(b"1\r\n0\r\n1\r\n1\r\n0\r\n\r\n")
        assert await reader.readexactly(len(ACCEPTED)) == ACCEPTED % b"01"

    told(story)


def test_who_wants_no_more_is_answered_and_let_go() -> None:
    async def story(line: Line) -> None:
        reader, writer = line
        writer.write((POST % b"01").replace(b"\r\nHost", b"\r\nConnection: close\r\nHost") + POST % b"02")
        head, _, rest = (await reader.read()).partition(b"\r\n\r\n")
        assert head == b"HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\nconnection: close"
        assert rest == b"01"

    told(story)


@pytest.mark.parametrize("piece", [1_000, 1])
@pytest.mark.parametrize(
    "body", [b"content-length: 2\r\n\r\n01", b"transfer-encoding: chunked\r\n\r\n2\r\n01\r\n0\r\n\r\n"]
)
def test_who_would_rather_speak_another_protocol_loses_nothing_of_its_event(body: bytes, piece: int) -> None:
    heads: list[tuple[str, str | None]] = []

    async def handle(request: Request) -> Answer:
        heads.append((request.path, request.headers.get("ce-id")))
        return await echo(request)

    async def story(line: Line) -> None:
        reader, writer = line
        asked = (
            b"POST /orders HTTP/1.1\r\nHost: door\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nce-id: \xc3\xa4\r\n" + body
        )
        said = POST % b"00" + asked + POST % b"02"
        for begin in range(0, len(said), piece):
            writer.write(said[begin : begin + piece])
            await writer.drain()
            await asyncio.sleep(0)
        expected = b"".join(ACCEPTED % each for each in (b"00", b"01", b"02"))
        assert await reader.readexactly(len(expected)) == expected
        assert heads == [("/orders", None), ("/orders", "ä"), ("/orders", None)]

    told(story, handle)


def test_very_many_may_ask_for_another_protocol() -> None:
    many = 3_000

    async def story(line: Line) -> None:
        reader, writer = line
        writer.write((POST % b"01").replace(b"Host: door", b"connection: upgrade\r\nupgrade: h2c") * many)
        assert await reader.readexactly(many * len(ACCEPTED)) == ACCEPTED % b"01" * many

    told(story)


def test_a_tunnel_is_refused() -> None:
    async def story(line: Line) -> None:
        reader, writer = line
        writer.write(b"CONNECT door:80 HTTP/1.1\r\nHost: door\r\n\r\n")
        answer = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        assert await reader.read() == answer

    told(story)


def test_what_is_not_http_is_refused_after_what_came_before_it() -> None:
    async def story(line: Line) -> None:
        reader, writer = line
        writer.write(POST % b"01" + b"\x16\x03\x01 hello\r\n\r\n")
        assert (await reader.read()).startswith(ACCEPTED % b"01" + b"HTTP/1.1 400 Bad Request\r\n")

    told(story)


def test_a_head_without_end_is_refused() -> None:
    async def story(line: Line) -> None:
        reader, writer = line
        writer.write(b"POST / HTTP/1.1\r\n" + b"a: b\r\n" * (door.LONGEST_HEAD // 6))
        assert (await reader.read()).startswith(b"HTTP/1.1 431 ")

    told(story)


def test_a_fault_is_answered_and_the_line_stays_good() -> None:
    async def handle(request: Request) -> Answer:
        if request.body == b"01":
            raise RuntimeError("a bug")
        return await echo(request)

    async def story(line: Line) -> None:
        reader, writer = line
        writer.write(POST % b"01" + POST % b"02")
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 500 ")
        assert await reader.readexactly(len(ACCEPTED)) == ACCEPTED % b"02"

    told(story, handle)


def test_of_very_many_at_once_most_wait_on_the_line() -> None:
    many, here = 10_000, 0
    enough, one_more, go_on = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def handle(request: Request) -> Answer:
        nonlocal here
        here += 1
        if here == door.AT_ONCE:
            enough.set()
        await (one_more if here == 1 else go_on).wait()
        return await echo(request)

    async def story(line: Line) -> None:
        reader, writer = line
        writer.write(POST % b"01" * many)
        await enough.wait()
        for _ in range(10):
            await asyncio.sleep(0)
        brought = here  # by one look at the socket
        assert door.AT_ONCE < brought < many / 2
        one_more.set()
        assert await reader.readexactly(len(ACCEPTED)) == ACCEPTED % b"01"
        for _ in range(10):
            await asyncio.sleep(0)
        assert here == brought
        go_on.set()
        assert await reader.readexactly((many - 1) * len(ACCEPTED)) == ACCEPTED % b"01" * (many - 1)

    told(story, handle)


def test_who_hangs_up_before_the_answer_hurts_nobody() -> None:
    came, go_on = asyncio.Event(), asyncio.Event()

    async def handle(request: Request) -> Answer:
        came.set()
        await go_on.wait()
        return await echo(request)

    async def story(line: Line) -> None:
        _, writer = line
        writer.write(POST % b"01")
        await came.wait()
        writer.transport.abort()
        go_on.set()

    told(story, handle)
