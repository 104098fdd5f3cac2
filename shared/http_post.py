"""POST to one server over one kept-open connection.

Own code, because the client libraries cost a cold start 35 to 105 ms and this is all a function says to the world.
"""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

import httptools


class Unreachable(Exception):
    """No answer: not connected, cut off, or too late. The other side may have heard us all the same."""


@dataclass(slots=True)
class Response:
    status: int = 0
    body: bytes = b""
    complete: bool = False
    keep_alive: bool = True


class _Parse:
    def __init__(self) -> None:
        self.response = Response()
        self.parser = httptools.HttpResponseParser(self)

    def on_body(self, part: bytes) -> None:
        self.response.body += part

    def on_message_complete(self) -> None:
        if self.parser.get_status_code() < 200:
            return  # "early hints" and the like: the answer is still to come
        self.response.status = self.parser.get_status_code()
        self.response.keep_alive = self.parser.should_keep_alive()
        self.response.complete = True


class Connection:
    def __init__(self, url: str, *, timeout: float = 10) -> None:
        server = urlsplit(url)
        self._host, self._port = server.hostname or "", server.port or 80
        self._authority, self._path = server.netloc, server.path.rstrip("/")
        self._timeout = timeout
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, headers: dict[str, str], body: bytes) -> Response:
        request = self._request(path, headers, body)
        reused = self._streams is not None
        try:
            async with asyncio.timeout(self._timeout):
                try:
                    return await self._exchange(request)
                except (OSError, EOFError):
                    if not reused:
                        raise
                # A server may close an idle connection at any time; what we post may arrive twice without harm.
                return await self._exchange(request)
        except (OSError, EOFError, TimeoutError, httptools.HttpParserError) as error:
            self.close()
            raise Unreachable(f"{self._authority}: {type(error).__name__} {error}".rstrip()) from error
        except asyncio.CancelledError:
            self.close()
            raise

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def _exchange(self, request: bytes) -> Response:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        try:
            writer.write(request)
            await writer.drain()
            parse = _Parse()
            while not parse.response.complete:
                received = await reader.read(65536)
                if not received:
                    raise EOFError("the connection was closed")  # noqa: TRY301
                parse.parser.feed_data(received)
        except (OSError, EOFError):
            self.close()
            raise
        if not parse.response.keep_alive:
            self.close()
        return parse.response

    def _request(self, path: str, headers: dict[str, str], body: bytes) -> bytes:
        lines = [f"POST {self._path}{path} HTTP/1.1", f"host: {self._authority}", f"content-length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body
