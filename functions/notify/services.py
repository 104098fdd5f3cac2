"""Push services, each by itself: one that is slow, or says nothing, keeps nobody waiting who wants another.

Whoever subscribes names the services. So one that is new is asked by few at once, and by more as it answers soon; and
one that has answered nobody since is asked nothing for a while, each time for longer, and then by one.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

from shared import guarded

AT_FIRST, MOST = 2, 64  # asked at once
SOON = 2.0  # seconds for an answer
WAIT, LONGEST = 1.0, 5.0  # seconds for room: while no answer comes, and while some do. What has none then is put off
SILENCE = 1.0, 30.0  # seconds: the first one, and the longest
KNOWN = 1000
ALL = 1_000_000


class Away(guarded.Unreachable):
    """It was not asked."""


class Service:
    def __init__(self) -> None:
        self._room, self._asked = AT_FIRST, 0
        self._heard = self._silent_until = self._silence = 0.0
        self._changed = asyncio.Condition()

    @property
    def is_idle(self) -> bool:
        return not self._asked and not self._is_silent

    async def post(self, post: Callable[[], Awaitable[guarded.Response]]) -> guarded.Response:
        async with self._place():
            asked = time.monotonic()
            try:
                answer = await post()
            except guarded.Unreachable:
                if self._heard < asked:
                    self._is_silent_for_now()
                raise
            self._heard, self._silence = time.monotonic(), 0.0
            is_soon = self._heard - asked < SOON
            self._room = min(2 * self._room, MOST) if is_soon else max(self._room // 2, AT_FIRST)
            return answer

    def _is_silent_for_now(self) -> None:
        first, longest = SILENCE
        self._silence = min(max(2 * self._silence, first), longest)
        self._room, self._silent_until = 1, time.monotonic() + self._silence

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        await self._wait_for_room()
        if self._is_silent:
            raise Away("the push service said nothing a moment ago")
        self._asked += 1
        try:
            yield
        finally:
            self._asked -= 1
            async with self._changed:
                self._changed.notify(ALL if self._is_silent else self._room - self._asked)

    async def _wait_for_room(self) -> None:
        began = time.monotonic()
        while not self._is_silent and self._asked >= self._room:
            left = min(max(began, self._heard) + WAIT, began + LONGEST) - time.monotonic()
            if left <= 0:
                raise Away("the push service is slow, and asked by many already")
            with suppress(TimeoutError):
                async with asyncio.timeout(left), self._changed:
                    await self._changed.wait()

    @property
    def _is_silent(self) -> bool:
        return time.monotonic() < self._silent_until


_known: dict[str, Service] = {}


def at(endpoint: str) -> Service:
    origin = urlsplit(endpoint).netloc
    if origin not in _known and len(_known) >= KNOWN:
        for idle in [name for name, service in _known.items() if service.is_idle]:
            del _known[idle]
    return _known.setdefault(origin, Service())
