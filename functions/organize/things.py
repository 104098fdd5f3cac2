"""What lists, tags and saved filters have in common: to be made, read, changed and moved one at a time."""

import json
from collections.abc import Mapping
from typing import LiteralString
from uuid import UUID

from starlette.responses import Response

from functions.organize.bodies import Move, Patch
from functions.organize.order import moved
from shared import changes, db, entities, making, versions, web
from shared.callers import Caller
from shared.documents import Document, Kind
from shared.problems import Conflict, Problem


async def make(
    kind: Kind, add: LiteralString, id: UUID, fields: Document, caller: Caller, full: Mapping[str, Problem]
) -> Response:
    """`add`: the statement that inserts one. `full`: what it means that there are as many as there may be."""
    headers = {"etag": '"1"', "location": f"/api/{kind.table}/{id}"}
    taken = {f"{kind.table}_pkey": Conflict(f"There is a {kind.name} {id} already.")}
    with db.refusals({**full, **taken}):
        answer = await making.make(caller, add, kind.created, id, headers, **kind.as_row(fields, None))
    return web.respond(answer)


async def read(kind: Kind, id: UUID, caller: Caller) -> Response:
    async with db.single() as tx:
        return versions.respond(await entities.find(tx, kind, caller.user_id, id))


async def patch(kind: Kind, id: UUID, asked: Patch, caller: Caller, if_match: str | None) -> Response:
    async with versions.change(caller, kind, id, if_match) as (tx, current):
        tx.will_answer_with(current)
        await entities.change(tx, kind, {id: (current, asked.applied_to(current))}, is_all=True)
    return web.respond(tx.answered)


async def move(
    kind: Kind, order: LiteralString, id: UUID, wanted: Move, caller: Caller, if_match: str | None
) -> Response:
    """`order`: the statement that reads all of them, as they stand."""
    async with changes.change(caller) as tx:
        rows = await tx.all(order, user_id=caller.user_id)
        documents = {row["id"]: row["document"] for row in rows}
        if id not in documents:
            raise entities.missing(kind, id)
        versions.expect(if_match, json.loads(documents[id]), kind.name)
        keys = moved([(row["id"], row["position"]) for row in rows], id, wanted)
        now = {each: json.loads(documents[each]) for each in keys}
        documents |= await entities.change(
            tx, kind, {each: (now[each], now[each] | {"position": key}) for each, key in keys.items()}
        )
        answer = tx.answer_with(documents[id])
    return web.respond(answer)
