"""Saved filters: questions that somebody asks again, in the filter language."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from typing_extensions import TypedDict

from functions.organize import things
from functions.organize.bodies import FilterPatch, Move, NewFilter
from functions.organize.order import behind, place
from shared import db, entities, pages, positions, versions, web
from shared.callers import SignedIn
from shared.ids import new_id
from shared.kinds import FILTER
from shared.problems import Conflict
from shared.routes import Straight
from shared.shapes import Filter
from shared.versions import IfMatch

sql = db.queries(__file__, "filters")
router = APIRouter(route_class=Straight)

FULL = {"filters_limit": Conflict("There are 500 filters, which is as many as one may have. Delete some first.")}
IS_THERE: dict[int | str, dict[str, Any]] = {
    409: {"description": "There is one with this id already, or there are 500 filters."}
}


class FilterPage(TypedDict):
    items: list[Filter]
    next: str | None


@router.get("/api/filters", response_model=FilterPage)
async def list_filters(caller: SignedIn, limit: pages.Limit = 50, cursor: pages.Cursor = None) -> Response:
    """In their manual order."""
    async with db.single() as tx:
        rows = await tx.texts(sql.filters, user_id=caller.user_id, rows=limit + 1, **behind(cursor))
    return pages.as_page(rows, limit, place)


@router.post("/api/filters", status_code=201, response_model=Filter, responses=IS_THERE)
async def create_filter(new: NewFilter, caller: SignedIn) -> Response:
    """The query is kept as it is written, and means what its names mean whenever it is asked.

    One that cannot be read is refused, with the column where and what was expected there.
    """
    fields = new.model_dump() | {"position": new.position or positions.last()}
    return await things.make(FILTER, sql.add_filter, new.id or new_id(), fields, caller, FULL)


@router.get("/api/filters/{filter_id}", response_model=Filter)
async def read_filter(filter_id: UUID, caller: SignedIn) -> Response:
    return await things.read(FILTER, filter_id, caller)


@router.patch("/api/filters/{filter_id}", response_model=Filter)
async def change_filter(filter_id: UUID, asked: FilterPatch, caller: SignedIn, if_match: IfMatch = None) -> Response:
    return await things.patch(FILTER, filter_id, asked, caller, if_match)


@router.delete("/api/filters/{filter_id}", status_code=204)
async def delete_filter(filter_id: UUID, caller: SignedIn, if_match: IfMatch = None) -> Response:
    """It changes no task."""
    async with versions.change(caller, FILTER, filter_id, if_match) as (tx, _):
        answer = tx.answer(204)
        await entities.delete(tx, FILTER, [filter_id], is_all=True)
    return web.respond(answer)


@router.post("/api/filters/{filter_id}/move", response_model=Filter)
async def move_filter(filter_id: UUID, move: Move, caller: SignedIn, if_match: IfMatch = None) -> Response:
    """Where it comes is said by another filter, or by an end of the order."""
    return await things.move(FILTER, sql.order_of_filters, filter_id, move, caller, if_match)
