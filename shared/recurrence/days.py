"""The days of a rule, in order and from any day on; a day is its number (`date.toordinal`).

A rule has a set of days in each week, month or year that its interval meets. Only those are looked at, and none before
the day that is asked for: what a day costs does not depend on how old a series is.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import islice

from shared.recurrence.periods import among, at_positions, month_of, of_month, of_year, plain_weekdays, weekday
from shared.recurrence.rule import Rule

# Where the calendar ends for us: far behind what anybody plans, and soon enough for a search through all of it.
LAST_YEAR = {"HOURLY": 2300, "DAILY": 3000, "WEEKLY": 3000, "MONTHLY": 3000, "YEARLY": 9998}
YEARS_OF_SEARCH, PERIODS_OF_SEARCH = 10, 4
CYCLE = 146_097  # days, after which the calendar repeats itself, weekdays and all: 400 years
LONGEST_PERIOD = {"HOURLY": 1, "DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}


class Days:
    def __init__(self, rule: Rule, start: date) -> None:
        self.rule = rule.explicit(start)
        self.start = start
        self.first = start.toordinal()
        self.last = date(LAST_YEAR[rule.freq], 12, 31).toordinal()

    def since(self, day: int, last: int | None = None) -> Iterator[int]:
        """A rule that has had none for a cycle of the calendar is taken to have no more."""
        last = self.last if last is None else min(last, self.last)
        begin, end, none = max(day, self.first), 0, False
        while begin <= last and not none:
            end, none = min(begin + self._reach, last), True
            for each in self._between(begin, end):
                none = False
                yield each
            begin = end + 1

    def _between(self, begin: int, end: int) -> Iterator[int]:
        for days in self._periods(begin, end):
            for each in days:
                if each > end:
                    return
                if each >= begin:
                    yield each

    def __contains__(self, day: int) -> bool:
        return day in self.since(day, day)

    def count(self, last: int, most: int | None = None) -> int:
        """How many there are to this day, which is one of them or not; or `most`, if there are more."""
        rule = self.rule
        if last < self.first:
            return 0
        if rule.freq == "DAILY" and not (rule.by_month or rule.names_days):
            return (last - self.first) // rule.interval + 1
        if rule.freq == "WEEKLY" and not rule.by_month:
            weeks = (last - self._week) // (7 * rule.interval)
            gone = sum(self._week + each < self.first for each in self._of_week)
            this_week = self._week + 7 * rule.interval * weeks
            return weeks * len(self._of_week) - gone + sum(this_week + each <= last for each in self._of_week)
        return sum(1 for _ in islice(self.since(self.first, last), most))

    @property
    def last_of_search(self) -> int:
        """A rule without a day until then is taken to have none."""
        return min(self.first + max(YEARS_OF_SEARCH * 366, self._few_periods), self.last)

    @property
    def _few_periods(self) -> int:
        return PERIODS_OF_SEARCH * self.rule.interval * LONGEST_PERIOD[self.rule.freq]

    @cached_property
    def _reach(self) -> int:
        return max(CYCLE, self._few_periods)

    def _periods(self, day: int, last: int) -> Iterator[Iterable[int]]:
        match self.rule.freq:
            case "YEARLY":
                return self._years(day, last)
            case "MONTHLY":
                return self._months(day, last)
            case "WEEKLY":
                return self._weeks(day, last)
        return self._each(day, last)

    def _each(self, day: int, last: int) -> Iterator[Iterable[int]]:
        """Day by day, or month by month where that is fewer looks."""
        rule, step = self.rule, self.rule.interval
        of_months = bool(rule.by_month or rule.by_month_day)
        if of_months and len(rule.by_month or range(12)) * step <= 365:
            every_day = tuple(range(1, 32))
            months = date.fromordinal(day).year * 12 + date.fromordinal(day).month - 1
            for year, month in _months(months, 1, last):
                if not rule.by_month or month in rule.by_month:
                    first, length = month_of(year, month)
                    days = among(rule, first, length, rule.by_month_day or every_day, clamps=False)
                    yield [each for each in days if (each - self.first) % step == 0]
            return
        aligned = day + (self.first - day) % step
        every = range(aligned, last + 1, step)
        if of_months:
            yield (each for each in every if self._of_these_months(each) and self._of_these_weekdays(each))
        elif rule.by_day:
            yield (each for each in every if self._of_these_weekdays(each))
        else:
            yield every

    def _weeks(self, day: int, last: int) -> Iterator[Iterable[int]]:
        step = 7 * self.rule.interval
        by_month = self.rule.by_month
        for week in range(self._week + max(0, (day - self._week) // step) * step, last + 1, step):
            days = [week + each for each in self._of_week]
            yield [each for each in days if date.fromordinal(each).month in by_month] if by_month else days

    def _months(self, day: int, last: int) -> Iterator[Iterable[int]]:
        step, by_month = self.rule.interval, self.rule.by_month
        begun, wanted = (each.year * 12 + each.month - 1 for each in (self.start, date.fromordinal(day)))
        for year, month in _months(begun + max(0, (wanted - begun) // step) * step, step, last):
            if not by_month or month in by_month:
                yield at_positions(self.rule, of_month(self.rule, year, month))

    def _years(self, day: int, last: int) -> Iterator[Iterable[int]]:
        step, wanted, until = self.rule.interval, date.fromordinal(day).year, date.fromordinal(last).year
        for year in range(self.start.year + max(0, (wanted - self.start.year) // step) * step, until + 1, step):
            yield of_year(self.rule, year)

    def _of_these_months(self, day: int) -> bool:
        that = date.fromordinal(day)
        if self.rule.by_month and that.month not in self.rule.by_month:
            return False
        from_its_end = that.day - monthrange(that.year, that.month)[1] - 1
        wanted = self.rule.by_month_day
        return not wanted or that.day in wanted or from_its_end in wanted

    def _of_these_weekdays(self, day: int) -> bool:
        return not self.rule.by_day or weekday(day) in plain_weekdays(self.rule.by_day)

    @cached_property
    def _week(self) -> int:
        """The first day of the week that the series starts in."""
        return self.first - (weekday(self.first) - self.rule.week_start) % 7

    @cached_property
    def _of_week(self) -> list[int]:
        return sorted((day.weekday - self.rule.week_start) % 7 for day in self.rule.by_day)


def _months(number: int, step: int, last: int) -> Iterator[tuple[int, int]]:
    until = date.fromordinal(last)
    for each in range(number, until.year * 12 + until.month, step):
        yield each // 12, each % 12 + 1
