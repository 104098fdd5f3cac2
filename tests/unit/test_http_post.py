"""Posts over one kept-open connection, and what becomes of them when it ends."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from shared.http_post import Connection, Post, Unreachable

YES, NO = b"HTTP/1.1 202 Yes\r\ncontent-length: 0\r\n\r\n", b"HTTP/1.1 503 No\r\ncontent-length: 4\r\n\r\nnot "
FAREWELL = b"HTTP/1.1 202 Yes\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class Server:
    """Answers the posts of each connection from a script of its own, and ends it with the script; None is silence."""

    def __init__(self, *scripts: list[bytes | None]) -> None:
        self._scripts = list(scripts)
        self.heard: list[str] = []
        self.connections = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            for answer in self._scripts.pop(0):
                head = await reader.readuntil(b"\r\n\r\n")
                await reader.readexactly(int(head.lower().partition(b"content-length: ")[2].split()[0]))
                self.heard.append(head.split()[1].decode())
                if answer is None:
                    await reader.read()  # until the other side gives up
                else:
                    writer.write(answer)
                    await writer.drain()
        except asyncio.IncompleteReadError:
            pass
        writer.close()


def told(server: Server, story: Callable[[Connection], Awaitable[None]]) -> None:
    async def run() -> None:
        listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        connection = Connection(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/door", timeout=0.5)
        await story(connection)
        connection.close()
        listening.close()
        await asyncio.sleep(0.02)

    asyncio.run(run())


POSTS = [Post(path, {"ce-id": path}, b"data of " + path.encode()) for path in ("/a", "/b", "/c", "/d")]


def test_posts_sent_together_get_their_own_answers() -> None:
    server = Server([YES, NO, b"HTTP/1.1 103 Early Hints\r\n\r\n" + YES, YES])

    async def story(connection: Connection) -> None:
        answers = await connection.post_all(POSTS)

        assert [(answer.status, answer.body) for answer in answers] == [
            (202, b""),
            (503, b"not "),
            (202, b""),
            (202, b""),
        ]
        assert (server.heard, server.connections) == (["/door/a", "/door/b", "/door/c", "/door/d"], 1)

    told(server, story)


@pytest.mark.parametrize("last", [YES, FAREWELL], ids=["without a word", "with a farewell"])
def test_what_has_no_answer_when_the_server_ends_a_connection_is_posted_again(last: bytes) -> None:
    server = Server([YES, last], [YES, YES])

    async def story(connection: Connection) -> None:
        assert [answer.status for answer in await connection.post_all(POSTS)] == [202] * 4
        assert server.heard == ["/door/a", "/door/b", "/door/c", "/door/d"]

    told(server, story)


def test_a_connection_that_was_closed_while_idle_is_not_noticed() -> None:
    server = Server([YES], [YES])

    async def story(connection: Connection) -> None:
        assert (await connection.post("/a", {}, b"")).status == 202
        assert (await connection.post("/b", {}, b"")).status == 202

    told(server, story)


def test_a_server_that_says_nothing_is_unreachable_and_what_it_had_answered_counts() -> None:
    server = Server([YES, NO, None])

    async def story(connection: Connection) -> None:
        with pytest.raises(Unreachable, match="TimeoutError") as unreachable:
            await connection.post_all(POSTS)

        assert [answer.status for answer in unreachable.value.answered] == [202, 503]

    told(server, story)


@pytest.mark.parametrize("script", [[], [b"SSH-2.0-OpenSSH\r\n"]], ids=["hangs up", "no HTTP"])
def test_a_server_that_never_answers_is_not_asked_for_ever(script: list[bytes | None]) -> None:
    server = Server(script, script, script)

    async def story(connection: Connection) -> None:
        with pytest.raises(Unreachable):
            await connection.post("/a", {}, b"")

        assert server.connections == 1

    told(server, story)
