"""The orders of a list: several keys, each up or down, and a task's id behind them, so that no two are level.

What has no date comes last in both directions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from uuid import UUID

from shared.documents import Document
from shared.problems import Invalid

PRIORITIES = "none low medium high urgent"


@dataclass(frozen=True, slots=True)
class Column:
    """Something of a task that is compared, where its document has it, and how a cursor's value of it is read.

    `given`: how such a value becomes what is compared. What is missing is `last`, or behind the others going up.
    """

    sql: str
    of: Callable[[Document], str | None]
    read: Callable[[str], object]
    given: str = "{}"
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    column: Column
    down: bool

    @property
    def written(self) -> str:
        """NULLS only where there are any: it has to read as the index does."""
        last = self.column.missing == "last" or not self.down
        nulls = f" NULLS {'LAST' if last else 'FIRST'}" if self.column.missing else ""
        return f"{' DESC' if self.down else ''}{nulls}"


def instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("an instant has an offset")
    return found


def of(name: str) -> Callable[[Document], str | None]:
    return lambda task: task[name]


def rank(text: str) -> int:
    """Where it stands among the others, which the server finds out in half the time of a CASE."""
    return PRIORITIES.index(text) + 1


KEYS: dict[str, tuple[Column, ...]] = {
    "priority": (Column(f"strpos('{PRIORITIES}', priority)", of("priority"), rank),),
    "due": (
        Column("due_on", lambda task: task["due"] and task["due"][:10], date.fromisoformat, missing="last"),
        # Of one day, what has a time comes before what has all of it.
        Column("due_time", lambda task: (task["due"] or "")[11:] or None, time.fromisoformat, missing="behind"),
    ),
    "start": (Column("start_on", of("start"), date.fromisoformat, missing="last"),),
    "created": (Column("created_at", of("created_at"), instant),),
    "updated": (Column("updated_at", of("updated_at"), instant),),
    "completed": (Column("completed_at", of("completed_at"), instant, missing="last"),),
    "title": (Column("title_key", of("title"), str, given="title_key({})"),),
    "manual": (Column("position", of("position"), str),),
}  # fmt: skip
ID = Column("id", of("id"), UUID)


@lru_cache(maxsize=1000)
def steps_of(sort: str) -> tuple[Step, ...]:
    steps: list[Step] = []
    named = sort.split(",")
    for key in named:
        name = key.removeprefix("-")
        if name not in KEYS or [each.removeprefix("-") for each in named].count(name) > 1:
            keys = ", ".join(KEYS)
            raise Invalid.at("sort", f"some of {keys}, each once, with commas; one with - before it goes down.")
        steps += [Step(column, key.startswith("-")) for column in KEYS[name]]
    return (*steps, Step(ID, steps[0].down))


def behind(steps: Sequence[Step], place: Sequence[object]) -> tuple[str, dict[str, object]]:
    """The condition on what comes after a place in this order."""
    values = {f"after{number}": value for number, value in enumerate(place)}
    given = [step.column.given.format(f"%({name})s") for step, name in zip(steps, values, strict=True)]
    if len({step.down for step in steps}) == 1 and not any(step.column.missing for step in steps):
        columns, sign = ", ".join(step.column.sql for step in steps), "<" if steps[0].down else ">"
        return f"({columns}) {sign} ({', '.join(given)})", values
    text = "false"
    for step, value, name in reversed([*zip(steps, place, given, strict=True)]):
        text = _behind(step, value is None, name, text)
    return text, {name: value for name, value in values.items() if value is not None}


def _behind(step: Step, is_missing: bool, given: str, of_the_same: str) -> str:
    sql, ends = step.column.sql, step.column.missing == "last" or not step.down  # where what is missing stands
    if is_missing:
        later = [] if ends else [f"{sql} IS NOT NULL"]
        same = f"{sql} IS NULL"
    else:
        later = [f"{sql} {'<' if step.down else '>'} {given}"]
        later += [f"{sql} IS NULL"] if ends and step.column.missing else []
        same = f"{sql} = {given}"
    return f"({' OR '.join([*later, f'{same} AND {of_the_same}'])})"
