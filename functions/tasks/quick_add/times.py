"""Times of day: "9am", "21:00", "at 9", "half past nine", "noon", "in the morning"."""

import re
from datetime import time

from functions.tasks.quick_add.phrases import FIRM, PLAIN, SHY, SURE, Clock, Phrase, Unclear
from functions.tasks.quick_add.tokens import HOURS, PARTS, TO, Text, number

WRITTEN = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(?:([ap])\.?m)?", re.ASCII)
RANGE = re.compile(r"\d{1,2}(?:[:.]\d\d)?(?:[ap]\.?m)?[-–](?:\d{1,2}(?:[:.]\d\d)?(?:[ap]\.?m)?)", re.ASCII)  # noqa: RUF001
AM_PM = {"am": False, "pm": True, "a.m": False, "p.m": True}
LEADS = ("at", "@", "by", "from", "starting", "beginning", "due")
FRACTIONS = {"half": 30, "quarter": 15}


def time_phrase(text: Text, at: int) -> Phrase | None:
    start = at
    led = text[at] in LEADS
    if led:
        at = text.after(at)
        if text[start] in ("starting", "beginning", "due", "from"):
            at = text.skip(at, "at", "@", "by")
    if RANGE.fullmatch(text[at]):
        return Phrase("time", start, at + 1, Unclear(alone=True), SURE)
    found = clock(text, at, bare=led) or (
        part_of_day(text, at, led) if not led or text[start] in ("at", "by") else None
    )
    if found is None:
        return None
    last, value = found
    following = text.after(last)
    if text[following] in TO and (until := clock(text, text.after(following), bare=True)):
        return Phrase("time", start, until[0] + 1, Unclear(alone=True), SURE)
    other = clock(text, text.after(following), bare=True) if led and text[following] in ("and", "&") else None
    if other and text.after(other[0]) < 0:  # at 9 and 18
        return Phrase("time", start, other[0] + 1, Unclear(), SURE)
    if value.part:
        standing = FIRM
    elif last == at and (text[at].isdigit() or text[at].isalpha()) and text[at] not in ("noon", "midday"):
        standing = SHY if text[at] == "one" else PLAIN  # at nine, at one with nature
    else:
        standing = SURE if led else FIRM
    return Phrase("time", start, last + 1, value, standing, numeric=text[at][:1].isdigit(), led=led)


def clock(text: Text, at: int, bare: bool = False) -> tuple[int, Clock] | None:
    """The last word of it, and what it says. `bare`: nine alone is an hour, too."""
    return _spoken(text, at, bare) or _written(text, at, bare)


def _written(text: Text, at: int, bare: bool) -> tuple[int, Clock] | None:
    word, following = text[at], text.after(at)
    if found := WRITTEN.fullmatch(word):
        hour, minute, half = int(found[1]), found[2], found[3]
    elif (bare or _is_hour_of_a_part(text, following)) and (said := number(word, 12)):
        hour, minute, half = said, None, None
    else:
        return None
    is_late = half == "p" if half else AM_PM.get(text[following])
    last = at if half or is_late is None else following
    if text[following] == "o'clock" and minute is None and half is None:
        at, last, bare = following, following, True
        is_late = AM_PM.get(text[text.after(last)])
        last = last if is_late is None else text.after(last)
    if is_late is None:
        if part := _part_behind(text, last):
            return _at_part(part, hour, int(minute or 0))
        if not bare and (minute is None or "." in word):
            return None
        return _definite(last, hour, int(minute or 0), vague=hour <= 12)
    if not 1 <= hour <= 12:
        return None
    return _definite(last, hour % 12 + 12 * is_late, int(minute or 0))


def _is_hour_of_a_part(text: Text, at: int) -> bool:
    """Eight o'clock in the morning; but not "Twelve o'clock high"."""
    return text[at] == "o'clock" and _part_behind(text, at) is not None


def _spoken(text: Text, at: int, bare: bool) -> tuple[int, Clock] | None:
    """Half past nine, quarter to nine, ten past 9 pm."""
    begins = text.skip(at, "a")
    minutes = FRACTIONS.get(text[begins]) or number(text[begins], 29)
    side = text.after(begins)
    hour_at = text.after(side)
    hour = number(text[hour_at], 12)
    if not minutes or not hour or text[side] not in ("past", "to") or (minutes == 30 and text[side] == "to"):
        return None
    if text[begins] not in FRACTIONS and (minutes % 5 or (text[side] == "to" and not bare)):
        return None  # from 9 to 5
    half = AM_PM.get(text[text.after(hour_at)])
    last = hour_at if half is None else text.after(hour_at)
    if half is not None:
        hour = hour % 12 + 12 * half
    since_midnight = (hour * 60 + (minutes if text[side] == "past" else -minutes)) % 1440
    return _definite(last, since_midnight // 60, since_midnight % 60, vague=half is None)


def part_of_day(text: Text, at: int, led: bool = False) -> tuple[int, Clock] | None:
    """Noon; in the morning, this evening, at night. A part alone says nothing before it is known of which day."""
    word, following = text[at], text.after(at)
    if word in ("noon", "midday"):
        return at, Clock(time(12))
    if word == "tonight":
        return at, Clock(PARTS["night"], "night", today=True)
    if word == "midnight" and led:
        return at, Clock(time(0), part="midnight")
    if word == "night" and led:
        return at, Clock(PARTS["night"], "night")
    if word == "in" and text[following] == "the":
        following = text.after(following)
    elif word != "this" and word != "in":
        return None
    part = text[following]
    if part not in ("morning", "afternoon", "evening"):
        return None
    return following, Clock(PARTS[part], part, today=word == "this")


def _part_behind(text: Text, last: int) -> tuple[int, str] | None:
    """Eight in the evening, nine at night."""
    behind = text.after(last)
    if text[behind] == "at" and text[text.after(behind)] == "night":
        return text.after(behind), "night"
    found = part_of_day(text, behind) if text[behind] == "in" else None
    return (found[0], found[1].part) if found and found[1].part else None


def _at_part(part: tuple[int, str], hour: int, minute: int) -> tuple[int, Clock] | None:
    last, name = part
    found = _definite(last, hour, minute, vague=True)
    exact = found and within(found[1], name)
    return (last, exact) if exact else None


def within(clock: Clock, part: str) -> Clock | None:
    """The hour as it is meant in this part of the day; None, if it has no such hour."""
    hour = clock.at.hour
    hours = HOURS.get(part, range(0))
    if clock.vague and part != "morning" and hour < 12:
        hour += 12
    if hour not in hours:
        return None
    return Clock(clock.at.replace(hour=hour))


def _definite(last: int, hour: int, minute: int, vague: bool = False) -> tuple[int, Clock] | None:
    return (last, Clock(time(hour, minute), vague=vague)) if hour < 24 and minute < 60 else None
