"""What is to leave the house: planned once for each channel, and tried there until it arrives or is a day late.

A push goes out with the event that says it; its repeat after a kill takes the place of the first (`Topic`, `tag`). A
mail goes out by `work.due`, so that no push waits for a mail server; after a kill it goes out once more, under the same
Message-ID, and never a third time.
"""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from functions.notify import browsers, notice_letters, smtp
from shared import db, preferences, work
from shared.config import settings
from shared.envelope import Envelope
from shared.ids import new_id
from shared.logs import log
from shared.preferences import Channel

sql = db.queries(__file__, "deliveries")

WORKERS: dict[Channel, int] = {"push": 4, "email": 4}


async def plan(event: Envelope) -> None:
    """One row for each channel on which its user wants to hear of it, however often the event comes."""
    event.verified()
    which = {"user_id": UUID(event.user_id), "notification_id": UUID(event.attributes["subject"].partition("/")[2])}
    async with db.single() as tx:
        told = await tx.first(sql.told, **which)
    if told is None:
        return
    channels, deliver_at = channels_for(told), deliver_at_for(told)
    if not channels:
        return
    async with db.single() as tx:
        ids = [new_id() for _ in channels]
        await tx.run(sql.plan, **which, channels=channels, ids=ids, deliver_at=deliver_at)
    if deliver_at > datetime.now(UTC):
        return
    if "email" in channels:
        await work.announce("deliveries")
    if "push" in channels:
        async with db.single() as tx:
            taken = await tx.first(sql.take_this, **which, channel="push")
        if taken:
            await send(taken)


def channels_for(told: db.Row) -> list[Channel]:
    by_kind: dict[str, Any] = dict(preferences.read(told["preferences"])["channels"])
    wanted = by_kind[told["kind"]]
    can = {"push": told["has_browsers"] and settings().vapid_private_key, "email": settings().smtp_url}
    return [channel for channel in WORKERS if wanted[channel] and can[channel]]


def deliver_at_for(told: db.Row) -> datetime:
    """When it was planned for, or when the quiet hours end that it was planned or came in."""
    planned_at: datetime = told["planned_at"]
    quiet = preferences.quiet_hours(preferences.read(told["preferences"]), told["zone"])
    if quiet is None or told["urgent"]:
        return planned_at
    came = max(told["created_at"], planned_at)
    return over if (over := quiet.over(came)) > came else quiet.over(planned_at)


async def send_due() -> None:
    """All that are due. What could not be sent has a pause of its own, and comes again by the minute."""
    async with db.single() as tx:
        await tx.run(sql.leave_be)
    async with work.step() as step:
        pushes = [push_all(step) for _ in range(WORKERS["push"])]
        if not all(await work.together(*pushes, mailing.send_all(step))):
            await work.announce("deliveries")


async def push_all(step: work.Step) -> bool:
    """Whether none is left."""
    while step.goes_on:
        if (taken := await take("push")) is None:
            return True
        await send(taken)
    return False


class Mailing:
    """One in each process, however often it is called for: a mail server that is slow keeps only its own waiting."""

    def __init__(self) -> None:
        self._goes_on = self._called_again = False

    async def send_all(self, step: work.Step) -> bool:
        """Whether none is left, or those who are at it send the rest."""
        if self._goes_on:
            self._called_again = True
            return True
        self._goes_on = True
        try:
            return all(await work.together(*(self._work(step) for _ in range(WORKERS["email"]))))
        finally:
            self._goes_on = False

    async def _work(self, step: work.Step) -> bool:
        while step.goes_on:
            self._called_again = False
            taken = await take("email")
            if taken is None and not self._called_again:
                return True
            if taken and not await send(taken):
                return True  # nor does it answer the next one; the minute comes back to them
        return False


mailing = Mailing()


async def take(channel: Channel) -> db.Row | None:
    async with db.single() as tx:
        return await tx.first(sql.take, channel=channel)


async def send(taken: db.Row) -> bool:
    """On its channel, if it still means something; what went wrong is kept with it. Whether that channel answers."""
    which = {"user_id": taken["user_id"], "notification_id": taken["notification_id"]}
    async with db.single() as tx:
        about = await tx.first(sql.about, **which)
    delivery = which | {"channel": taken["channel"]}
    if about is None or about["is_read"] or not about["is_open"]:
        await settle(delivery, "was read before" if about and about["is_read"] else "is over")
        return True
    return await (push if taken["channel"] == "push" else mail)(taken, delivery, about)


async def push(taken: db.Row, delivery: dict[str, Any], about: db.Row) -> bool:
    async with db.single() as tx:
        those = await tx.all(sql.browsers, user_id=delivery["user_id"], reached=taken["reached"])
    message = browsers.message(about["document"], about["zone"])
    outcomes = await asyncio.gather(*(browsers.tell(browser, message) for browser in those))
    ids: dict[str, list[UUID]] = {"reached": [], "gone": [], "refused": [], "failed": []}
    for browser, outcome in zip(those, outcomes, strict=True):
        ids[outcome.what].append(browser["id"])
    if ids["gone"]:
        async with db.single() as tx:
            await tx.run(sql.forget_browsers, user_id=delivery["user_id"], ids=ids["gone"])
    error = next((outcome.error for outcome in outcomes if outcome.error), None)
    if ids["failed"]:
        pause = max(outcome.pause for outcome in outcomes)
        await put_off(delivery, error, pause=pause, reached=ids["reached"])
    elif ids["reached"] or taken["reached"]:
        await settle(delivery, "sent", ids["reached"], error)
    else:
        await settle(delivery, "refused" if ids["refused"] else "nobody is there any more", error=error)
    return True


async def mail(taken: db.Row, delivery: dict[str, Any], about: db.Row) -> bool:
    letter = notice_letters.letter(taken["id"], delivery["user_id"], about)
    async with db.single() as tx:
        await tx.run(sql.hand_over, **delivery)
    try:
        await asyncio.to_thread(smtp.send, letter)
    except smtp.Refused as refused:
        await settle(delivery, "refused", error=str(refused))
    except smtp.NotTaken as error:
        await put_off(delivery, str(error), sure=error.sure)
        return not error.is_away
    else:
        await settle(delivery, "sent")
    return True


async def settle(
    delivery: dict[str, Any], outcome: str, reached: list[UUID] | None = None, error: str | None = None
) -> None:
    async with db.single() as tx:
        sent = outcome == "sent"
        await tx.run(sql.settle, **delivery, outcome=outcome, reached=reached or [], error=error, sent=sent)


async def put_off(
    delivery: dict[str, Any], error: str | None, sure: bool = True, pause: float = 0, reached: list[UUID] | None = None
) -> None:
    log().warning(
        "a delivery waits", notification=str(delivery["notification_id"]), channel=delivery["channel"], error=error
    )
    took_back = sure and delivery["channel"] == "email"
    async with db.single() as tx:
        await tx.run(sql.put_off, **delivery, error=error, sure=took_back, pause=pause, reached=reached or [])
