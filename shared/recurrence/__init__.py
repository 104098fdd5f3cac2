"""Recurrence: which slots a series has, and which is next. Values in, values out; nothing here reads a clock.

rule = parse("FREQ=MONTHLY;BYDAY=-1FR")
first_slots(rule, datetime(2026, 11, 27, 9), "Europe/Berlin", after=None, count=3)
"""

from datetime import date, datetime
from itertools import islice

from shared.recurrence.reading import parse
from shared.recurrence.rule import Day, Rule
from shared.recurrence.slots import Slot, Slots, slots

__all__ = ["Day", "Rule", "Slot", "Slots", "first_slots", "parse", "slots"]


def first_slots(
    rule: Rule, start: date | datetime, zone: str | None, after: date | datetime | None, count: int
) -> list[Slot]:
    """So many slots from the start on, or strictly after a date (all-day, the start is a date) or an instant.

    The start is a wall clock of the zone, and a slot only if the rule says so. Fewer come where the series ends.
    """
    return list(islice(slots(rule, start, zone).after(after), count))
