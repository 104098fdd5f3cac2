"""What a user makes, changes, deletes and gets back: tasks, lists, tags, filters and comments, all in one way.

Each change says as an event what was before and after, and undo rests on that: nothing else changes their tables.
To be deleted is a field among others, `deleted`, which a document has in here alone and never says to anybody.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, LiteralString, TypeAlias
from uuid import UUID

from shared import db
from shared.changes import Change
from shared.events import EventType
from shared.problems import NotFound

sql = db.queries(__file__, "entities")

Document: TypeAlias = dict[str, Any]  # an entity as answers and events show it
KEPT_BY_ITSELF = {"version", "updated_at"}


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
class Kind:
    """`columns`: what a change may set. `as_row` makes them of a document; of one that `is_floating`, in a zone.

    `derived`: fields that follow from others. `happened`: how a change is called that is not just an `updated`, one of
    `others`. `key`: the column in which no two of one user are the same.
    """

    name: str
    table: LiteralString
    columns: tuple[LiteralString, ...]
    created: EventType
    updated: EventType
    deleted: EventType
    restored: EventType
    as_row: Callable[[Document, str | None], Document]
    is_floating: Callable[[Document], bool] = lambda _: False
    happened: Callable[[Document, Document], EventType | None] = lambda _, __: None
    others: tuple[EventType, ...] = ()
    derived: frozenset[str] = frozenset()
    places: tuple[Place, ...] = ()
    key: LiteralString | None = None

    @property
    def event_types(self) -> tuple[EventType, ...]:
        return (self.created, self.updated, *self.others, self.deleted, self.restored)

    @property
    def is_family(self) -> bool:
        return any(place.of == self.name for place in self.places)


async def find(tx: db.Transaction, kind: Kind, user_id: UUID, id: UUID) -> str:
    """The document of one, as it is passed on."""
    [found] = await tx.each(finding(kind, user_id, id))
    return the_one(found, kind, id)


def finding(kind: Kind, user_id: UUID, id: UUID) -> db.Asked:
    return filled(sql.find, kind), {"user_id": user_id, "id": id}


def the_one(found: list[db.Row], kind: Kind, id: UUID) -> str:
    if not found:
        raise missing(kind, id)
    return str(found[0]["document"])


def missing(kind: Kind, id: UUID) -> NotFound:
    """Somebody else's is, for this user, none at all."""
    return NotFound(f"There is no {kind.name} {id}.")


async def read(tx: db.Transaction, kind: Kind, user_id: UUID, ids: Collection[UUID]) -> dict[UUID, Document]:
    """Those that are there; what is somebody else's is not."""
    rows = await tx.all(filled(sql.read, kind), user_id=user_id, ids=list(ids))
    return {row["id"]: json.loads(row["document"]) for row in rows}


async def read_any(tx: db.Transaction, kind: Kind, user_id: UUID, ids: Collection[UUID]) -> dict[UUID, Document]:
    """Also what was deleted in the last 30 days: `deleted` says which."""
    rows = await tx.all(filled(sql.read_any, kind), user_id=user_id, ids=list(ids))
    return {row["id"]: json.loads(row["document"]) | {"deleted": row["deleted"]} for row in rows}


async def make(tx: Change, kind: Kind, wanted: Mapping[UUID, Document]) -> dict[UUID, str]:
    """Many at once, in one statement. What is made alone is made by `changes.make`."""
    zone = await users_zone(tx) if any(map(kind.is_floating, wanted.values())) else None
    rows = [{"id": str(id)} | kind.as_row(document, zone) for id, document in wanted.items()]
    said = {"wanted": json.dumps(rows), "user_id": tx.caller.user_id, "now": tx.now}
    made = {row["id"]: str(row["document"]) for row in await tx.all(filled(sql.make, kind), **said)}
    for id in wanted:
        tx.emit(kind.created, id, made[id], {})
    return made


async def change(tx: Change, kind: Kind, wanted: Mapping[UUID, tuple[Document, Document]]) -> dict[UUID, str]:
    """Make each what it shall be: for every id what it is now, read in this transaction, and all that it shall be.

    All of it is one statement, so a whole family may be moved, deleted or brought back.
    Returns the documents of those that are different now. Asking for what is so already changes and says nothing.
    """
    if not wanted:
        return {}
    zone = None
    if any(kind.is_floating(after) for _, after in wanted.values()):
        zone = await users_zone(tx)
    rows = [
        {"id": str(id), "version": before["version"], "deleted_at": tx.now.isoformat() if is_deleted(after) else None}
        | kind.as_row(after, zone)
        for id, (before, after) in wanted.items()
    ]
    said = {"wanted": json.dumps(rows), "user_id": tx.caller.user_id, "now": tx.now}
    changed = {row["id"]: str(row["document"]) for row in await tx.all(filled(sql.change, kind), **said)}
    for id, (before, after) in wanted.items():  # in the order they were asked for
        if id in changed:
            was = before | {"deleted": is_deleted(before)}
            now = json.loads(changed[id]) | {"deleted": is_deleted(after)}
            tx.emit(_called(kind, was, now), id, changed[id], differences(was, now))
    return changed


def is_deleted(document: Document) -> bool:
    return bool(document.get("deleted", False))


def differences(was: Document, now: Document) -> dict[str, Any]:
    return {
        name: [value, now[name]] for name, value in was.items() if name not in KEPT_BY_ITSELF and value != now[name]
    }


def _called(kind: Kind, was: Document, now: Document) -> EventType:
    if was["deleted"] != now["deleted"]:
        return kind.deleted if now["deleted"] else kind.restored
    return kind.happened(was, now) or kind.updated


async def users_zone(tx: Change) -> str:
    return str((await tx.one(sql.zone, user_id=tx.caller.user_id))["zone"])


async def delete(tx: Change, kind: Kind, ids: Collection[UUID]) -> dict[UUID, str]:
    """Those of them that are there. They can be restored for 30 days."""
    rows = await tx.all(filled(sql.delete, kind), user_id=tx.caller.user_id, ids=list(ids), now=tx.now)
    documents = {row["id"]: str(row["document"]) for row in rows}
    for id in ids:
        if id in documents:
            tx.emit(kind.deleted, id, documents[id], {"deleted": [False, True]})
    return documents


@cache
def filled(statement: LiteralString, kind: Kind) -> LiteralString:
    own = ", ".join(kind.columns)
    kept, wanted = (", ".join(f"{row}.{column}" for column in kind.columns) for row in ("kept", "wanted"))
    for blank, text in (
        ("{table}", kind.table),
        ("{columns}", own),
        ("{kept_columns}", kept),
        ("{wanted_columns}", wanted),
    ):
        statement = statement.replace(blank, text)
    return statement
