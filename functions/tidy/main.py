"""Once a day, remove what is too old: sessions, answers, deleted tasks, delivered dead letters, settled events."""

from typing import LiteralString

from shared import db, edge, receiving, work
from shared.envelope import Envelope
from shared.logs import log

BATCH = 1000  # rows in one short transaction

sql = db.queries(__file__)

TOO_OLD: dict[str, LiteralString] = {
    "sessions": sql.sessions,
    "answers": sql.answers,
    "tasks": sql.tasks,
    "dead_letters": sql.dead_letters,
    "events": sql.events,
}


async def tidy(event: Envelope) -> None:
    if not work.is_due(event, "day"):
        return
    async with db.single() as tx:
        await tx.run(sql.begin_day)
    async with work.step() as step:
        for kind, statement in TOO_OLD.items():
            if not await remove(kind, statement, step):
                await work.announce("day")
                return


async def remove(kind: str, statement: LiteralString, step: work.Step) -> bool:
    """Whether all of it is gone, or the step ended first."""
    removed, gone = 0, False
    while step.goes_on and not gone:
        async with db.single() as tx:
            batch = await tx.run(statement, limit=BATCH)
        removed, gone = removed + batch, batch < BATCH
    if removed:
        log().info("tidied", kind=kind, rows=removed)
    return gone


app = receiving.app(tidy)
handle = edge.function(app)
