"""Which date a day of the calendar is, seen from today: the next one, where nothing says which."""

from calendar import monthrange
from datetime import date, timedelta

from functions.tasks.quick_add.days import LAST_YEAR, ahead, end_of_month

FIRST_YEAR = 2000


def nth_of(
    today: date, nth: int, weekdays: tuple[int, ...], months: int | None = None, month: int | None = None
) -> date | None:
    """Of the month so many ahead, or of the next such month in which it is still to come."""
    for each in range(24) if months is None else (months,):
        first = end_of_month(today, months=each, days=1) if each else today.replace(day=1)
        if first and month in (None, first.month):
            length = monthrange(first.year, first.month)[1]
            days = (first + timedelta(each) for each in range(length))
            found = [day for day in days if day.weekday() in weekdays]
            if abs(nth) <= len(found):
                day = found[nth - 1 if nth > 0 else nth]
                if day >= today:
                    return day
    return None


def of_this_month(today: date, day: int, ahead_: bool) -> date | None:
    first = ahead(today.replace(day=1), months=int(ahead_))
    return first.replace(day=day) if first and day <= monthrange(first.year, first.month)[1] else None


def of_any_month(today: date, day: int) -> date | None:
    """The first month from this one on that has such a day ahead."""
    first = today.replace(day=1)
    for _ in range(4):
        length = monthrange(first.year, first.month)[1]
        if day <= length and (found := first.replace(day=day)) >= today:
            return found
        first += timedelta(length)
    return None


def exactly(today: date, year: int, month: int, day: int) -> date | None:
    """It may have gone."""
    if not (1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def next_date(today: date, month: int, day: int, year: int | None = None, clamp: bool = False) -> date | None:
    """The next one, if no year is said."""
    for each in [year] if year else range(today.year, today.year + 9):
        last = monthrange(each, month)[1] if 1 <= month <= 12 else 0
        found = exactly(today, each, month, min(day, last) if clamp else day)
        if found and (year or found >= today):
            return found
    return None
