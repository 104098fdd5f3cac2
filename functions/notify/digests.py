"""What is due today, and what is overdue: once a day, at a time of one's own, if there is something to say."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from shared import changes, db, digests, notices, work
from shared.callers import Caller
from shared.changes import Change
from shared.notices import About, Notice
from shared.problems import SignInRequired
from shared.zones import wall_clock

sql = db.queries(__file__, "digests")

AT_ONCE = 50  # people who are looked up together
BEHIND_MIDNIGHT = timedelta(hours=6)
FILTERS = {"digest": "today", "overdue": "overdue"}  # as anybody would ask for it


async def make_due() -> None:
    """Those that could not be made are left to the minute."""
    failed: list[UUID] = []
    async with work.step() as step:
        while step.goes_on:
            async with db.single() as tx:
                people = [row["user_id"] for row in await tx.all(sql.due, most=AT_ONCE, without=failed)]
            if not people:
                return
            for user_id in people:
                if not step.goes_on:
                    break
                failed.append(user_id)
                with work.apart(user=str(user_id)):
                    await make(user_id)
                    failed.pop()
        await work.announce("digests")


async def make(user_id: UUID) -> None:
    """Those of one person. Whoever comes second finds that they have a later time by now."""
    try:
        async with changes.change(Caller(user_id, session_id=None, via="system")) as tx:
            for row in await tx.all(sql.of_one, user_id=user_id, now=tx.now):
                await tx.run(
                    sql.go_on,
                    user_id=user_id,
                    kind=row["kind"],
                    next_at=digests.next_at(row["at"], row["zone"], tx.now),
                )
                if notice := await digest(tx, row):
                    await notices.add(tx, [notice])
    except SignInRequired:  # the account was deleted
        async with db.single() as tx:
            await tx.run(sql.end, user_id=user_id)


async def digest(tx: Change, row: db.Row) -> Notice | None:
    """After an outage nobody wants to read yesterday's; but what midnight came before is told, and of its day."""
    kind, zone, planned_at = row["kind"], row["zone"], row["next_at"]
    day = local_date(planned_at, zone)
    is_its_day = day == local_date(tx.now, zone)
    if not is_its_day and tx.now - planned_at > BEHIND_MIDNIGHT:
        return None
    found = await those(tx, FILTERS[kind], tx.now if is_its_day else planned_at, zone)
    about = [as_about(json.loads(row["document"])) for row in found]
    return Notice(f"{kind}/{day}", kind, about, planned_at, total=found[0]["total"]) if found else None


async def those(tx: Change, filter: str, at: datetime, zone: str) -> list[db.Row]:
    """The first of those that it finds at that moment, each with how many there are."""
    from shared.filters.conditions import Condition  # which nothing else here has to wait for
    from shared.filters.language import parse
    from shared.filters.spans import Clock

    condition = Condition(parse(filter), Clock(at, zone))
    whole = sql.found.replace("{condition}", condition.text).replace("{rows}", str(notices.NAMED))
    return await tx.all(db.composed(whole), user_id=tx.caller.user_id, **condition.values)


def local_date(at: datetime, zone: str) -> str:
    return wall_clock(at, zone).date().isoformat()


def as_about(task: dict[str, Any]) -> About:
    return About(UUID(task["id"]), task["title"], task["due"], task["zone"])
