"""What is below a task, and how much of it is done."""

import json
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from typing_extensions import TypedDict

from shared import db, entities, pages
from shared.callers import SignedIn
from shared.events import Task
from shared.kinds import TASK
from shared.routes import Straight

sql = db.queries(__file__, "subtasks")
router = APIRouter(route_class=Straight)

LEVELS = {"1": 1, "all": 1_000_000}


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
    """
    after = None if cursor is None else pages.parts(cursor)
    wanted = {"user_id": caller.user_id, "id": task_id, "depth": LEVELS[depth], "after": after, "limit": limit + 1}
    async with db.single() as tx:
        rows = await tx.all(sql.subtasks, **wanted)
    if not rows:
        raise entities.missing(TASK, task_id)
    progress, *found = rows
    shown = found[:limit]
    following = pages.cursor(json.loads(shown[-1]["path"])) if len(found) > limit else None
    items = ",".join(row["document"] for row in shown)
    body = f'{{"items":[{items}],{progress["document"][1:-1]},"next":{json.dumps(following)}}}'
    return Response(body, media_type="application/json")
