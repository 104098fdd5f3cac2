"""Push services, each by itself: one that says nothing keeps nobody waiting who wants another.

Whoever subscribes names the services. So one that is new is asked by few at once, and by more as it answers; and one
that has answered nobody since is asked nothing for a while, each time for longer, and then by one.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from shared import guarded

AT_FIRST, MOST = 2, 64  # asked at once
WAIT = 1.0  # seconds for room; what has none by then is put off
SILENCE = 1.0, 30.0  # seconds: the first one, and the longest
KNOWN = 1000


class Away(guarded.Unreachable):
    """It was not asked."""


class Service:
    def __init__(self) -> None:
        self._room, self._asked = AT_FIRST, 0
        self._heard = self._silent_until = self._silence = 0.0
        self._changed = asyncio.Condition()

    @property
    def is_idle(self) -> bool:
        return not self._asked and self._silent_until < time.monotonic()

    async def post(self, post: Callable[[], Awaitable[guarded.Response]]) -> guarded.Response:
        async with self._place():
            asked = time.monotonic()
            try:
                answer = await post()
            except guarded.Unreachable:
                if self._heard < asked:
                    self._is_silent_for_now()
                raise
            self._room, self._heard, self._silence = min(2 * self._room, MOST), time.monotonic(), 0.0
            return answer

    def _is_silent_for_now(self) -> None:
        first, longest = SILENCE
        self._silence = min(max(2 * self._silence, first), longest)
        self._room, self._silent_until = 1, time.monotonic() + self._silence

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(WAIT), self._changed:
                await self._changed.wait_for(lambda: self._is_silent or self._asked < self._room)
        except TimeoutError:
            raise Away("the push service is slow, and asked by many already") from None
        if self._is_silent:
            raise Away("the push service said nothing a moment ago")
        self._asked += 1
        try:
            yield
        finally:
            self._asked -= 1
            async with self._changed:
                self._changed.notify_all()

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
