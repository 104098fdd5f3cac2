"""The activity log as its events make it: what comes is recorded, what never came is filled in from `events`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared import db, work
from shared.batches import Batches
from shared.envelope import Envelope, Unreadable
from shared.logs import log

sql = db.queries(__file__)


async def keep(event: Envelope) -> None:
    if work.is_due(event, "history"):
        await fill_gaps()
    elif "sequence" in event.verified().attributes:
        await record(event)


@dataclass(frozen=True, slots=True)
class Entry:
    user_id: UUID
    sequence: int
    id: UUID
    type: str
    subject: str
    happened_at: datetime
    detail: str


async def record(event: Envelope) -> None:
    if refused := await together.ask(as_entry(event)):
        raise refused


def as_entry(event: Envelope) -> Entry:
    try:
        return Entry(
            user_id=UUID(event.user_id),
            sequence=event.sequence,
            id=UUID(event.id),
            type=event.type,
            subject=event.attributes["subject"],
            happened_at=datetime.fromisoformat(event.attributes["time"]),
            detail=event.data.decode(),
        )
    except (KeyError, ValueError) as error:
        raise Unreadable(
            "It does not say whose it is, which number it has, what it is about or when it was."
        ) from error


async def record_all(entries: Sequence[Entry]) -> dict[Entry, db.Refused]:
    """In one transaction: a commit costs as much as what is in it. Where one is refused, each has its own."""
    try:
        async with db.single() as tx:
            await tx.run(sql.record, **{name: [getattr(entry, name) for entry in entries] for name in NAMED})
    except db.Refused as refused:
        if len(entries) == 1:
            return {entries[0]: refused}
        return {entry: refusal for each in entries for entry, refusal in (await record_all([each])).items()}
    return {}


NAMED = Entry.__slots__
together = Batches(record_all, at_once=100)


async def fill_gaps() -> None:
    async with work.step() as step:
        while behind := await users_behind():
            for user_id in behind:
                if not step.goes_on:
                    await work.announce("history")
                    return
                await fill(user_id)


async def users_behind() -> list[UUID]:
    async with db.single() as tx:
        return [row["user_id"] for row in await tx.all(sql.behind)]


async def fill(user_id: UUID) -> None:
    async with db.transaction() as tx:
        await tx.run(sql.begin_chain, user_id=user_id)
        await tx.one(sql.lock_chain, user_id=user_id)
        filled = await tx.run(sql.fill, user_id=user_id)
        await tx.run(sql.extend_chain, user_id=user_id)
    if filled:  # else another process was faster
        log().error("events never came and were filled in", user_id=str(user_id), events=filled)
