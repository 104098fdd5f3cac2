"""What one operation did to each thing, as its events say it, and what stands in the way of taking that back.

One rule: every field that the operation changed has still the value which the operation left. To be deleted is a field
like others; what was made had no field before, so nothing of it may have changed since.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TypeAlias
from uuid import UUID

from typing_extensions import TypedDict

from shared.documents import KEPT_BY_ITSELF, Document, Kind
from shared.kinds import KINDS
from shared.problems import Conflict, Invalid

FOLLOWING = {"reminder.scheduled", "reminder.snoozed"}  # events of what was done to tasks, beside those that say it
KIND_OF = {event_type.name: kind for kind in KINDS.values() for event_type in kind.event_types}
SHOWN = 20  # obstacles; more of them help nobody
LONGEST = 200  # characters of a value that is shown
TOGETHER, HEAVIEST = 500, 4_000_000  # things, and characters of them, that are in memory and in one statement


@dataclass(frozen=True, slots=True)
class Said:
    """An event of the operation. `made`: what came into being with it."""

    type: str
    subject: str
    changes: Mapping[str, Any]
    made: Document | None = None


@dataclass(slots=True)
class Deed:
    """All that the operation did to one thing: of each field what it was, and what the operation left.

    `now`: the thing as it is, without long texts; there may be thousands of them. `weight`: their characters.
    """

    kind: Kind
    id: UUID
    was_made: bool = False
    was: Document = field(default_factory=dict)
    left: Document = field(default_factory=dict)
    now: Document = field(default_factory=dict)
    weight: int = 0
    is_undone: bool = False

    def add(self, said: Said) -> None:
        if said.made is not None:
            self.was_made = True
            fields = {name: [value, value] for name, value in said.made.items()} | {"deleted": [True, False]}
        else:
            fields = dict(said.changes)
        for name in fields.keys() - self.kind.derived - KEPT_BY_ITSELF:
            before, after = fields[name]
            self.was.setdefault(name, before)
            self.left[name] = after

    def look(self, now: Document | None) -> list["Obstacle"]:
        """What stands in the way of undoing it, as it is now."""
        if now is None:
            return [obstacle(self.kind, self.id, {}, "id", str(self.id), None, "was removed for good")]
        self.is_undone = all(now.get(name, value) == value for name, value in self.was.items())
        texts = {name: len(value) for name, value in now.items() if isinstance(value, str)}
        self.weight = sum(texts.values()) + sum(len(value) for value in self.was.values() if isinstance(value, str))
        self.now = {name: value for name, value in now.items() if texts.get(name, 0) <= LONGEST * 5}
        if now["deleted"] != self.left.get("deleted", False):
            return [deletion(self.kind, self.id, now)]
        return [
            obstacle(self.kind, self.id, now, name, left, now[name], f"has another {name} now")
            for name, left in self.left.items()
            if name in now and now[name] != left
        ]

    def undone(self, now: Document) -> Document:
        """What it was, where the operation changed it, and else what it is. A field of former days stays away."""
        return now | {name: value for name, value in self.was.items() if name in now}

    @property
    def wanted(self) -> Document:
        return self.undone(self.now)

    @property
    def goes(self) -> bool:
        return bool(self.wanted["deleted"] and not self.now["deleted"])

    @property
    def comes(self) -> bool:
        return bool(self.now["deleted"] and not self.wanted["deleted"])


Deeds: TypeAlias = dict[str, dict[UUID, Deed]]  # by the name of the kind, in the order in which they are put back


class Obstacle(TypedDict):
    kind: str
    id: str
    name: str  # or title, or how its text begins
    field: str
    left: Any  # by the operation; null: nothing
    now: Any
    message: str


def deeds(events: Iterable[Said]) -> Deeds:
    done: Deeds = {name: {} for name in KINDS}
    for said in events:
        kind = KIND_OF.get(said.type)
        if kind is None and said.type in FOLLOWING:
            continue
        if kind is None:
            raise Invalid(
                f"What was done to tasks, series, lists, tags, filters and comments can be undone; {said.type} cannot."
            )
        id = UUID(said.subject.partition("/")[2])
        done[kind.name].setdefault(id, Deed(kind, id)).add(said)
    return done


def of_all(done: Deeds) -> Iterator[Deed]:
    for of_kind in done.values():
        yield from of_kind.values()


def portions(of_kind: Iterable[Deed]) -> Iterator[list[Deed]]:
    """Some of them at a time. Those above, below and behind each other stay together: they are checked as one."""
    portion: list[Deed] = []
    weight = 0
    for family in families({deed.id: deed for deed in of_kind}):
        more = sum(deed.weight for deed in family)
        if portion and (len(portion) + len(family) > TOGETHER or weight + more > HEAVIEST):
            yield portion
            portion, weight = [], 0
        portion, weight = portion + family, weight + more
    if portion:
        yield portion


def families(deeds: Mapping[UUID, Deed]) -> list[list[Deed]]:
    """Who was or will be in whom, and who follows whom, as far as they are here."""
    above = {id: id for id in deeds}

    def head(id: UUID) -> UUID:
        while above[id] != id:
            above[id] = id = above[above[id]]
        return id

    for deed in deeds.values():
        for place in deed.kind.places:
            if place.of == deed.kind.name:
                for id in chain(place.ids(deed.now), place.ids(deed.wanted)):
                    if id in deeds:
                        above[head(deed.id)] = head(id)
        if deed.kind.follows and (before := deed.now.get(deed.kind.follows)) and UUID(before) in deeds:
            above[head(deed.id)] = head(UUID(before))
    found: dict[UUID, list[Deed]] = {}
    for deed in deeds.values():
        found.setdefault(head(deed.id), []).append(deed)
    return list(found.values())


def obstacle(kind: Kind, id: UUID, shown: Document, name: str, left: Any, now: Any, message: str) -> Obstacle:
    called = _cut(str(shown.get("title") or shown.get("name") or shown.get("text") or ""), 60)
    return {
        "kind": kind.name,
        "id": str(id),
        "name": called,
        "field": name,
        "left": _shown(left),
        "now": _shown(now),
        "message": f"the {kind.name} “{called}” {message}" if called else f"a {kind.name} {message}",
    }


def deletion(kind: Kind, id: UUID, now: Document) -> Obstacle:
    """It is deleted, or it is back: in either case not as the operation left it."""
    gone = now.get("deleted", True)
    return obstacle(kind, id, now, "deleted", not gone, gone, "is deleted now" if gone else "is there again")


def refuse(obstacles: list[Obstacle]) -> None:
    if not obstacles:
        return
    first, others = obstacles[0]["message"], len(obstacles) - 1
    more = f", and {others} more" if others else ""
    raise Conflict(
        f"This cannot be undone any more: {first}{more}. Nothing was changed.",
        obstacles=obstacles[:SHOWN],
        total=len(obstacles),
    )


def _shown(value: Any) -> Any:
    if isinstance(value, str):
        return _cut(value, LONGEST)
    return value if len(json.dumps(value)) <= 50 * LONGEST else None


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
