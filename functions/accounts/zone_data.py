"""A government moves its clocks, newer zone data says so, and tasks are due at other instants: this finds whose.

Nine o'clock stays nine o'clock, so these follow as those do whose users go to another zone. Only what is newer counts,
so that two releases side by side do not undo each other's work; and what one of them did meanwhile by the older data is
found when all is looked through again, an hour later.
"""

import json
from itertools import groupby
from uuid import UUID

from tzdata import IANA_VERSION

from shared import db, work
from shared.due import Due
from shared.kept_reminders import firings

sql = db.queries(__file__, "zone_data")

TOGETHER = 1_000  # tasks and reminders that are looked at together


async def look_through(step: work.Step) -> bool:
    """Whether some are still to be looked at."""
    async with db.single() as tx:
        await tx.run(sql.begin, version=IANA_VERSION)
    is_looking = True
    while is_looking and step.goes_on:
        is_looking = await _look_on()
    return is_looking


async def _look_on() -> bool:
    """The next ones. Who does that at the same time leaves it to us."""
    async with db.transaction() as tx:
        row = await tx.first(sql.looking, version=IANA_VERSION)
        if row is None:
            return False
        found = await tx.all(sql.clocked, after=row["looked_at"], limit=TOGETHER)
        users = {user_id: list(theirs) for user_id, theirs in groupby(found, key=_whose)}
        there_are_more = len(found) == TOGETHER
        if there_are_more and len(users) > 1:  # the last one's may not all be here: they come with the next ones
            users.popitem()
        last = next(reversed(users)) if there_are_more else None
        moved = [user_id for user_id, theirs in users.items() if len(theirs) == TOGETHER or any(map(_is_moved, theirs))]
        tx.later(sql.follow, those=moved, version=IANA_VERSION)
        tx.later(sql.look_on, last=last)
        return there_are_more


def _whose(clocked: db.Row) -> UUID:
    user_id: UUID = clocked["user_id"]
    return user_id


def _is_moved(clocked: db.Row) -> bool:
    due = Due(clocked["due_on"], clocked["due_time"], clocked["zone"])
    if clocked["reminders"] is None:
        return bool(due.instant(clocked["users_zone"]) != clocked["at"])
    of = {
        "due": due.written(),
        "zone": due.zone,
        "slot": clocked["slot"],
        "reminders": json.loads(clocked["reminders"]),
    }
    return any(at != clocked["at"] for at in firings(of, clocked["users_zone"]).values())
