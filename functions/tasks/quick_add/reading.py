"""Read what somebody typed to add a task: the title, and what the words around it say.

Deterministic, and in English. Whatever is not understood, or says two things at once, stays in the title.
"""

import re
import string
from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any, NamedTuple
from unicodedata import category

from functions.tasks.quick_add.dates import date_phrase
from functions.tasks.quick_add.marks import command, mark, reminder_phrase
from functions.tasks.quick_add.meaning import NOTHING, Contradiction, Meaning, Now, as_said, meaning
from functions.tasks.quick_add.phrases import OF_TIME, SHY, SURE, Clock, End, Kind, Phrase, Repeat
from functions.tasks.quick_add.repeating import end_phrase, repeat_phrase
from functions.tasks.quick_add.times import time_phrase
from functions.tasks.quick_add.titles import standing_by_themselves
from functions.tasks.quick_add.tokens import ABBREVIATIONS, PARTS, QUOTED, SINGLE_QUOTED, Text, Token
from shared.names import name_key

LONGEST = 500
MOST_REMINDERS = 10
BEGINNING = ("from", "starting", "beginning", "starts")
GONE = "\ud800"  # in no text: UTF-8 cannot write it
SERVING = [
    re.compile(r"\ud800+(?:[,;]|\s+[-–—|](?=\s))(?=\s*\ud800)"),  # between two of them  # noqa: RUF001
    re.compile(r"[(\[{]\s*\ud800[\ud800\s]*[)\]}]"),  # (tomorrow)
    re.compile(r"\A\s*\ud800[\ud800\s]*(?:[,;:.]+|[-–—|](?=\s))"),  # tomorrow: …  # noqa: RUF001
    re.compile(r"(?:[,;:]|(?<=\s)[-–—|])\s*\ud800[\ud800\s]*(?=[.!?…]*\s*\Z)"),  # …, tomorrow  # noqa: RUF001
]
HOLE = re.compile(r"\s*\ud800(?:[\ud800\s]*\ud800)?([,;.!?:)\]]?)")
DOTTED = re.compile(r"\d*[ap]\.m|\d\d?\.\d\d?")  # 9 a.m., 24.12.
UNSEEN = ("Cc", "Cf")
SIGNS = set(string.punctuation + string.whitespace + "–—…·•“”‘’«»\ud800")  # noqa: RUF001


class Span(NamedTuple):
    """In characters (code points): `text[start:end]`."""

    start: int
    end: int
    kind: Kind


class Settled(NamedTuple):
    phrases: list[Phrase]
    due: Meaning
    priority: str | None
    reminders: list[dict[str, Any]]


class Reading(NamedTuple):
    title: str
    due: Meaning
    priority: str | None
    hash: list[str]
    tags: list[str]
    reminders: list[dict[str, Any]]
    spans: list[Span]


def read(typed: str, now: Now, month_first: bool = False, literal: Sequence[tuple[int, int]] = ()) -> Reading:
    """`literal`: what was read as something, and shall stay text. `month_first`: 5/4 is in May."""
    text = Text(typed)
    found = settled(standing_by_themselves(text, found_in(text, now.today, month_first)), now)
    if literal and title_of(typed, spans_of(text, found.phrases)):
        found = settled([phrase for phrase in found.phrases if not _overlaps(text, phrase, literal)], now)
    spans = spans_of(text, found.phrases)
    title = title_of(typed, spans)
    if not title:
        return Reading(" ".join(typed.split()), NOTHING, None, [], [], [], [])
    names = {kind: _names(phrase.value for phrase in found.phrases if phrase.kind == kind) for kind in ("hash", "tag")}
    return Reading(title, found.due, found.priority, names["hash"], names["tag"], found.reminders, spans)


def settled(phrases: Sequence[Phrase], now: Now) -> Settled:
    kept = [phrase for phrase in phrases if not _lacks_its_like(phrase, phrases)]
    try:
        due = meaning(kept, now)
    except Contradiction:
        kept, due = [phrase for phrase in kept if phrase.kind not in OF_TIME], NOTHING
    priorities = {phrase.value for phrase in kept if phrase.kind == "priority"}
    if len(priorities) > 1:
        kept = [phrase for phrase in kept if phrase.kind != "priority"]
    said = {phrase: as_said(phrase.value, now, due) for phrase in kept if phrase.kind == "reminder"}
    reminders = [phrase for phrase in said if said[phrase] is not None][:MOST_REMINDERS]
    kept = [phrase for phrase in kept if phrase.kind != "reminder" or phrase in reminders]
    each_once = {str(said[phrase]): reminder for phrase in reminders if (reminder := said[phrase])}
    return Settled(kept, due, priorities.pop() if len(priorities) == 1 else None, list(each_once.values()))


def _lacks_its_like(phrase: Phrase, among: Sequence[Phrase]) -> bool:
    """An end without a repetition, the morning without its friday."""
    if isinstance(phrase.value, End):
        return not any(isinstance(other.value, Repeat) for other in among)
    is_bare = isinstance(phrase.value, Clock) and phrase.value.part and phrase.standing is SHY
    return bool(is_bare) and not any(other.kind == "date" and other.last == phrase.first for other in among)


