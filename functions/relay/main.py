"""Publish what did not reach the broker; keep, report and deliver again what did not reach a function."""

from collections.abc import Mapping

from functions.relay import letters, outbox, redelivery, releases, reports
from shared import db, edge, receiving, work
from shared.envelope import Envelope, Unreadable

sql = db.queries(__file__)


async def relay(event: Envelope) -> None:
    if letters.DEAD in event.attributes:
        await letters.keep(event)
    elif work.is_due(event, "outbox"):
        await work_through()


async def unreadable(headers: Mapping[str, str], data: bytes, reason: Unreadable) -> None:
    if f"ce-{letters.DEAD}" in headers:
        await letters.keep_unreadable(headers, data, reason)
    else:
        await receiving.refuse(headers, data, reason)  # and it comes again, as a dead letter


async def work_through() -> None:
    async with work.step() as step:
        done = await work.together(
            outbox.publish_leftovers(step), redelivery.redeliver(step), reports.publish(step), releases.tell(step)
        )
        if any(done) and await something_left():
            await work.announce("outbox")


async def something_left() -> bool:
    async with db.single() as tx:
        return bool((await tx.one(sql.left))["something"])


app = receiving.app(relay, unreadable)
handle = edge.function(app)
