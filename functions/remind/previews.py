"""When a reminder would fire: computed, and stored nowhere."""

from datetime import date, datetime

from fastapi import APIRouter, Response
from starlette.responses import JSONResponse
from typing_extensions import TypedDict

from functions.remind.bodies import PreviewedTask, ReminderPreview, SaidQuietHours
from shared import moments, reminder_bodies, reminders
from shared.callers import SignedIn
from shared.problems import Invalid
from shared.reminders import QuietHours
from shared.routes import Straight
from shared.zones import zone_named

router = APIRouter(route_class=Straight)
OVER = ("done", "cancelled", "skipped", "deleted")


class Firing(TypedDict):
    fire_at: str
    immediate: bool
    deliver_at: str
    deferred: bool


@router.post("/api/reminders/preview", response_model=Firing | None)
async def preview(asked: ReminderPreview, caller: SignedIn) -> Response:
    """When it fires (`immediate`: its time had come when it was saved) and, after quiet hours, is delivered.

    null: never, for the task is over, or has no due date that the reminder depends on.
    """
    task = asked.task
    zone = caller.zone if task.zone is None else zone_named(task.zone)
    due, saved_at = _due(task), moments.instant(asked.saved_at, "saved_at")
    fire_at = reminders.fire_at(_reminder(asked.reminder, due), due, zone)
    quiet = _quiet(asked.quiet_hours, zone)
    if fire_at is None or task.status in OVER:
        return JSONResponse(None)
    found = reminders.firing(fire_at, saved_at, quiet, task.urgent)
    answer: Firing = {
        "fire_at": moments.shown(found.fire_at),
        "immediate": found.immediate,
        "deliver_at": moments.shown(found.deliver_at),
        "deferred": found.deferred,
    }
    return JSONResponse(answer)


def _due(task: PreviewedTask) -> date | datetime | None:
    if task.due is None:
        return None
    due = moments.within(moments.local(task.due, "task.due"), "task.due")
    if task.all_day not in (None, not isinstance(due, datetime)):
        raise Invalid.at("task.due", "a date if the task is all-day, else a local time.")
    return due


def _reminder(said: reminder_bodies.Reminder, due: date | None) -> reminders.Reminder:
    if isinstance(said, reminder_bodies.Absolute):
        at = moments.within(moments.local(said.at, "reminder.at"), "reminder.at")
        if not isinstance(at, datetime):
            raise Invalid.at("reminder.at", "a local time like 2026-11-20T09:30:00.")
        return reminders.Absolute(at)
    if isinstance(said, reminder_bodies.DaysBefore):
        return reminders.DaysBefore(said.days, None if said.at is None else moments.clock(said.at, "reminder.at"))
    if due is not None and not isinstance(due, datetime):
        raise Invalid.at("reminder.kind", "an all-day task has no minutes before; use days_before or absolute.")
    return reminders.Before(said.minutes)


def _quiet(said: SaidQuietHours | None, zone: str) -> QuietHours | None:
    if said is None:
        return None
    start, end = moments.clock(said.start, "quiet_hours.start"), moments.clock(said.end, "quiet_hours.end")
    return QuietHours(start, end, zone)
