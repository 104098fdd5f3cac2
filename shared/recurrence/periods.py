"""The days that a rule has in a month or a year, by their numbers (`date.toordinal`)."""

from calendar import monthrange
from datetime import date
from functools import lru_cache

from shared.recurrence.rule import Day, Rule


def of_year(rule: Rule, year: int) -> list[int]:
    if rule.by_month:
        return at_positions(rule, [each for month in rule.by_month for each in of_month(rule, year, month)])
    first = date(year, 1, 1).toordinal()
    return at_positions(rule, weekdays(rule, first, date(year + 1, 1, 1).toordinal() - first))


def of_month(rule: Rule, year: int, month: int) -> list[int]:
    first, length = month_of(year, month)
    if rule.by_month_day:
        return among(rule, first, length, rule.by_month_day, rule.clamps)
    return weekdays(rule, first, length) if rule.by_day else list(range(first, first + length))


def among(rule: Rule, first: int, length: int, month_days: tuple[int, ...], clamps: bool) -> list[int]:
    """Days of a month by their numbers; those that it lacks are its last, or none. BYDAY chooses among them."""
    numbers = {each if each > 0 else length + 1 + each for each in month_days}
    if clamps:
        numbers = {min(each, length) for each in numbers}
    days = [first - 1 + each for each in sorted(numbers) if 1 <= each <= length]
    if not days or not rule.by_day:
        return days
    if plain := plain_weekdays(rule.by_day):
        return [each for each in days if weekday(each) in plain]
    wanted = set(weekdays(rule, first, length))
    return [each for each in days if each in wanted]


def weekdays(rule: Rule, first: int, length: int) -> list[int]:
    """Those of BYDAY in a month or year."""
    last = first + length - 1
    found: set[int] = set()
    for which, nth in rule.by_day:
        if nth >= 0:
            earliest = first + (which - weekday(first)) % 7
            found.update(range(earliest, last + 1, 7) if nth == 0 else (earliest + 7 * (nth - 1),))
        else:
            found.add(last - (weekday(last) - which) % 7 + 7 * (nth + 1))
    return sorted(each for each in found if first <= each <= last)


def at_positions(rule: Rule, days: list[int]) -> list[int]:
    if not rule.by_set_pos:
        return days
    found = {each - 1 if each > 0 else len(days) + each for each in rule.by_set_pos}
    return [days[each] for each in sorted(found) if 0 <= each < len(days)]


@lru_cache(maxsize=100)
def plain_weekdays(days: tuple[Day, ...]) -> frozenset[int]:
    """If none of them is numbered."""
    return frozenset() if any(day.nth for day in days) else frozenset(day.weekday for day in days)


def month_of(year: int, month: int) -> tuple[int, int]:
    """Its first day, and how many it has."""
    return date(year, month, 1).toordinal(), monthrange(year, month)[1]


def weekday(day: int) -> int:
    return (day + 6) % 7
