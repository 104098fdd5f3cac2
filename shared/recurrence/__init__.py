"""Recurrence: which slots a series has, and which follows the one that is done.

Values in, values out; nothing here reads a clock. A rule is read by `parse`, `first_slot` refuses one that never begins
and `settled` moves a start to its first slot; `slots` has them all, `following` the next one after a completion.
"""

from datetime import date, datetime
from itertools import islice

from shared.recurrence.beginning import first_slot, must_begin, settled
from shared.recurrence.reading import parse
from shared.recurrence.rule import Day, Rule
from shared.recurrence.series import Kind, Missed, Series, Successor, following
from shared.recurrence.slot import Slot, Slots
from shared.recurrence.slots import slots

__all__ = [
    "Day",
    "Kind",
    "Missed",
    "Rule",
    "Series",
    "Slot",
    "Slots",
    "Successor",
    "first_slot",
    "first_slots",
    "following",
    "must_begin",
    "parse",
    "settled",
    "slots",
]


def first_slots(
    rule: Rule, start: date | datetime, zone: str | None, after: date | datetime | None, count: int
) -> list[Slot]:
    """So many slots from the start on, or strictly after a date (all-day, the start is a date) or an instant.

    The start is a wall clock of the zone, and a slot only if the rule says so. Fewer come where the series ends.
    """
    return list(islice(slots(rule, start, zone).after(after), count))
