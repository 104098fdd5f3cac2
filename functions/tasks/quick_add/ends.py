"""When a repeating task ends: "until june 30", "5 times", "for 3 weeks"."""

from functools import partial

from functions.tasks.quick_add import calendar_days
from functions.tasks.quick_add.counted_days import DAYS, IN_MONTHS
from functions.tasks.quick_add.days import day
from functions.tasks.quick_add.phrases import SURE, Lasting, Moment, Phrase, Times, Unclear, Until
from functions.tasks.quick_add.tokens import Text
from functions.tasks.quick_add.vocabulary import MONTHS, UNITS, number

NEXT = (calendar_days.month_day, calendar_days.of_any_month, calendar_days.after_today, calendar_days.on_or_after)
UNTIL = ("until", "till", "til", "'til", "ending", "ends", "through", "thru")


def end_phrase(text: Text, at: int, month_first: bool) -> Phrase | None:
    return _until(text, at, month_first) or _times(text, at) or _lasting(text, at)


def _until(text: Text, at: int, month_first: bool) -> Phrase | None:
    if text[at] not in UNTIL:
        return None
    since = text.skip(text.after(at), "on", "by")
    found = day(text, since, month_first, led=True)
    if found is None and text[since] in MONTHS:
        return Phrase("repeat", at, since + 1, Unclear(alone=True), SURE)
    if found is None or isinstance(found[1], Moment):
        return None
    is_next = isinstance(found[1], partial) and found[1].func in NEXT
    return Phrase("repeat", at, found[0] + 1, Until(found[1], is_next), SURE)


def _times(text: Text, at: int) -> Phrase | None:
    start = at
    at = text.skip(at, "for", "x")
    word = text[at]
    if word.endswith("x") and (count := number(word[:-1], 9999)):
        return Phrase("repeat", start, at + 1, Times(count), SURE)
    count, times = number(word, 9999), text.after(at)
    if count is None or text[times] not in ("times", "occurrences") or text[text.after(times)] in ("a", "an", "per"):
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
