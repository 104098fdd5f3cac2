"""The filter language: `(today | overdue) & #Work & !@waiting & p1`, read once, from left to right.

    & and, | or, ! not, ( ) first this, and a comma between several filters whose tasks come together. Words and names
    are the same in upper and lower case and go on until the next of these signs, so that names may have spaces; a
    backslash, or quotes around a name or what is searched for, take a sign as it is. `*` in a name stands for anything.

Where a filter says nothing about the status of tasks, it is about open ones. It leaves out archived lists, but for
those that it names. Whoever asks with it may say these otherwise.
"""

from collections.abc import Iterator

from shared.filters import LONGEST
from shared.filters.faults import Fault, Unclear, quoted, refusal
from shared.filters.terms import Term, meant_by
from shared.filters.tree import OPEN, And, Archived, Named, Node, Not, Or, Search, Status, Within
from shared.remembered import remembered

DEEPEST = 20  # parentheses in parentheses
MOST_CONDITIONS = 100
MOST_SEARCHES = 10
SIGNS = "&|(),"


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


@remembered(100_000)
def _parsed(text: str, of_any_status: bool, of_any_list: bool) -> Node | Fault:
    try:
        return Reading(text, of_any_status, of_any_list).whole()
    except Unclear as unclear:
        return unclear.fault


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
            raise Unclear(self.at + 1, quoted(self.next()), "&, |, a comma or the end")
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
                raise Unclear(self.at + 1, quoted(self.next()), "&, | or the closing )")
        else:
            said = self.condition()
        return Not(said) if negated else said

    def condition(self) -> Node:
        begun, said = self.at, meant_by(self.term())
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
            raise Unclear(self.at + 1, quoted(self.next()), "a condition like today, p1, @tag, #List or search: words")
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
