"""When a schedule is due, in the dialect of Knative's PingSource (robfig/cron v3), which no Python library speaks.

An hour that summer time leaves out is not made up for; a time that autumn brings twice is due twice.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

_MONTH_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTHS = {name: n for n, name in enumerate(_MONTH_NAMES, start=1)}
_WEEKDAYS = {name: n for n, name in enumerate(["sun", "mon", "tue", "wed", "thu", "fri", "sat"])}
_DESCRIPTORS = {
    "@yearly": "0 0 0 1 1 *",
    "@annually": "0 0 0 1 1 *",
    "@monthly": "0 0 0 1 * *",
    "@weekly": "0 0 0 * * 0",
    "@daily": "0 0 0 * * *",
    "@midnight": "0 0 0 * * *",
    "@hourly": "0 0 * * * *",
}
_NEVER_AFTER = timedelta(days=5 * 366)


@dataclass(frozen=True)
class Field:
    values: frozenset[int]
    any: bool  # written as * or ?


@dataclass(frozen=True)
class Cron:
    second: Field
    minute: Field
    hour: Field
    day: Field
    month: Field
    weekday: Field

    @classmethod
    def parse(cls, schedule: str) -> Self:
        """Read five fields, or six with the seconds first, or a descriptor such as @hourly, or raise ValueError."""
        if schedule.startswith("@"):
            if schedule not in _DESCRIPTORS:
                raise ValueError(f"{schedule.split()[0]} is not supported; it is one of {', '.join(_DESCRIPTORS)}")
            schedule = _DESCRIPTORS[schedule]
        fields = schedule.split()
        if len(fields) == 5:
            fields.insert(0, "0")
        if len(fields) != 6:
            raise ValueError(f"{schedule!r} has {len(fields)} fields; it takes 5, or 6 with the seconds first")
        return cls(
            second=_field(fields[0], 0, 59),
            minute=_field(fields[1], 0, 59),
            hour=_field(fields[2], 0, 23),
            day=_field(fields[3], 1, 31),
            month=_field(fields[4], 1, 12, _MONTHS),
            weekday=_field(fields[5], 0, 6, _WEEKDAYS),
        )

    def next(self, after: datetime, zone: ZoneInfo) -> datetime | None:
        """The first instant (in UTC) later than `after` at which it is due in that zone; None: not in five years."""
        instant = after.astimezone(UTC).replace(microsecond=0) + timedelta(seconds=1)
        end = instant + _NEVER_AFTER
        # Each step asks the wall clock anew, so a change of offset between two steps needs no rule of its own.
        while instant < end:
            wall = instant.astimezone(zone)
            if wall.month not in self.month.values or not self._day_matches(wall):
                midnight = datetime(wall.year, wall.month, wall.day, tzinfo=zone) + timedelta(days=1)
                instant = max(midnight.astimezone(UTC), instant + timedelta(seconds=1))
            elif wall.hour not in self.hour.values:
                instant += timedelta(seconds=3600 - wall.minute * 60 - wall.second)
            elif wall.minute not in self.minute.values:
                instant += timedelta(seconds=60 - wall.second)
            elif wall.second not in self.second.values:
                instant += timedelta(seconds=1)
            else:
                return instant
        return None

    def _day_matches(self, wall: datetime) -> bool:
        day, weekday = wall.day in self.day.values, wall.isoweekday() % 7 in self.weekday.values
        # Two restricted days mean either of them, as in every cron since the first.
        return (day and weekday) if self.day.any or self.weekday.any else (day or weekday)


def _field(text: str, low: int, high: int, names: dict[str, int] | None = None) -> Field:
    values: set[int] = set()
    any_ = False
    for part in text.split(","):
        span, slash, step_text = part.partition("/")
        first, hyphen, last = span.partition("-")
        step = _number(step_text, text) if slash else 1
        if step == 0:
            raise ValueError(f"{text!r} steps by 0")
        if first in {"*", "?"} and not hyphen:
            start, end = low, high
            any_ = any_ or step == 1
        else:
            start = _number(first, text, names)
            # N/step runs on to the end of the field.
            end = _number(last, text, names) if hyphen else (high if slash else start)
        if not low <= start <= end <= high:
            raise ValueError(f"{text!r} is not within {low}-{high}")
        values.update(range(start, end + 1, step))
    return Field(frozenset(values), any_)


def _number(text: str, field: str, names: dict[str, int] | None = None) -> int:
    if names and text.lower() in names:
        return names[text.lower()]
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{field!r} holds {text!r}, which is no number")
    return int(text)
