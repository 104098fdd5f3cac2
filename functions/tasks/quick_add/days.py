"""Days told from today on: "tomorrow", "next friday", "end of month", "in three weeks"."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import partial

from functions.tasks.quick_add.phrases import FIRM, PLAIN, SHY, SURE, Day, FoundDay, Moment
from functions.tasks.quick_add.tokens import (
    MINUTES,
    SATURDAY,
    SHY_WEEKDAYS,
    UNITS,
    WEEKDAYS,
    Text,
    counted_unit,
    number,
)

LAST_YEAR = 2199
TOMORROW = ("tomorrow", "tmr", "tmrw", "tmw", "tom")
DAYS = {"day": 1, "week": 7, "fortnight": 14}
JOINED = re.compile(r"(\d\d?)h([0-5]\d)(?:m|min)?", re.ASCII)
IN_MONTHS = {"month": 1, "quarter": 3, "year": 12}


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


def near(text: Text, at: int) -> FoundDay | None:
    at = text.after(at) if text[at] == "later" and text[text.after(at)] == "today" else at
    word = text[at]
    if text[text.after(at)] == "week":  # tomorrow week
        return None
    if word == "today":
        return at, lambda today: today, SURE
    if word in TOMORROW:
        return at, partial(ahead, days=1), SURE if word != "tom" else PLAIN
    if word == "the":
        at = text.after(at)
    if text[at] == "day" and text[text.after(at)] == "after":
        last = text.after(text.after(at))
        if text[last] in TOMORROW:
            return last, partial(ahead, days=2), SURE
    return None


def weekday(text: Text, at: int) -> FoundDay | None:
    is_next = text[at] == "next"
    if is_next or text[at] == "coming":
        at = text.after(at)
    if text[at] not in WEEKDAYS:
        return None
    number = WEEKDAYS[text[at]]
    following = text.after(at)
    if not is_next and text[following] == "next" and text[text.after(following)] == "week":
        return text.after(following), partial(in_next_week, weekday=number), FIRM
    if is_next:
        return at, partial(in_next_week, weekday=number), FIRM
    return at, partial(after_today, weekday=number), SHY if text[at] in SHY_WEEKDAYS else PLAIN


NEXT: dict[str, Day] = {
    "week": partial(in_next_week, weekday=0),
    "weekend": partial(in_next_week, weekday=SATURDAY),
    "month": partial(end_of_month, months=1, days=1),
    "year": next_year,
}


def period(text: Text, at: int) -> FoundDay | None:
    """Next week, this weekend, end of the month."""
    at = text.skip(at, "the")
    word, following = text[at], text.after(at)
    if word == "weekend":
        return at, partial(on_or_after, weekday=SATURDAY), SHY
    if word == "eod" or (word == "end" and text[following] == "of" and text[text.after(following)] == "day"):
        return at if word == "eod" else text.after(text.after(at)), lambda today: today, SHY
    if word == "eom":
        return at, partial(end_of_month, months=1), SHY
    if word == "next":
        return (following, NEXT[text[following]], PLAIN) if text[following] in NEXT else None
    if word not in ("end", "beginning", "start", "mid", "middle"):
        return None
    of = text.skip(following, "of")
    of = text.skip(of, "the", "this")
    is_next = text[of] == "next"
    of = text.after(of) if is_next else of
    return _part_of(word, text[of], of, is_next)


def _part_of(part: str, period: str, last: int, is_next: bool) -> FoundDay | None:
    if period == "month":
        if part in ("mid", "middle"):
            return last, partial(mid_month, ahead_=is_next), SHY
        if part == "end":
            return last, partial(end_of_month, months=1 + is_next), SHY
        return last, partial(end_of_month, months=1, days=1), SHY
    if period == "week" and is_next and part in ("beginning", "start"):
        return last, partial(in_next_week, weekday=0), SHY
    if period == "year":
        if part == "end":
            return last, lambda today: date(today.year + is_next, 12, 31), SHY
        return (last, next_year, SHY) if part in ("beginning", "start") else None
    return None


def counted(text: Text, at: int) -> FoundDay | None:
    behind = text[at] != "in"
    found = amount(text, at if behind else text.after(at))
    if found is None:
        return None
    last, value = found
    if behind:
        last = text.after(last)
        if text[last] != "from" or text[text.after(last)] not in ("now", "today"):
            return None
        last = text.after(last)
    return last, value, FIRM if last > at + (not behind) else PLAIN  # in 24h format


def amount(text: Text, at: int) -> tuple[int, Day | Moment] | None:
    """Of time: 5 days, an hour, half an hour, 1 hour 30 minutes, 90min."""
    if text[at] == "half":
        at = text.after(at)
        hour = text.after(at)
        return (hour, Moment(30)) if text[at] in ("a", "an") and text[hour] == "hour" else None
    if found := minutes(text, at):
        last, first = found
        rest = text.skip(text.after(last), "and")
        if text[rest] == "a" and text[half := text.after(rest)] == "half" and first == 60:
            return half, Moment(90)
        if (more := minutes(text, rest, is_rest=True)) and first % 60 == 0 and more[1] < 60:
            return more[0], Moment(first + more[1])
        return last, Moment(first)
    count = 1 if text[at] in ("a", "an") else number(text[at])
    last = text.after(at)
    if text[last] == "couple" and text[text.after(last)] == "of":
        count, last = 2, text.after(text.after(last))
    unit = UNITS.get(text[last])
    if count is None or unit is None or (count == 1 and text[at] == "a" and unit == "day"):
        return None  # Rome was not built in a day
    return last, partial(ahead, days=count * DAYS.get(unit, 0), months=count * IN_MONTHS.get(unit, 0))


def minutes(text: Text, at: int, is_rest: bool = False) -> tuple[int, int] | None:
    """90min, 2 hours, 1h30; and 30m, if it is the rest of 1h 30m."""
    if found := JOINED.fullmatch(text[at]):
        return at, int(found[1]) * 60 + int(found[2])
    last, count, unit = counted_unit(text, at)
    if is_rest and count and unit == "m" and last == at:
        return last, count
    if not count or unit not in MINUTES or (unit == "h" and last > at):
        return None
    return last, count * MINUTES[unit]
