"""When a reminder fires and when it is delivered.

Days before are days of the calendar, so that "a day before" keeps its time of day when clocks change; minutes before
are minutes that pass.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from shared.zones import instant, wall_clock

MORNING = time(9)  # of an all-day task's reminders


@dataclass(frozen=True, slots=True)
class Before:
    minutes: int  # negative: after


@dataclass(frozen=True, slots=True)
class DaysBefore:
    days: int
    at: time | None = None  # as the task's own


@dataclass(frozen=True, slots=True)
class Absolute:
    at: datetime  # a wall clock


Reminder: TypeAlias = Before | DaysBefore | Absolute


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From the start on and until before the end, which is the next day's if it is earlier."""

    start: time
    end: time
    zone: str

    def over(self, at: datetime) -> datetime:
        """The first instant from this one on that is not in quiet hours."""
        today = wall_clock(at, self.zone).date()
        for day in (today - timedelta(1), today):
            begin = instant(datetime.combine(day, self.start), self.zone)
            end = instant(datetime.combine(day + timedelta(self.end < self.start), self.end), self.zone)
            if begin <= at < end:
                return end
        return at


@dataclass(frozen=True, slots=True)
class Firing:
    fire_at: datetime
    immediate: bool  # its time had come before it was saved
    deliver_at: datetime

    @property
    def deferred(self) -> bool:
        return not self.immediate and self.deliver_at > self.fire_at


def fire_at(reminder: Reminder, due: date | datetime | None, zone: str) -> datetime | None:
    """What depends on a due date, or on its time of day, never fires without one."""
    if isinstance(reminder, Absolute):
        return instant(reminder.at, zone)
    if due is None:
        return None
    if isinstance(reminder, Before):
        if not isinstance(due, datetime):
            return None
        return instant(due, zone) - timedelta(minutes=reminder.minutes)
    day, clock = (due.date(), due.time()) if isinstance(due, datetime) else (due, MORNING)
    return instant(datetime.combine(day - timedelta(reminder.days), reminder.at or clock), zone)


def firing(fire_at: datetime, saved_at: datetime, quiet: QuietHours | None, urgent: bool) -> Firing:
    """Whoever saves one that is due already is there to see it, whatever the hour."""
    if fire_at <= saved_at:
        return Firing(fire_at, immediate=True, deliver_at=saved_at)
    waits = quiet is not None and not urgent
    return Firing(fire_at, immediate=False, deliver_at=quiet.over(fire_at) if quiet and waits else fire_at)
