"""Days of the calendar: "4 may 2027", "the 27th", "mid april", "27/1", "first monday of june"; and any day."""

import re
from functools import partial

from functions.tasks.quick_add.days import LAST_YEAR, counted, near, period, weekday
from functions.tasks.quick_add.next_dates import exactly, next_date, nth_of, of_any_month, of_this_month
from functions.tasks.quick_add.phrases import FIRM, PLAIN, SHY, SURE, FoundDay, Phrase, Unclear
from functions.tasks.quick_add.tokens import (
    HYPHEN,
    MONTHS,
    SHY_MONTHS,
    TO,
    WEEKDAYS,
    WORKDAYS,
    Text,
    day_number,
    ordinal,
)
from functions.tasks.quick_add.which_days import working_day

LEADS = ("on", "by", "from", "starting", "beginning", "starts", "due", "at", "@", "this", "coming", "over")
RANGING = (*TO[:4], "&", "and", "or")
ISO = re.compile(r"(\d{4})([-/.])(\d\d?)\2(\d\d?)", re.ASCII)
NUMERIC = re.compile(r"(\d\d?)/(\d\d?)(?:/(\d{4}|\d\d))?|(\d\d?)([-.])(\d\d?)\5(\d{4}|\d\d)", re.ASCII)
DOTTED = re.compile(r"(\d\d?)\.(\d\d?)", re.ASCII)
YEAR = re.compile(r"2\d{3}", re.ASCII)


def date_phrase(text: Text, at: int, month_first: bool) -> Phrase | None:
    start = at
    while (text[at] in LEADS or _is_in_the_middle(text, at)) and at - start < 3:
        if text[text.after(at)] == "of":  # beginning of may
            break
        at = text.after(at)
    led = at > start
    found = day(text, at, month_first, led)
    is_range = len(ends := HYPHEN.split(text[at])) == 2 and all(end in WEEKDAYS for end in ends)
    if is_range or (found is None and text[start] in ("starting", "from") and text[at] in MONTHS):
        return Phrase("date", start, at + 1, Unclear(alone=not is_range), SURE)
    if found is None:
        return None
    last, value, standing = found
    following = text.after(last)
    if text[following] == "after" and text[text.after(following)] == "next":
        return Phrase("date", start, text.after(following) + 1, Unclear(), SURE)
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


def _is_in_the_middle(text: Text, at: int) -> bool:
    """In mid may; beside any other day, "in" is about something else."""
    return text[at] == "in" and text[text.skip(text.after(at), "the")].partition("-")[0] in ("mid", "middle")


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
            return at, partial(next_date, month=month, day=day), PLAIN
        if len(year) == 2 and not (led or found[1]):
            return None  # 10.11.12 may be a version
        return at, partial(exactly, year=int(year) + (2000 if len(year) == 2 else 0), month=month, day=day), SURE
    if (found := DOTTED.fullmatch(word)) and text.tokens[at].tail.startswith(".") and (led or len(word) == 5):
        return at, partial(next_date, month=int(found[2]), day=int(found[1])), PLAIN
    return None


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
        return last, partial(next_date, month=MONTHS[word], day=day, year=year), standing
    day = day_number(word)
    if day is None:
        return None
    name = text.skip(following, "of")
    if text[name] in MONTHS:
        last, year = year_behind(text, name)
        is_plain = name > following or (text[name] in SHY_MONTHS and not led)
        standing = PLAIN if is_plain else FIRM
        return last, partial(next_date, month=MONTHS[text[name]], day=day, year=year), standing
    if word.isdigit() or word in ("second", "third"):
        return None
    if text[following] == "of":
        of = text.skip(text.after(following), "the")
        if text[of] in ("this", "next") and text[text.after(of)] == "month":
            return text.after(of), partial(of_this_month, day=day, ahead_=text[of] == "next"), FIRM
        return (of, partial(of_any_month, day=day), FIRM) if text[of] == "month" else None
    if not word[0].isdigit() or (text[following] in MONTHS):
        return None
    return at, partial(of_any_month, day=day), SHY


def _names_month(text: Text, at: int) -> bool:
    of = text.after(at) if text[at] == "of" else at
    return text[of] in MONTHS or (text[at] == "of" and text[text.skip(of, "the", "this", "next")] == "month")


def year_behind(text: Text, at: int) -> tuple[int, int | None]:
    """The last word and the year, if one follows; a comma may be between them."""
    behind = at + 1 if at + 1 < len(text) and text.tokens[at].tail in ("", ",") else -1
    if YEAR.fullmatch(text[behind]) and int(text[behind]) <= LAST_YEAR and not text.tokens[behind].head:
        return behind, int(text[behind])
    return at, None


def part_of_month(text: Text, at: int) -> FoundDay | None:
    """Mid april, the end of may 2027."""
    at = text.skip(at, "the")
    word, hyphen, rest = text[at].partition("-")
    if word not in ("end", "beginning", "start", "mid", "middle"):
        return None
    name = at if hyphen else text.after(at)
    if not hyphen and word != "mid":
        if text[name] != "of":
            return None
        name = text.after(name)
    month = MONTHS.get(rest if hyphen else text[name])
    if month is None:
        return None
    last, year = year_behind(text, name)
    of_month = {"mid": 15, "middle": 15, "end": 31}.get(word, 1)
    return last, partial(next_date, month=month, day=of_month, year=year, clamp=True), PLAIN


def nth_of_month(text: Text, at: int) -> FoundDay | None:
    """The second monday of next month, the last day of february, the first workday of the month."""
    at = text.skip(at, "the")
    nth = -1 if text[at] == "last" else ordinal(text[at])
    which = text.after(at)
    of = text.after(which)
    days: tuple[int, ...] | None
    if text[which] == "day":
        days = tuple(range(7))
    elif (last := working_day(text, which)) is not None:
        days, of = WORKDAYS, text.after(last)
    else:
        days = (WEEKDAYS[text[which]],) if text[which] in WEEKDAYS else None
    last = text.skip(text.after(of), "the")
    if days is None or nth is None or text[of] not in ("of", "in"):
        return None
    if text[last] in ("this", "next") and text[text.after(last)] == "month":
        return text.after(last), partial(nth_of, nth=nth, weekdays=days, months=int(text[last] == "next")), FIRM
    if text[last] == "month":
        return last, partial(nth_of, nth=nth, weekdays=days), FIRM
    if text[last] in MONTHS:
        return last, partial(nth_of, nth=nth, weekdays=days, month=MONTHS[text[last]]), FIRM
    return None
