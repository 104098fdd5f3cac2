"""POST to one server over one kept-open connection.

Own code, because the client libraries cost a cold start 35 to 105 ms and this is all a function says to the world.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import httptools


class Unreachable(Exception):
    """No answer: not connected, cut off, or too late. The other side may have heard us all the same."""

    def __init__(self, why: str, answered: "list[Response]") -> None:
        super().__init__(why)
        self.answered = answered  # what was posted before has these answers


@dataclass(frozen=True, slots=True)
class Post:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    body: bytes


class Connection:
    def __init__(self, url: str, *, timeout: float = 10) -> None:
        server = urlsplit(url)
        self._host, self._port = server.hostname or "", server.port or 80
        self._authority, self._path = server.netloc, server.path.rstrip("/")
        self._timeout = timeout
        self._line: _Line | None = None

    async def post(self, path: str, headers: dict[str, str], body: bytes) -> Response:
        [answer] = await self.post_all([Post(path, headers, body)])
        return answer

    async def post_all(self, posts: Sequence[Post]) -> list[Response]:
        """Sent together, which costs little more than one of them; answered one after the other, in this order."""
        answers: list[Response] = []
        try:
            async with asyncio.timeout(self._timeout):
                while left := posts[len(answers) :]:
                    await self._exchange(b"".join(map(self._written, left)), len(posts), answers)
        except (OSError, httptools.HttpParserError) as error:
            self.close()
            raise Unreachable(f"{self._authority}: {type(error).__name__} {error}".rstrip(), answers) from error
        except asyncio.CancelledError:
            self.close()
            raise
        return answers

    def close(self) -> None:
        if self._line:
            self._line.close()

    async def _exchange(self, text: bytes, wanted: int, answers: list[Response]) -> None:
        fresh, before = self._line is None or not self._line.is_open, len(answers)
        if fresh:
            _, self._line = await asyncio.get_running_loop().create_connection(_Line, self._host, self._port)
        assert self._line
        try:
            await self._line.exchange(text, wanted, answers)
        except OSError:
            # A server may close a connection at any time between two answers; what we post may arrive twice.
            if fresh and len(answers) == before:
                raise

    def _written(self, post: Post) -> bytes:
        named = "".join([f"{name}: {value}\r\n" for name, value in post.headers.items()])
        target = f"POST {self._path + post.path or '/'} HTTP/1.1\r\nhost: {self._authority}\r\n"
        return f"{target}content-length: {len(post.body)}\r\n{named}\r\n".encode("latin-1") + post.body


class _Line(asyncio.Protocol):
    def __init__(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._body = b""
        self._answers: list[Response] = []
        self._wanted = 0
        self._complete: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport | None = None

    @property
    def is_open(self) -> bool:
        return self._transport is not None

    def exchange(self, text: bytes, wanted: int, answers: list[Response]) -> "asyncio.Future[None]":
        """Done when there are as many answers as are wanted."""
        assert self._transport
        self._answers, self._wanted = answers, wanted
        self._complete = asyncio.get_running_loop().create_future()
        self._transport.write(text)
        return self._complete

    def close(self) -> None:
        if self._transport:
            self._transport.abort()
            self._transport = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._end(error)

    def on_body(self, part: bytes) -> None:
        self._body += part

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < 200:
            return  # "early hints" and the like: the answer is still to come
        if self._complete is None or self._complete.done():
            self.close()  # an answer nobody has asked for, as when a server bids farewell
            return
        self._answers.append(Response(status, self._body))
        self._body = b""
        if len(self._answers) == self._wanted:
            self._complete.set_result(None)
        if not self._parser.should_keep_alive():
            self._end(ConnectionResetError("the server wants no more on this connection"))

    def connection_lost(self, error: Exception | None) -> None:
        self._end(error or ConnectionResetError("the connection was closed"))

    def _end(self, error: Exception) -> None:
        self.close()
        if self._complete and not self._complete.done():
            self._complete.set_exception(error)
