"""Dates, local times and instants as the API writes them, and nothing else of ISO 8601."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from shared.problems import Invalid

# Python reads more of it than we promise, and each version of it a little more.
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?", re.ASCII)
LOCAL = re.compile(rf"{DAY.pattern}(T{CLOCK.pattern})?", re.ASCII)
INSTANT = re.compile(rf"{DAY.pattern}T{CLOCK.pattern}(\.\d{{1,6}})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII)

FIRST_YEAR, LAST_YEAR = 1970, 9000
Moment = TypeVar("Moment", date, datetime, date | datetime)


def local(text: str, field: str) -> date | datetime:
    """A day, or a time of day without zone."""
    try:
        if LOCAL.fullmatch(text):
            return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        pass  # it has the form of a date, and no calendar has it
    raise Invalid.at(field, "a date like 2026-11-20 or a local time like 2026-11-20T09:30:00, zone beside it.")


def instant(text: str, field: str) -> datetime:
    """In UTC."""
    try:
        if INSTANT.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Invalid.at(field, "an instant like 2026-11-20T08:30:00Z.")


def local_or_instant(text: str, field: str) -> date | datetime:
    """What says its offset is an instant."""
    return instant(text, field) if INSTANT.fullmatch(text) else local(text, field)


def within(moment: Moment, field: str, last_year: int = LAST_YEAR, first_year: int = FIRST_YEAR) -> Moment:
    if not first_year <= moment.year <= last_year:
        raise Invalid.at(field, f"a year from {first_year} to {last_year}.")
    return moment


def clock(text: str, field: str) -> time:
    if CLOCK.fullmatch(text):
        return time.fromisoformat(text)
    raise Invalid.at(field, "a time of day like 09:30.")


def shown(moment: datetime) -> str:
    """An instant, with no more of a second than it has."""
    return moment.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


def later(text: str, distance: timedelta) -> str:
    """A date or a local time, so many days on at the same time of day, and no further away than tasks are due."""
    if not distance:
        return text
    first, last = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
    moved = min(max(date.fromisoformat(text[:10]).toordinal() + distance.days, first), last)
    return date.fromordinal(moved).isoformat() + text[len("2026-11-20") :]
