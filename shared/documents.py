"""Documents, and the kinds of things that they show: what rows they make, what is in what, how a change is called."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, LiteralString, NamedTuple, TypeAlias
from uuid import UUID

from shared.changes import Change
from shared.events import EventType

Document: TypeAlias = dict[str, Any]  # an entity as answers and events show it
KEPT_BY_ITSELF = {"version", "updated_at"}


class Announcement(NamedTuple):
    """What else is said, of one of the things that change."""

    event_type: EventType
    id: UUID
    document: str


Pair: TypeAlias = tuple[Document | None, Document]  # a thing as it was, if it was, and as it shall be
Announcing: TypeAlias = Callable[[Change, Mapping[UUID, Pair], bool], Awaitable[list[Announcement]]]


@dataclass(frozen=True, slots=True)
class Place:
    """What a kind of things is in, part of or marked with: `field` holds one id or several, of things `of` a kind.

    Nothing that is there is in what is deleted, but what is `unseen` then. `misfit` names the field of the outer one
    that keeps the inner one from being in it; it looks at those which it `minds`, in both.
    """

    field: str
    column: LiteralString
    of: str
    several: bool = False
    unseen: bool = False
    minds: frozenset[str] = frozenset()
    misfit: Callable[[Document, Document], str | None] = lambda _, __: None

    def ids(self, document: Document) -> list[UUID]:
        held = document[self.field]
        return [UUID(id) for id in (held if self.several else [held]) if id is not None]


@dataclass(frozen=True, slots=True)
class Part:
    """Columns that follow from some fields of a document, and from nothing else but where its user is, if `in_zone`.

    A change writes the parts that it touches: few, for each combination of them is a statement of its own.
    """

    fields: frozenset[str]
    columns: tuple[LiteralString, ...]
    row: Callable[[Document, str | None], Document]
    in_zone: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """`parts`: all that a change may set. Of a document that `is_floating` some follow from the zone.

    `derived`: fields that follow from others. `happened`: how a change is called that is not just an `updated`, one of
    `others`. `follows`: the field that names another one of its kind, with which it changes at once.
    `key`: the column in which no two of one user are the same. `announces`: says with the change what else will happen
    because of what it was and is: None before it was made.
    """

    name: str
    table: LiteralString
    parts: tuple[Part, ...]
    created: EventType
    updated: EventType
    deleted: EventType
    restored: EventType
    is_floating: Callable[[Document], bool] = lambda _: False
    happened: Callable[[Document, Document], EventType | None] = lambda _, __: None
    others: tuple[EventType, ...] = ()
    derived: frozenset[str] = frozenset()
    places: tuple[Place, ...] = ()
    follows: str | None = None
    key: LiteralString | None = None
    announces: Announcing | None = None

    @property
    def event_types(self) -> tuple[EventType, ...]:
        return (self.created, self.updated, *self.others, self.deleted, self.restored)

    @property
    def columns(self) -> tuple[LiteralString, ...]:
        return columns_of(self.parts)

    def as_row(self, document: Document, users_zone: str | None) -> Document:
        return row_of(self.parts, document, users_zone)

    @property
    def is_family(self) -> bool:
        return any(place.of == self.name for place in self.places)


def columns_of(parts: Iterable[Part]) -> tuple[LiteralString, ...]:
    return tuple(chain.from_iterable(part.columns for part in parts))


def row_of(parts: Iterable[Part], document: Document, users_zone: str | None) -> Document:
    row: Document = {}
    for part in parts:
        row |= part.row(document, users_zone)
    return row
