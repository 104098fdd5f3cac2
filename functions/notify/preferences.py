"""How somebody wants to be told things: on which channels, not at which hours, and which digests."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import Field, StringConstraints, model_validator

from shared import changes, db, preferences, reminder_bodies, sessions, versions
from shared.callers import InSession, SignedIn
from shared.routes import Straight
from shared.shapes import Preferences
from shared.versions import IfMatch
from shared.web import Body

router = APIRouter(route_class=Straight)

TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"), Field(description="As 09:30")]


class WantedChannels(Body):
    push: bool = True
    email: bool = False


class WantedBothChannels(Body):
    push: bool = True
    email: bool = True


class WantedChannelsByKind(Body):
    reminder: WantedChannels = WantedChannels()
    digest: WantedBothChannels = WantedBothChannels()
    overdue: WantedBothChannels = WantedBothChannels()
    webhook: WantedBothChannels = WantedBothChannels()


class WantedQuietHours(Body):
    """From `start` until before `end`, which is the next day's if it is earlier; in the user's zone."""

    start: TimeOfDay
    end: TimeOfDay

    @model_validator(mode="after")
    def _last(self) -> "WantedQuietHours":
        if self.start == self.end:
            raise ValueError("quiet hours end at another time than they begin; null: there are none")
        return self


class WantedDaysBefore(reminder_bodies.DaysBefore):
    at: reminder_bodies.TimeOfDay | None = None


class WantedDefaultReminders(Body):
    """As a task's own are said, but that an absolute one means nothing for a task that is not there yet."""

    timed: Annotated[reminder_bodies.Before | WantedDaysBefore, Field(discriminator="kind")] | None = None
    all_day: WantedDaysBefore | None = None


class WantedPreferences(Body):
    """What is left out becomes what it is for everybody who never said."""

    channels: WantedChannelsByKind = WantedChannelsByKind()
    quiet_hours: WantedQuietHours | None = None
    default_reminders: WantedDefaultReminders = WantedDefaultReminders()
    daily_digest: TimeOfDay | None = None
    overdue_digest: TimeOfDay | None = None


@router.get("/api/preferences", response_model=Preferences)
async def read_preferences(caller: SignedIn) -> Response:
    async with db.single() as tx:
        said = await preferences.of(tx, caller.user_id)
    return versions.respond(json.dumps(said, ensure_ascii=False))


@router.put("/api/preferences", response_model=Preferences)
async def replace_preferences(wanted: WantedPreferences, caller: InSession, if_match: IfMatch = None) -> Response:
    """All of them. A digest comes once a day, at its time where its user is, if there is something to say."""
    async with changes.change(caller) as tx:
        before = await preferences.of(tx, caller.user_id)
        current: dict[str, Any] = dict(before)
        versions.expect(if_match, current, "set of preferences")
        after = await preferences.change(tx, before, wanted.model_dump())
    if after["default_reminders"] != before["default_reminders"]:
        await sessions.forget_copies(caller.user_id)
    return versions.respond(json.dumps(after, ensure_ascii=False))
