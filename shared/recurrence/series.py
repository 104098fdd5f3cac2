"""Which occurrence of a series follows one that is completed or skipped."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import dropwhile
from typing import Literal, NamedTuple

from shared.problems import Invalid
from shared.recurrence.rule import Rule
from shared.recurrence.slot import Slot, Slots
from shared.recurrence.slots import slots
from shared.zones import instant, wall_clock

Kind = Literal["fixed", "after_completion"]
Missed = Literal["skip", "each"]


@dataclass(frozen=True, slots=True)
class Series:
    """`fixed` goes by its start, whatever happens; `after_completion` begins anew whenever one is completed."""

    rule: Rule
    start: date | datetime  # all-day, or a wall clock of the zone
    zone: str  # an all-day series has one, too: it says on which day something is completed
    kind: Kind = "fixed"
    missed: Missed = "skip"

    @property
    def is_all_day(self) -> bool:
        return not isinstance(self.start, datetime)

    def moment(self, local: date | datetime) -> date:
        """What a slot is compared by: its date, or the instant of its wall clock."""
        return instant(local, self.zone) if isinstance(local, datetime) else local

    def moment_of(self, at: datetime) -> date:
        """An instant as slots see it."""
        return wall_clock(at, self.zone).date() if self.is_all_day else at


class Successor(NamedTuple):
    slot: Slot
    ordinal: int | None  # from 1; None where it cannot be known, for what is completed has none
    missed: int = 0  # slots that lie between, whose ordinals do too


def following(
    series: Series, slot: date | datetime, at: datetime, ordinal: int | None = None, skipped: bool = False
) -> Successor | None:
    """What follows a slot that is completed (or skipped) at this instant; None where the series ends.

    It says the same whenever it is asked: `at` is when it happened, and not when somebody looks.
    """
    if series.kind == "fixed":
        return _in_step(series, slot, at, ordinal)
    return _from_completion(series, slot, at, ordinal, skipped)


def _in_step(series: Series, slot: date | datetime, at: datetime, ordinal: int | None) -> Successor | None:
    """The slot itself is never offered again, however early it is done; nor, unless each counts, what has passed."""
    those = slots(series.rule, series.start, series.zone)
    used = series.moment(slot)
    threshold = used if series.missed == "each" else max(used, series.moment_of(at))
    found = next(those.after(threshold), None)
    if found is None:
        return None
    own = those.passed(used)
    passed = own if threshold == used else those.passed(threshold)
    return Successor(found, (own if ordinal is None else ordinal) + passed - own + 1, missed=passed - own)


def _from_completion(
    series: Series, slot: date | datetime, at: datetime, ordinal: int | None, skipped: bool
) -> Successor | None:
    """The interval from the day of completion; where the rule names days, the first of them behind that day.

    A day of the month is not remembered, so that one which a month lacks can only be its last. Hours are counted from
    the second. COUNT counts what was done.
    """
    if ordinal is None and slot == series.start:
        ordinal = 1
    if series.rule.count is not None:
        if ordinal is None:
            raise Invalid.at("instance.ordinal", "a series with COUNT that goes by completion needs it.")
        if ordinal >= series.rule.count:
            return None
    rule = replace(series.rule, count=None, clamps=series.rule.clamps or not series.rule.names_days)
    endless = replace(series, rule=rule)
    found = _behind(endless, at)
    if skipped and found and found.moment <= series.moment(slot):  # long before its time: that one is not wanted
        noon = slot if isinstance(slot, datetime) else datetime.combine(slot, time(12))
        found = _behind(endless, instant(noon, series.zone))
    return Successor(found, None if ordinal is None else ordinal + 1) if found else None


def _behind(series: Series, at: datetime) -> Slot | None:
    if series.rule.freq == "HOURLY":
        whole = at.replace(microsecond=0)
        return next(_anew(series, whole).after(whole), None)
    day = wall_clock(at, series.zone).date()
    start = datetime.combine(day, series.start.time()) if isinstance(series.start, datetime) else day
    return next(dropwhile(lambda slot: slot.day <= day, _anew(series, start).after()), None)


def _anew(series: Series, start: date | datetime) -> Slots:
    """Where the interval, counted from here, never meets what the rule names, the first that it names is meant: done in
    May, a task of each twelfth month in March comes again next March."""
    found = slots(series.rule, start, series.zone)
    return found if found.exist() else slots(replace(series.rule, interval=1), start, series.zone)
