"""Occurrences that ended and were not followed, as after an outage: each gets the one it would have got in time."""

from uuid import UUID

from shared import changes, db, families, work
from shared.callers import Caller
from shared.envelope import Envelope
from shared.kinds import is_open

sql = db.queries(__file__, "sweep")

TOGETHER = 100  # of one user, in one change


async def on_work(event: Envelope) -> None:
    if not work.is_due(event, "successors"):
        return
    async with work.step() as step:
        while (user_id := await _next()) and step.goes_on:
            await _follow(user_id)
    if user_id:
        await work.announce("successors")


async def _next() -> UUID | None:
    async with db.single() as tx:
        row = await tx.first(sql.next)
    return row["user_id"] if row else None


async def _follow(user_id: UUID) -> None:
    """Whoever does it at the same time waits here, and then finds that it is done."""
    async with changes.change(Caller(user_id, session_id=None, via="system")) as tx:
        rows = await tx.all(sql.unfollowed, user_id=user_id, limit=TOGETHER)
        tasks = families.documents(rows)
        ended = {id: (task, dict(task)) for id, task in tasks.items() if not is_open(task)}
        await families.become(tx, ended, is_all=False)
