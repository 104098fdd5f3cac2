"""Days: "tomorrow", "next friday", "4 may 2027", "the 27th", "end of june", "in three weeks", "27/1"."""

import re

from functions.tasks.quick_add.counted_days import counted, nth_of_month
from functions.tasks.quick_add.month_days import day_number, month_day
from functions.tasks.quick_add.near_days import near, weekday
from functions.tasks.quick_add.periods import part_of_month, period
from functions.tasks.quick_add.phrases import FIRM, PLAIN, SHY, SURE, FoundDay, Phrase, Unclear
from functions.tasks.quick_add.tokens import Text
from functions.tasks.quick_add.vocabulary import MONTHS, WEEKDAYS
from functions.tasks.quick_add.written_days import written_day

LEADS = ("on", "by", "from", "starting", "beginning", "starts", "due", "at", "@", "this", "coming", "over")
RANGE = re.compile("[-–]")  # noqa: RUF001
RANGING = ("-", "–", "—", "to", "&", "and", "or")  # noqa: RUF001


def date_phrase(text: Text, at: int, month_first: bool) -> Phrase | None:
    start = at
    while text[at] in LEADS and at - start < 3:
        if text[text.after(at)] == "of":  # beginning of may
            break
        at = text.after(at)
    led = at > start
    found = day(text, at, month_first, led)
    is_range = len(ends := RANGE.split(text[at])) == 2 and all(end in WEEKDAYS for end in ends)
    if is_range or (found is None and text[start] in ("starting", "from") and text[at] in MONTHS):
        return Phrase("date", start, at + 1, Unclear(alone=not is_range), SURE)
    if found is None:
        return None
    last, value, standing = found
    following = text.after(last)
    if text[following] in RANGING and (behind := _ranging(text, last, text.after(following), month_first)):
        return Phrase("date", start, behind + 1, Unclear(), SURE)
    is_weekday = last == at and text[at] in WEEKDAYS
    if led and text[start] in ("by", "due", "starting", "beginning", "starts"):
        standing = SURE
    elif led and standing in (SHY, PLAIN) and text[start] != "over":
        standing = FIRM
    return Phrase(
        "date",
        start,
        last + 1,
        value,
        standing,
        numeric=text[at][:1].isdigit() and standing != SURE,
        led=led,
        weekday=is_weekday,
    )


def day(text: Text, at: int, month_first: bool, led: bool = False) -> FoundDay | None:
    return (
        near(text, at)
        or weekday(text, at)
        or period(text, at)
        or counted(text, at)
        or written_day(text, at, month_first, led)
        or part_of_month(text, at)
        or nth_of_month(text, at)
        or month_day(text, at, led)
    )


def _ranging(text: Text, last: int, at: int, month_first: bool) -> int | None:
    """The last word of another day; behind a number, a number will do."""
    if found := day(text, at, month_first, led=True):
        return found[0]
    return at if day_number(text[last]) and day_number(text[at]) else None
