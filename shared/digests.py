"""When somebody's next digests are due: a time of day, in the zone where they are."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from shared import db
from shared.changes import Change
from shared.zones import instant, wall_clock

sql = db.queries(__file__, "digests")


async def plan(tx: Change, wanted: Mapping[str, str | None], zone: str) -> None:
    """By kind, the time of day of each; None: it is not wanted."""
    times = {kind: time.fromisoformat(at) for kind, at in wanted.items() if at is not None}
    await tx.run(sql.forget, user_id=tx.caller.user_id, kept=list(times))
    for kind, at in times.items():
        await _plan(tx, kind, at, zone)


async def move(tx: Change, zone: str) -> None:
    """Seven o'clock is seven o'clock wherever somebody is."""
    for row in await tx.all(sql.planned, user_id=tx.caller.user_id):
        await _plan(tx, row["kind"], row["at"], zone)


async def _plan(tx: Change, kind: str, at: time, zone: str) -> None:
    following = next_at(at, zone, tx.now)
    await tx.run(sql.plan, user_id=tx.caller.user_id, kind=kind, at=at, next_at=following, now=tx.now)


def next_at(at: time, zone: str, after: datetime) -> datetime:
    """The first instant behind this one at which the clocks there show this time."""
    today = wall_clock(after, zone).date()
    days = (today + timedelta(number) for number in range(3))
    return next(found for day in days if (found := instant(datetime.combine(day, at), zone)) > after)
