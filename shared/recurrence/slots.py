"""A series' slots: what its rule says from its start on, as wall clocks of its zone and as the instants they are.

A slot is known by its wall clock, which a clock change does not move. COUNT and UNTIL end the series; two slots that
come to the same instant, as when a zone leaves out a day, are one.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile

from shared.recurrence.days import Days
from shared.recurrence.rule import Rule
from shared.zones import LATEST, ZoneInfo, instant, wall_clock

MOST_MISSES = 2500  # days of a rule with none of its hours in them; a 1000th hour is in each 42nd day
LEFT_OUT = date(2011, 12, 30).toordinal()  # in Apia and Fakaofo; no other day since 2000


@dataclass(frozen=True, slots=True)
class Slot:
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


def slots(rule: Rule, start: date | datetime, zone: str | None) -> Slots:
    """All-day if the start is a date; otherwise it's a wall clock of the zone."""
    if not isinstance(start, datetime):
        return WholeDays(rule, start, zone)
    assert zone is not None, "a time of day is one of a zone"
    return (Hours if rule.freq == "HOURLY" else TimesOfDay)(rule, start, zone)


class WholeDays(Slots):
    def __init__(self, rule: Rule, start: date, zone: str | None) -> None:
        super().__init__(rule)
        self.days = Days(rule, start)
        self._last = _day_of(rule.until, zone)

    def passed(self, threshold: date, most: int | None = None) -> int:
        return self.days.count(threshold.toordinal(), most)

    def exist(self) -> bool:
        return any(True for _ in self.days.since(self.days.first, self.days.last_of_search))

    def _after(self, threshold: date | None) -> Iterator[Slot]:
        since = self.days.first if threshold is None else threshold.toordinal() + 1
        yield from (Slot(date.fromordinal(each)) for each in self.days.since(since))

    def _in_time(self, slot: Slot) -> bool:
        return self._last is None or slot.local <= self._last


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


class TimesOfDay(Timed):
    def __init__(self, rule: Rule, start: datetime, zone: str) -> None:
        super().__init__(rule, start, zone)
        self.days = Days(rule, start.date())
        self.time = start.time().replace(fold=0)
        self._doubled = self._left_out()

    def passed(self, threshold: date, most: int | None = None) -> int:
        assert isinstance(threshold, datetime)
        before = self._day(threshold) - 2  # whatever is skipped or shifted, its slots have passed
        count = self.days.count(before, most)
        if self._doubled and self._doubled <= before:
            count -= 1
        return count + sum(1 for _ in takewhile(lambda slot: slot.moment <= threshold, self._since(before + 1)))

    def exist(self) -> bool:
        return any(True for _ in self.days.since(self.days.first, self.days.last_of_search))

    def _after(self, threshold: date | None) -> Iterator[Slot]:
        if threshold is None:
            yield from self._since(self.days.first)
            return
        assert isinstance(threshold, datetime)
        yield from (slot for slot in self._since(self._day(threshold) - 1) if slot.moment > threshold)

    def _since(self, day: int) -> Iterator[Slot]:
        for each in self.days.since(day):
            if each != self._doubled:
                local = datetime.combine(date.fromordinal(each), self.time)
                yield Slot(local, local.replace(tzinfo=self._zone).astimezone(UTC))

    def _left_out(self) -> int | None:
        if self.days.first > LEFT_OUT:
            return None
        noon, next_noon = (datetime.combine(date.fromordinal(LEFT_OUT + each), time(12)) for each in (0, 1))
        is_left_out = instant(noon, self.zone) == instant(next_noon, self.zone)
        return LEFT_OUT if is_left_out and LEFT_OUT in self.days and LEFT_OUT + 1 in self.days else None


class Hours(Timed):
    """Every so many hours that pass; the clock shows what it shows then. They are numbered from the start: 0, 1, 2…"""

    def __init__(self, rule: Rule, start: datetime, zone: str) -> None:
        super().__init__(rule, start, zone)
        self.start = instant(start, zone)
        self.step = timedelta(hours=rule.interval)
        self.days = Days(replace(rule, interval=1), self.start.astimezone(self._zone).date())
        self._any_day = not (rule.by_month or rule.names_days)

    def passed(self, threshold: date, most: int | None = None) -> int:
        assert isinstance(threshold, datetime)
        last = (min(threshold, LATEST) - self.start) // self.step
        if self._any_day or last < 0:
            return max(0, last + 1)
        count = 0
        for numbers in self._numbers(0):
            count += len(range(numbers.start, min(numbers.stop, last + 1)))
            if numbers.stop > last or (most is not None and count >= most):
                break
        return count

    def exist(self) -> bool:
        last = datetime.combine(date.fromordinal(self.days.last_of_search), time(), UTC)
        first = next(self._after(None, self.days.last_of_search), None)
        return first is not None and first.at is not None and first.at <= last

    def _after(self, threshold: date | None, last: int | None = None) -> Iterator[Slot]:
        number = 0
        if threshold is not None:
            assert isinstance(threshold, datetime)
            number = max(0, (min(threshold, LATEST) - self.start) // self.step + 1)
        for numbers in self._numbers(number, last):
            for each in numbers:
                at = self.start + each * self.step
                yield Slot(at.astimezone(self._zone).replace(tzinfo=None), at)

    def _numbers(self, number: int, last: int | None = None) -> Iterator[range]:
        """Of the hours that are in days of the rule, from this one on."""
        last = self.days.last if last is None else last
        end = (datetime.combine(date.fromordinal(last), time(), UTC) - self.start) // self.step
        if self._any_day or number >= end:
            yield range(number, end)
            return
        day, misses = (self.start + number * self.step).astimezone(self._zone).toordinal(), 0
        for first, behind in _runs(self.days.since(day, last - 1)):
            midnights = (datetime.combine(date.fromordinal(each), time(), self._zone) for each in (first, behind))
            begin, stop = (-((self.start - midnight) // self.step) for midnight in midnights)
            misses = 0 if begin < stop else misses + 1
            if misses > MOST_MISSES:
                return
            if max(number, begin) < stop:
                yield range(max(number, begin), stop)


def _runs(days: Iterator[int]) -> Iterator[tuple[int, int]]:
    """Days that follow each other, a month of them at most: the first, and the first behind them."""
    first = behind = 0
    for day in days:
        if day == behind and day - first < 31:
            behind = day + 1
            continue
        if first:
            yield first, behind
        first, behind = day, day + 1
    if first:
        yield first, behind


def _day_of(until: date | datetime | None, zone: str | None) -> date | None:
    if isinstance(until, datetime):
        return (wall_clock(until, zone or "UTC") if until.tzinfo else until).date()
    return until
