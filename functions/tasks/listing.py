"""List tasks."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from functions.tasks.bodies import Status
from functions.tasks.pages import TaskPage, as_page, place_of, rows_for
from shared import db
from shared.callers import SignedIn
from shared.routes import Straight

sql = db.queries(__file__, "listing")
router = APIRouter(route_class=Straight)


@router.get("/api/tasks", response_model=TaskPage)
async def list_newest(
    caller: SignedIn,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: str | None = None,
    status: Annotated[list[Status] | None, Query(description="Only these; may be given several times")] = None,
) -> Response:
    wanted = {"user_id": caller.user_id, "statuses": status}
    async with db.single() as tx:
        if cursor is None:
            rows = await tx.texts(db.written(sql.newest, limit=rows_for(limit)), **wanted)
        else:
            rows = await tx.texts(db.written(sql.newest_after, limit=rows_for(limit)), **wanted, **place_of(cursor))
    return as_page(rows, limit)
