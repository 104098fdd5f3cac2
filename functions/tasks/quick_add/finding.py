"""Every phrase of a text that may mean something, in order."""

from datetime import date

from functions.tasks.quick_add.clock_times import time_phrase
from functions.tasks.quick_add.days import date_phrase
from functions.tasks.quick_add.ends import end_phrase
from functions.tasks.quick_add.marks import command, mark
from functions.tasks.quick_add.phrases import SHY, SURE, Clock, Phrase
from functions.tasks.quick_add.reminders import reminder_phrase
from functions.tasks.quick_add.repeats import repeat_phrase
from functions.tasks.quick_add.tokens import Text
from functions.tasks.quick_add.vocabulary import PARTS

OF_TIME = ("date", "time", "repeat")


def found_in(text: Text, today: date, month_first: bool) -> list[Phrase]:
    phrases: list[Phrase] = []
    at = 0
    is_leading = True  # all before is marked
    while at < len(text):
        before = phrases[-1] if phrases and phrases[-1].last == at else None
        phrase = None
        if text[at]:
            phrase = (
                mark(text, at)
                or reminder_phrase(text, at, month_first)
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
    if before is None or before.kind != "date" or text.after(at - 1) != at or text[at] not in PARTS:
        return None
    return Phrase("time", at, at + 1, Clock(PARTS[text[at]], text[at]), SHY)


def _day_or_time(text: Text, at: int, today: date, month_first: bool) -> Phrase | None:
    found = [phrase for phrase in (time_phrase(text, at), date_phrase(text, at, month_first)) if phrase]
    longest = max(found, key=lambda phrase: phrase.last, default=None)
    is_no_day = longest and callable(longest.value) and longest.value(today) is None
    return None if is_no_day else longest
