"""People's own endpoints, to which their webhooks send: they note what comes, and are no better than others' servers.

Some requests they refuse, some they take and answer nothing or too late, and at times there is nobody at all.
"""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from uuid import UUID

from aiohttp import web

from tests import endpoint
from tests.post_office import certificate

Fate = Literal["taken", "refused", "answer lost", "answer late"]

FATES: dict[Fate, int] = {"taken": 88, "refused": 5, "answer lost": 5, "answer late": 2}
LATE = 11.0  # seconds; longer than anybody waits
THERE, AWAY = (8.0, 20.0), (1.0, 6.0)  # seconds
SKEW = 300.0  # seconds that a signature may be old


@dataclass(frozen=True)
class Subscription:
    user: UUID
    id: str
    secret: str
    types: tuple[str, ...]
    path: str

    def wants(self, type: str) -> bool:
        return not self.types or type in self.types or f"{type.partition('.')[0]}.*" in self.types


@dataclass(frozen=True)
class Received:
    delivery: str
    body: bytes
    signature: str
    at: float


@dataclass
class Endpoints:
    seed: int
    folder: Path
    received: dict[str, list[Received]] = field(default_factory=dict)  # by path
    happened: Counter[str] = field(default_factory=Counter)
    subscriptions: list[Subscription] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._tls, self.certificate = certificate(self.folder)
        self._port = 0

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self._port}"

    async def open(self) -> None:
        self._chance = random.Random(f"endpoints of {self.seed}")
        application = web.Application()
        application.router.add_post("/{path:.*}", self._take)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await self._begin()

    async def come_and_go(self) -> None:
        """Until it is cancelled; then they are there."""
        chance = random.Random(f"absences of endpoints of {self.seed}")
        while True:
            await asyncio.sleep(chance.uniform(*THERE))
            await self._site.stop()
            try:
                await asyncio.sleep(chance.uniform(*AWAY))
            finally:
                await self._begin()
            self.happened["away"] += 1

    async def close(self) -> None:
        await self._runner.cleanup()

    async def _begin(self) -> None:
        self._site = web.TCPSite(self._runner, "127.0.0.1", self._port, ssl_context=self._tls, reuse_address=True)
        await self._site.start()
        self._port = self._runner.addresses[0][1]

    async def _take(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        fate = self._chance.choices(list(FATES), list(FATES.values()))[0]
        self.happened[fate] += 1
        if fate == "refused":
            return web.Response(status=503)
        said = request.headers
        took = Received(said["Taskora-Delivery"], body, said["Taskora-Signature"], time.time())
        self.received.setdefault(request.path, []).append(took)
        if fate == "answer lost" and request.transport:
            request.transport.close()
        if fate == "answer late":
            await asyncio.sleep(LATE)
        return web.Response(status=204)


def is_signed(received: Received, secret: str) -> bool:
    said = dict(part.split("=", 1) for part in received.signature.split(","))
    is_right = endpoint.is_signed(received.signature, received.body, secret)
    return is_right and abs(received.at - float(said["t"])) < SKEW
