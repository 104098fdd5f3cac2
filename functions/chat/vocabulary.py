"""Which words say what of tasks: a table of them, and what somebody's lists and tags are called."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from shared.names import name_key

WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
DAYS = (
    rf"(?:today|tomorrow|yesterday|(?:this|next|last) (?:week|month|year)|(?:this |next |last )?{WEEKDAY}"
    rf"|(?:next|last) \d{{1,3}} (?:days|weeks|months)|\d{{4}}-\d\d-\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}(?: \d{{4}})?|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?: \d{{4}})?)"
)
WHEN = rf"(?:on |in |during |for )?(?:the )?({DAYS})"

Kind: TypeAlias = Literal["day", "bound", "past", "priority", "status", "list", "tag", "either", "words", "trait"]

PHRASES: tuple[tuple[Kind, str, str], ...] = (
    ("day", rf"(?:due )?{WHEN}", "{}"),
    ("day", r"overdue|over due|past due|late", "overdue"),
    ("day", r"(?:with no|without|with out|no)(?: a| any)?(?: due)? dates?|undated", "no date"),
    ("bound", rf"(?:due )?before (?:the )?({DAYS})", "due before: {}"),
    ("bound", rf"(?:due )?after (?:the )?({DAYS})", "due after: {}"),
    ("bound", rf"(?:due )?(?:by|until) (?:the )?({DAYS})", "(due before: {0} | {0})"),
    (
        "past",
        rf"(?:did i (?:complete|finish|do)|(?:have i )?(?:completed|finished|done)) {WHEN}",
        "completed: {}",
    ),
    ("past", rf"(?:created|added) {WHEN}", "created: {}"),
    ("priority", r"urgent(?:[ -]priority)?|p1", "p1"),
    ("priority", r"(?:of |with )?high(?:[ -]priority)?|p2", "p2"),
    ("priority", r"(?:of |with )?medium(?:[ -]priority)?|p3", "p3"),
    ("priority", r"(?:of |with )?low(?:[ -]priority)?|p4", "p4"),
    ("priority", r"(?:with no|without|no) priority", "no priority"),
    ("trait", r"recurring|repeating", "recurring"),
    ("trait", r"with(?: a)? reminders?", "has reminder"),
    ("status", r"in progress|started", "in progress"),
    ("status", r"done|completed|finished", "done"),
    ("status", r"cancell?ed", "cancelled"),
    ("status", r"open|unfinished", "open"),
    ("words", r"(?:about|containing|mentioning) (.+)", "search: {}"),
)
TABLE = [(kind, re.compile(pattern), meaning) for kind, pattern, meaning in PHRASES]
EMPTY = re.compile(
    r"(?:a|all|an|any|anything|are|at|do|due|everything|for|from|get|give|have|i|in|is|list|listed|me|my|of|on(?=.)|ones"
    r"|that|the|their|there|things?|tag|tagged|tasks?|to(?= do\b)|todos?|was|were|what|which|with)(?=[\s,;:]|$)"
)
SPECIAL = re.compile(r'([\\&|!(),*"])')
KIND_OF: dict[str, Kind] = {"#": "list", "@": "tag", "(": "either"}


@dataclass(frozen=True, slots=True)
class Said:
    """One condition, and the words by which it is joined to the one before."""

    kind: Kind
    words: str
    condition: str
    joint: str = ""
    is_name_too: bool = False


def longest(said: str, at: int, names: Mapping[str, str]) -> Said | None:
    """What says the most of what begins here; of two that say as much, a name comes last."""
    best: Said | None = None
    empty = EMPTY.match(said, at)
    end = empty.end() if empty else at
    for kind, pattern, meaning in TABLE:
        if (found := pattern.match(said, at)) and found.end() > end and _ends(said, found.end()):
            end = found.end()
            best = Said(kind, found[0], meaning.format(*map(written, found.groups())))
    for name, condition in names.items():
        if said.startswith(name, at) and _ends(said, at + len(name)):
            if at + len(name) > end:
                end = at + len(name)
                best = Said(KIND_OF[condition[0]], name, condition)
            elif at + len(name) == end and best:
                best = replace(best, is_name_too=True)
    return best


def _ends(said: str, at: int) -> bool:
    return at == len(said) or not (said[at].isalnum() or said[at] in "-_")


def written(text: str) -> str:
    """As the filter language takes it, whatever signs are in it."""
    return SPECIAL.sub(r"\\\1", text)


def search(words: str) -> str:
    return f"search: {written(words)}"


def named(lists: Iterable[str], tags: Iterable[str]) -> dict[str, str]:
    """What is called so, with its sign or without: list or tag, and without a sign both, if there are both."""
    signed = {f"{sign}{name_key(name)}": f"{sign}{written(name)}"
              for sign, names in (("#", lists), ("@", tags)) for name in names}  # fmt: skip
    plain: dict[str, list[str]] = {}
    for key, condition in signed.items():
        plain.setdefault(key[1:], []).append(condition)
    return signed | {key: each[0] if len(each) == 1 else f"({' | '.join(each)})" for key, each in plain.items()}
