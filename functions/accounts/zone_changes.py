"""Whoever goes to another zone takes their floating tasks along: nine o'clock is nine o'clock there, another instant.

So it is for all tasks of whoever is in a zone, or has some in one, whose clocks go otherwise than was known before.

Some go in the very change of the profile. Those of somebody who has more follow, some at a time, each time in a change
of its own: for the next change of the same user nobody waits longer than for one of these.
"""

import json
from uuid import UUID

from tzdata import IANA_VERSION

from shared import changes, db, entities, work
from shared.callers import Caller
from shared.changes import Change
from shared.due import Due
from shared.envelope import Envelope
from shared.events import TaskUpdated

sql = db.queries(__file__, "zone_changes")

TOGETHER = 1_000  # tasks; so many take PostgreSQL a quarter of a second


async def begin(tx: Change) -> bool:
    """The first ones. Whether others follow."""
    tx.later(sql.begin, user_id=tx.caller.user_id, now=tx.now)
    return await go_on(tx)


async def go_on(tx: Change) -> bool:
    """The next ones. Whether others follow."""
    user_id, zone = tx.caller.user_id, await entities.users_zone(tx)
    found = await tx.all(sql.clocked_tasks, user_id=user_id, limit=TOGETHER)
    instants = [Due(row["due_on"], row["due_time"], row["zone"]).instant(zone, row["slot"]) for row in found]
    ids = [row["id"] for row in found]
    await tx.change_many(sql.follow, TaskUpdated, len(ids), those=ids, instants=instants)
    minding = {row["id"]: json.loads(row["minding"]) for row in found if row["minding"] is not None}
    if minding:
        from functions.accounts import zone_reminders

        await zone_reminders.follow(tx, minding, zone)
    if len(found) == TOGETHER:
        tx.later(sql.look_on, user_id=user_id, id=ids[-1])
        return True
    tx.later(sql.end, user_id=user_id)
    return False


async def tell(others_follow: bool) -> None:
    """The database has made their events, so they are relay's."""
    kinds: list[work.Kind] = ["outbox", "zones"] if others_follow else ["outbox"]
    await work.ring(*kinds)


async def on_work(event: Envelope) -> None:
    if work.is_due(event, "zones"):
        from functions.accounts import zone_data

        async with work.step() as step:
            is_looking = await zone_data.look_through(step)
            while (user_id := await _next()) and step.goes_on:
                async with changes.change(Caller(user_id, session_id=None, via="system")) as tx:
                    await go_on(tx)
            await tell(others_follow=is_looking or user_id is not None)


async def _next() -> UUID | None:
    """Who changed zones longest ago."""
    async with db.single() as tx:
        row = await tx.first(sql.next, version=IANA_VERSION)
    return row["user_id"] if row else None
