"""What a notification says, for people: in a line, in a few words, and task by task."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from shared.zones import instant, wall_clock

Said = Mapping[str, Any]  # a notification's document

LATE = 60  # seconds from which on it says so itself
BREAKS = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029]+")  # what ends a line, a header, or the reader's patience


def headline(said: Said) -> str:
    total = said["total"]
    if said["kind"] == "digest":
        return f"{counted(total, 'task')} due today"
    if said["kind"] == "overdue":
        return f"{counted(total, 'task')} overdue"
    if said["kind"] == "webhook":
        return f"The webhook to {said['webhook']['host']} is switched off"
    return plain(said["tasks"][0]["title"]) if total == 1 else counted(total, "reminder")


def body(said: Said, zone: str, late: float) -> str:
    """Beside the headline, in one breath."""
    if said["kind"] == "reminder" and said["total"] == 1:
        words = [when(said["tasks"][0], zone), lateness(said, zone, late)]
    elif said["kind"] == "webhook":
        words = [why(said), lateness(said, zone, late)]
    else:
        words = [", ".join(plain(task["title"])[:100] for task in said["tasks"][:5]), lateness(said, zone, late)]
    return ". ".join(word for word in words if word)


def why(said: Said) -> str:
    webhook = said["webhook"]
    about = f"{plain(webhook['description'])}: " if webhook["description"] else ""
    return about + (
        "it says that it is gone for good"
        if webhook["disabled"] == "gone"
        else "nothing has arrived there for more than a day"
    )


def points(said: Said, zone: str) -> tuple[str, ...]:
    """A line for each task that is named, and one for those that are not."""
    lines = [" - ".join(part for part in (plain(task["title"]), when(task, zone)) if part) for task in said["tasks"]]
    unnamed = said["total"] - len(lines)
    return (*lines, *([f"and {unnamed} more"] if unnamed > 0 else []))


def when(task: Said, zone: str) -> str:
    """As its owner's clocks and calendar show it."""
    if task["due"] is None:
        return ""
    if "T" not in task["due"]:
        return f"Due {_day(date.fromisoformat(task['due']))}"
    local = datetime.fromisoformat(task["due"])
    if task["zone"] is not None and task["zone"] != zone:
        local = wall_clock(instant(local, task["zone"]), zone)
    return f"Due {_day(local)} at {local:%H:%M}"


def lateness(said: Said, zone: str, late: float) -> str:
    """`late`: seconds of waiting for this channel alone, where what it says was on time."""
    if max(said["late"], late) <= LATE:
        return ""
    planned = wall_clock(datetime.fromisoformat(said["planned_at"]), zone)
    return f"This comes late: it was planned for {_day(planned)} at {planned:%H:%M}"


def _day(day: date) -> str:
    return f"{day:%A}, {day.day} {day:%B} {day.year}"


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def plain(text: str) -> str:
    """On one line, whatever its writer had in mind."""
    return " ".join(BREAKS.sub(" ", text).split())
