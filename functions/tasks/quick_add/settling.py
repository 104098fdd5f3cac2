"""What the phrases of a text come to. Those that contradict each other, or lack what they speak of, are text again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from functions.tasks.quick_add.due import NOTHING, Contradiction, Meaning, Now
from functions.tasks.quick_add.finding import OF_TIME
from functions.tasks.quick_add.meaning import meaning
from functions.tasks.quick_add.phrases import SHY, Clock, Lasting, Phrase, Repeat, Times, Until
from functions.tasks.quick_add.reminders import as_said

MOST_REMINDERS = 10


@dataclass(frozen=True, slots=True)
class Settled:
    phrases: list[Phrase]
    due: Meaning
    priority: str | None
    reminders: list[dict[str, Any]]


def settled(phrases: Sequence[Phrase], now: Now) -> Settled:
    kept = [phrase for phrase in phrases if not _lacks_its_like(phrase, phrases)]
    try:
        due = meaning(kept, now)
    except Contradiction:
        kept, due = [phrase for phrase in kept if phrase.kind not in OF_TIME], NOTHING
    priorities = {phrase.value for phrase in kept if phrase.kind == "priority"}
    if len(priorities) > 1:
        kept = [phrase for phrase in kept if phrase.kind != "priority"]
    said = {phrase: as_said(phrase.value, now, due) for phrase in kept if phrase.kind == "reminder"}
    reminders = [phrase for phrase in said if said[phrase] is not None][:MOST_REMINDERS]
    kept = [phrase for phrase in kept if phrase.kind != "reminder" or phrase in reminders]
    each_once = {str(said[phrase]): reminder for phrase in reminders if (reminder := said[phrase])}
    return Settled(kept, due, priorities.pop() if len(priorities) == 1 else None, list(each_once.values()))


def _lacks_its_like(phrase: Phrase, among: Sequence[Phrase]) -> bool:
    """An end without a repetition, the morning without its friday."""
    if isinstance(phrase.value, Until | Times | Lasting):
        return not any(isinstance(other.value, Repeat) for other in among)
    is_bare = isinstance(phrase.value, Clock) and phrase.value.part and phrase.standing is SHY
    return bool(is_bare) and not any(other.kind == "date" and other.last == phrase.first for other in among)
