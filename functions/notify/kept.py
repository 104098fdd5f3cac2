"""The rows of `deliveries`: taken by one who sends them, and what became of each, kept by many together."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from typing import LiteralString
from uuid import UUID

from functions.notify.gathering import Gathering
from shared import db, failures, metrics, preferences
from shared.logs import log
from shared.preferences import Channel
from shared.problems import Unavailable

sql = db.queries(__file__, "deliveries")


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a delivery. Without an `outcome` it is put off, for its `pause` at least.

    `took_back`: what was counted ahead, because nobody might live to hear whether the mail server took it.
    `later`: it is held back until then, and was not tried.
    """

    user_id: UUID
    notification_id: UUID
    channel: Channel
    outcome: str | None = None
    error: str | None = None
    reached: Sequence[str] = ()
    took_back: bool = False
    pause: float = 0.0
    later: datetime | None = None


@cache
def with_all(taken: LiteralString) -> LiteralString:
    whole: LiteralString = sql.with_all
    return whole.replace("{taken}", taken)


async def take(channel: Channel, most: int) -> list[db.Row]:
    async with db.single() as tx:
        return await tx.all(with_all(sql.take), channel=channel, most=most)


async def _keep(asked: Sequence[Kept]) -> Sequence[None]:
    async with db.single() as tx:
        await tx.run(sql.keep, known=json.dumps([asdict(each) for each in asked], default=str))
    return [None] * len(asked)


keeping = Gathering(_keep)


async def goes_out(taken: db.Row) -> bool:
    """Whether it still means something, and now: who is away from it does not wake up because a try failed before."""
    quiet = preferences.quiet_hours(preferences.read(taken["preferences"]), taken["zone"] or "UTC")
    now: datetime = taken["taken_at"]
    if taken["needless"]:
        await keep(taken, taken["needless"])
    elif quiet and not taken["urgent"] and (over := quiet.over(now)) > now:
        await keeping.ask(Kept(*of(taken), later=over))
    else:
        return True
    return False


async def keep(taken: db.Row, outcome: str, reached: Sequence[str] = (), error: str | None = None) -> None:
    if outcome == "sent" and taken["kind"] == "reminder":
        metrics.observe("reminder_lateness_seconds", max(waited(taken), 0.0), channel=taken["channel"])
    await keeping.ask(Kept(*of(taken), outcome, error, reached))


async def put_off(
    taken: db.Row, error: str | None, reached: Sequence[str] = (), took_back: bool = False, pause: float = 0.0
) -> None:
    log().warning("a delivery waits", notification=str(taken["notification_id"]), channel=taken["channel"], error=error)
    await keeping.ask(Kept(*of(taken), None, error, reached, took_back, pause))


@asynccontextmanager
async def apart(taken: db.Row) -> AsyncIterator[None]:
    """What nobody foresaw of one delivery is its own, too: the others go out, and it is tried again later."""
    try:
        yield
    except Unavailable:
        raise
    except Exception as error:
        failures.fault("a delivery failed", error, notification=str(taken["notification_id"]))
        await put_off(taken, type(error).__name__)


def waited(taken: db.Row) -> float:
    """Seconds since it was to be there, on its channel."""
    deliver_at: datetime = taken["deliver_at"]
    return (datetime.now(UTC) - deliver_at).total_seconds()


def of(taken: db.Row) -> tuple[UUID, UUID, Channel]:
    return taken["user_id"], taken["notification_id"], taken["channel"]
