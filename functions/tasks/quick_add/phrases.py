"""What is found in a text: phrases that may mean something, and among which words each kind of them does."""

from collections.abc import Callable
from datetime import date, time
from typing import Any, Literal, NamedTuple, TypeAlias

from shared.recurrence.rule import Rule

OF_TIME = ("date", "time", "repeat")
Kind = Literal["command", "date", "time", "repeat", "priority", "hash", "tag", "reminder"]
Day: TypeAlias = Callable[[date], date | None]  # the first such day from this one on, or the one so far from it

# Where a phrase stands: at the start of the text or amid it, and then comes the end, a linking word as "with", a verb
# that begins what is to be done, or any other word.
Standing = frozenset[str]
NOWHERE: Standing = frozenset()  # by itself
SHY: Standing = frozenset({"start end", "amid end", "start verb"})  # "sun", "5th": hardly more than a word
ADVERB: Standing = frozenset({"start end", "amid end", "amid link"})  # "daily": before a noun it belongs to that
PLAIN: Standing = SHY | {"start link", "amid link"}  # "friday"
FIRM: Standing = PLAIN | {"start word"}  # "4 may", "next week"
SURE: Standing = FIRM | {"amid word", "amid verb"}  # "tomorrow", "2026-05-04", "every monday"


class Clock(NamedTuple):
    """A time of day, or a part of one. `vague`: an hour without am or pm, which a part of the day makes definite.
    `today`: as in "tonight".
    """

    at: time
    part: str | None = None
    vague: bool = False
    today: bool = False


class Moment(NamedTuple):
    """So many minutes from now."""

    minutes: int


FoundDay: TypeAlias = tuple[int, Day | Moment, Standing]  # the last word of it, what it says, where it may stand


class Repeat(NamedTuple):
    """Where the rule names no days, they are those of the start."""

    rule: Rule
    from_completion: bool = False
    clock: Clock | None = None


class Until(NamedTuple):
    """`next`: of such days, as fridays, the first behind the beginning is meant; others are so far from today."""

    day: Day
    next: bool = False


class Times(NamedTuple):
    often: int


class Lasting(NamedTuple):
    """For so many days or months from the first one on."""

    days: int = 0
    months: int = 0


End: TypeAlias = Until | Times | Lasting


class Before(NamedTuple):
    """A reminder, so many minutes before."""

    minutes: int


class DaysBefore(NamedTuple):
    days: int
    at: time | None


class At(NamedTuple):
    """A reminder on this day, or else on the day the task is due, or else when it is so late next time."""

    at: time | None
    day: Day | None = None


Reminder: TypeAlias = Before | DaysBefore | At | Moment


class Unclear(NamedTuple):
    """Speaks of time in a way that is not understood; so nothing around it is guessed, either. `alone`: a range, which
    is text like any other where nothing repeats.
    """

    alone: bool = False


class Phrase(NamedTuple):
    """From one token up to another. `numeric`: behind "chapter" it is none. `led`: its first word is "on", say."""

    kind: Kind
    first: int
    last: int
    value: Any
    standing: Standing = PLAIN
    numeric: bool = False
    led: bool = False
    weekday: bool = False
