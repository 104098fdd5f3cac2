"""The filter language: `(today | overdue) & #Work & !@waiting & p1`, read once, from left to right.

    & and, | or, ! not, ( ) first this, and a comma between several filters whose tasks come together. Words and names
    are the same in upper and lower case and go on until the next of these signs, so that names may have spaces; a
    backslash, or quotes around a name or what is searched for, take a sign as it is. `*` in a name stands for anything.

Where a filter says nothing about the status of tasks, it is about open ones. It leaves out archived lists, but for
those that it names. Whoever asks with it may say these otherwise.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from shared import words
from shared.filters import LONGEST
from shared.filters.times import Moment, NoSuchDate, Span, span_of
from shared.filters.tree import (
    OPEN,
    And,
    Archived,
    Edge,
    Everything,
    Field,
    Missing,
    Named,
    Node,
    Not,
    Or,
    Overdue,
    Priority,
    Search,
    Status,
    Within,
    during,
)
from shared.names import name_key
from shared.problems import Invalid
from shared.remembered import remembered

DEEPEST = 20  # parentheses in parentheses
MOST_CONDITIONS = 100
MOST_SEARCHES = 10
SIGNS = "&|(),"

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


def parse(text: str, name: str = "filter", *, of_any_status: bool = False, of_any_list: bool = False) -> Node:
    """What the text means, or a refusal that says where it cannot be understood. `name`: the field that holds it.

    `of_any_status`, `of_any_list`: about finished tasks and archived lists, too, though it says nothing of them.
    """
    if len(text) > LONGEST:
        raise refusal(name, LONGEST + 1, "more text", f"at most {LONGEST} characters")
    meant = _parsed(text, of_any_status, of_any_list)
    if isinstance(meant, Fault):
        raise refusal(name, meant.column, meant.found, meant.expected, meant.suggestion)
    return meant


@dataclass(frozen=True)
class Fault:
    column: int
    found: str
    expected: str
    suggestion: str | None = None


def refusal(name: str, column: int, found: str, expected: str, suggestion: str | None = None) -> Invalid:
    detail = f"{name}, column {column}: found {found}, expected {expected}."
    if suggestion:
        detail += f" Did you mean {suggestion!r}?"
    errors = [{"field": name, "message": detail.removeprefix(f"{name}, ")}]
    return Invalid(detail, errors=errors, column=column, found=found, expected=expected, suggestion=suggestion)


class Unclear(Exception):
    def __init__(self, column: int, found: str, expected: str, suggestion: str | None = None) -> None:
        super().__init__(found)
        self.fault = Fault(column, found, expected, suggestion)


@remembered(100_000)
def _parsed(text: str, of_any_status: bool, of_any_list: bool) -> Node | Fault:
    try:
        return Reading(text, of_any_status, of_any_list).whole()
    except Unclear as unclear:
        return unclear.fault


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


class Reading:
    def __init__(self, text: str, of_any_status: bool, of_any_list: bool) -> None:
        self.text, self.at = text, 0
        self.of_any_status, self.of_any_list = of_any_status, of_any_list
        self.conditions = self.searches = 0

    def whole(self) -> Node:
        for at, character in enumerate(self.text):
            if character == "\0" or "\ud800" <= character <= "\udfff":
                raise Unclear(at + 1, "a character that is no text", "letters and signs")
        lists = [self.one_list()]
        while self.takes(","):
            lists.append(self.one_list())
        if self.next():
            raise Unclear(self.at + 1, _quoted(self.next()), "&, |, a comma or the end")
        return either(lists)

    def one_list(self) -> Node:
        said = self.any_of(0)
        parts = [said]
        if not (self.of_any_status or speaks_of_status(said)):
            parts.append(OPEN)
        if not self.of_any_list:
            parts.append(either([Not(Archived()), *lists_named(said)]))
        return both(parts)

    def any_of(self, depth: int) -> Node:
        parts = [self.all_of(depth)]
        while self.takes("|"):
            parts.append(self.all_of(depth))
        return either(parts)

    def all_of(self, depth: int) -> Node:
        parts = [self.single(depth)]
        while self.takes("&"):
            parts.append(self.single(depth))
        return both(parts)

    def single(self, depth: int) -> Node:
        negated = False
        while self.takes("!"):
            negated = not negated
        if self.takes("("):
            if depth == DEEPEST:
                raise Unclear(self.at, "'('", f"at most {DEEPEST} parentheses in one another")
            said = self.any_of(depth + 1)
            if not self.takes(")"):
                raise Unclear(self.at + 1, _quoted(self.next()), "&, | or the closing )")
        else:
            said = self.condition()
        return Not(said) if negated else said

    def condition(self) -> Node:
        begun, said = self.at, leaf(self.term())
        self.conditions += 1
        self.searches += isinstance(said, Search)
        if self.conditions > MOST_CONDITIONS:
            raise Unclear(begun + 1, "one more condition", f"at most {MOST_CONDITIONS}")
        if self.searches > MOST_SEARCHES:
            raise Unclear(begun + 1, "one more search", f"at most {MOST_SEARCHES}")
        return said

    def next(self) -> str:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.text[self.at : self.at + 1]

    def takes(self, sign: str) -> bool:
        if self.next() != sign:
            return False
        self.at += 1
        return True

    def term(self) -> Term:
        if self.next() in ("", *SIGNS):
            raise Unclear(self.at + 1, _quoted(self.next()), "a condition like today, p1, @tag, #List or search: words")
        term, text = Term(), self.text
        while self.at < len(text) and text[self.at] not in SIGNS:
            character = text[self.at]
            if character == "\\" and self.at + 1 < len(text):
                term.add(text[self.at + 1], self.at + 1, literal=True)
                self.at += 2
            elif character == '"' and _may_be_quoted(term) and (end := text.find('"', self.at + 1)) > 0:
                for at in range(self.at + 1, end):
                    term.add(text[at], at + 1, literal=True)
                self.at = end + 1
            else:
                if not character.isspace():
                    term.add(character, self.at + 1)
                elif not term.text.endswith(" "):
                    term.add(" ", self.at + 1)
                self.at += 1
        if term.says(" ", len(term.text) - 1):
            term.text = term.text[:-1]
        return term


def _may_be_quoted(term: Term) -> bool:
    """A name, or what is searched for: where one begins."""
    return term.text.rstrip(" ")[-1:] in ("#", "@", ":")


def _quoted(found: str) -> str:
    return f"'{found}'" if found else "the end"


def both(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def either(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def speaks_of_status(node: Node) -> bool:
    said = leaves(node)
    return any(isinstance(each, Status) or (isinstance(each, Within) and each.field == "completed") for each in said)


def lists_named(node: Node) -> list[Node]:
    return [each for each in dict.fromkeys(leaves(node)) if isinstance(each, Named) and each.kind == "list"]


def leaves(node: Node) -> Iterator[Node]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield node


def leaf(term: Term) -> Node:
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
    return _quoted(_short(text))


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
