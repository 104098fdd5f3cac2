"""Days of a month: "4 may 2027", "May 4th", "the 27th", "the 5th of next month"."""

import re
from functools import partial

from functions.tasks.quick_add import calendar_days
from functions.tasks.quick_add.phrases import FIRM, PLAIN, SHY, FoundDay
from functions.tasks.quick_add.tokens import Text
from functions.tasks.quick_add.vocabulary import MONTHS, SHY_MONTHS, number, ordinal

YEAR = re.compile(r"2\d{3}", re.ASCII)


def month_day(text: Text, at: int, led: bool) -> FoundDay | None:
    """May 4, 4th of May 2027; the 27th."""
    if text[at] == "the":
        if not led and ordinal(text[text.after(at)]) is None:
            return None
        at, led = text.after(at), led or _names_month(text, text.after(text.after(at)))
        if not led:
            return None
    word, following = text[at], text.after(at)
    if word in MONTHS:
        following = text.skip(following, "the")
        day = day_number(text[following])
        if day is None:
            return None
        last, year = year_behind(text, following)
        standing = SHY if word in SHY_MONTHS and not led else FIRM
        return last, partial(calendar_days.month_day, month=MONTHS[word], day=day, year=year), standing
    day = day_number(word)
    if day is None:
        return None
    name = text.skip(following, "of")
    if text[name] in MONTHS:
        last, year = year_behind(text, name)
        is_plain = name > following or (text[name] in SHY_MONTHS and not led)
        standing = PLAIN if is_plain else FIRM
        return last, partial(calendar_days.month_day, month=MONTHS[text[name]], day=day, year=year), standing
    if word.isdigit() or word in ("second", "third"):
        return None
    if text[following] == "of":
        of = text.skip(text.after(following), "the")
        if text[of] in ("this", "next") and text[text.after(of)] == "month":
            return text.after(of), partial(calendar_days.of_this_month, day=day, ahead_=text[of] == "next"), FIRM
        return (of, partial(calendar_days.of_any_month, day=day), FIRM) if text[of] == "month" else None
    if not word[0].isdigit() or (text[following] in MONTHS):
        return None
    return at, partial(calendar_days.of_any_month, day=day), SHY


def _names_month(text: Text, at: int) -> bool:
    of = text.after(at) if text[at] == "of" else at
    return text[of] in MONTHS or (text[at] == "of" and text[text.skip(of, "the", "this", "next")] == "month")


def day_number(word: str) -> int | None:
    """Of "4", "4th" or "fourth"."""
    return number(word, 31) if word.isdigit() else ordinal(word)


def year_behind(text: Text, at: int) -> tuple[int, int | None]:
    """The last word and the year, if one follows; a comma may be between them."""
    behind = at + 1 if at + 1 < len(text) and text.tokens[at].tail in ("", ",") else -1
    if YEAR.fullmatch(text[behind]) and int(text[behind]) <= calendar_days.LAST_YEAR and not text.tokens[behind].head:
        return behind, int(text[behind])
    return at, None
