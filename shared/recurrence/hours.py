"""A series of hours: each so many that pass, whatever the clocks do meanwhile."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from shared.recurrence.days import Days
from shared.recurrence.rule import Rule
from shared.recurrence.slot import Slot, Timed
from shared.zones import LATEST, instant

MOST_MISSES = 2500  # days of a rule with none of its hours in them; a 1000th hour is in each 42nd day


class Hours(Timed):
    """They are numbered from the start on: 0, 1, 2…"""

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
