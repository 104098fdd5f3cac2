"""What one condition says, the text between two signs, like `p1`, `due before: friday`, `#Work` or `search: milk`."""

import re
from dataclasses import dataclass, field
from typing import Literal

from shared import words
from shared.filters.faults import Unclear, quoted
from shared.filters.spans import Moment, Span
from shared.filters.times import NoSuchDate, span_of
from shared.filters.tree import (
    OPEN,
    Edge,
    Everything,
    Field,
    Missing,
    Named,
    Node,
    Not,
    Overdue,
    Priority,
    Search,
    Status,
    Within,
    during,
)
from shared.names import name_key

RECURRING = Not(Missing("series"))
REMINDING = Not(Missing("reminders"))

WORDS: dict[str, Node] = {
    "all": Everything(),
    "view all": Everything(),
    "overdue": Overdue(),
    "over due": Overdue(),
    "od": Overdue(),
    "no date": Missing("due"),
    "no due date": Missing("due"),
    "no start": Missing("start"),
    "no start date": Missing("start"),
    "no time": Missing("time"),
    "p1": Priority(("urgent",)),
    "p2": Priority(("high",)),
    "p3": Priority(("medium",)),
    "p4": Priority(("low",)),
    "no priority": Priority(("none",)),
    "no tags": Missing("tags"),
    "no labels": Missing("tags"),
    "subtask": Not(Missing("parent")),
    "no parent": Missing("parent"),
    "recurring": RECURRING,
    "has reminder": REMINDING,
    "has reminders": REMINDING,
    "no reminder": Missing("reminders"),
    "no reminders": Missing("reminders"),
    "open": OPEN,
    "todo": Status(("todo",)),
    "to do": Status(("todo",)),
    "in progress": Status(("in_progress",)),
    "in_progress": Status(("in_progress",)),
    "done": Status(("done",)),
    "completed": Status(("done",)),
    "cancelled": Status(("cancelled",)),
    "canceled": Status(("cancelled",)),
    "any status": Status(("todo", "in_progress", "done", "cancelled")),
}
FIELDS: dict[str, Field] = {
    "due": "due",
    "date": "due",
    "start": "start",
    "created": "created",
    "added": "created",
    "updated": "updated",
    "changed": "updated",
    "completed": "completed",
}
OF_THE_PAST = {"created", "updated", "completed"}
ABOUT = re.compile(rf"({'|'.join(FIELDS)}|search) ?(before|after)? ?: ?")
WITHOUT_COLON = re.compile(rf"((?:{'|'.join(FIELDS)}|search)(?: before| after)?) ([^:]+)")
SUGGESTED = (*WORDS, "today", "tomorrow", "yesterday", "7 days", "next week", "this week", "monday", "tuesday",
             "wednesday", "thursday", "friday", "saturday", "sunday")  # fmt: skip


@dataclass(slots=True)
class Term:
    """What stands between two signs, with each run of spaces as one. What was escaped or quoted is `literal`."""

    text: str = ""
    columns: list[int] = field(default_factory=list)
    literal: set[int] = field(default_factory=set)

    def add(self, character: str, column: int, literal: bool = False) -> None:
        if literal:
            self.literal.add(len(self.text))
        self.text += character
        self.columns.append(column)

    def column(self, at: int = 0) -> int:
        return self.columns[at] if at < len(self.columns) else self.columns[-1] + 1

    def says(self, sign: str, at: int = 0) -> bool:
        return self.text.startswith(sign, at) and at not in self.literal

    def split(self, sign: str, at: int) -> list[str]:
        """The parts behind `at`, between such signs."""
        parts = [""]
        for place in range(at, len(self.text)):
            if self.says(sign, place):
                parts.append("")
            else:
                parts[-1] += self.text[place]
        return parts


def meant_by(term: Term) -> Node:
    if term.says("@"):
        return _named(term, 1, "tag")
    if term.says("#"):
        return _named(term, 2 if term.says("#", 1) else 1, "list")
    said = term.text.lower()
    if found := ABOUT.match(said):
        if found[1] == "search":
            return _search(term, found)
        return _about_time(term, found)
    if said in WORDS:
        return WORDS[said]
    if span := _span(term, 0, said, gone=False, point=False):
        return during("due", span)
    expected = "a condition like today, 7 days, overdue, no date, p1, @tag, #List or search: words"
    if found := WITHOUT_COLON.fullmatch(said):
        raise Unclear(term.column(), _shown(term.text), expected, _short(f"{found[1]}: {found[2]}"))
    raise Unclear(term.column(), _shown(term.text), expected, _nearest(said) or _short(f"search: {term.text}"))


def _named(term: Term, at: int, kind: Literal["list", "tag"]) -> Node:
    while term.says(" ", at):
        at += 1
    if at >= len(term.text):
        raise Unclear(term.column(at), "no name", f"the name of a {kind}, like {term.text[:1]}{kind}")
    parts = [name_key(part) for part in term.split("*", at)]
    if len(parts) == 1:
        return Named(kind, parts[0], wild=False)
    return Named(kind, "%".join(re.sub(r"([\\%_])", r"\\\1", part) for part in parts), wild=True)


def _search(term: Term, found: re.Match[str]) -> Node:
    if found[2]:
        raise Unclear(term.column(), _shown(found[0]), "search: and words", "search: milk")
    said = term.text[found.end() :].strip()
    if not said:
        raise Unclear(term.column(found.end()), "nothing", "words to search for")
    return Search(words.query(said))


def _about_time(term: Term, found: re.Match[str]) -> Node:
    about, side = FIELDS[found[1]], found[2]
    at = found.end()
    phrase = term.text[at:].lower()
    span = _span(term, at, phrase, gone=about in OF_THE_PAST, point=side is not None) if phrase else None
    if span is None:
        what = _shown(term.text[at:]) if phrase else "nothing"
        suggestion = _nearest(phrase)
        raise Unclear(term.column(at), what, "a day like today, 1 May, 2026-05-01, friday or -30 days", suggestion)
    if side == "before":
        return Within(about, None, Edge(span))
    return Within(about, Edge(span, behind=True), None) if side == "after" else during(about, span)


def _span(term: Term, at: int, phrase: str, gone: bool, point: bool) -> Span | None:
    try:
        span = span_of(phrase, gone, point)
    except NoSuchDate as wrong:
        raise Unclear(term.column(at), _shown(phrase), str(wrong)) from None
    return None if isinstance(span, Moment) and not point else span  # nothing is due during a moment


def _nearest(said: str) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(said, SUGGESTED, 1, 0.7)), None) if len(said) <= 30 else None


def _shown(text: str) -> str:
    return quoted(_short(text))


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
