"""What a user makes, changes, deletes and gets back: tasks, series, lists, tags, filters, comments: all in one way.

Each change says as an event what was before and after, and undo rests on that: nothing else changes their tables.
To be deleted is a field among others, `deleted`, which a document has in here alone and never says to anybody.
"""

import asyncio
import json
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from itertools import chain
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from shared import db
from shared.changes import Asked, Change
from shared.documents import KEPT_BY_ITSELF, Announcement, Document, Kind, Part, columns_of, row_of
from shared.emitted import as_json
from shared.events import EventType
from shared.problems import NotFound

sql = db.queries(__file__, "entities")


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
    [found] = await tx.each(reading(kind, user_id, ids))
    return documents(found)


def reading(kind: Kind, user_id: UUID, ids: Collection[UUID]) -> db.Asked:
    return filled(sql.read, kind), {"user_id": user_id, "ids": list(ids)}


def documents(rows: Iterable[db.Row]) -> dict[UUID, Document]:
    return {row["id"]: json.loads(row["document"]) for row in rows}


async def read_any(tx: db.Transaction, kind: Kind, user_id: UUID, ids: Collection[UUID]) -> dict[UUID, Document]:
    """Also what was deleted in the last 30 days: `deleted` says which."""
    rows = await tx.all(filled(sql.read_any, kind), user_id=user_id, ids=list(ids))
    return {row["id"]: json.loads(row["document"]) | {"deleted": row["deleted"]} for row in rows}


class Told(NamedTuple):
    """How it is called that something is made, where that is not just a `created`, and what is said besides."""

    event_type: EventType
    besides: Mapping[str, Any]


async def make(
    tx: Change,
    kind: Kind,
    wanted: Mapping[UUID, Document],
    told: Mapping[UUID, Told] | None = None,
    is_asked_for: bool = True,
) -> dict[UUID, str]:
    """Many at once, in one statement. What is made alone is made by `making.make`.

    `is_asked_for`: so what they say of moments that have passed is meant.
    """
    zone = await users_zone(tx) if any(map(kind.is_floating, wanted.values())) else None
    rows = [{"id": str(id)} | kind.as_row(document, zone) for id, document in wanted.items()]
    said = {"wanted": json.dumps(rows), "user_id": tx.caller.user_id, "now": tx.now}
    made = {row["id"]: str(row["document"]) for row in await tx.all(filled(sql.make, kind), **said)}
    for id in wanted:
        event_type, besides = (told or {}).get(id) or (kind.created, None)
        tx.emit(event_type, id, made[id], {}, besides)
    if kind.announces:
        new = {id: (None, document) for id, document in wanted.items()}
        announce(tx, await kind.announces(tx, new, is_asked_for))
    return made


async def change(
    tx: Change, kind: Kind, wanted: Mapping[UUID, tuple[Document, Document]], is_all: bool = False
) -> dict[UUID, str]:
    """Make each what it shall be: for every id what it is now, read in this transaction, and all that it shall be.

    All of it is one statement, so a whole family may be moved, deleted or brought back; with `is_all` nothing follows.
    Returns the documents of those that are different now. Asking for what is so already changes and says nothing.
    """
    different = {id: fields for id, (before, after) in wanted.items() if (fields := _different(before, after))}
    if not different:
        return {}
    touched = frozenset(chain.from_iterable(different.values()))
    parts = tuple(part for part in kind.parts if not touched.isdisjoint(part.fields))
    zone = None
    if any(part.in_zone for part in parts) and any(kind.is_floating(wanted[id][1]) for id in different):
        zone = await users_zone(tx)
    rows, asked = [], {}
    for id, fields in different.items():
        before, after = wanted[id]
        deleted_at = tx.now.isoformat() if is_deleted(after) else None
        row = {"id": str(id), "version": before["version"], "deleted_at": deleted_at}
        rows.append(as_json(row | row_of(parts, after, zone)))
        was = {name: before.get(name, False) for name in fields | kind.derived}
        asked[id] = Asked(_called(kind, before, after), as_json(was))
        await asyncio.sleep(0)
    announced = []
    if kind.announces:
        announced = await kind.announces(tx, {id: wanted[id] for id in different}, True)
    statement, is_all = filled(sql.change, kind, parts), is_all and not announced
    changed = await tx.change_each(statement, asked, is_all, wanted=f"[{','.join(rows)}]")
    announce(tx, announced)
    return {row["id"]: str(row["document"]) for row in changed}


def announce(tx: Change, announced: Iterable[Announcement]) -> None:
    for event_type, id, document in announced:
        tx.emit(event_type, id, document, {})


def _different(before: Document, after: Document) -> set[str]:
    fields = {name for name, value in before.items() if name in after and value != after[name]} - KEPT_BY_ITSELF
    return fields | {"deleted"} if is_deleted(before) != is_deleted(after) else fields - {"deleted"}


def is_deleted(document: Document) -> bool:
    return bool(document.get("deleted", False))


def _called(kind: Kind, before: Document, after: Document) -> EventType:
    if is_deleted(before) != is_deleted(after):
        return kind.deleted if is_deleted(after) else kind.restored
    return kind.happened(before, after) or kind.updated


async def users_zone(tx: Change) -> str:
    """Read once: who changes it has to wait for this change, or does nothing else in it."""
    if tx.zone is None:
        [[user]] = await tx.each(asking_zone(tx.caller.user_id))
        tx.zone = str(user["zone"])
    return tx.zone


def asking_zone(user_id: UUID) -> db.Asked:
    return sql.zone, {"user_id": user_id}


async def delete(tx: Change, kind: Kind, ids: Collection[UUID], is_all: bool = False) -> dict[UUID, str]:
    """Those of them that are there. They can be restored for 30 days."""
    deleted = await tx.change_each(filled(sql.delete, kind), dict.fromkeys(ids, Asked(kind.deleted)), is_all)
    return {row["id"]: str(row["document"]) for row in deleted}


@cache
def filled(statement: LiteralString, kind: Kind, parts: tuple[Part, ...] | None = None) -> LiteralString:
    columns = kind.columns if parts is None else columns_of(parts)
    for blank, text in (
        ("{table}", kind.table),
        ("{columns}", ", ".join(columns)),
        ("{new}", "".join(f"{column} = wanted.{column}, " for column in columns)),
        ("{kept}", "".join(f"kept.{column}, " for column in columns)),
        ("{wanted}", "".join(f"wanted.{column}, " for column in columns)),
    ):
        statement = statement.replace(blank, text)
    return statement
