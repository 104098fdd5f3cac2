"""Redis' protocol as we read and speak it."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.resp import Line, News, Refused, command, read

REPLIES = st.recursive(st.none() | st.integers() | st.text(), st.lists)


def as_redis_says(reply: Any) -> bytes:
    match reply:
        case None:
            return b"$-1\r\n"
        case int():
            return b":%d\r\n" % reply
        case str():
            return b"$%d\r\n%b\r\n" % (len(reply.encode()), reply.encode())
        case _:
            return b"*%d\r\n%b" % (len(reply), b"".join(map(as_redis_says, reply)))


@given(REPLIES, REPLIES)
def test_a_reply_is_read_and_what_follows_is_left(reply: Any, following: Any) -> None:
    said = as_redis_says(reply)

    assert read(said + as_redis_says(following), 0) == (reply, len(said))


@given(REPLIES)
def test_while_some_of_it_is_missing_there_is_no_reply(reply: Any) -> None:
    said = as_redis_says(reply)

    assert [read(said[:length], 0) for length in range(len(said))] == [None] * len(said)


def test_a_status_and_an_error_are_one_line() -> None:
    assert read(b"+OK\r\n", 0) == ("OK", 5)
    refused = read(b"-ERR no\r\n", 0)
    assert refused is not None
    assert isinstance(refused[0], Refused)
    assert str(refused[0]) == "ERR no"


def test_nothing_a_map_and_news_are_told_apart() -> None:
    assert read(b"_\r\n", 0) == (None, 3)
    assert read(b"%1\r\n+proto\r\n:3\r\n", 0) == (["proto", 3], 16)
    news = read(b">2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\nk\r\n", 0)
    assert news == (["invalidate", ["k"]], 32)
    assert news is not None
    assert isinstance(news[0], News)


def test_news_answer_nobodys_question() -> None:
    news: list[News] = []

    async def story(line: Line) -> None:
        line._told = news.append

        assert await line.ask("ONE") == "1"

    told(story, lambda question: [b">1\r\n+changed\r\n$1\r\n1\r\n"])

    assert news == [["changed"]]


def test_what_is_asked_is_said_in_words_with_their_lengths() -> None:
    assert command("SET", "é", 7) == b"*3\r\n$3\r\nSET\r\n$2\r\n\xc3\xa9\r\n$1\r\n7\r\n"


def test_each_gets_the_answer_to_its_own_question() -> None:
    async def story(line: Line) -> None:
        first, second, third = line.ask("ONE"), line.ask("TWO"), line.ask("THREE")
        second.cancel()  # whoever asked is gone; the answer comes all the same

        assert (await first, await third) == ("1", "3")

    told(story, lambda question: [b"$1\r", b"\n1\r\n+2", b"\r\n$1\r\n3\r\n"] if b"THREE" in question else [])


def test_an_error_is_for_whoever_asked() -> None:
    async def story(line: Line) -> None:
        wrong, right = line.ask("WRONG"), line.ask("RIGHT")

        with pytest.raises(Refused, match="ERR"):
            await wrong
        assert await right == 7

    told(story, lambda question: [b"-ERR wrong\r\n:7\r\n"])


@pytest.mark.parametrize("nonsense", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\r\n\r\n", b"$x\r\n", b"$1\r\n\xff\r\n"])
def test_what_is_not_redis_ends_the_connection(nonsense: bytes) -> None:
    async def story(line: Line) -> None:
        with pytest.raises(ConnectionError, match="understood"):
            await line.ask("PING")
        assert not line.is_open

    told(story, lambda question: [nonsense])


def test_silence_ends_the_connection_for_all_who_wait() -> None:
    async def story(line: Line) -> None:
        first, second = line.ask("PING"), line.ask("PING")

        async with asyncio.timeout(2):
            with pytest.raises(TimeoutError, match="silent"):
                await first
            with pytest.raises(TimeoutError, match="silent"):
                await second
        with pytest.raises(ConnectionError):
            await line.ask("PING")

    told(story, lambda question: [])


def test_whoever_is_answered_one_by_one_is_not_met_with_silence() -> None:
    async def story(line: Line) -> None:
        answers = [line.ask("PING") for _ in range(60)]  # more than the line's patience

        assert await asyncio.gather(*answers) == ["PONG"] * 60

    told(story, lambda question: [b"+PONG\r\n"] * 60)


def test_a_loop_that_is_busy_itself_has_not_waited_for_redis() -> None:
    async def story(line: Line) -> None:
        import time

        answer = line.ask("PING")
        await asyncio.sleep(0)
        time.sleep(0.5)  # noqa: ASYNC251  longer than the line's patience

        assert await answer == "PONG"

    told(story, lambda question: [b"+PONG\r\n"])


def told(story: Callable[[Line], Any], answers: Callable[[bytes], list[bytes]]) -> None:
    """With a server that answers what it hears so."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while question := await reader.read(65536):
            for part in answers(question):
                writer.write(part)
                await asyncio.sleep(0.01)
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()
        _, line = await asyncio.get_running_loop().create_connection(lambda: Line(patience=0.2), host, port)
        try:
            await story(line)
        finally:
            line.close()
            server.close()
            await asyncio.sleep(0.05)

    asyncio.run(run())
