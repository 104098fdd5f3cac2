"""How often, and until when: "every other tuesday", "monthly on the 15th", "every! 10 days", "until june 30"."""

from datetime import time
from functools import partial
from typing import Any

from functions.tasks.quick_add.dates import YEAR, day
from functions.tasks.quick_add.days import DAYS, IN_MONTHS, after_today, on_or_after
from functions.tasks.quick_add.next_dates import next_date, of_any_month
from functions.tasks.quick_add.phrases import (
    ADVERB,
    FIRM,
    NOWHERE,
    PLAIN,
    SURE,
    Clock,
    Lasting,
    Moment,
    Phrase,
    Repeat,
    Standing,
    Times,
    Unclear,
    Until,
)
from functions.tasks.quick_add.tokens import ADVERBS, EVERY, MONTHS, PARTS, PLURALS, UNITS, Text, number, ordinal
from functions.tasks.quick_add.which_days import in_month, in_week, in_year
from shared.recurrence.rule import Day, Rule

FREQS: dict[str, tuple[str, int]] = {
    "hour": ("HOURLY", 1), "day": ("DAILY", 1), "week": ("WEEKLY", 1), "fortnight": ("WEEKLY", 2),
    "month": ("MONTHLY", 1), "quarter": ("MONTHLY", 3), "year": ("YEARLY", 1),
}  # fmt: skip

LIMITING = ("but", "between", "apart", "besides", "only", "within", "this")

Found = tuple[int, dict[str, Any], Clock | None, Standing]
TOO_OFTEN = ("minute", "minutes", "min", "mins", "second", "seconds", "sec", "secs")
VAGUE = ("few", "couple", "several", "so", "now", "once")
AHEAD = (next_date, of_any_month, after_today, on_or_after)
UNTIL = ("until", "till", "til", "'til", "ending", "ends", "through", "thru")


def repeat_phrase(text: Text, at: int) -> Phrase | None:
    start = at
    if last := _unclear(text, at):
        return Phrase("repeat", start, last + 1, Unclear(), SURE)
    at = text.skip(text.skip(at, "on", "at", "by"), "the")
    word = text[at]
    if word in EVERY:
        found = _every(text, text.skip(text.after(at), "single"))
    elif word in ADVERBS:
        found = _adverb(text, at, at, ADVERBS[word])
    elif word == "once":
        found = _once(text, at)
    else:
        found = _of_every_month(text, at) or _plural(text, at, at > start)
    if found is None:
        return None
    last, fields, clock, standing = found
    following = text.after(last)
    limit = text[text.after(following)]
    is_from_end = "by_month_day" in fields and "last" in (text[following], limit) and text[following] in ("last", "to")
    if text[following] in LIMITING or is_from_end or (text[following] in ("in", "of") and limit in MONTHS):
        return Phrase("repeat", start, last + 1, Unclear(), SURE)
    rule = Rule(**fields)
    if not 1 <= rule.interval <= 999:
        return None
    return Phrase("repeat", start, last + 1, Repeat(rule, word.endswith("!"), clock), standing, led=at > start)


def _every(text: Text, at: int) -> Found | None:
    if text[at] in PARTS:
        return at, {"freq": "DAILY"}, Clock(PARTS[text[at]], text[at]), FIRM
    if text[at] == "midnight":
        return at, {"freq": "DAILY"}, Clock(time(0)), FIRM
    following = text.after(at)
    interval = _interval(text[at])
    if interval and (unit := UNITS.get(text[following])) and (unit != "day" or not _is_nth(text[at])):
        return _every_so_many(text, following, unit, interval, SURE)
    if unit := UNITS.get(text[at]):
        return _every_so_many(text, at, unit, 1, FIRM)
    if text[at] == "other" and (week := in_week(text, following)) and len(week[1]) < 5:
        return _with_part(text, week[0], {"freq": "WEEKLY", "interval": 2, "by_day": tuple(map(Day, week[1]))})
    if week := in_week(text, at):
        return _with_part(text, week[0], {"freq": "WEEKLY", "by_day": tuple(map(Day, week[1]))})
    if year := in_year(text, at):
        return *year, None, SURE
    if month := in_month(text, at):
        return _with_part(text, _behind_month(text, month[0]), {"freq": "MONTHLY", **month[1]})
    return None


def _interval(word: str) -> int | None:
    return 2 if word == "other" else number(word) or ordinal(word)


def _is_nth(word: str) -> bool:
    """The 3rd day is one of the month, as the 3rd friday is."""
    return number(word) is None and word != "other"


def _every_so_many(text: Text, last: int, unit: str, interval: int, standing: Standing) -> Found | None:
    freq, times = FREQS[unit]
    fields: dict[str, Any] = {"freq": freq, "interval": interval * times}
    at = text.skip(text.skip(text.after(last), "on"), "the")
    found: tuple[int, dict[str, Any]] | None = None
    if freq == "WEEKLY" and (week := in_week(text, at)):
        found = week[0], {"by_day": tuple(map(Day, week[1]))}
    elif freq == "MONTHLY":
        found = in_month(text, at) or _numbered(text, last, at)
    elif freq == "YEARLY":
        found = in_year(text, at)
    if found:
        return _with_part(text, found[0], fields | found[1])
    return last, fields, None, standing


