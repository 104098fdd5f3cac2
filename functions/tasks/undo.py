"""Undo: one operation is taken back as a whole, if nothing that it changed was changed again; else nothing is done."""

import json
from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import LiteralString
from uuid import UUID

from fastapi import APIRouter, Response
from typing_extensions import TypedDict

from functions.tasks.operations import (
    TOGETHER,
    Deed,
    Deeds,
    Obstacle,
    Said,
    deeds,
    deletion,
    obstacle,
    of_all,
    portions,
    refuse,
)
from shared import changes, db, entities, web
from shared.callers import SignedIn
from shared.changes import Change
from shared.documents import Document, Kind, Place
from shared.kinds import KINDS
from shared.problems import Conflict, Invalid, NotFound
from shared.routes import Straight

sql = db.queries(__file__, "undo")
router = APIRouter(route_class=Straight)

MOST = 20_000  # events of one operation, which are all in memory at once
SHOWN = 500
LOGS: tuple[LiteralString, ...] = ("events", "history")  # the first has it at once, the second for good
REFUSALS = {  # what is seen only when it is done; everything else has been found and named before
    **dict.fromkeys(
        ("tasks_open_occurrence", "tasks_occurrence", "tasks_successor"),
        Conflict("This cannot be undone any more: another occurrence of a task is there now. Nothing was changed."),
    ),
    "tasks_cycle": Conflict("This cannot be undone any more: a task would be part of itself. Nothing was changed."),
    **{
        f"{kind.table}_limit": Conflict(
            f"This would make more {kind.table} than one may have. Delete some first. Nothing was changed."
        )
        for kind in KINDS.values()
    },
}


GONE: Document = {"deleted": True}  # for good


class Thing(TypedDict):
    kind: str
    id: UUID


class Undone(TypedDict):
    """`things`: those that are different now, at most 500 of the `total`."""

    total: int
    things: list[Thing]


@router.post(
    "/api/activity/{activity_id}/undo",
    response_model=Undone,
    responses={409: {"description": "Something was changed since, by `total` obstacles; or, with none, it is undone"}},
)
async def undo(activity_id: UUID, caller: SignedIn) -> Response:
    """Take back the whole operation that this entry of the activity belongs to, all of it or nothing.

    Every field that it changed must still have the value it left, and there must not be more lists, tags or filters
    than one may have. It works at once, for everything that was done to
    tasks, series, lists, tags, filters and comments, and is itself an activity that can be undone.
    """
    async with changes.change(caller) as tx:
        done = deeds(await operation(tx, activity_id))
        changed_since = await look(tx, done)
        if all(deed.is_undone for deed in of_all(done)):
            there_is_nothing = "There is nothing to undo any more: everything is as it was before."
            raise Conflict(there_is_nothing, obstacles=[], total=0)
        refuse(changed_since)
        refuse(await displaced(tx, done) + await taken_names(tx, done))
        changed = await put_back(tx, done)
        answer = tx.answer(200, json.dumps({"total": len(changed), "things": changed[:SHOWN]}), {})
    return web.respond(answer)


async def operation(tx: Change, activity_id: UUID) -> list[Said]:
    rows: list[db.Row] = []
    for log in LOGS:
        found = await tx.all(from_log(sql.operation, log), user_id=tx.caller.user_id, id=activity_id, most=MOST + 1)
        rows = max(rows, found, key=len)
        if rows and not rows[0]["cut"]:
            break
    if not rows:
        raise NotFound(f"There is no activity {activity_id}.")
    if rows[0]["cut"]:
        raise NotFound(f"Activity {activity_id} cannot be undone any more: what was before it is kept no longer.")
    if len(rows) > MOST:
        raise Invalid(f"This changed more than {MOST:,} things at once, which is too much to be undone.")
    return [
        Said(row["type"], row["subject"], json.loads(row["changes"]), row["made"] and json.loads(row["made"]))
        for row in rows
    ]


async def look(tx: Change, done: Deeds) -> list[Obstacle]:
    """What each thing is now, deleted or not, and what of it is not as the operation left it."""
    found: list[Obstacle] = []
    for name, of_kind in done.items():
        ids = list(of_kind)
        for begin in range(0, len(ids), TOGETHER):
            some = ids[begin : begin + TOGETHER]
            now = await entities.read_any(tx, KINDS[name], tx.caller.user_id, some)
            found += chain.from_iterable(of_kind[id].look(now.get(id)) for id in some)
    return found


async def displaced(tx: Change, done: Deeds) -> list[Obstacle]:
    found: list[Obstacle] = []
    for kind in KINDS.values():
        for place in kind.places:
            found += await lost(tx, done, kind, place)
            found += await left_behind(tx, done, kind, place)
    return found


