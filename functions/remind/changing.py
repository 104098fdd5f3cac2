"""Add a reminder to a task, take one away, or have one come again later."""

import json
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from fastapi import APIRouter, Response

from functions.remind.bodies import NewReminder, SnoozedUntil
from shared import entities, kept_reminders, moments, planning, reminder_bodies, versions, web
from shared.callers import SignedIn
from shared.changes import Change
from shared.documents import Document
from shared.events import ReminderSnoozed
from shared.kinds import TASK, is_open
from shared.problems import Conflict, Invalid, NotFound
from shared.routes import Straight
from shared.shapes import Reminder, Snooze
from shared.versions import IfMatch
from shared.zones import instant

router = APIRouter(route_class=Straight)


@router.post(
    "/api/tasks/{task_id}/reminders",
    status_code=201,
    response_model=Reminder,
    responses={409: {"description": "The task has a reminder with this id already"}},
)
async def add(task_id: UUID, new: NewReminder, caller: SignedIn, if_match: IfMatch = None) -> Response:
    """Have a task remind of itself once more. It changes the task; what has been already fires at once.

    Of a task that repeats it is for this occurrence alone: with all that follow, it is PATCH with `scope=future`.
    """
    async with versions.change(caller, TASK, task_id, if_match) as (tx, current):
        reminder = reminder_bodies.kept([new.model_dump(mode="json")], current["due"], field="")[0]
        if any(each["id"] == reminder["id"] for each in current["reminders"]):
            raise Conflict(f"This task has a reminder {reminder['id']} already.")
        if len(kept_reminders.own(current["reminders"])) >= reminder_bodies.MOST:
            raise Invalid.at("reminders", f"a task has at most {reminder_bodies.MOST}; delete one first.")
        await _become(tx, current, [*current["reminders"], reminder])
        answer = tx.answer(201, json.dumps(reminder), {})
    return web.respond(answer)


@router.delete("/api/tasks/{task_id}/reminders/{reminder_id}", status_code=204)
async def delete(task_id: UUID, reminder_id: UUID, caller: SignedIn, if_match: IfMatch = None) -> Response:
    """With it goes what was snoozed of it. What it has told stays, in the notifications and in the receipts."""
    async with versions.change(caller, TASK, task_id, if_match) as (tx, current):
        gone = _one_of(current, reminder_id)["id"]
        stays = [each for each in current["reminders"] if gone not in (each["id"], each.get("of"))]
        await _become(tx, current, stays)
        answer = tx.answer(204)
    return web.respond(answer)


@router.post(
    "/api/tasks/{task_id}/reminders/{reminder_id}/snooze",
    response_model=Snooze,
    responses={409: {"description": "The task is done or cancelled, or its series is paused"}},
)
async def snooze(
    task_id: UUID, reminder_id: UUID, later: SnoozedUntil, caller: SignedIn, if_match: IfMatch = None
) -> Response:
    """Have a reminder come again, without any change of when the task is due: once, and in place of an earlier snooze.

    What is said to be before now is now, and fires at once. When the task ends, this does not fire.
    """
    async with versions.change(caller, TASK, task_id, if_match) as (tx, current):
        if not is_open(current):
            raise Conflict("What is done or cancelled reminds of nothing. Open the task again first.")
        if not planning.is_live(current):
            raise Conflict("Its series is paused, and reminds of nothing until it is resumed. Resume it first.")
        named = _one_of(current, reminder_id)
        of = named["of"] if named["kind"] == "snooze" else named["id"]
        at = max(await _moment(tx, later, current), tx.now)
        snoozed = {"id": str(uuid5(UUID(of), "snooze")), "kind": "snooze", "at": moments.shown(at), "of": of}
        others = [each for each in current["reminders"] if each.get("of") != of]
        await _become(tx, current, [*others, snoozed])
        tx.emit(ReminderSnoozed, task_id, planning.reminded(task_id, current, {of: at}), {})
        answer = tx.answer(200, json.dumps(snoozed), {})
    return web.respond(answer)


async def _become(tx: Change, current: Document, reminders: list[Document]) -> None:
    await entities.change(tx, TASK, {UUID(current["id"]): (current, current | {"reminders": reminders})})


def _one_of(task: Document, id: UUID) -> Document:
    for each in task["reminders"]:
        if each["id"] == str(id):
            found: Document = each
            return found
    raise NotFound(f"This task has no reminder {id}.")


async def _moment(tx: Change, later: SnoozedUntil, task: Document) -> datetime:
    if later.minutes is not None:
        return (tx.now + timedelta(minutes=later.minutes)).replace(microsecond=0)
    assert later.until is not None
    if moments.INSTANT.fullmatch(later.until):
        return moments.within(moments.instant(later.until, "until"), "until")
    at = None
    with suppress(Invalid):
        at = moments.local(later.until, "until")
    if not isinstance(at, datetime):
        raise Invalid.at("until", "a local time like 2026-11-20T09:30:00, or an instant like 2026-11-20T08:30:00Z.")
    at = instant(moments.within(at, "until"), task["zone"] or await entities.users_zone(tx))
    return moments.within(at, "until")
