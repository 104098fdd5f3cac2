"""`work.due`: there is work in the background for one function, which reads from the database what it is.

Said by clock, and by a function that has more to do than one delivery has time for: the rest is its next step.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar, cast, get_args

from shared import failures, lifecycle, publishing
from shared.config import settings
from shared.envelope import Envelope
from shared.events import WorkIsDue
from shared.http_post import Unreachable
from shared.ids import new_id
from shared.problems import Unavailable

TICK = "dev.knative.sources.ping"  # the minute, as Knative says it

Kind = Literal[
    "outbox", "history", "mails", "deliveries", "digests", "reminders", "erasure", "zones", "successors", "hooks", "day"
]
KINDS: tuple[Kind, ...] = get_args(Kind)

HORIZON = 2 * 60 + 15  # seconds of reminders that are looked ahead: two minutes, so that none waits for the clock
STEP = 9.0  # seconds after which a step begins nothing new
GIVEN_UP = 20.0  # and after which it is cut off and comes again: before its delivery is, at 30

Result = TypeVar("Result")


class Step:
    """One delivery's share of the work. A process that is told to end begins nothing new either."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    @property
    def goes_on(self) -> bool:
        return time.monotonic() < self._began + STEP and not lifecycle.stopping().is_set()

    @property
    def left(self) -> float:
        """Seconds that something may take which cannot be cut off: it has to be over a moment before."""
        return max(self._began + GIVEN_UP - 1 - time.monotonic(), 0)


@asynccontextmanager
async def step() -> AsyncIterator[Step]:
    try:
        async with asyncio.timeout(GIVEN_UP):
            yield Step()
    except TimeoutError as error:
        raise Unavailable("This takes too long. It is tried again.") from error


async def together(*parts: Coroutine[Any, Any, Result]) -> list[Result]:
    """What each of them says. One that fails ends no other: they come to their own ends, and then its error is raised.

    Who ends all of them ends each, so nothing goes on behind a delivery's back.
    """
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_settled(part)) for part in parts]
    settled = [task.result() for task in tasks]
    if failed := [error for _, error in settled if error is not None]:
        for error in failed[1:]:  # whoever hears of the first tells of that
            failures.fault("a part of a step failed", error)
        raise failed[0]
    return [cast(Result, said) for said, _ in settled]


async def _settled(part: Coroutine[Any, Any, Result]) -> tuple[Result | None, Exception | None]:
    try:
        return await part, None
    except Exception as error:
        return None, error


@contextmanager
def apart(**about: str) -> Iterator[None]:
    """One of many that have nothing to do with each other: what goes wrong with it keeps no other from its turn.

    It is still to be done, so it comes again. When nothing can be reached, all of them wait for that.
    """
    try:
        yield
    except Unavailable:
        raise
    except Exception as error:
        failures.fault("one of many failed", error, **about)


def is_due(event: Envelope, kind: Kind) -> bool:
    if event.type != WorkIsDue.name or event.attributes.get("work") != kind:
        return False
    event.verified()
    return True


async def ring(*kinds: Kind) -> None:
    """Say it at once, if the broker hears it. Else clock says it within a minute."""
    with suppress(Unavailable):
        for kind in kinds:
            await announce(kind)


async def announce(kind: Kind, event_id: str | None = None) -> None:
    """Say it to the broker. Unavailable when the broker does not take it."""
    event = Envelope(
        id=event_id or str(new_id()),
        source=f"/taskora/{settings().service}",
        type=WorkIsDue.name,
        attributes={"work": kind, "time": datetime.now(UTC).isoformat(), "dataschema": WorkIsDue.schema},
        data=b"{}",
    )
    try:
        status = await publishing.say(WorkIsDue.topic, event, patience=5)
    except Unreachable as error:
        raise Unavailable("The broker cannot be reached.") from error
    if status != 202:
        raise Unavailable(f"The broker answered {status}.")
