"""Where a series begins, and whether it ever does."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from shared.moments import within
from shared.recurrence.days import PERIODS_OF_SEARCH, YEARS_OF_SEARCH
from shared.recurrence.reading import refused
from shared.recurrence.rule import Rule
from shared.recurrence.slot import Slot
from shared.recurrence.slots import slots

FIRST_YEAR, LAST_YEAR = 2000, 2200
# What may be at fault, and what a rule without it has.
RESTRICTING: dict[str, dict[str, Any]] = {
    "BYSETPOS": {"by_set_pos": ()},
    "BYMONTHDAY": {"by_month_day": ()},
    "BYDAY": {"by_day": (), "by_set_pos": ()},
    "BYMONTH": {"by_month": ()},
    "INTERVAL": {"interval": 1},
}


def must_begin(rule: Rule, start: date | datetime, zone: str | None) -> None:
    """Refuses a rule that has nothing from this start on; soon, for the search ends after some years."""
    within(start, "start", LAST_YEAR, FIRST_YEAR)
    if rule.freq == "HOURLY" and not isinstance(start, datetime):
        raise refused("FREQ", "hours need a start with a time; write DAILY, or a start like 2026-11-20T09:00:00.")
    if not slots(rule, start, zone).exist():
        raise refused(part := _at_fault(rule, start, zone), _remedy(part, rule))


def first_slot(rule: Rule, start: date | datetime, zone: str | None) -> Slot:
    must_begin(rule, start, zone)
    first = next(slots(rule, start, zone).after(), None)
    if first is None:
        raise refused("UNTIL", "it is before the first occurrence; write a later day, or leave it out.")
    return first


def settled(rule: Rule, start: date | datetime, zone: str | None) -> tuple[Rule, date | datetime]:
    """The same series with a start that is its first slot; what the rule took from the start before is written out."""
    first = first_slot(rule, start, zone).local
    return (rule, start) if first == start else (rule.explicit(start), first)


def _at_fault(rule: Rule, start: date | datetime, zone: str | None) -> str:
    """The part without which it would begin."""
    for part, without in RESTRICTING.items():
        eased = replace(rule, **without)
        if eased != rule and slots(eased, start, zone).exist():
            return part
    return next(part for part, without in RESTRICTING.items() if replace(rule, **without) != rule)


def _remedy(part: str, rule: Rule) -> str:
    lacked = part == "BYMONTHDAY" and rule.freq in ("MONTHLY", "YEARLY") and rule.by_month_day[0] > 28
    clamped = " add RSCALE=GREGORIAN;SKIP=BACKWARD for the last day instead," if lacked and not rule.clamps else ""
    return (
        f"with the start and the other parts it matches nothing within {YEARS_OF_SEARCH} years or"
        f" {PERIODS_OF_SEARCH} intervals;{clamped} change it, or leave it out."
    )
