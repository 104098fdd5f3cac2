"""What a filter says, once it is read. Every leaf is true or false of any task, never unknown."""

from dataclasses import dataclass
from typing import Literal, TypeAlias
from uuid import UUID

from shared.filters.spans import Span

Field: TypeAlias = Literal["due", "start", "created", "updated", "completed"]


@dataclass(frozen=True, slots=True)
class Everything:
    pass


@dataclass(frozen=True, slots=True)
class Not:
    part: "Node"


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Status:
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Priority:
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a span begins, or what comes behind it."""

    span: Span
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """From one edge until before another."""

    field: Field
    since: Edge | None
    until: Edge | None


def during(field: Field, span: Span) -> Within:
    return Within(field, Edge(span), Edge(span, behind=True))


@dataclass(frozen=True, slots=True)
class Missing:
    """It has no such date, no time of day, no parent, no tags, no reminders, is of no series."""

    what: Literal["due", "start", "completed", "time", "parent", "tags", "series", "reminders"]


@dataclass(frozen=True, slots=True)
class Overdue:
    pass


@dataclass(frozen=True, slots=True)
class Named:
    """In a list, or with a tag, of this name. `pattern` is as LIKE takes it; without wildcards the name's key."""

    kind: Literal["list", "tag"]
    pattern: str
    wild: bool


@dataclass(frozen=True, slots=True)
class InLists:
    ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Archived:
    """In a list that is."""


@dataclass(frozen=True, slots=True)
class Tagged:
    how: Literal["any", "all"]
    ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class ChildOf:
    id: UUID


@dataclass(frozen=True, slots=True)
class Search:
    """`query`: the words as `shared.words` looks for them; None: there is nothing in them to be found."""

    query: str | None


Node: TypeAlias = (
    Everything
    | Not
    | And
    | Or
    | Status
    | Priority
    | Within
    | Missing
    | Overdue
    | Named
    | InLists
    | Archived
    | Tagged
    | ChildOf
    | Search
)

OPEN = Status(("todo", "in_progress"))
