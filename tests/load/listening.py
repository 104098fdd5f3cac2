"""Open pages, each with its stream of events: `python -m tests.load.listening HOST PORT < tokens`.

Says "open" when all are. At the end of its input it says of every change when it came: which page, which number, when.
"""

import asyncio
import json
import re
import sys
import time
from functools import partial

NUMBER = re.compile(rb"^id: (\d+)\ndata: \{\"", re.MULTILINE)


class Page(asyncio.Protocol):
    def __init__(self, host: str, token: str) -> None:
        self._host, self._token = host, token
        self._unread = b""
        self.open = asyncio.get_running_loop().create_future()
        self.came: list[tuple[int, float]] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        asked = f"GET /api/events/stream HTTP/1.1\r\nhost: {self._host}\r\ncookie: session={self._token}\r\n\r\n"
        transport.write(asked.encode())

    def data_received(self, data: bytes) -> None:
        *whole, self._unread = (self._unread + data).split(b"\n\n")
        now = time.time()
        for frame in whole:
            if b"event: hello" in frame:
                self.open.set_result(None)
            elif number := NUMBER.search(frame):
                self.came.append((int(number[1]), now))

    def connection_lost(self, error: Exception | None) -> None:
        if not self.open.done():
            self.open.set_exception(error or ConnectionResetError(f"refused: {self._unread[:200]!r}"))


def as_it_is(page: Page) -> Page:
    return page


async def main(host: str, port: int, tokens: list[str]) -> None:
    loop = asyncio.get_running_loop()
    pages = [Page(host, token) for token in tokens]
    for page in pages:
        await loop.create_connection(partial(as_it_is, page), host, port)
    await asyncio.gather(*(page.open for page in pages))
    print("open", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    print(json.dumps([[page.came, token] for page, token in zip(pages, tokens, strict=True)]))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), json.loads(sys.stdin.readline())))
