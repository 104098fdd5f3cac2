"""A subscriber that remembers what it was sent and answers as the test says."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self

from aiohttp import web

PATIENCE = 45.0  # seconds; only a test that fails waits so long


@dataclass(frozen=True)
class Received:
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["ce-id"]

    @property
    def extensions(self) -> dict[str, str]:
        return {name[3:]: value for name, value in self.headers.items() if name.startswith("ce-")}


@dataclass(frozen=True)
class Reply:
    status: int = 204
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


Script = Callable[[Received], Reply]


class Subscriber:
    def __init__(self) -> None:
        self.received: list[Received] = []
        self.script: Script = lambda _: Reply()
        self.at_once = self.most_at_once = 0
        self._news = asyncio.Condition()
        self._held: Callable[[Received], bool] = lambda _: False
        self._let_go = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._runner = web.ServerRunner(web.Server(self._handle), access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.let_go()
        await self._runner.cleanup()

    def answers(self, *replies: Reply) -> None:
        """These, in turn; the last one from then on."""
        waiting = list(replies)
        self.script = lambda _: waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def hold(self, id: str | None = None) -> None:
        """Leave this event, or every one, without an answer until let go."""
        self._held = lambda received: id in (None, received.id)

    def let_go(self) -> None:
        self._let_go.set()

    @property
    def ids(self) -> list[str]:
        return [received.id for received in self.received]

    async def has(self, count: int) -> list[Received]:
        """What came, once this many have."""
        await self.until(lambda: len(self.received) >= count, f"{count} events")
        return self.received

    async def until(self, condition: Callable[[], bool], wanted: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE), self._news:
                await self._news.wait_for(condition)
        except TimeoutError:
            raise AssertionError(f"no {wanted} within {PATIENCE:g} s; came: {self.ids}") from None

    async def _handle(self, request: web.BaseRequest) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        received = Received(request.path, headers, await request.read())
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            async with self._news:
                self.received.append(received)
                self._news.notify_all()
            if self._held(received):
                await self._let_go.wait()
            reply = self.script(received)
            return web.Response(status=reply.status, headers=reply.headers, body=reply.body or None)
        finally:
            self.at_once -= 1
