"""Words about tasks, such as `high-priority work tasks due this week`, as the filter language has them.

Each word is understood, or named as one that is not: nothing is passed over that might have meant something.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from functions.chat.vocabulary import EMPTY, Said, longest
from shared.names import name_key

ONE_OF = {"day", "priority", "status", "list"}  # a task has one: two that are joined by `and` are one or the other
JOINED = ONE_OF | {"bound", "past", "tag"}  # and so are two of these, joined by `or`
TIMES = {"day", "bound", "past"}  # which of them go together, and how, would be a guess
UNSURE = {"either", "words"}  # by which more is found than may have been meant

AND, OR = ("and", "&", ","), "or"
ANEW = {"all", "any", "anything", "everything", "my", "tasks", "things", "todos"}  # behind `and`: others are meant, too
WORD = re.compile(r"[^\s,;:]+")
BETWEEN = re.compile(r"[\s,;:]*(?:['\u2019]s(?= ))?[\s,;:]*")

SEVERAL = re.compile(r"(?:everything|all|every|any|my)\b.*|.*\b(?:tasks|todos)\b.*|overdue", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meant:
    conditions: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()  # words that may mean another thing, or less: enough to find by, and not to change

    @property
    def filter(self) -> str:
        return " & ".join(self.conditions) or "open"


def meant(words: str, names: Mapping[str, str]) -> Meant:
    """`names`: what lists and tags are called, as `name_key` has it, each with its condition."""
    said = name_key(words)
    found: list[Said] = []
    unknown: list[str] = []
    unsure: list[str] = []
    joint, at = "", _next(said, 0)
    while at < len(said):
        word = WORD.match(said, at)
        assert word
        if known := longest(said, at, names):
            found.append(replace(known, joint=joint if found or joint == OR else ""))
            joint, end = "", at + len(known.words)
            if known.kind in UNSURE or known.is_name_too:
                unsure.append(known.words)
        elif word[0] in AND or word[0] == OR:
            joint, end = word[0], word.end()
        elif empty := EMPTY.match(said, at):
            end = empty.end()
            if empty[0] in names:
                unsure.append(empty[0])
            if joint in AND and empty[0] in ANEW:
                joint = f"{joint} {empty[0]}"
        else:
            unknown.append(word[0])
            end = word.end()
        at = _next(said, end)
        if "," in said[end:at] and not joint:
            joint = ","
    conditions, unclear = _together(found)
    if joint not in ("", *AND):
        unclear.append(joint)
    return Meant(tuple(dict.fromkeys(conditions)), (*unknown, *unclear), tuple(unsure))


def _together(said: Sequence[Said]) -> tuple[list[str], list[str]]:
    """The conditions that all have to be so, and the words by which it is not clear how they go together."""
    groups: list[list[Said]] = []
    times = [each for each in said if each.kind in TIMES]
    unclear = [each.words for each in times if each.kind != times[0].kind]
    for each in said:
        are_alike = bool(groups) and groups[-1][-1].kind == each.kind
        if are_alike and each.joint and each.kind in (ONE_OF if each.joint in AND else JOINED):
            groups[-1].append(each)
        else:
            groups.append([each])
            unclear += [each.joint] if each.joint and each.joint not in AND else []
    conditions = [[each.condition for each in group] for group in groups]
    return [each[0] if len(each) == 1 else f"({' | '.join(each)})" for each in conditions], unclear


def is_several(words: str) -> bool:
    """All that is so, rather than the one task that is called so."""
    return SEVERAL.fullmatch(words) is not None


def _next(said: str, at: int) -> int:
    between = BETWEEN.match(said, at)
    assert between
    return between.end()
