"""The calendar's arithmetic: which day is meant, looked for from another one. None: there is no such day."""

from calendar import monthrange
from datetime import date, timedelta

LAST_YEAR = 2199


def ahead(today: date, days: int = 0, months: int = 0) -> date | None:
    """Months first; a day that the month lacks is its last one."""
    total = today.year * 12 + today.month - 1 + months
    year, month = divmod(total, 12)
    if year > LAST_YEAR:
        return None
    moved = date(year, month + 1, min(today.day, monthrange(year, month + 1)[1])) + timedelta(days)
    return moved if moved.year <= LAST_YEAR else None


def after_today(today: date, weekday: int) -> date:
    return today + timedelta((weekday - today.weekday() - 1) % 7 + 1)


def on_or_after(today: date, weekday: int) -> date:
    return today + timedelta((weekday - today.weekday()) % 7)


def in_next_week(today: date, weekday: int) -> date:
    return today + timedelta(7 - today.weekday() + weekday)


def next_year(today: date) -> date:
    return date(today.year + 1, 1, 1)


def end_of_month(today: date, months: int, days: int = 0) -> date | None:
    """The day before the first of so many months later; or so many days behind that."""
    return ahead(today.replace(day=1), days - 1, months)


def mid_month(today: date, ahead_: bool) -> date | None:
    mid = today.replace(day=15)
    return ahead(mid, months=1) if ahead_ or mid < today else mid


def of_this_month(today: date, day: int, ahead_: bool) -> date | None:
    first = ahead(today.replace(day=1), months=int(ahead_))
    return first.replace(day=day) if first and day <= monthrange(first.year, first.month)[1] else None


def of_any_month(today: date, day: int) -> date | None:
    """The first month from this one on that has such a day ahead."""
    for months in range(4):
        found = of_this_month(ahead(today.replace(day=1), months=months) or today, day, ahead_=False)
        if found and found >= today:
            return found
    return None


def exactly(today: date, year: int, month: int, day: int) -> date | None:
    """A day that has gone is not when something is due: it is what the text is about."""
    if not (1 <= month <= 12 and today.year <= year <= LAST_YEAR and 1 <= day <= monthrange(year, month)[1]):
        return None
    found = date(year, month, day)
    return found if found >= today else None


def month_day(today: date, month: int, day: int, year: int | None = None, clamp: bool = False) -> date | None:
    """The next one, if no year is said."""
    for each in [year] if year else range(today.year, today.year + 9):
        last = monthrange(each, month)[1] if 1 <= month <= 12 else 0
        if found := exactly(today, each, month, min(day, last) if clamp else day):
            return found
    return None
