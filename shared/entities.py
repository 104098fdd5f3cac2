"""What a user makes, changes, deletes and gets back: tasks, lists, tags, filters and comments, all in one way.

Each change says as an event what was before and after. Undo rests on that: what changes elsewhere stays.
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

sql = db.queries(__file__, "entities")

Document: TypeAlias = dict[str, Any]  # an entity as answers and events show it
KEPT_BY_ITSELF = {"version", "updated_at"}


@dataclass(frozen=True, slots=True)
class Kind:
    """`columns`: what a change may set. `as_row` makes them of a document; of one that `is_floating`, in a zone."""

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


async def read(
    tx: db.Transaction, kind: Kind, user_id: UUID, ids: Collection[UUID], deleted: bool = False
) -> dict[UUID, Document]:
    """Those that are there; what is somebody else's is not."""
    rows = await tx.all(filled(sql.read, kind), user_id=user_id, ids=list(ids), deleted=deleted)
    return {row["id"]: json.loads(row["document"]) for row in rows}


async def change(tx: Change, kind: Kind, wanted: Mapping[UUID, tuple[Document, Document]]) -> dict[UUID, str]:
    """Make each what it shall be: for every id what it is now, read in this transaction, and all that it shall be.

    Returns the documents of those that are different now. Asking for what is so already changes and says nothing.
    """
    zone = None
    if any(kind.is_floating(after) for _, after in wanted.values()):
        zone = await users_zone(tx)
    rows = [{"id": str(id)} | kind.as_row(after, zone) for id, (_, after) in wanted.items()]
    said = {"wanted": json.dumps(rows), "user_id": tx.caller.user_id, "now": tx.now}
    changed = {row["id"]: str(row["document"]) for row in await tx.all(filled(sql.change, kind), **said)}
    for id, (before, _) in wanted.items():  # in the order they were asked for
        if id in changed:
            after = json.loads(changed[id])
            differs = {
                name: [value, after[name]]
                for name, value in before.items()
                if name not in KEPT_BY_ITSELF and value != after[name]
            }
            tx.emit(kind.happened(before, after) or kind.updated, id, changed[id], differs)
    return changed


async def users_zone(tx: Change) -> str:
    return str((await tx.one(sql.zone, user_id=tx.caller.user_id))["zone"])


async def delete(tx: Change, kind: Kind, ids: Collection[UUID]) -> dict[UUID, str]:
    return await _bury(tx, kind, sql.delete, ids, kind.deleted, [False, True])


async def restore(tx: Change, kind: Kind, ids: Collection[UUID]) -> dict[UUID, str]:
    return await _bury(tx, kind, sql.restore, ids, kind.restored, [True, False])


async def _bury(
    tx: Change, kind: Kind, statement: LiteralString, ids: Collection[UUID], said: EventType, deleted: list[bool]
) -> dict[UUID, str]:
    rows = await tx.all(filled(statement, kind), user_id=tx.caller.user_id, ids=list(ids), now=tx.now)
    documents = {row["id"]: str(row["document"]) for row in rows}
    for id in ids:
        if id in documents:
            tx.emit(said, id, documents[id], {"deleted": deleted})
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
