"""Days and moments that are asked for at each request: `today` in a saved filter is that day's today."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TypeAlias

from shared.zones import ZoneInfo, instant


@dataclass(frozen=True)
class Clock:
    """When and where somebody asks. Weeks begin on `week_start`: 1 is Monday, 7 is Sunday."""

    now: datetime
    zone: str = "UTC"
    week_start: int = 1

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    def beginning(self, day: date) -> datetime:
        """Where a clock change skips midnight, a day begins behind it; where midnight comes twice, with the first."""
        return instant(datetime.combine(day, time()), self.zone)


@dataclass(frozen=True, slots=True)
class On:
    """Of every span: its first day, and the first behind it."""

    day: date

    def days(self, clock: Clock) -> tuple[date, date]:
        return self.day, self.day + timedelta(1)


@dataclass(frozen=True, slots=True)
class Ahead:
    """The day so far from today."""

    count: int
    months: int = 0

    def days(self, clock: Clock) -> tuple[date, date]:
        day = moved(clock.today, self.count, self.months)
        return day, day + timedelta(1)


@dataclass(frozen=True, slots=True)
class Coming:
    """So many days, today the first of them."""

    count: int
    months: int = 0

    def days(self, clock: Clock) -> tuple[date, date]:
        return clock.today, moved(clock.today, self.count, self.months)


@dataclass(frozen=True, slots=True)
class Past:
    """So many days, today the last of them."""

    count: int
    months: int = 0

    def days(self, clock: Clock) -> tuple[date, date]:
        tomorrow = clock.today + timedelta(1)
        return moved(tomorrow, -self.count, -self.months), tomorrow


@dataclass(frozen=True, slots=True)
class Week:
    """This one, or so many further on."""

    ahead: int

    def days(self, clock: Clock) -> tuple[date, date]:
        begun = (clock.today.isoweekday() - clock.week_start) % 7
        first = clock.today + timedelta(7 * self.ahead - begun)
        return first, first + timedelta(7)


@dataclass(frozen=True, slots=True)
class Month:
    ahead: int

    def days(self, clock: Clock) -> tuple[date, date]:
        first = moved(clock.today.replace(day=1), 0, self.ahead)
        return first, moved(first, 0, 1)


@dataclass(frozen=True, slots=True)
class Year:
    ahead: int

    def days(self, clock: Clock) -> tuple[date, date]:
        year = clock.today.year + self.ahead
        return date(year, 1, 1), date(year + 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Weekday:
    """The nearest after today; or the latest, which may be today."""

    iso: int
    gone: bool = False

    def days(self, clock: Clock) -> tuple[date, date]:
        today = clock.today.isoweekday()
        away = -((today - self.iso) % 7) if self.gone else (self.iso - today - 1) % 7 + 1
        return Ahead(away).days(clock)


@dataclass(frozen=True, slots=True)
class WeekdayOf:
    """This weekday of a week."""

    iso: int
    week: Week

    def days(self, clock: Clock) -> tuple[date, date]:
        first, _ = self.week.days(clock)
        day = first + timedelta((self.iso - clock.week_start) % 7)
        return day, day + timedelta(1)


@dataclass(frozen=True, slots=True)
class Yearly:
    """This day of the year: the next one, which may be today; or the latest, which may be today, too."""

    month: int
    day: int
    gone: bool = False

    def days(self, clock: Clock) -> tuple[date, date]:
        step = -1 if self.gone else 1
        year = clock.today.year
        while True:
            if self.day <= monthrange(year, self.month)[1]:
                found = date(year, self.month, self.day)
                if found == clock.today or (found > clock.today) != self.gone:
                    return found, found + timedelta(1)
            year += step


@dataclass(frozen=True, slots=True)
class Moment:
    """So many minutes from now."""

    minutes: int

    def at(self, clock: Clock) -> datetime:
        return clock.now + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Instant:
    instant: datetime

    def at(self, clock: Clock) -> datetime:
        return self.instant


Span: TypeAlias = (
    On | Ahead | Coming | Past | Week | Month | Year | Weekday | WeekdayOf | Yearly | Moment | Instant
)  # fmt: skip


def moved(day: date, days: int, months: int) -> date:
    """A month on from the 31st is the last day there is."""
    if months:
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        day = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return day + timedelta(days)
