"""The days of a repeating task: weekdays, days of the month and days of the year, one or a list of them."""

import re
from typing import Any

from functions.tasks.quick_add.tokens import (
    HYPHEN,
    MONTHS,
    PLURALS,
    SATURDAY,
    WEEKDAYS,
    WORKDAYS,
    Text,
    day_number,
    ordinal,
)
from shared.recurrence.rule import Day, days_in_order, in_order

Days = tuple[int, dict[str, Any]]  # the last word of it, and what the rule has then
AND = ("and", "&", "+")
WORKING = {"weekday": 0, "weekdays": 0, "workday": 0, "workdays": 0, "working": 1, "business": 1, "work": 1}
LISTED = re.compile(r"[/&+]")
MOST = 12  # in one list


def in_week(text: Text, at: int) -> tuple[int, tuple[int, ...]] | None:
    """Monday; mon, wed and fri; mon-fri; workdays; the weekend, which is its Saturday."""
    if (working := working_day(text, at)) is not None:
        return working, WORKDAYS
    if text[at] in ("weekend", "weekends"):
        return at, (SATURDAY,)
    found: list[int] = []
    last = -1
    while (days := _weekdays(text[at])) and len(found) < MOST:
        found += days
        last, following = at, text.after(at)
        if text[following] in ("to", "through", "till", "-", "–") and text[until := text.after(following)] in WEEKDAYS:  # noqa: RUF001
            found += _range(days[-1], WEEKDAYS[text[until]])
            last, following = until, text.after(until)
        at = _next(text, last)
        if at < 0 and text[following] in WEEKDAYS:
            at = following
    return (last, tuple(sorted(set(found)))) if found else None


def working_day(text: Text, at: int) -> int | None:
    """The last word of weekday, workday, working day."""
    words = WORKING.get(text[at])
    if words == 1:
        at = text.after(at)
        return at if text[at] in ("day", "days") else None
    return at if words == 0 else None


def _weekdays(word: str) -> list[int]:
    if word in WEEKDAYS or word in PLURALS:
        return [WEEKDAYS[word] if word in WEEKDAYS else PLURALS[word]]
    if len(ends := HYPHEN.split(word)) == 2 and all(end in WEEKDAYS for end in ends):
        return _range(WEEKDAYS[ends[0]], WEEKDAYS[ends[1]])
    listed = LISTED.split(word)
    return [WEEKDAYS[each] for each in listed] if len(listed) > 1 and all(each in WEEKDAYS for each in listed) else []


def _range(first: int, last: int) -> list[int]:
    return [(first + each) % 7 for each in range((last - first) % 7 + 1)]


def in_month(text: Text, at: int) -> Days | None:
    """The 1st and 15th, the last day, the first and third monday, the last workday."""
    numbers: list[int] = []
    last, says_day = -1, False
    while (nth := -1 if text[at] == "last" else ordinal(text[at])) and len(numbers) < MOST:
        numbers.append(nth)
        last, following = at, text.after(at)
        says_day = text[following] == "day"
        last = following if says_day else last
        at = text.skip(_next(text, last), "the")
    if not numbers:
        return None
    which = text.after(last)
    if not says_day and (working := working_day(text, which)) is not None:
        return working, {"by_day": tuple(map(Day, WORKDAYS)), "by_set_pos": in_order(numbers)}
    if not says_day and (week := in_week(text, which)) and text[which] != "weekend":
        if max(numbers) > 5:
            return None
        return week[0], {"by_day": days_in_order(Day(weekday, nth) for nth in numbers for weekday in week[1])}
    is_word = text[last] == "last" or not text[last][0].isdigit()
    if is_word and not says_day and text[text.after(last)] != "of":
        return None
    return last, {"by_month_day": in_order(numbers), "clamps": max(numbers) > 28}


def in_year(text: Text, at: int) -> Days | None:
    """May 4; the 4th of may; jan 1 and jul 1; the last friday of november."""
    at = text.skip(at, "the")
    if (of_month := in_month(text, at)) and text[of := text.after(of_month[0])] in ("of", "in"):
        name = text.after(of)
        if text[name] in MONTHS:
            last, months = _months(text, name)
            return last, of_month[1] | {"freq": "YEARLY", "by_month": months}
    found: list[tuple[int, int]] = []
    last = -1
    while (day := _day(text, at) or _same_month(text, at, found)) and len(found) < MOST:
        last, month_and_day = day
        found.append(month_and_day)
        at = text.skip(_next(text, last), "the")
    in_months, days = {month for month, _ in found}, {day for _, day in found}
    if not found or (len(in_months) > 1 and len(days) > 1):
        return None
    by = {"by_month": tuple(sorted(in_months)), "by_month_day": tuple(sorted(days)), "clamps": max(days) > 28}
    return last, {"freq": "YEARLY", **by}


def _day(text: Text, at: int) -> tuple[int, tuple[int, int]] | None:
    name, day_at = at, text.after(at)
    if text[at] not in MONTHS:
        name, day_at = text.skip(text.after(at), "of"), at
    else:
        day_at = text.skip(day_at, "the")
    day = day_number(text[day_at])
    return (max(name, day_at), (MONTHS[text[name]], day)) if text[name] in MONTHS and day else None


def _same_month(text: Text, at: int, found: list[tuple[int, int]]) -> tuple[int, tuple[int, int]] | None:
    """May 4 and 5."""
    nth = day_number(text[at])
    return (at, (found[-1][0], nth)) if found and nth and not text[text.after(at)] else None


def _months(text: Text, at: int) -> tuple[int, tuple[int, ...]]:
    found = {MONTHS[text[at]]}
    last = at
    while text[at := _next(text, last)] in MONTHS:
        found.add(MONTHS[text[at]])
        last = at
    return last, tuple(sorted(found))


def _next(text: Text, at: int) -> int:
    """What follows in a list: behind a comma, "and", or both."""
    following = text.after(at)
    if following < 0 and 0 <= at < len(text) - 1 and text.tokens[at].tail == "," and not text.tokens[at + 1].head:
        following = text.skip(at + 1, *AND)
        return following
    return text.after(following) if text[following] in AND else -1
