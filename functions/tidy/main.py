"""Once a day, remove what is too old, of the history whole months; of a deleted account all but the seals."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import LiteralString

from shared import db, edge, receiving, work
from shared.config import settings
from shared.envelope import Envelope
from shared.logs import log

BATCH = 1000  # rows in one short transaction

sql = db.queries(__file__)

TOO_OLD: dict[str, LiteralString] = {
    "sessions": sql.sessions,
    "answers": sql.answers,
    "account_mails": sql.account_mails,
    "notifications": sql.notifications,
    "webhook_deliveries": sql.webhook_deliveries,
    "firings": sql.firings,
    "second_factors": sql.second_factors,
    "comments": sql.comments,
    "tasks": sql.tasks,
    "series": sql.series,
    "lists": sql.lists,
    "tags": sql.tags,
    "filters": sql.filters,
    "dead_letters": sql.dead_letters,
    "events": sql.events,
}


async def tidy(event: Envelope) -> None:
    if work.is_due(event, "day"):
        await remove_what_is_too_old()
    elif work.is_due(event, "erasure"):
        await erase_accounts()


async def remove_what_is_too_old() -> None:
    async with db.single() as tx:
        await tx.run(sql.begin_day)
    async with work.step() as step:
        for kind, statement in TOO_OLD.items():
            if not await remove(kind, statement, step):
                await work.announce("day")
                return
        await turn_months(step)


async def turn_months(step: work.Step) -> None:
    """The history has months to write to, and no longer those that are too old."""
    async with db.single() as tx:
        await tx.run(sql.make_months)
    removed: str | None = ""
    while step.goes_on and removed is not None:
        async with db.single() as tx:
            removed = (await tx.one(sql.remove_month, days=settings().activity_retention_days))["month"]
        if removed:
            log().info("tidied", kind="history", month=removed)
    async with db.single() as tx:
        waiting = await tx.all(sql.waiting, days=settings().activity_retention_days)
    for row in waiting:
        log().error("no month is removed while entries wait for one that never came", user_id=str(row["user_id"]))


async def remove(kind: str, statement: LiteralString, step: work.Step) -> bool:
    """Whether all of it is gone, or the step ended first."""
    removed, gone = 0, False
    while step.goes_on and not gone:
        async with turn() as tx:
            batch = await tx.run(statement, limit=BATCH)
        removed, gone = removed + batch, batch < BATCH
    if removed:
        log().info("tidied", kind=kind, rows=removed)
    return gone


@asynccontextmanager
async def turn() -> AsyncIterator[db.Transaction]:
    """One batch, while nobody else is at one."""
    async with db.transaction() as tx:
        await tx.run(sql.turn)
        yield tx


async def erase_accounts() -> None:
    erased = 0
    async with work.step() as step:
        while step.goes_on:
            async with turn() as tx:
                rows = (await tx.one(sql.erase, most=BATCH))["rows"]
            if not rows:
                break
            erased += rows
        else:
            await work.announce("erasure")
    log().info("erased", rows=erased)


app = receiving.app(tidy)
handle = edge.function(app)
