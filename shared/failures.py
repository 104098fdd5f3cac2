"""Operators hear on system-events of what went wrong and nobody expected: once a minute of each kind, with how often.

It is said behind the answer's back, and not at all where the broker does not hear it: the log has all of it.
"""

import asyncio
import contextvars
import time
from collections import Counter

from shared import lifecycle, logs
from shared.logs import log
from shared.problems import Problem

PAUSE = 60.0  # seconds between two events of a kind
PATIENCE = 4.0

_untold: Counter[str] = Counter()
_told_at: dict[str, float] = {}
_last_seen: dict[str, str] = {}  # in which request
_telling: set[asyncio.Task[None]] = set()


def fault(what: str, error: BaseException, **about: str) -> None:
    """The log has where it came from."""
    log().error(what, exc_info=error, **about)
    if not isinstance(error, Problem):
        asked = logs.context.get()
        note(error, asked.request_id if asked else "")


def note(error: BaseException, request_id: str) -> None:
    kind = kind_of(error)
    if not _last_seen:
        lifecycle.at_exit(finish)
    _untold[kind] += 1
    _last_seen[kind] = request_id
    if time.monotonic() - _told_at.get(kind, -PAUSE) >= PAUSE:
        _told_at[kind] = time.monotonic()
        task = asyncio.create_task(tell(kind), context=contextvars.Context())
        _telling.add(task)
        task.add_done_callback(_telling.discard)


def kind_of(error: BaseException) -> str:
    """Its class, and what PostgreSQL calls it. Never its words: they may be a user's."""
    return " ".join(filter(None, [type(error).__name__, getattr(error, "sqlstate", None)]))


async def tell(kind: str) -> None:
    # What it takes to tell is imported with the first one: nobody's start waits for it.
    from shared import publishing, system
    from shared.config import settings
    from shared.events import Failure, SystemFailed
    from shared.http_post import Unreachable
    from shared.ids import new_id
    from shared.release import release

    here = await asyncio.to_thread(release)
    if not (count := _untold.pop(kind, 0)):
        return
    failure: Failure = {
        "kind": kind,
        "function": settings().service,
        "release": here,
        "request": _last_seen[kind],
        "count": count,
    }
    try:
        event = system.event(SystemFailed, new_id(), kind, failure)
        status = await publishing.say(SystemFailed.topic, event, PATIENCE)
    except Unreachable as error:
        log().warning("a failure could not be told", kind=kind, error=str(error))
    else:
        if status != 202:
            log().warning("a failure could not be told", kind=kind, status=status)


async def finish() -> None:
    """What was counted since is told before the process ends."""
    await asyncio.gather(*_telling, *(tell(kind) for kind in list(_untold)), return_exceptions=True)
