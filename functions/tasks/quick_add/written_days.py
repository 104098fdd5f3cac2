"""Days in figures: 2026-05-04, 27/1, 4.5.2026."""

import re
from functools import partial

from functions.tasks.quick_add.calendar_days import exactly, month_day
from functions.tasks.quick_add.phrases import PLAIN, SURE, FoundDay
from functions.tasks.quick_add.tokens import Text

ISO = re.compile(r"(\d{4})([-/.])(\d\d?)\2(\d\d?)", re.ASCII)
NUMERIC = re.compile(r"(\d\d?)/(\d\d?)(?:/(\d{4}|\d\d))?|(\d\d?)([-.])(\d\d?)\5(\d{4}|\d\d)", re.ASCII)
DOTTED = re.compile(r"(\d\d?)\.(\d\d?)", re.ASCII)


def written_day(text: Text, at: int, month_first: bool, led: bool) -> FoundDay | None:
    word = text[at]
    if not word[:1].isdigit():
        return None
    if found := ISO.fullmatch(word):
        return at, partial(exactly, year=int(found[1]), month=int(found[3]), day=int(found[4])), SURE
    if found := NUMERIC.fullmatch(word):
        first, second, year = (found[1], found[2], found[3]) if found[1] else (found[4], found[6], found[7])
        if word == "24/7":
            return None
        dotted = found[5] == "."
        one, other = int(first), int(second)
        day, month = (other, one) if other > 12 or (month_first and one <= 12 and not dotted) else (one, other)
        if year is None:
            return at, partial(month_day, month=month, day=day), PLAIN
        if len(year) == 2 and not (led or found[1]):
            return None  # 10.11.12 may be a version
        return at, partial(exactly, year=int(year) + (2000 if len(year) == 2 else 0), month=month, day=day), SURE
    if (found := DOTTED.fullmatch(word)) and text.tokens[at].tail.startswith(".") and (led or len(word) == 5):
        return at, partial(month_day, month=int(found[2]), day=int(found[1])), PLAIN
    return None
