"""What is below a task, and how much of it is done."""

import json
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from typing_extensions import TypedDict

from shared import db, entities, pages
from shared.callers import SignedIn
from shared.documents import Document
from shared.kinds import TASK
from shared.problems import Invalid
from shared.routes import Straight
from shared.shapes import Task

sql = db.queries(__file__, "subtasks")
router = APIRouter(route_class=Straight)


class Subtasks(TypedDict):
    items: list[Task]
    done: int
    total: int
    next: str | None


@router.get("/api/tasks/{task_id}/subtasks", response_model=Subtasks)
async def subtasks(
    task_id: UUID,
    caller: SignedIn,
    depth: Annotated[Literal["1", "all"], Query(description="Only direct subtasks, or theirs as well")] = "1",
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    cursor: str | None = None,
) -> Response:
    """The subtasks in manual order, each followed by its own with `depth=all`.

    `done` of `total` is how far the checklist is, whatever the page: subtasks that were cancelled do not count.
    A page goes on behind the last task of the one before, where that one stood, below the one that it was below.
    """
    behind, beside_in, place = (None, None, None) if cursor is None else pages.place(cursor, UUID, UUID, str)
    begin = {"behind": behind, "beside_in": beside_in, "place": place}
    wanted = {"user_id": caller.user_id, "id": task_id, "deep": depth == "all", "limit": limit + 1}
    async with db.single() as tx:
        rows = await tx.all(sql.subtasks, **wanted, **begin)
    if not rows:
        raise entities.missing(TASK, task_id)
    progress, *found = rows
    if not progress["inside"]:
        raise Invalid.at("cursor", "what it was below is elsewhere now. Ask for the first page, without a cursor.")
    items = ",".join(row["document"] for row in found[:limit])
    following = _behind(json.loads(found[limit - 1]["document"])) if len(found) > limit else None
    body = f'{{"items":[{items}],{progress["document"][1:-1]},"next":{json.dumps(following)}}}'
    return Response(body, media_type="application/json")


def _behind(last: Document) -> str:
    return pages.cursor([last["id"], last["parent"], last["position"]])
