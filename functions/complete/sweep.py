"""Occurrences that ended and were not followed, as after an outage: each gets the one it would have got in time."""

from uuid import UUID

from shared import changes, db, entities, families, work
from shared.callers import Caller
from shared.envelope import Envelope

sql = db.queries(__file__, "sweep")

BEFORE_ALL = UUID(int=0)


async def on_work(event: Envelope) -> None:
    """One after the other, each in a change of its own: one that cannot be followed keeps no other from it."""
    if not work.is_due(event, "successors"):
        return
    user_id = id = BEFORE_ALL
    async with work.step() as step:
        while found := await _next(user_id, id):
            if not step.goes_on:
                await work.announce("successors")
                return
            user_id, id = found["user_id"], found["id"]
            with work.apart(user=str(user_id), task=str(id)):
                await _follow(user_id, id)


async def _next(user_id: UUID, id: UUID) -> db.Row | None:
    async with db.single() as tx:
        return await tx.first(sql.next, after_user=user_id, after=id)


async def _follow(user_id: UUID, id: UUID) -> None:
    """Whoever does it at the same time waits here, and then finds that it is done."""
    async with changes.change(Caller(user_id, session_id=None, via="system")) as tx:
        tasks = entities.documents(await tx.all(sql.unfollowed, user_id=user_id, id=id))
        await families.become(tx, {id: (task, dict(task)) for id, task in tasks.items()}, is_all=False)