def _overlaps(text: Text, phrase: Phrase, literal: Sequence[tuple[int, int]]) -> bool:
    first, last = text.tokens[phrase.first].start, text.tokens[phrase.last - 1].end
    return any(start < last and first < end for start, end in literal)


def _names(names: Iterable[str]) -> list[str]:
    """Each once, as it was written first."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name_key(name), name)
    return list(found.values())


def found_in(text: Text, today: date, month_first: bool) -> list[Phrase]:
    phrases: list[Phrase] = []
    at = 0
    is_leading = True  # all before is marked
    while at < len(text):
        before = phrases[-1] if phrases and phrases[-1].last == at else None
        phrase = None
        if text.shouts(at):
            phrase = mark(text, at) or reminder_phrase(text, at, month_first)
        elif text[at]:
            phrase = (
                mark(text, at)
                or (command(text, at) if is_leading else _remind_me_to(text, at, before))
                or repeat_phrase(text, at)
                or end_phrase(text, at, month_first)
                or _part_of_day(text, at, before)
                or _day_or_time(text, at, today, month_first)
            )
        if phrase:
            phrases.append(phrase)
        is_leading = is_leading and phrase is not None and phrase.kind not in OF_TIME
        at = phrase.last if phrase else at + 1
    if not any(isinstance(phrase.value, Repeat) for phrase in phrases):
        phrases = [phrase for phrase in phrases if not _has_gone(text, phrase, today)]
    return _without_half_commands(text, phrases)


def _remind_me_to(text: Text, at: int, before: Phrase | None) -> Phrase | None:
    """Tomorrow remind me to; remind me tomorrow to."""
    if before is None or before.kind not in OF_TIME:
        return None
    if text[at] == "to":
        return Phrase("command", at, at + 1, "to", SURE)
    return command(text, at) if text[at] == "remind" else None


def _without_half_commands(text: Text, phrases: list[Phrase]) -> list[Phrase]:
    kept: list[Phrase] = []
    begun: Phrase | None = None
    for phrase in phrases:
        if phrase.value == "remind me":
            begun = phrase
        elif begun and phrase.value == "to" and phrase.last < len(text):
            kept = sorted([*kept, begun, phrase], key=lambda each: each.first)
            begun = None
        elif phrase.value != "to":
            begun = begun if phrase.kind in OF_TIME else None
            kept.append(phrase)
    return kept


def _part_of_day(text: Text, at: int, before: Phrase | None) -> Phrase | None:
    """Friday morning, tomorrow night."""
    if before is None or before.kind != "date" or text.after(at - 1) != at:
        return None
    if text[at] == "midnight":
        return Phrase("time", at, at + 1, Clock(time(0), "midnight"), SHY)
    if text[at] not in PARTS:
        return None
    return Phrase("time", at, at + 1, Clock(PARTS[text[at]], text[at]), SHY)


def _has_gone(text: Text, phrase: Phrase, today: date) -> bool:
    """What has gone is not when something is due: it is what the text is about."""
    may_have = text[phrase.first] in BEGINNING and callable(phrase.value)
    return may_have and phrase.kind == "date" and phrase.value(today) < today


def _day_or_time(text: Text, at: int, today: date, month_first: bool) -> Phrase | None:
    found = [phrase for phrase in (time_phrase(text, at), date_phrase(text, at, month_first)) if phrase]
    longest = max(found, key=lambda phrase: phrase.last, default=None)
    if longest is None or not callable(longest.value):
        return longest
    day = longest.value(today)
    return longest if day and (day >= today or text[at] in BEGINNING) else None


def spans_of(text: Text, phrases: Sequence[Phrase]) -> list[Span]:
    """Parentheses around them, and a comma that set them apart, belong to them."""
    spans = [Span(text.tokens[each.first].start, _end(text.tokens[each.last - 1]), each.kind) for each in phrases]
    for serving in SERVING:
        holed = _holed(text.text, spans)
        for found in serving.finditer(holed):
            start, end = found.span()
            inside = [number for number, span in enumerate(spans) if start <= span.start and span.end <= end]
            first, last = inside[0], inside[-1]
            spans[first] = spans[first]._replace(start=start + len(found[0]) - len(found[0].lstrip()))
            spans[last] = spans[last]._replace(end=start + len(found[0].rstrip()))
    return spans


def _end(token: Token) -> int:
    is_short = DOTTED.fullmatch(token.word) or token.word in ABBREVIATIONS
    return token.end + bool(is_short and token.tail.startswith("."))


def title_of(text: str, spans: Sequence[Span]) -> str:
    """Empty, if nothing but signs is left."""
    left = HOLE.sub(lambda found: found[1] or " ", _holed(text, spans))
    title = " ".join(left.split())
    if all(sign in SIGNS or category(sign) in UNSEEN for sign in title):
        return ""
    if QUOTED.fullmatch(title) or (not spans and SINGLE_QUOTED.fullmatch(title)):
        return title[1:-1].strip() or title
    return title


def _holed(text: str, spans: Sequence[Span]) -> str:
    for span in spans:
        text = text[: span.start] + GONE * (span.end - span.start) + text[span.end :]
    return text
