"""HTTP/1.1 as it is spoken on a connection."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from unittest.mock import MagicMock

import pytest

from shared import http_exchange, http_line
from shared.edge import App, Message, Receive, Scope, Send
from shared.http_line import Line, Lines


@pytest.fixture(autouse=True)
def lines_of_the_log(monkeypatch: pytest.MonkeyPatch) -> MagicMock:
    log = MagicMock()
    for module in (http_line, http_exchange):
        monkeypatch.setattr(module, "log", lambda: log)
    return log


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """The method, the path, the query and the body."""
    body = b""
    while (message := await receive())["type"] == "http.request":
        body += message["body"]
        if not message["more_body"]:
            break
    content = b"%b %b %b %b" % (scope["method"].encode(), scope["path"].encode(), scope["query_string"], body)
    await send(start(200, content))
    await send({"type": "http.response.body", "body": content})


async def deaf(_scope: Scope, _receive: Receive, _send: Send) -> None:
    await asyncio.Event().wait()


def start(status: int, content: bytes, *headers: tuple[bytes, bytes]) -> Message:
    length = (b"content-length", b"%d" % len(content))
    return {"type": "http.response.start", "status": status, "headers": [length, *headers]}


def answering(*parts: bytes, headers: list[tuple[bytes, bytes]], status: int = 200) -> App:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": headers})
        for number, part in enumerate(parts, 1):
            await send({"type": "http.response.body", "body": part, "more_body": number < len(parts)})

    return app


GOODBYE = b"GET /goodbye HTTP/1.1\r\nconnection: close\r\n\r\n"


def said(app: App, *parts: bytes) -> list[tuple[bytes, bytes]]:
    """The heads and bodies of the answers to what is sent in these parts."""
    *heard, goodbye = answers(everything_said(app, *parts, GOODBYE))
    assert goodbye[0].endswith(b"connection: close")
    return heard


def everything_said(app: App, *parts: bytes) -> bytes:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, _: Lines) -> bytes:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0)
        return await reader.read()

    return asyncio.run(with_line(app, story))


def answers(heard: bytes) -> list[tuple[bytes, bytes]]:
    """Without their dates."""
    found = [answer.partition(b"\r\n\r\n") for answer in re.split(rb"(?=HTTP/1.1 [1-5])", heard)[1:]]
    return [(re.sub(rb"\r\ndate: [^\r]+ GMT", b"", head), body) for head, _, body in found]


async def until(question: Callable[[], object]) -> None:
    while not question():  # noqa: ASYNC110  what it asks for is no event
        await asyncio.sleep(0.01)


async def with_line(
    app: App, story: Callable[[asyncio.StreamReader, asyncio.StreamWriter, Lines], Awaitable[bytes]]
) -> bytes:
    lines = Lines()
    server = await asyncio.get_running_loop().create_server(lambda: Line(app, lines), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname(), limit=2**26)
    try:
        async with asyncio.timeout(10):
            return await story(reader, writer, lines)
    finally:
        writer.close()
        server.close()


OK = b"HTTP/1.1 200 OK\r\ncontent-length: %d"


def test_a_request_is_answered() -> None:
    [(head, body)] = said(echo, b"GET /a%20b?c=%20d HTTP/1.1\r\nhost: x\r\n\r\n")

    assert body == b"GET /a b c=%20d "
    assert head == OK % len(body)


def test_the_answer_says_when_it_was_given() -> None:
    heard = everything_said(echo, GOODBYE)

    assert re.search(rb"\r\ndate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n", heard)


@pytest.mark.parametrize(
    ("target", "meant"),
    [
        (b"http://taskora.test/a?b", b"/a b"),
        (b"http://taskora.test?b", b"/ b"),
        (b"http://taskora.test", b"/ "),
        (b"/a?b#c", b"/a b"),
        (b"/a#c?d", b"/a "),
    ],
    ids=repr,
)
def test_a_target_may_be_written_another_way(target: bytes, meant: bytes) -> None:
    [(_, body)] = said(echo, b"GET " + target + b" HTTP/1.1\r\nhost: x\r\n\r\n")

    assert body == b"GET " + meant + b" "


def test_a_request_may_come_in_any_pieces() -> None:
    request = b"POST /a HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"

    [(_, body)] = said(echo, *(request[at : at + 1] for at in range(len(request))))

    assert body == b"POST /a  abcde"


def pipelined(many: int) -> bytes:
    return b"".join(b"POST /%d HTTP/1.1\r\ncontent-length: 1\r\n\r\nx" % number for number in range(many))


def test_many_requests_at_once_are_answered_in_their_order() -> None:
    bodies = [body for _, body in said(echo, pipelined(5000))]

    assert bodies == [b"POST /%d  x" % number for number in range(5000)]


def test_of_many_requests_at_once_few_are_held_in_memory() -> None:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lines: Lines) -> bytes:
        writer.write(pipelined(20_000))
        await asyncio.sleep(0.1)  # more would come if nobody waited
        [line] = lines.all
        assert len(line._queue) <= http_line.QUEUED_AT_MOST + len(http_line.BUFFER) / len(pipelined(1))
        return b""

    asyncio.run(with_line(deaf, story))


def test_a_long_body_is_read_whole() -> None:
    long = b"x" * 1_000_000

    [(_, body)] = said(echo, b"POST / HTTP/1.1\r\ncontent-length: 1000000\r\n\r\n" + long)

    assert body == b"POST /  " + long


def test_a_body_that_nobody_asks_for_is_passed_over() -> None:
    long = b"POST / HTTP/1.1\r\ncontent-length: 1000000\r\n\r\n" + b"x" * 1_000_000

    async def unhurried(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(0.1)  # meanwhile more has come than is held
        await answering(b"", headers=[])(scope, receive, send)

    assert len(said(unhurried, long, long)) == 2


def test_a_body_that_nobody_asks_for_is_not_held_in_memory() -> None:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lines: Lines) -> bytes:
        writer.write(b"POST / HTTP/1.1\r\ncontent-length: 100000000\r\n\r\n" + b"x" * 20_000_000)
        await asyncio.sleep(0.1)  # more would come if nobody waited
        [line] = lines.all
        [exchange] = line._queue
        assert exchange._unread <= http_exchange.UNREAD_AT_MOST + len(http_line.BUFFER)
        return b""

    asyncio.run(with_line(deaf, story))


def test_who_wants_to_be_asked_for_the_body_is_asked() -> None:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, _: Lines) -> bytes:
        writer.write(b"POST / HTTP/1.1\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n")
        asked = await reader.readuntil(b"\r\n\r\n")
        writer.write(b"ab")
        return asked + await reader.readuntil(b"POST /  ab")

    asked, (_, body) = answers(asyncio.run(with_line(echo, story)))

    assert asked[0] == b"HTTP/1.1 100 Continue"
    assert body == b"POST /  ab"


def test_an_answer_of_unknown_length_comes_in_chunks() -> None:
    [(head, body)] = said(answering(b"abc", b"", b"de", headers=[]), b"GET / HTTP/1.1\r\n\r\n")

    assert head == b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked"
    assert body == b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"


def test_an_answer_to_head_has_no_body() -> None:
    twice = b"HEAD / HTTP/1.1\r\n\r\n" * 2

    assert said(echo, twice) == [(OK % len(b"HEAD /  "), b"")] * 2


@pytest.mark.parametrize("status", [204, 304])
def test_what_never_has_a_body_says_nothing_of_one(status: int) -> None:
    [(head, body), _] = said(answering(b"", headers=[], status=status), b"DELETE / HTTP/1.1\r\n\r\n" * 2)

    assert re.fullmatch(b"HTTP/1.1 %d [A-Za-z ]+" % status, head)
    assert body == b""


@pytest.mark.parametrize(
    "request_text", [b"GET / HTTP/1.1\r\nconnection: close\r\n\r\n", b"GET / HTTP/1.0\r\n\r\n"], ids=["said", "of old"]
)
def test_the_connection_ends_with_the_last_answer(request_text: bytes) -> None:
    [(head, body)] = answers(everything_said(echo, request_text))

    assert head == OK % 7 + b"\r\nconnection: close"
    assert body == b"GET /  "


def test_who_asks_for_another_protocol_is_answered_in_this_one() -> None:
    wanted = b"GET / HTTP/1.1\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n"

    [(head, _)] = answers(everything_said(echo, wanted))

    assert head.startswith(b"HTTP/1.1 200 OK")
    assert head.endswith(b"connection: close")


@pytest.mark.parametrize("value", [b"a\r\nset-cookie: b", b"a\nb", b"a\rb"])
def test_a_header_is_one_line_or_there_is_no_answer(value: bytes) -> None:
    assert everything_said(answering(b"", headers=[(b"a", value)]), b"GET / HTTP/1.1\r\n\r\n") == b""


@pytest.mark.parametrize(("promised", "sent"), [(b"2", b"a"), (b"4", b"abc")])
def test_an_answer_that_is_not_as_long_as_it_says_is_cut_off(promised: bytes, sent: bytes) -> None:
    app = answering(b"a", b"bc", headers=[(b"content-length", promised)])

    [(_, body)] = answers(everything_said(app, b"GET / HTTP/1.1\r\n\r\n" * 2))

    assert body == sent  # and never more than the promise: it would be read as the beginning of the next answer


def test_whoever_hangs_up_is_noticed_while_the_answer_is_made() -> None:
    heard: list[str] = []

    async def stream(_scope: Scope, receive: Receive, _send: Send) -> None:
        while (message := await receive())["type"] == "http.request":
            heard.append(message["type"])
        heard.append(message["type"])

    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lines: Lines) -> bytes:
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        await until(lambda: heard)
        writer.close()
        await until(lambda: not lines.all)
        return b""

    asyncio.run(with_line(stream, story))

    assert heard == ["http.request", "http.disconnect"]


def test_a_reader_that_is_slow_is_waited_for() -> None:
    sent: list[int] = []

    async def stream(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for number in range(300):
            await send({"type": "http.response.body", "body": b"x" * 100_000, "more_body": number < 299})
            sent.append(number)

    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, _: Lines) -> bytes:
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        await until(lambda: sent)
        await asyncio.sleep(0.1)  # more would come if nobody waited
        assert len(sent) < 200
        writer.transport.resume_reading()  # type: ignore[attr-defined]
        return await reader.readuntil(b"\r\n0\r\n\r\n")

    asyncio.run(with_line(stream, story))

    assert len(sent) == 300


def test_what_is_asked_before_the_end_is_answered_and_nothing_after() -> None:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lines: Lines) -> bytes:
        writer.write(b"POST / HTTP/1.1\r\ncontent-length: 2\r\n\r\na")
        await until(lambda: any(line._queue for line in lines.all))
        end = asyncio.create_task(lines.end(5))
        await asyncio.sleep(0)
        writer.write(b"b" + b"GET /after HTTP/1.1\r\n\r\n")
        heard = await reader.read()
        await end
        return heard

    [(head, body)] = answers(asyncio.run(with_line(echo, story)))

    assert head.endswith(b"connection: close")
    assert body == b"POST /  ab"


def test_a_silent_line_is_closed_after_a_while_and_one_that_works_is_not() -> None:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lines: Lines) -> bytes:
        writer.write(b"POST / HTTP/1.1\r\ncontent-length: 1\r\n\r\n")
        await until(lambda: any(line._queue for line in lines.all))
        lines.close_idle(0)
        writer.write(b"a")
        heard = await reader.readuntil(b"POST /  a")
        lines.close_idle(60)
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        heard += await reader.readuntil(b"GET /  ")
        lines.close_idle(0)
        return heard + await reader.read()

    assert len(answers(asyncio.run(with_line(echo, story)))) == 2


def test_while_requests_are_answered_few_more_are_held_in_memory() -> None:
    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(0.001)
        await echo(scope, receive, send)

    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lines: Lines) -> bytes:
        writer.write(pipelined(40_000))
        await reader.readuntil(b"POST /100  x")
        [line] = lines.all
        assert len(line._queue) <= http_line.QUEUED_AT_MOST + len(http_line.BUFFER) / len(pipelined(1))
        return b""

    asyncio.run(with_line(slow, story))


ENDLESS = {
    "target": (b"GET /", b"x"),
    "header": (b"GET / HTTP/1.1\r\ncookie: ", b"x"),
    "headers": (b"GET / HTTP/1.1\r\n", b"a: b\r\n"),
    "trailers": (b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n", b"a: b\r\n"),
}


@pytest.mark.parametrize(("begin", "more"), ENDLESS.values(), ids=ENDLESS)
def test_what_has_no_end_before_or_after_a_body_is_refused(begin: bytes, more: bytes) -> None:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lines: Lines) -> bytes:
        writer.write(begin)
        await until(lambda: lines.all)
        while lines.all:
            writer.write(more * 1000)
            await asyncio.sleep(0.001)
        return b""

    asyncio.run(with_line(echo, story))


def test_who_sends_too_long_a_header_hears_of_it() -> None:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lines: Lines) -> bytes:
        writer.write((b"GET / HTTP/1.1\r\ncookie: ").ljust(http_line.UNFINISHED_AT_MOST, b"x"))
        await until(lambda: [line._unfinished for line in lines.all] == [http_line.UNFINISHED_AT_MOST])
        writer.write(b"x")
        return await reader.read()

    [(head, _)] = answers(asyncio.run(with_line(echo, story)))

    assert head.startswith(b"HTTP/1.1 431 ")
    assert head.endswith(b"connection: close")


def test_a_header_may_be_long() -> None:
    [(head, _)] = said(echo, b"GET / HTTP/1.1\r\ncookie: " + b"x" * 60_000 + b"\r\n\r\n")

    assert head == OK % 7


def test_what_is_called_a_header_after_the_body_is_none() -> None:
    seen: list[tuple[bytes, bytes]] = []

    async def looking(scope: Scope, receive: Receive, send: Send) -> None:
        await echo(scope, receive, send)
        seen.extend(scope["headers"])

    said(looking, b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\ncookie: session=x\r\n\r\n")

    assert (b"cookie", b"session=x") not in seen
    assert (b"transfer-encoding", b"chunked") in seen


@pytest.mark.parametrize("expectation", [b"100-continue", b"100-Continue"])
def test_who_is_asked_for_the_body_is_asked_once(expectation: bytes) -> None:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, _: Lines) -> bytes:
        writer.write(b"POST / HTTP/1.1\r\nexpect: %b\r\ncontent-length: 4\r\n\r\n" % expectation)
        heard = await reader.readuntil(b"\r\n\r\n")
        for part in (b"ab", b"cd"):
            writer.write(part)
            await asyncio.sleep(0.02)  # it is read by itself
        return heard + await reader.readuntil(b"POST /  abcd")

    heads = [head for head, _ in answers(asyncio.run(with_line(echo, story)))]

    assert heads == [b"HTTP/1.1 100 Continue", OK % 12]


def test_who_speaks_as_of_old_gets_the_answer_up_to_the_end_of_the_connection() -> None:
    wanted = b"GET / HTTP/1.0\r\nconnection: keep-alive\r\n\r\n"

    [(head, body)] = answers(everything_said(answering(b"abc", b"de", headers=[]), wanted))

    assert head == b"HTTP/1.1 200 OK\r\nconnection: close"
    assert body == b"abcde"


def test_what_another_protocol_would_say_takes_no_answer_away() -> None:
    heard = asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await heard.wait()
        await echo(scope, receive, send)

    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lines: Lines) -> bytes:
        writer.write(b"POST / HTTP/1.1\r\nconnection: upgrade\r\nupgrade: h2c\r\ncontent-length: 2\r\n\r\n")
        await until(lambda: any(line._queue for line in lines.all))
        writer.write(b"\0\0")
        await asyncio.sleep(0.02)  # it is read by itself
        heard.set()
        return await reader.read()

    [(head, _)] = answers(asyncio.run(with_line(app, story)))

    assert head.startswith(b"HTTP/1.1 200 OK")


def test_who_hung_up_before_we_looked_is_no_fault() -> None:
    lines = Lines()
    line = Line(echo, lines)

    line.connection_made(asyncio.Transport(extra={"sockname": ("127.0.0.1", 1), "peername": None}))

    assert lines.all == {line}


def test_who_does_not_take_an_answer_is_left_after_a_while() -> None:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lines: Lines) -> bytes:
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        writer.write(GOODBYE)
        await until(lambda: [line for line in lines.all if line.transport.is_closing()])
        lines.close_idle(60)
        await asyncio.sleep(0.01)
        assert lines.all
        lines.close_idle(0)
        await until(lambda: not lines.all)
        return b""

    asyncio.run(with_line(answering(b"x" * 20_000_000, headers=[]), story))


def test_whoever_comes_at_the_end_does_not_keep_it_from_coming() -> None:
    async def ends() -> None:
        lines, first, second = Lines(), MagicMock(), MagicMock()
        second.end = lambda: asyncio.get_running_loop().call_soon(lines.remove, second)
        lines.add(first)
        end = asyncio.create_task(lines.end(5))
        await asyncio.sleep(0)
        lines.remove(first)
        lines.add(second)
        await end
        second.transport.abort.assert_not_called()

    asyncio.run(ends())
