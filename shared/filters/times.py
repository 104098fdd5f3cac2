"""Days and moments as people name them. A phrase becomes a span once."""

import re
from collections.abc import Callable
from datetime import date

from shared.filters.spans import Ahead, Coming, Moment, Month, On, Past, Span, Week, Weekday, WeekdayOf, Year, Yearly


class NoSuchDate(Exception):
    """It reads like a date and is none; says what to write instead."""


WEEKDAYS = {
    name[:length]: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), 1)
    for length in (3, 4, 5, len(name))
}
MONTHS = {
    name[:length]: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
         "december"), 1)
    for length in (3, 4, len(name))
}  # fmt: skip
SINGLE: dict[str, Span] = {
    "today": Ahead(0),
    "tod": Ahead(0),
    "tomorrow": Ahead(1),
    "tom": Ahead(1),
    "yesterday": Ahead(-1),
    "now": Moment(0),
}
FROM_NOW = {"last": -1, "this": 0, "next": 1}
PERIODS: dict[str, Callable[[int], Span]] = {"week": Week, "month": Month, "year": Year}
UNITS = {"day": (1, 0), "week": (7, 0), "month": (0, 1), "year": (0, 12)}  # days and months
MINUTES = {"minute": 1, "min": 1, "hour": 60}
MOST = 36_525  # days, which are a hundred years

COUNTED = re.compile(
    r"(?P<before>\+ ?|- ?|in |next |last |past )?(?P<count>\d{1,9}) ?"
    r"(?P<unit>day|week|month|year|hour|minute|min)s?(?P<ago> ago)?",
    re.ASCII,
)
PERIOD = re.compile(r"(last|this|next) (week|month|year)")
NAMED_DAY = re.compile(r"(?:(on|this|next|last) )?([a-z]{3,9})")
DAY_FIRST = re.compile(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})(?: (\d{4}))?", re.ASCII)
MONTH_FIRST = re.compile(r"([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?", re.ASCII)
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\.(?: ?(\d{4}))?", re.ASCII)
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?", re.ASCII)


def span_of(phrase: str, gone: bool = False, point: bool = False) -> Span | None:
    """What a phrase in lower case means; None if it is no date at all.

    `gone`: it is about something that has been, so that `1 May` is the last one, and not the next. `point`: a single
    day or moment is meant, so that `3 days` is the third from now, and not all three.
    """
    if phrase in SINGLE:
        return SINGLE[phrase]
    if found := COUNTED.fullmatch(phrase):
        return _counted(found, point)
    if found := PERIOD.fullmatch(phrase):
        return PERIODS[found[2]](FROM_NOW[found[1]])
    if (found := NAMED_DAY.fullmatch(phrase)) and found[2] in WEEKDAYS:
        return _weekday(found[1], WEEKDAYS[found[2]], gone)
    return _date(phrase, gone)


def _counted(found: re.Match[str], point: bool) -> Span | None:
    before, count, unit = (found["before"] or "").strip(), int(found["count"]), found["unit"]
    if found["ago"] and before:
        return None
    backwards = bool(found["ago"]) or before == "-"
    if unit in MINUTES:
        if before in ("next", "last", "past"):
            return None
        if count > MOST * 24 * 60:
            raise NoSuchDate("at most a hundred years")
        return Moment(count * MINUTES[unit] * (-1 if backwards else 1))
    days, months = (count * each for each in UNITS[unit])
    if days > MOST or months > 1200:
        raise NoSuchDate("at most a hundred years")
    if backwards:
        return Ahead(-days, -months)
    if before in ("+", "in") or (point and not before):
        return Ahead(days, months)
    return Past(days, months) if before in ("last", "past") else Coming(days, months)


def _weekday(which: str | None, iso: int, gone: bool) -> Span:
    if which in ("next", "last"):
        return WeekdayOf(iso, Week(FROM_NOW[which]))
    return Weekday(iso, gone)


def _date(phrase: str, gone: bool) -> Span | None:
    if found := ISO.fullmatch(phrase):
        year, month, day = found.groups()
    elif found := DOTTED.fullmatch(phrase):
        day, month, year = found.groups()
    elif found := SLASHED.fullmatch(phrase):
        first, second, year = found.groups()
        if int(first) != int(second) and int(first) <= 12 and int(second) <= 12:
            raise NoSuchDate("a date that reads only one way, like 1 May or 2026-05-01")
        day, month = (first, second) if int(first) > 12 else (second, first)
    elif (found := DAY_FIRST.fullmatch(phrase)) and found[2] in MONTHS:
        day, month, year = found[1], str(MONTHS[found[2]]), found[3]
    elif (found := MONTH_FIRST.fullmatch(phrase)) and found[1] in MONTHS:
        month, day, year = str(MONTHS[found[1]]), found[2], found[3]
    else:
        return None
    return _checked(int(year) if year else None, int(month), int(day), gone)


def _checked(year: int | None, month: int, day: int, gone: bool) -> Span:
    try:
        found = date(year or 2000, month, day)  # a leap year: the 29th of February is a day of some years
    except ValueError:
        raise NoSuchDate("a day that the calendar has") from None
    if year is None:
        return Yearly(month, day, gone)
    if not 1970 <= year <= 9000:
        raise NoSuchDate("a year from 1970 to 9000")
    return On(found)
