"""Reminders: "!30 min before", "!1 day before at 18:00", "!at 9:00", "!friday 9am"."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, TypeAlias

from functions.tasks.quick_add.clock_times import clock, part_of_day
from functions.tasks.quick_add.counted_days import counted, minutes
from functions.tasks.quick_add.days import day
from functions.tasks.quick_add.due import Meaning, Now
from functions.tasks.quick_add.phrases import SURE, Clock, Day, Moment, Phrase
from functions.tasks.quick_add.tokens import Text
from functions.tasks.quick_add.vocabulary import PARTS, number

BEFORE = ("before", "early", "earlier", "prior", "ahead")
SHORT = {"m": 1, "h": 60, "d": 1440, "w": 10080}
DAYS = {"d": 1, "day": 1, "days": 1, "w": 7, "week": 7, "weeks": 7}
ALL_DAY = time(9)


@dataclass(frozen=True, slots=True)
class Before:
    minutes: int


@dataclass(frozen=True, slots=True)
class DaysBefore:
    days: int
    at: time | None


@dataclass(frozen=True, slots=True)
class At:
    """On this day, or else on the day the task is due, or else when it is so late next time."""

    at: time | None
    day: Day | None = None


Reminder: TypeAlias = Before | DaysBefore | At | Moment


def reminder_phrase(text: Text, at: int, month_first: bool) -> Phrase | None:
    if not text.shouts(at):
        return None
    found = _before(text, at + 1) or _absolute(text, at + 1, month_first)
    return Phrase("reminder", at, found[0] + 1, found[1], SURE) if found else None


def _before(text: Text, at: int) -> tuple[int, Reminder] | None:
    at = text.skip(at, "the")
    if text[at] in ("night", "evening", "day") and text[text.after(at)] == "before":
        part = PARTS.get(text[at])
        last, chosen = _at(text, text.after(at), part)
        return last, DaysBefore(1, chosen)
    if text[at] == "on" and text[text.skip(text.after(at), "the")] == "day":
        last, chosen = _at(text, text.skip(text.after(at), "the"), None)
        return (last, DaysBefore(0, chosen)) if chosen else None
    if text[at] == "half" and text[hour := text.after(text.skip(text.after(at), "a"))] == "hour":
        return _behind(text, hour), Before(30)
    if text[at] == "half" and text[text.after(at)] in ("an", "a"):
        hour = text.after(text.after(at))
        return (_behind(text, hour), Before(30)) if text[hour] == "hour" else None
    count, unit, last = _amount(text, at)
    if count is None:
        return None
    if unit in DAYS:
        last = _behind(text, last)
        last, chosen = _at(text, last, None)
        return (last, DaysBefore(count * DAYS[unit], chosen)) if text[last] != "after" else None
    found = minutes(text, at) or ((last, count * SHORT[unit]) if unit in SHORT else None)
    if found is None:
        return None
    more = minutes(text, text.skip(text.after(found[0]), "and"))
    last, total = (more[0], found[1] + more[1]) if more else found
    if text[text.after(last)] == "after":
        return text.after(last), Before(-total)
    return _behind(text, last), Before(total)


def _amount(text: Text, at: int) -> tuple[int | None, str, int]:
    word = text[at]
    digits = word.rstrip("abcdefghijklmnopqrstuvwxyz")
    if digits != word and digits:
        return number(digits), word[len(digits) :], at
    unit_at = text.after(at)
    return 1 if word in ("a", "an") else number(word), text[unit_at], unit_at


def _behind(text: Text, last: int) -> int:
    following = text.after(last)
    return following if text[following] in BEFORE else last


def _at(text: Text, last: int, part: time | None) -> tuple[int, time | None]:
    following = text.after(last)
    led = text[following] in ("at", "@")
    found = clock(text, text.after(following) if led else following, bare=led)
    return (found[0], found[1].at) if found else (last, part)


def _absolute(text: Text, at: int, month_first: bool) -> tuple[int, Reminder] | None:
    if (moment := counted(text, at)) and isinstance(moment[1], Moment):
        return moment[0], moment[1]
    first = _time(text, at)
    day_at = text.skip(text.after(first[0]) if first else at, "on")
    found = day(text, day_at, month_first, led=True)
    if found is None or isinstance(found[1], Moment):
        return (first[0], At(first[1].at)) if first else None
    if first:
        return found[0], At(first[1].at, found[1])
    behind = _time(text, text.after(found[0]))
    if behind is None and text[part := text.after(found[0])] in PARTS:
        return part, At(PARTS[text[part]], found[1])
    return (behind[0], At(behind[1].at, found[1])) if behind else (found[0], At(None, found[1]))


def _time(text: Text, at: int) -> tuple[int, Clock] | None:
    led = text[at] in ("at", "@")
    begin = text.after(at) if led else at
    return clock(text, begin, bare=led) or part_of_day(text, begin, led)


def as_said(reminder: Reminder, now: Now, due: Meaning) -> dict[str, Any] | None:
    """In the form in which a reminder is kept. None: it makes no sense for this task."""
    if isinstance(reminder, Before):
        is_all_day = due.day is not None and due.at is None
        return None if is_all_day else {"kind": "before", "minutes": reminder.minutes}
    if isinstance(reminder, DaysBefore):
        return {"kind": "days_before", "days": reminder.days, "at": _shown(reminder.at)}
    if isinstance(reminder, Moment):
        return {"kind": "absolute", "at": now.later(reminder.minutes).isoformat(timespec="seconds")}
    if reminder.day is None and due.day is not None:
        return {"kind": "days_before", "days": 0, "at": _shown(reminder.at)}
    at = reminder.at or ALL_DAY
    on = reminder.day(now.today) if reminder.day else now.today + timedelta(int(at <= now.local.time()))
    return {"kind": "absolute", "at": datetime.combine(on, at).isoformat(timespec="seconds")} if on else None


def _shown(at: time | None) -> str | None:
    return f"{at:%H:%M}" if at else None