def _numbered(text: Text, last: int, at: int) -> tuple[int, dict[str, Any]] | None:
    """Every month on 15."""
    day = number(text[at], 31) if text[at].isdigit() and text[text.after(last)] == "on" else None
    if day is None or text[text.after(at)] not in ("", "at", "@"):
        return None
    return at, {"by_month_day": (day,), "clamps": day > 28}


def _with_part(text: Text, last: int, fields: dict[str, Any]) -> Found:
    part = text.after(last)
    if text[part] in PARTS:
        return part, fields, Clock(PARTS[text[part]], text[part]), SURE
    return last, fields, None, SURE


def _behind_month(text: Text, last: int) -> int:
    """The 3rd friday (of the month): the last word with what is in parentheses here."""
    of = text.after(last)
    month = text.skip(text.after(of), "the", "each", "every") if text[of] in ("of", "in") else -1
    return month if text[month] == "month" else last


def _adverb(text: Text, start: int, last: int, unit: str) -> Found | None:
    found = _every_so_many(text, last, unit, 1, ADVERB)
    return found and (found[0], found[1], found[2], ADVERB if found[0] == last else SURE)


def _once(text: Text, at: int) -> Found | None:
    per = text.after(at)
    unit_at = text.after(per)
    unit = UNITS.get(text[unit_at])
    return _adverb(text, at, unit_at, unit) if unit and text[per] in ("a", "per", "every", "each") else None


def _of_every_month(text: Text, at: int) -> Found | None:
    """The last friday of every month, 1st and 15th each month."""
    if at > 0 and text.tokens[at - 1].tail == "," and ordinal(text[at - 1]):
        return None  # amid a list
    month = in_month(text, at)
    if month is None:
        return None
    every = text.skip(text.after(month[0]), "of", "in")
    if text[every] not in EVERY[:3]:
        return None
    count_at = text.after(every)
    interval = _interval(text[count_at])
    unit_at = text.after(count_at) if interval else count_at
    if UNITS.get(text[unit_at]) != "month":
        return None
    return _with_part(text, unit_at, {"freq": "MONTHLY", "interval": interval or 1, **month[1]})


def _plural(text: Text, at: int, led: bool) -> Found | None:
    """On mondays and thursdays, on weekdays; without "on" only with a time beside it."""
    if text[at] not in PLURALS and text[at] not in ("weekdays", "workdays", "weekends"):
        return None
    week = in_week(text, at)
    if week is None:
        return None
    found = _with_part(text, week[0], {"freq": "WEEKLY", "by_day": tuple(map(Day, week[1]))})
    return *found[:3], PLAIN if led else NOWHERE


def _unclear(text: Text, at: int) -> int | None:
    """The last word of: twice a week, 3 times per day, 3x weekly, every few days, every 10 minutes."""
    if text[at] in EVERY:
        following = text.skip(text.after(at), "other")
        if text[following] in VAGUE or text[following] in TOO_OFTEN[:2] or text[following] == "sec":
            return following
        unit = text.after(following)
        return unit if number(text[following]) and text[unit] in TOO_OFTEN else None
    last = -1
    if text[at] in ("twice", "thrice") or (text[at].endswith("x") and number(text[at][:-1])):
        last = at
    elif (number(text[at]) or text[at] in ("several", "many", "few", "multiple")) and (
        text[times := text.after(at)] == "times"
    ):
        last = times
    per = text.after(last)
    if text[per] in ADVERBS:
        return per
    unit = text.skip(text.after(per), "single")
    return unit if text[per] in ("a", "an", "per", *EVERY) and text[unit] in UNITS else None


def end_phrase(text: Text, at: int, month_first: bool) -> Phrase | None:
    return _until(text, at, month_first) or _times(text, at) or _lasting(text, at)


def _until(text: Text, at: int, month_first: bool) -> Phrase | None:
    if text[at] not in UNTIL:
        return None
    since = text.skip(text.after(at), "on", "by")
    found = day(text, since, month_first, led=True)
    if found is None and (text[since] in (*MONTHS, "yesterday", "last") or YEAR.fullmatch(text[since])):
        return Phrase("repeat", at, since + 1, Unclear(alone=True), SURE)
    if found is None or isinstance(found[1], Moment):
        return None
    is_next = isinstance(found[1], partial) and found[1].func in AHEAD
    return Phrase("repeat", at, found[0] + 1, Until(found[1], is_next), SURE)


def _times(text: Text, at: int) -> Phrase | None:
    start = at
    at = text.skip(at, "for", "x")
    word = text[at]
    if word.endswith("x") and (count := number(word[:-1], 9999)):
        return Phrase("repeat", start, at + 1, Times(count), SURE)
    count, times = number(word, 9999), text.after(at)
    if (
        count is None
        or text[times] not in ("time", "times", "occurrences")
        or text[text.after(times)] in ("a", "an", "per")
    ):
        return None
    return Phrase("repeat", start, times + 1, Times(count), SURE)


def _lasting(text: Text, at: int) -> Phrase | None:
    start = at
    if text[at] != "for":
        return None
    at = text.skip(text.skip(text.after(at), "the"), "next")
    count = 1 if text[at] in ("a", "one") else number(text[at])
    unit = UNITS.get(text[unit_at := text.after(at)])
    if count is None or unit is None or unit == "hour":
        return None
    value = Lasting(days=count * DAYS.get(unit, 0), months=count * IN_MONTHS.get(unit, 0))
    return Phrase("repeat", start, unit_at + 1, value, SURE)
