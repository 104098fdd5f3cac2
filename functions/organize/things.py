"""What lists, tags and saved filters have in common: to be read, changed, moved and deleted one at a time."""

import json
from typing import LiteralString
from uuid import UUID

from starlette.responses import Response

from functions.organize.bodies import Move, Patch
from functions.organize.order import moved
from shared import changes, db, entities, versions, web
from shared.callers import Caller
from shared.changes import Change
from shared.entities import Document, Kind
from shared.problems import NotFound

sql = db.queries(__file__, "things")


async def read(kind: Kind, id: UUID, caller: Caller) -> Response:
    async with db.single() as tx:
        return versions.respond(await find(tx, kind, caller, id))


async def patch(kind: Kind, id: UUID, asked: Patch, caller: Caller, if_match: str | None) -> Response:
    async with changes.change(caller) as tx:
        current = await current_one(tx, kind, id, if_match)
        changed = await entities.change(tx, kind, {id: (current, asked.applied_to(current))})
        return versions.respond(changed.get(id) or await find(tx, kind, caller, id))


async def current_one(tx: Change, kind: Kind, id: UUID, if_match: str | None = None) -> Document:
    current: Document = json.loads(await find(tx, kind, tx.caller, id))
    versions.expect(if_match, current, kind.name)
    return current


async def find(tx: db.Transaction, kind: Kind, caller: Caller, id: UUID) -> str:
    row = await tx.first(entities.filled(sql.read, kind), user_id=caller.user_id, id=id)
    if row is None:
        raise missing(kind, id)
    return str(row["document"])


async def move(kind: Kind, order: LiteralString, id: UUID, wanted: Move, caller: Caller) -> Response:
    """`order`: the statement that reads all of them, as they stand."""
    async with changes.change(caller) as tx:
        rows = await tx.all(order, user_id=caller.user_id)
        documents = {row["id"]: row["document"] for row in rows}
        if id not in documents:
            raise missing(kind, id)
        keys = moved([(row["id"], row["position"]) for row in rows], id, wanted)
        now = {each: json.loads(documents[each]) for each in keys}
        documents |= await entities.change(
            tx, kind, {each: (now[each], now[each] | {"position": key}) for each, key in keys.items()}
        )
        answer = tx.answer(200, documents[id], {"etag": versions.etag(json.loads(documents[id])["version"])})
    return web.respond(answer)


def missing(kind: Kind, id: UUID) -> NotFound:
    """Somebody else's is, for this user, none at all."""
    return NotFound(f"There is no {kind.name} {id}.")
