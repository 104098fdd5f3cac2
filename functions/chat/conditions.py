"""Words about tasks, such as `high-priority work tasks due this week`, as the filter language has them.

Each word is understood, or named as one that is not: nothing is passed over that might have meant something.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shared.names import name_key

WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
DAYS = (
    rf"(?:today|tomorrow|yesterday|(?:this|next|last) (?:week|month|year)|(?:this |next |last )?{WEEKDAY}"
    rf"|(?:next|last) \d{{1,3}} (?:days|weeks|months)|\d{{4}}-\d\d-\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}(?: \d{{4}})?|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?: \d{{4}})?)"
)
WHEN = rf"(?:on |in |during |for )?(?:the )?({DAYS})"

# What is a date may be one or the other, as in `overdue and due today`; all else has to be so together.
DATES = (
    (rf"(?:due )?before (?:the )?({DAYS})", "due before: {}"),
    (rf"(?:due )?after (?:the )?({DAYS})", "due after: {}"),
    (rf"(?:due )?(?:by|until) (?:the )?({DAYS})", "(due before: {0} | {0})"),
    (rf"(?:due )?{WHEN}", "{}"),
    (r"overdue|over due|past due|late", "overdue"),
    (r"(?:with no|without|with out|no)(?: a| any)?(?: due)? dates?|undated", "no date"),
)
OTHERS = (
    (rf"(?:did i (?:complete|finish|do)|(?:have i )?(?:completed|finished|done)) {WHEN}", "completed: {}"),
    (rf"(?:created|added) {WHEN}", "created: {}"),
    (r"urgent(?:[ -]priority)?|p1", "p1"),
    (r"(?:of |with )?high(?:[ -]priority)?|p2", "p2"),
    (r"(?:of |with )?medium(?:[ -]priority)?|p3", "p3"),
    (r"(?:of |with )?low(?:[ -]priority)?|p4", "p4"),
    (r"(?:with no|without|no) priority", "no priority"),
    (r"recurring|repeating", "recurring"),
    (r"with(?: a)? reminders?", "has reminder"),
    (r"in progress|started", "in progress"),
    (r"done|completed|finished", "done"),
    (r"cancell?ed", "cancelled"),
    (r"open|unfinished", "open"),
    (r"(?:about|containing|mentioning) (.+)", "search: {}"),
)
TABLE = [(re.compile(pattern), meaning, True) for pattern, meaning in DATES]
TABLE += [(re.compile(pattern), meaning, False) for pattern, meaning in OTHERS]
EMPTY = re.compile(
    r"&|a|all|an|and|any|anything|are|at|do|due|everything|for|from|get|give|have|i|in|is|list|listed|me|my|of|on|ones|or"
    r"|that|the|their|there|things?|tag|tagged|tasks?|to|todos?|was|were|what|which|with"
)
WORD = re.compile(r"[^\s,;:]+")
BETWEEN = re.compile(r"[\s,;:]*(?:['\u2019]s(?= ))?[\s,;:]*")
SPECIAL = re.compile(r'([\\&|!(),*"])')


SEVERAL = re.compile(r"(?:everything|all|every|any|my)\b.*|.*\b(?:tasks|todos)\b.*|overdue", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meant:
    conditions: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    @property
    def filter(self) -> str:
        return " & ".join(self.conditions) or "open"


def meant(words: str, names: Mapping[str, str]) -> Meant:
    """`names`: what lists and tags are called, as `name_key` has it, each with its condition."""
    said = name_key(words)
    dates: list[str] = []
    others: list[str] = []
    unknown: list[str] = []
    is_either, at = False, BETWEEN.match(said).end()  # type: ignore[union-attr]
    while at < len(said):
        end, condition, is_date = _longest(said, at, names)
        word = WORD.match(said, at)
        assert word
        if condition:
            (dates if is_date else others).append(condition)
        elif EMPTY.fullmatch(word[0]):
            is_either, end = is_either or word[0] == "or", word.end()
        else:
            unknown.append(word[0])
            end = word.end()
        at = BETWEEN.match(said, end).end()  # type: ignore[union-attr]
    if is_either and (others or len(dates) < 2):
        unknown.append("or")
    either = [f"({' | '.join(dates)})"] if len(dates) > 1 else dates
    return Meant(tuple(dict.fromkeys([*others, *either])), tuple(unknown))


def is_several(words: str) -> bool:
    """All that is so, rather than the one task that is called so."""
    return SEVERAL.fullmatch(words) is not None


def _longest(said: str, at: int, names: Mapping[str, str]) -> tuple[int, str, bool]:
    """What says the most of what begins here; of two that say as much, a name comes last."""
    best = (at, "", False)
    for pattern, meaning, is_date in TABLE:
        if (found := pattern.match(said, at)) and _ends(said, found.end()) and found.end() > best[0]:
            best = (found.end(), meaning.format(*map(written, found.groups())), is_date)
    for name, condition in names.items():
        begun = at + (said[at] in "#@")
        end = begun + len(name)
        if said.startswith(name, begun) and _ends(said, end) and end > best[0]:
            best = (end, condition, False)
    return best


def _ends(said: str, at: int) -> bool:
    return at == len(said) or not (said[at].isalnum() or said[at] in "-_")


def written(text: str) -> str:
    """As the filter language takes it, whatever signs are in it."""
    return SPECIAL.sub(r"\\\1", text)


def search(words: str) -> str:
    return f"search: {written(words)}"


def named(lists: Iterable[str], tags: Iterable[str]) -> dict[str, str]:
    """What is called so, list or tag; both, if there are both."""
    found: dict[str, list[str]] = {}
    for sign, names in (("#", lists), ("@", tags)):
        for name in names:
            found.setdefault(name_key(name), []).append(f"{sign}{written(name)}")
    return {key: each[0] if len(each) == 1 else f"({' | '.join(each)})" for key, each in found.items()}
