"""Lists: what tasks are put in. Everybody has an Inbox, where a task is that was put nowhere."""

from typing import Annotated, Any, Literal, NotRequired
from uuid import UUID

from fastapi import APIRouter, Query, Response
from typing_extensions import TypedDict

from functions.organize import crowds, things
from functions.organize.bodies import ListPatch, Move, NewList
from functions.organize.order import behind, place
from shared import db, entities, pages, positions, versions, web
from shared.callers import SignedIn
from shared.events import TaskDeleted, TaskUpdated
from shared.ids import new_id
from shared.kinds import LIST
from shared.problems import Conflict
from shared.routes import Straight
from shared.shapes import List
from shared.versions import IfMatch

sql = db.queries(__file__, "lists")
router = APIRouter(route_class=Straight)

INBOX_STAYS = {"inbox_stays": Conflict("The Inbox keeps its name, and is neither archived nor deleted.")}
INBOX: dict[int | str, dict[str, Any]] = {
    409: {"description": "It is the Inbox, which keeps its name, and is neither archived nor deleted."}
}
NOT_DELETED: dict[int | str, dict[str, Any]] = {409: {"description": "It is the Inbox, or has more than 10,000 tasks."}}
FULL = {"lists_limit": Conflict("There are 500 lists, which is as many as one may have. Delete some first.")}


class ListShown(List):
    open: NotRequired[int]  # with counts=true: tasks in it that are neither done nor cancelled


class ListPage(TypedDict):
    items: list[ListShown]
    next: str | None


@router.get("/api/lists", response_model=ListPage)
async def list_lists(
    caller: SignedIn,
    limit: pages.Limit = 50,
    cursor: pages.Cursor = None,
    archived: Annotated[bool | None, Query(description="Only those that are, or are not; both when left out")] = None,
    counts: Annotated[bool, Query(description="Say of each, in `open`, how many tasks are to be done")] = False,
) -> Response:
    """In their manual order. The Inbox is one of them, and known by `inbox`."""
    wanted = {"archived": archived, "counts": counts, "rows": limit + 1}
    async with db.single() as tx:
        rows = await tx.texts(sql.lists, user_id=caller.user_id, **wanted, **behind(cursor))
    return pages.as_page(rows, limit, place)


@router.post(
    "/api/lists",
    status_code=201,
    response_model=List,
    responses={409: {"description": "There is one with this id already, or there are 500 lists."}},
)
async def create_list(new: NewList, caller: SignedIn) -> Response:
    """Behind all others, unless a position is said. Names need not differ."""
    fields = new.model_dump() | {"position": new.position or positions.last()}
    return await things.make(LIST, sql.add_list, new.id or new_id(), fields, caller, FULL)


@router.get("/api/lists/{list_id}", response_model=List)
async def read_list(list_id: UUID, caller: SignedIn) -> Response:
    return await things.read(LIST, list_id, caller)


@router.patch("/api/lists/{list_id}", response_model=List, responses=INBOX)
async def change_list(list_id: UUID, asked: ListPatch, caller: SignedIn, if_match: IfMatch = None) -> Response:
    """Rename, recolour, archive or take back.

    To archive a list changes nothing about its tasks: they are read, changed and listed as before. A list of tasks
    leaves them out with `archived=false`, and a filter does unless it names this list.

    The Inbox keeps its name, which a page says in its reader's language, and is never archived.
    """
    with db.refusals(INBOX_STAYS):
        return await things.patch(LIST, list_id, asked, caller, if_match)


@router.delete("/api/lists/{list_id}", status_code=204, responses=NOT_DELETED)
async def delete_list(
    list_id: UUID,
    caller: SignedIn,
    tasks: Annotated[Literal["delete", "move_to_inbox"], Query(description="What becomes of its tasks")] = "delete",
    if_match: IfMatch = None,
) -> Response:
    """With it go its tasks, finished ones too, or all of them move to the Inbox, subtasks with their parents.

    It is one operation, and undoing it brings back everything as it was.
    """
    with db.refusals(INBOX_STAYS):
        async with versions.change(caller, LIST, list_id, if_match) as (tx, _):
            await entities.delete(tx, LIST, [list_id])
            inside = await crowds.number(tx, sql.number_inside, list_id=list_id)
            if tasks == "delete":
                tx.later(sql.remind_of_none_inside, user_id=caller.user_id, list_id=list_id, now=tx.now)
                await tx.change_many(sql.delete_inside, TaskDeleted, inside, list_id=list_id)
            else:
                await tx.change_many(sql.move_inside, TaskUpdated, inside, list_id=list_id)
            answer = tx.answer(204)
    await crowds.tell(inside)
    return web.respond(answer)


@router.post("/api/lists/{list_id}/move", response_model=List)
async def move_list(list_id: UUID, move: Move, caller: SignedIn, if_match: IfMatch = None) -> Response:
    """Where it comes is said by another list, or by an end of the order."""
    return await things.move(LIST, sql.order_of_lists, list_id, move, caller, if_match)
