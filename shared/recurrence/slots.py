"""A series' slots: what its rule says from its start on, as wall clocks of its zone and as the instants they are.

A slot is known by its wall clock, which a clock change does not move. COUNT and UNTIL end the series; two slots that
come to the same instant, as when a zone leaves out a day, are one.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import takewhile

from shared.recurrence.days import Days
from shared.recurrence.hours import Hours
from shared.recurrence.rule import Rule
from shared.recurrence.slot import Slot, Slots, Timed
from shared.zones import instant, wall_clock

LEFT_OUT = date(2011, 12, 30).toordinal()  # in Apia and Fakaofo; no other day since 2000


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


def _day_of(until: date | datetime | None, zone: str | None) -> date | None:
    if isinstance(until, datetime):
        return (wall_clock(until, zone or "UTC") if until.tzinfo else until).date()
    return until
