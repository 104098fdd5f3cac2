"""What is to leave the house: planned once for each channel, and tried there until it arrives or is a day late.

A push goes out with the event that says it; its repeat after a kill takes the place of the first (`Topic`, `tag`). A
mail goes out by `work.due`, so that no push waits for a mail server; after a kill it goes out once more, under the same
Message-ID, and never a third time.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from functions.notify import kept, mails, pushes
from functions.notify.gathering import Gathering
from shared import db, preferences, work
from shared.config import settings
from shared.envelope import Envelope
from shared.ids import new_id
from shared.preferences import Channel
from shared.shapes import Preferences

sql = db.queries(__file__, "deliveries")

CHANNELS: tuple[Channel, ...] = ("push", "email")


class Which(NamedTuple):
    user_id: UUID
    id: UUID


async def plan(event: Envelope) -> None:
    """One row for each channel on which its user wants to hear of it, however often the event comes."""
    event.verified()
    which = Which(UUID(event.user_id), UUID(event.attributes["subject"].partition("/")[2]))
    told = await known.ask(which)
    if told is None:
        return
    wanted = preferences.read(told["preferences"])
    channels = channels_for(told, wanted)
    if not channels:
        return
    deliver_at = deliver_at_for(told, wanted)
    is_due = deliver_at <= datetime.now(UTC)
    taken = await planned.ask([planned_row(which, channel, deliver_at, is_due) for channel in channels])
    if taken:
        await pushes.send(taken)
    if is_due and "email" in channels and not mails.mailing.hears():
        await rung.ask(None)


async def _known(asked: Sequence[Which]) -> list[db.Row | None]:
    async with db.single() as tx:
        rows = await tx.all(sql.told, asked=json.dumps([which._asdict() for which in asked], default=str))
    by_id = {Which(row["user_id"], row["id"]): row for row in rows}
    return [by_id.get(which) for which in asked]


async def _planned(asked: Sequence[list[dict[str, Any]]]) -> list[db.Row | None]:
    """What is to be pushed now, by whoever comes first with it."""
    rows = [row for rows in asked for row in rows]
    async with db.single() as tx:
        taken = await tx.all(kept.with_all(sql.plan), planned=json.dumps(rows, default=str))
    by_id = {Which(row["user_id"], row["notification_id"]): row for row in taken}
    return [by_id.pop(Which(rows[0]["user_id"], rows[0]["notification_id"]), None) for rows in asked]


async def _rung(asked: Sequence[None]) -> Sequence[None]:
    await work.ring("deliveries")
    return asked


known, planned, rung = Gathering(_known), Gathering(_planned), Gathering(_rung)


def channels_for(told: db.Row, wanted: Preferences) -> list[Channel]:
    by_kind: dict[str, Any] = dict(wanted["channels"])
    can = {"push": told["has_browsers"] and settings().vapid_private_key, "email": settings().smtp_url}
    return [channel for channel in CHANNELS if by_kind[told["kind"]][channel] and can[channel]]


def deliver_at_for(told: db.Row, wanted: Preferences) -> datetime:
    """When it was planned for, or when the quiet hours end that it was planned or came in."""
    planned_at: datetime = told["planned_at"]
    quiet = preferences.quiet_hours(wanted, told["zone"])
    if quiet is None or told["urgent"]:
        return planned_at
    came = max(told["created_at"], planned_at)
    return over if (over := quiet.over(came)) > came else quiet.over(planned_at)


def planned_row(which: Which, channel: Channel, deliver_at: datetime, is_due: bool) -> dict[str, Any]:
    return {
        "user_id": which.user_id,
        "notification_id": which.id,
        "channel": channel,
        "id": new_id(),
        "deliver_at": deliver_at,
        "at_once": is_due and channel == "push",
    }


async def send_due() -> None:
    """All that are due. What could not be sent has a pause of its own, and comes again by the minute."""
    async with work.step() as step:
        if not all(await work.together(pushes.send_all(step), mails.send_all(step))):
            await work.announce("deliveries")
