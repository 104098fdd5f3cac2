"""Open pages, each with its stream of events: `python -m tests.load.listening HOST PORT < tokens`.

Says "open" when all are. Told at last up to which number each of them has to come, it waits until all have, and says of
every change when it came: its number, and when.
"""

import asyncio
import json
import re
import sys
import time
from functools import partial

PATIENCE = 30.0  # seconds for the last change
NUMBER = re.compile(rb"^id: (\d+)\ndata: \{\"", re.MULTILINE)


class Page(asyncio.Protocol):
    def __init__(self, host: str, token: str) -> None:
        self._host, self._token = host, token
        self._unread = b""
        self.open = asyncio.get_running_loop().create_future()
        self.came: list[tuple[int, float]] = []
        self._news = asyncio.Event()

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
                self._news.set()

    async def comes_to(self, number: int, before: int) -> None:
        while (self.came[-1][0] if self.came else before) < number:
            self._news.clear()
            await self._news.wait()

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
    heads = json.loads(await loop.run_in_executor(None, sys.stdin.read))
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(page.comes_to(*head) for page, head in zip(pages, heads, strict=True)))
    print(json.dumps([page.came for page in pages]))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), json.loads(sys.stdin.readline())))
