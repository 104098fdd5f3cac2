"""Operators hear of each dead letter from system-events, when it is kept and when it begins to wait for one of them.

A report is written with what it is about, so none is lost; it is published within a minute, under the same id however
often it is sent.
"""

from shared import db, envelope, publishing, system, work
from shared.config import settings
from shared.events import DeadLetter, SystemDeadLetter
from shared.http_post import Connection, Unreachable
from shared.logs import log

sql = db.queries(__file__)

AT_ONCE, PATIENCE = 20, 4.0
LONGEST = 200  # characters of a name or a reason


async def publish(step: work.Step) -> int:
    door = Connection(settings().broker_ingress_url, timeout=PATIENCE)
    done = 0
    try:
        while step.goes_on and (waiting := await take(AT_ONCE)):
            decided = await send(waiting, door)
            await forget(decided)
            done += len(decided)
            if len(decided) < len(waiting):
                break  # the broker is away; the minute will come back to them
    finally:
        door.close()
    return done


async def take(limit: int) -> list[db.Row]:
    async with db.transaction() as tx:
        return await tx.all(sql.take_reports, limit=limit)


async def send(waiting: list[db.Row], door: Connection) -> list[db.Row]:
    """Those of them that the broker decided about."""
    try:
        answers = await door.post_all([publishing.posted(SystemDeadLetter.topic, as_event(row)) for row in waiting])
    except Unreachable as error:
        answers = error.answered
    decided = []
    for row, answer in zip(waiting, answers, strict=False):
        if publishing.is_refusal(answer.status):
            log().error("the broker refused a report", event_id=str(row["id"]), status=answer.status)
        if answer.status == 202 or publishing.is_refusal(answer.status):
            decided.append(row)
    return decided


async def forget(decided: list[db.Row]) -> None:
    async with db.transaction() as tx:
        await tx.run(sql.reported, ids=[row["id"] for row in decided])


def as_event(row: db.Row) -> envelope.Envelope:
    letter: DeadLetter = {
        "event": row["event"][:LONGEST],
        "type": row["type"][:LONGEST],
        "subscriber": row["subscriber"],
        "reason": told(row["subscriber"], row["reason"]),
        "waits": row["waits"],
    }
    return system.event(SystemDeadLetter, row["id"], letter["event"], letter, row["happened_at"])


def told(subscriber: str, reason: str) -> str:
    """What ours say of an event holds nothing of it; others may say anything, so of theirs there is the status."""
    ours = subscriber in {"broker", settings().service, *settings().subscriber_urls}
    first = reason.splitlines()[0] if ours and reason else reason.partition(":")[0]
    return first[:LONGEST]
