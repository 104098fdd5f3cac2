"""The process's end: who wants to know that it comes, and who has something to finish."""

import asyncio
from collections.abc import Awaitable, Callable

_stopping: asyncio.Event | None = None
_at_exit: list[Callable[[], Awaitable[None]]] = []


def stopping() -> asyncio.Event:
    """Set when SIGTERM has come; long answers end themselves then."""
    global _stopping
    if _stopping is None:
        _stopping = asyncio.Event()
    return _stopping


def at_exit(finish: Callable[[], Awaitable[None]]) -> None:
    """Run when the last request has been answered, in the reverse order of registration."""
    _at_exit.append(finish)


async def finish() -> None:
    while _at_exit:
        await _at_exit.pop()()
