"""What is marked: #home, @phone, !high, p1, !30 min before; and "remind me to", which says only that it is a task."""

import re
from datetime import time
from unicodedata import category

from functions.tasks.quick_add.dates import day
from functions.tasks.quick_add.days import counted, minutes
from functions.tasks.quick_add.phrases import FIRM, PLAIN, SURE, At, Before, Clock, DaysBefore, Moment, Phrase, Reminder
from functions.tasks.quick_add.times import clock, part_of_day
from functions.tasks.quick_add.tokens import PARTS, Text, counted_unit
from shared.names import name_key

PRIORITIES = {"p1": "urgent", "p2": "high", "p3": "medium", "p4": "low"}
SHOUTED = {"urgent": "urgent", "high": "high", "medium": "medium", "low": "low"} | PRIORITIES
NAME = re.compile(r'[#@](?:"([^"]+)"|([^\W\d_][\w-]*))')
LONGEST_NAME, LONGEST_KEY = 100, 400  # some signs stand for a whole sentence
COMMANDS = [
    words.split()
    for words in ("remind me to", "add a new task", "add new task", "add a task", "add task", "create a new task",
                  "create new task", "create a task", "create task", "new task", "new todo", "todo", "to-do", "add")
]  # fmt: skip  # the longer ones first
NO_COMMAND_BEFORE = {
    *("up", "to", "on", "in", "and", "or", "&", "force", "list", "lists", "manager", "management", "app", "tracker"),
    *("board", "is", "are", "has"),
}
BEFORE = ("before", "early", "earlier", "prior", "ahead")
SHORT = {"m": 1, "h": 60}
DAYS = {"d": 1, "day": 1, "days": 1, "w": 7, "week": 7, "weeks": 7}


def mark(text: Text, at: int) -> Phrase | None:
    word = text[at]
    if word[0] in "#@" and len(word) > 1:
        name = _name(text.as_written(at))
        return Phrase("hash" if word[0] == "#" else "tag", at, at + 1, name, SURE) if name else None
    if text.shouts(at) and text[at + 1] in SHOUTED:
        return Phrase("priority", at, at + 2, SHOUTED[text[at + 1]], SURE)
    if word in PRIORITIES:
        standing = FIRM if text.as_written(at).islower() else PLAIN
        return Phrase("priority", at, at + 1, PRIORITIES[word], standing, numeric=True)
    return None


def _name(written: str) -> str | None:
    """That a list or a tag may have."""
    found = NAME.fullmatch(written)
    name = " ".join((found[1] or found[2]).split()) if found else ""
    is_seen = any(map(str.isalnum, name)) and all(category(sign) != "Cc" for sign in name)
    return name if is_seen and len(name) <= LONGEST_NAME and len(name_key(name)) <= LONGEST_KEY else None


def command(text: Text, at: int) -> Phrase | None:
    """It begins something else than itself: "add" alone is a title, and so is "add up the bills"."""
    if text.words[at : at + 2] == ["remind", "me"] and text[at + 2] != "to":
        return Phrase("command", at, at + 2, "remind me", SURE)  # and a day, and then "to"
    for words in COMMANDS:
        last = at + len(words) - 1
        if text.words[at : last + 1] == words and not any(token.tail for token in text.tokens[at:last]):
            is_one = last + 1 < len(text) and text[last + 1] not in NO_COMMAND_BEFORE
            return Phrase("command", at, last + 1, None, SURE) if is_one else None
    return None


def reminder_phrase(text: Text, at: int, month_first: bool) -> Phrase | None:
    """Behind the ! that is here."""
    found = _before(text, at + 1) or _absolute(text, at + 1, month_first)
    return Phrase("reminder", at, found[0] + 1, found[1], SURE) if found else None


def _before(text: Text, at: int) -> tuple[int, Reminder] | None:
    at = text.skip(at, "the")
    if text[at] in ("night", "evening", "day") and text[text.after(at)] == "before":
        part = PARTS.get(text[at])
        last, chosen = _at(text, text.after(at), part)
        return last, DaysBefore(1, chosen)
    if text[at] == "on" and text[text.skip(text.after(at), "the")] == "day":
        last, chosen = _at(text, text.skip(text.after(at), "the"), None)
        return (last, DaysBefore(0, chosen)) if chosen else None
    if text[at] == "half" and text[hour := text.skip(text.after(at), "a", "an")] == "hour":
        return _behind(text, hour), Before(30)
    last, count, unit = counted_unit(text, at)
    if count and unit in DAYS:
        last, chosen = _at(text, _behind(text, last), None)
        return (last, DaysBefore(count * DAYS[unit], chosen)) if text[last] != "after" else None
    found = minutes(text, at) or ((last, count * SHORT[unit]) if count and unit in SHORT else None)
    if found is None:
        return None
    last, total = found
    if total % 60 == 0 and (more := minutes(text, text.skip(text.after(last), "and"), is_rest=True)):
        last, total = more[0], total + more[1]
    if text[text.after(last)] == "after":
        return text.after(last), Before(-total)
    return _behind(text, last), Before(total)


def _behind(text: Text, last: int) -> int:
    following = text.after(last)
    return following if text[following] in BEFORE else last


def _at(text: Text, last: int, part: time | None) -> tuple[int, time | None]:
    following = text.after(last)
    led = text[following] in ("at", "@")
    found = clock(text, text.after(following) if led else following, bare=led)
    return (found[0], found[1].at) if found else (last, part)


def _absolute(text: Text, at: int, month_first: bool) -> tuple[int, Reminder] | None:
    if (moment := counted(text, at)) and isinstance(moment[1], Moment):
        return moment[0], moment[1]
    first = _time(text, at)
    day_at = text.skip(text.after(first[0]) if first else at, "on")
    found = day(text, day_at, month_first, led=True)
    if found is None or isinstance(found[1], Moment):
        return (first[0], At(first[1].at)) if first else None
    if first:
        return found[0], At(first[1].at, found[1])
    behind = _time(text, text.after(found[0]))
    if behind is None and text[part := text.after(found[0])] in PARTS:
        return part, At(PARTS[text[part]], found[1])
    return (behind[0], At(behind[1].at, found[1])) if behind else (found[0], At(None, found[1]))


def _time(text: Text, at: int) -> tuple[int, Clock] | None:
    led = text[at] in ("at", "@")
    begin = text.after(at) if led else at
    return clock(text, begin, bare=led) or part_of_day(text, begin, led)