async def lost(tx: Change, done: Deeds, kind: Kind, place: Place) -> list[Obstacle]:
    """What they would come back into is not there any more, or is such that they cannot be in it."""
    minded = place.minds | {place.field}
    placed = [deed.wanted for deed in done[kind.name].values() if deed.comes or not minded.isdisjoint(deed.was)]
    placed = [document for document in placed if not document["deleted"]]
    own, of = done[place.of], KINDS[place.of]
    needed = dict.fromkeys(id for document in placed for id in place.ids(document))
    around = await entities.read_any(tx, of, tx.caller.user_id, [id for id in needed if id not in own])
    will_be = {id: own[id].wanted if id in own else around.get(id, GONE) for id in needed}
    found = {id: deletion(of, id, outer) for id, outer in will_be.items() if outer["deleted"]}
    for inner in placed:
        for id in place.ids(inner):
            if id not in found and (name := place.misfit(inner, will_be[id])):
                held = will_be[id]
                found[id] = obstacle(of, id, held, name, inner.get(name), held[name], f"has another {name} now")
    return list(found.values())


async def left_behind(tx: Change, done: Deeds, kind: Kind, place: Place) -> list[Obstacle]:
    """They came in since, and what they are in would go, or be such that they cannot be in it."""
    outer = {
        deed.id: deed.wanted
        for deed in done[place.of].values()
        if (deed.goes and (deed.was_made or not place.unseen)) or not place.minds.isdisjoint(deed.was)
    }
    if not outer:
        return []
    found = []
    statement = of_place(sql.placed_in_several if place.several else sql.placed, kind, place)
    for row in await tx.all(statement, user_id=tx.caller.user_id, ids=list(outer)):
        own = done[kind.name].get(row["id"])
        inner: Document = own.wanted if own else json.loads(row["document"]) | {"deleted": False}
        held = [outer[id] for id in place.ids(inner) if id in outer]
        if not inner["deleted"] and any(each["deleted"] or place.misfit(inner, each) for each in held):
            now = inner[place.field]
            found.append(obstacle(kind, row["id"], inner, place.field, None, now, f"is in this {place.of} now"))
    return found


async def taken_names(tx: Change, done: Deeds) -> list[Obstacle]:
    """Others, made or renamed since, are called what these were called."""
    found = []
    for kind in KINDS.values():
        named = [deed.wanted for deed in done[kind.name].values() if kind.key and not deed.wanted["deleted"]]
        if kind.key and named:
            keys = [kind.as_row(document, None)[kind.key] for document in named]
            rows = await tx.all(by_key(sql.called, kind.table, kind.key), user_id=tx.caller.user_id, keys=keys)
            others = {row["id"]: json.loads(row["document"]) for row in rows if row["id"] not in done[kind.name]}
            found += [
                obstacle(kind, id, other, "name", None, other["name"], "has this name now")
                for id, other in others.items()
            ]
    return found


async def put_back(tx: Change, done: Deeds) -> list[dict[str, str]]:
    """Each behind what it will be in, and what goes when nothing is in it any more; families at once."""
    changed = []
    with db.refusals(REFUSALS):
        for kind in KINDS.values():
            changed += await become(tx, kind, (deed for deed in done[kind.name].values() if stays(deed)))
        for kind in reversed(KINDS.values()):
            changed += await become(tx, kind, (deed for deed in done[kind.name].values() if not stays(deed)))
    return changed


def stays(deed: Deed) -> bool:
    return deed.kind.is_family or not deed.goes


async def become(tx: Change, kind: Kind, of_kind: Iterable[Deed]) -> list[dict[str, str]]:
    changed: list[UUID] = []
    for portion in portions(of_kind):
        now = await entities.read_any(tx, kind, tx.caller.user_id, [deed.id for deed in portion])
        wanted = {deed.id: (now[deed.id], deed.undone(now[deed.id])) for deed in portion}
        try:
            changed += await entities.change(tx, kind, wanted)
        except Invalid as error:  # of fields that belong together, another was changed since
            raise Conflict(f"This cannot be undone any more: {error} Nothing was changed.") from error
    return [{"kind": kind.name, "id": str(id)} for id in changed]


@cache
def from_log(statement: LiteralString, log: LiteralString) -> LiteralString:
    return statement.replace("{log}", log)


@cache
def of_place(statement: LiteralString, kind: Kind, place: Place) -> LiteralString:
    return entities.filled(statement, kind).replace("{column}", place.column)


@cache
def by_key(statement: LiteralString, table: LiteralString, key: LiteralString) -> LiteralString:
    return statement.replace("{table}", table).replace("{key}", key)
