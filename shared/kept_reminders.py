"""A task's reminders as they are kept: when they fire, and what becomes of them where the task comes again.

What is relative goes along as it is. What is absolute keeps its time of day and its distance to the day it is
about. What was snoozed stays behind.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from shared import moments, reminders
from shared.documents import Document
from shared.due import as_in_slot


def firings(task: Document, users_zone: str) -> dict[str, datetime]:
    """By the reminders' ids. What sleeps for want of a due date, or of a time of day, is not among them."""
    due, zone = task["due"] and moments.local(task["due"], "due"), task["zone"] or users_zone
    if isinstance(due, datetime):
        due = as_in_slot(due, zone, task.get("slot"))
    found = {said["id"]: _fire_at(said, due, zone) for said in task.get("reminders", ())}
    return {id: at for id, at in found.items() if at is not None}


def _fire_at(said: Document, due: date | None, zone: str) -> datetime | None:
    if said["kind"] == "snooze":
        return moments.instant(said["at"], "at")
    return reminders.fire_at(meant(said), due, zone)


def meant(said: Document) -> reminders.Reminder:
    match said["kind"]:
        case "before":
            return reminders.Before(said["minutes"])
        case "days_before":
            return reminders.DaysBefore(said["days"], said["at"] and time.fromisoformat(said["at"]))
    return reminders.Absolute(datetime.fromisoformat(said["at"]))


def carried(said: Sequence[Document], day: date) -> list[Document]:
    """As a series keeps them, of an occurrence of this day."""
    return [
        each | {"days": (day - _at(each).date()).days, "at": _at(each).time().isoformat()}
        if _is_absolute(each)
        else each
        for each in own(said)
    ]


def brought(template: Sequence[Document], day: str) -> list[Document]:
    """As an occurrence of this day gets them."""
    return [
        {"id": each["id"], "kind": "absolute", "at": moments.later(f"{day}T{each['at']}", timedelta(-each["days"]))}
        if _is_absolute(each)
        else each
        for each in template
    ]


def shifted(said: Sequence[Document], distance: timedelta) -> list[Document]:
    return [each | {"at": moments.later(each["at"], distance)} if _is_absolute(each) else each for each in own(said)]


def own(said: Sequence[Document]) -> list[Document]:
    """Without what was snoozed of them."""
    return [each for each in said if each["kind"] != "snooze"]


def _is_absolute(said: Document) -> bool:
    return bool(said["kind"] == "absolute")


def _at(said: Document) -> datetime:
    return datetime.fromisoformat(said["at"])
