"""What lists, tags and saved filters have in common: to be read, changed, moved and deleted one at a time."""

import json
from typing import LiteralString
from uuid import UUID

from starlette.responses import Response

from functions.organize.bodies import Move, Patch
from functions.organize.order import moved
from shared import changes, db, entities, versions, web
from shared.callers import Caller
from shared.entities import Kind


async def read(kind: Kind, id: UUID, caller: Caller) -> Response:
    async with db.single() as tx:
        return versions.respond(await entities.find(tx, kind, caller.user_id, id))


async def patch(kind: Kind, id: UUID, asked: Patch, caller: Caller, if_match: str | None) -> Response:
    async with changes.change(caller) as tx:
        current = await versions.current(tx, kind, caller.user_id, id, if_match)
        changed = await entities.change(tx, kind, {id: (current, asked.applied_to(current))})
        return versions.respond(changed.get(id) or json.dumps(current, ensure_ascii=False))


async def move(kind: Kind, order: LiteralString, id: UUID, wanted: Move, caller: Caller) -> Response:
    """`order`: the statement that reads all of them, as they stand."""
    async with changes.change(caller) as tx:
        rows = await tx.all(order, user_id=caller.user_id)
        documents = {row["id"]: row["document"] for row in rows}
        if id not in documents:
            raise entities.missing(kind, id)
        keys = moved([(row["id"], row["position"]) for row in rows], id, wanted)
        now = {each: json.loads(documents[each]) for each in keys}
        documents |= await entities.change(
            tx, kind, {each: (now[each], now[each] | {"position": key}) for each, key in keys.items()}
        )
        answer = tx.answer(200, documents[id], {"etag": versions.etag(json.loads(documents[id])["version"])})
    return web.respond(answer)
