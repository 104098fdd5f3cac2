"""A function as Knative's `func` runs it: its middleware has the event loop and hands each request to `handle`."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from shared import lifecycle
from shared.config import settings
from shared.edge import App


class Function:
    def __init__(self, target: Callable[[object], Awaitable[App]]) -> None:
        settings()  # what is missing stops the start, by name
        self.handle: App = target.app  # type: ignore[attr-defined]  # as our own entry finds it

    def start(self, _: Mapping[str, str]) -> None:
        self._end = asyncio.create_task(finish_at_the_end())


async def finish_at_the_end() -> None:
    """The middleware waits for nobody; but a closing loop cancels each task, and waits until it has ended."""
    try:
        await lifecycle.stopping().wait()
    finally:
        await lifecycle.finish()
