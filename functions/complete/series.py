"""A series as a whole: see it, pause it, resume it, end it."""

import json
from typing import LiteralString
from uuid import UUID

from fastapi import APIRouter, Response

from shared import db, entities, versions, web
from shared.callers import SignedIn
from shared.changes import Change
from shared.documents import Document
from shared.kinds import SERIES, TASK
from shared.problems import Conflict
from shared.routes import Straight
from shared.shapes import Series
from shared.versions import IfMatch

sql = db.queries(__file__, "series")
router = APIRouter(route_class=Straight)


@router.get("/api/series/{series_id}", response_model=Series)
async def read(series_id: UUID, caller: SignedIn) -> Response:
    async with db.single() as tx:
        document = await entities.find(tx, SERIES, caller.user_id, series_id)
    return versions.respond(document)


@router.post("/api/series/{series_id}/pause", response_model=Series, responses={409: {"description": "It has ended."}})
async def pause(series_id: UUID, caller: SignedIn, if_match: IfMatch = None) -> Response:
    """The open occurrence stays, reminds of nothing, and nothing follows it until the series is resumed."""
    async with versions.change(caller, SERIES, series_id, if_match) as (tx, current):
        if current["state"] == "ended":
            raise _ended()
        answer = tx.answer_with(await _become(tx, current, "paused"))
    return web.respond(answer)


@router.post("/api/series/{series_id}/end", response_model=Series)
async def end(series_id: UUID, caller: SignedIn, if_match: IfMatch = None) -> Response:
    """The open occurrence stays, what waited to remind of it is cancelled, and nothing follows it."""
    async with versions.change(caller, SERIES, series_id, if_match) as (tx, current):
        answer = tx.answer_with(await _become(tx, current, "ended"))
    return web.respond(answer)


@router.post(
    "/api/series/{series_id}/resume",
    response_model=Series,
    responses={409: {"description": "It has ended, or all its occurrences are deleted."}},
)
async def resume(series_id: UUID, caller: SignedIn, if_match: IfMatch = None) -> Response:
    """It goes on with what comes next from now on, in a segment of its own, which is the answer.

    What fell into the pause is neither missed nor counted. An open occurrence stays, and is followed by the next one.
    When nothing is left of it, it ends.
    """
    async with versions.change(caller, SERIES, series_id, if_match) as (tx, current):
        if current["state"] == "ended":
            raise _ended()
        document = json.dumps(current) if current["state"] == "active" else await _gone_on(tx, current)
        answer = tx.answer_with(document)
    return web.respond(answer)


def _ended() -> Conflict:
    return Conflict("This series has ended. Change how the task repeats to begin another one.")


async def _become(tx: Change, current: Document, state: str) -> str:
    """And say so in the occurrence at its head."""
    from shared import series

    id, after = UUID(current["id"]), current | {"state": state}
    changed = await entities.change(tx, SERIES, {id: (current, after)})
    if head := await _occurrence(tx, sql.head, id):
        said = series.said(after) if state != "ended" else None
        await entities.change(tx, TASK, {UUID(head["id"]): (head, head | {"recurrence": said})})
        if state == "ended" and head["reminders"]:
            from shared import planning

            planning.give_up(tx, [UUID(head["id"])])
    return changed.get(id) or json.dumps(current)


async def _occurrence(tx: Change, which: LiteralString, id: UUID) -> Document | None:
    row = await tx.first(which, user_id=tx.caller.user_id, id=id)
    return json.loads(row["document"]) if row else None


async def _gone_on(tx: Change, current: Document) -> str:
    from shared import completing, series

    id = UUID(current["id"])
    head = await _occurrence(tx, sql.head, id)
    last = head or await _occurrence(tx, sql.last, id)
    if last is None:
        raise Conflict("All occurrences of this series are deleted. Restore one of them, or make another task.")
    zone = await entities.users_zone(tx)
    slot = series.behind(current, last, tx.now, zone)
    if slot is None:
        return await _become(tx, current, "ended")
    segment_id, segment = series.segment(current, last, slot)
    await series.become(tx, current, "ended")
    made = await entities.make(tx, SERIES, {segment_id: segment})
    after: Document = json.loads(made[segment_id])
    if head:
        place = {"series": after["id"], "ordinal": 0, "recurrence": series.said(after)}
        await entities.change(tx, TASK, {UUID(head["id"]): (head, head | place)})
    else:
        await completing.make(tx, completing.first_of(after, slot, last, zone))
    return made[segment_id]
