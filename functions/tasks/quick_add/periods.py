"""Weeks, months and years, and parts of them: "next week", "this weekend", "end of may"."""

from datetime import date
from functools import partial

from functions.tasks.quick_add import calendar_days
from functions.tasks.quick_add.month_days import year_behind
from functions.tasks.quick_add.phrases import PLAIN, SHY, Day, FoundDay
from functions.tasks.quick_add.tokens import Text
from functions.tasks.quick_add.vocabulary import MONTHS, SATURDAY

NEXT: dict[str, Day] = {
    "week": partial(calendar_days.in_next_week, weekday=0),
    "weekend": partial(calendar_days.in_next_week, weekday=SATURDAY),
    "month": partial(calendar_days.end_of_month, months=1, days=1),
    "year": calendar_days.next_year,
}


def period(text: Text, at: int) -> FoundDay | None:
    """Next week, this weekend, end of the month."""
    at = text.skip(at, "the")
    word, following = text[at], text.after(at)
    if word == "weekend":
        return at, partial(calendar_days.on_or_after, weekday=SATURDAY), SHY
    if word == "eod" or (word == "end" and text[following] == "of" and text[text.after(following)] == "day"):
        return at if word == "eod" else text.after(text.after(at)), lambda today: today, SHY
    if word == "eom":
        return at, partial(calendar_days.end_of_month, months=1), SHY
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
            return last, partial(calendar_days.mid_month, ahead_=is_next), SHY
        if part == "end":
            return last, partial(calendar_days.end_of_month, months=1 + is_next), SHY
        return last, partial(calendar_days.end_of_month, months=1, days=1), SHY
    if period == "week" and is_next and part in ("beginning", "start"):
        return last, partial(calendar_days.in_next_week, weekday=0), SHY
    if period == "year":
        if part == "end":
            return last, lambda today: date(today.year + is_next, 12, 31), SHY
        return (last, calendar_days.next_year, SHY) if part in ("beginning", "start") else None
    return None


def part_of_month(text: Text, at: int) -> FoundDay | None:
    """Mid april, the end of may 2027."""
    at = text.skip(at, "the")
    word, hyphen, rest = text[at].partition("-")
    if word not in ("end", "beginning", "start", "mid", "middle", "early"):
        return None
    name = at if hyphen else text.after(at)
    if not hyphen and word not in ("mid", "early"):
        if text[name] != "of":
            return None
        name = text.after(name)
    month = MONTHS.get(rest if hyphen else text[name])
    if month is None or word == "early":
        return None
    last, year = year_behind(text, name)
    of_month = {"mid": 15, "middle": 15, "end": 31}.get(word, 1)
    return last, partial(calendar_days.month_day, month=month, day=of_month, year=year, clamp=True), PLAIN
