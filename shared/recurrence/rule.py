"""A recurrence rule: RFC 5545 with RFC 7529's SKIP, as far as tasks need it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, NamedTuple

Freq = Literal["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Day(NamedTuple):
    """A weekday, 0 is Monday; of a month or year the `nth`, counted from its end if negative, and 0 is each of them."""

    weekday: int
    nth: int = 0

    def __str__(self) -> str:
        return f"{self.nth or ''}{DAYS[self.weekday]}"


def in_order(numbers: Iterable[int]) -> tuple[int, ...]:
    """Each once; those that are counted from an end come last."""
    return tuple(sorted(set(numbers), key=lambda number: (number < 0, number)))


def days_in_order(days: Iterable[Day]) -> tuple[Day, ...]:
    return tuple(sorted(set(days), key=lambda day: (day.nth < 0, day.nth, day.weekday)))


@dataclass(frozen=True, slots=True)
class Rule:
    """Written by `str` in one way alone, whatever way it was read from."""

    freq: Freq
    interval: int = 1
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_day: tuple[Day, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: int = 0
    clamps: bool = False  # SKIP=BACKWARD: a day that a month lacks is its last one
    count: int | None = None
    until: date | datetime | None = None  # inclusive: a date and a time without zone are of the series' own zone

    @property
    def names_days(self) -> bool:
        return bool(self.by_day or self.by_month_day)

    def explicit(self, start: date) -> "Rule":
        """The same with what it leaves to its start written out."""
        if self.names_days or self.freq in ("DAILY", "HOURLY"):
            return self
        if self.freq == "WEEKLY":
            return replace(self, by_day=(Day(start.weekday()),))
        by_month = self.by_month or ((start.month,) if self.freq == "YEARLY" else ())
        return replace(self, by_month=by_month, by_month_day=(start.day,))

    def ending_with(self, start: date, zone: str | None) -> "Rule":
        """What is all-day and of no zone ends on the date that UNTIL says, whatever the user's zone makes of it."""
        if zone is None and isinstance(self.until, datetime) and not isinstance(start, datetime):
            return replace(self, until=self.until.date())
        return self

    def __str__(self) -> str:
        parts = [
            ("FREQ", self.freq),
            ("INTERVAL", self.interval if self.interval > 1 else ""),
            ("BYMONTH", _listed(self.by_month)),
            ("BYMONTHDAY", _listed(self.by_month_day)),
            ("BYDAY", _listed(self.by_day)),
            ("BYSETPOS", _listed(self.by_set_pos)),
            ("WKST", DAYS[self.week_start] if self.week_start else ""),
            ("RSCALE", "GREGORIAN" if self.clamps else ""),
            ("SKIP", "BACKWARD" if self.clamps else ""),
            ("COUNT", self.count or ""),
            ("UNTIL", _moment(self.until)),
        ]
        return ";".join(f"{name}={value}" for name, value in parts if value)


def _listed(entries: tuple[object, ...]) -> str:
    return ",".join(str(entry) for entry in entries)


def _moment(until: date | datetime | None) -> str:
    if not isinstance(until, datetime):
        return f"{until:%Y%m%d}" if until else ""
    return f"{until:%Y%m%dT%H%M%S}" + ("Z" if until.tzinfo else "")
