"""Read what somebody typed to add a task: the title, and what the words around it say.

Deterministic, and in English. Whatever is not understood, or says two things at once, stays in the title.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from functions.tasks.quick_add.due import NOTHING, Meaning, Now
from functions.tasks.quick_add.finding import found_in
from functions.tasks.quick_add.phrases import Phrase
from functions.tasks.quick_add.settling import settled
from functions.tasks.quick_add.standing import standing_by_themselves
from functions.tasks.quick_add.titles import Span, spans_of, title_of
from functions.tasks.quick_add.tokens import Text
from shared.names import name_key

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Reading:
    title: str
    due: Meaning = NOTHING
    priority: str | None = None
    hash: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    reminders: list[dict[str, Any]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


def read(typed: str, now: Now, month_first: bool = False, literal: Sequence[tuple[int, int]] = ()) -> Reading:
    """`literal`: what was read as something, and shall stay text. `month_first`: 5/4 is in May."""
    text = Text(typed)
    found = settled(standing_by_themselves(text, found_in(text, now.today, month_first)), now)
    if literal and title_of(typed, spans_of(text, found.phrases)):
        found = settled([phrase for phrase in found.phrases if not _overlaps(text, phrase, literal)], now)
    spans = spans_of(text, found.phrases)
    title = title_of(typed, spans)
    if not title:
        return Reading(" ".join(typed.split()))
    names = {kind: _names(phrase.value for phrase in found.phrases if phrase.kind == kind) for kind in ("hash", "tag")}
    return Reading(title, found.due, found.priority, names["hash"], names["tag"], found.reminders, spans)


def _overlaps(text: Text, phrase: Phrase, literal: Sequence[tuple[int, int]]) -> bool:
    first, last = text.tokens[phrase.first].start, text.tokens[phrase.last - 1].end
    return any(start < last and first < end for start, end in literal)


def _names(names: Iterable[str]) -> list[str]:
    """Each once, as it was written first."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name_key(name), name)
    return list(found.values())
