"""Publish what did not reach the broker; keep dead letters and deliver again those that may get through."""

import asyncio

from functions.relay import letters, outbox
from shared import db, edge, receiving, work
from shared.envelope import Envelope

sql = db.queries(__file__)


async def relay(event: Envelope) -> None:
    if letters.is_dead(event):
        await letters.keep(event)
    elif work.is_due(event, "outbox"):
        await work_through()


async def work_through() -> None:
    step = work.Step()
    published, delivered = await asyncio.gather(outbox.publish_leftovers(step), letters.redeliver(step))
    if (published or delivered) and await something_left():
        await work.announce("outbox")


async def something_left() -> bool:
    async with db.reading() as tx:
        return bool((await tx.one(sql.left))["something"])


app = receiving.app(relay)
handle = edge.function(app)
