"""All the tasks of a list, or with a tag: how many may change at once, and how the rest of the world hears of it."""

from typing import LiteralString
from uuid import UUID

from shared import work
from shared.changes import Change
from shared.problems import Conflict

MOST = 10_000  # tasks; so many change within a few seconds, for which the user's other changes wait


async def number(tx: Change, statement: LiteralString, **whose: UUID) -> int:
    found: int = (await tx.one(statement, user_id=tx.caller.user_id, **whose))["number"]
    if found > MOST:
        raise Conflict(f"This would change {found:,} tasks, and at most {MOST:,} can change at once. Begin with some.")
    return found


async def tell(changed: int) -> None:
    """The database has made their events. Relay publishes them now, or if the broker is away by and by."""
    if changed:
        await work.ring("outbox")
