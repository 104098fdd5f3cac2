"""A slot of a series, and what all kinds of series do with theirs."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice, takewhile
from typing import NamedTuple

from shared.recurrence.rule import Rule
from shared.zones import ZoneInfo, wall_clock


class Slot(NamedTuple):
    local: date | datetime  # a date, if the series is all-day; of an hour that comes twice, `fold` says which
    at: datetime | None = None  # UTC

    @property
    def day(self) -> date:
        return self.local.date() if isinstance(self.local, datetime) else self.local

    @property
    def moment(self) -> date:
        """What comes first and what later is said by its instant, or by its date if it is all-day."""
        return self.local if self.at is None else self.at

    def recurrence_id(self, zone: str | None) -> str:
        """What it is known by in its series, as text: its wall clock; the second of two is told apart by its offset."""
        return self.shown(zone) if isinstance(self.local, datetime) and self.local.fold else self.local.isoformat()

    def shown(self, zone: str | None) -> str:
        """In ISO 8601: a date, or what the clocks of the zone show then, with their offset."""
        return self.local.isoformat() if self.at is None else self.at.astimezone(ZoneInfo(zone or "UTC")).isoformat()


class Slots(ABC):
    """`after` a date in an all-day series, and an instant in others."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    def after(self, threshold: date | None = None) -> Iterator[Slot]:
        found = self._after(threshold)
        if self.rule.count is not None:
            gone = 0 if threshold is None else self.passed(threshold, self.rule.count)
            found = islice(found, max(0, self.rule.count - gone))
        return takewhile(self._in_time, found)

    @abstractmethod
    def passed(self, threshold: date, most: int | None = None) -> int:
        """How many there are to this one, with it and without regard to the end; or `most`, if there are more."""

    @abstractmethod
    def exist(self) -> bool: ...

    @abstractmethod
    def _after(self, threshold: date | None) -> Iterator[Slot]: ...

    @abstractmethod
    def _in_time(self, slot: Slot) -> bool: ...


class Timed(Slots):
    def __init__(self, rule: Rule, start: datetime, zone: str) -> None:
        super().__init__(rule)
        self.zone = zone
        self._zone = ZoneInfo(zone)

    def _in_time(self, slot: Slot) -> bool:
        until = self.rule.until
        assert isinstance(slot.local, datetime)
        assert slot.at is not None
        if until is None:
            return True
        if not isinstance(until, datetime):
            return slot.day <= until
        return slot.at <= until if until.tzinfo else slot.local.replace(fold=0) <= until

    def _day(self, threshold: datetime) -> int:
        return wall_clock(threshold, self.zone).toordinal()
