"""Deleted tasks: shown, and brought back with all they had, until they are removed for good after 30 days."""

import base64
import json
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from functions.tasks.pages import TaskPage
from shared import changes, db, entities, web
from shared.callers import SignedIn
from shared.changes import Change
from shared.entities import Document
from shared.events import Task
from shared.kinds import LIST, TAG, TASK
from shared.problems import Invalid, NotFound
from shared.routes import Straight
from shared.versions import etag

sql = db.queries(__file__, "trash")
router = APIRouter(route_class=Straight)


@router.get("/api/tasks/deleted", response_model=TaskPage)
async def list_deleted(
    caller: SignedIn, limit: Annotated[int, Query(ge=1, le=200)] = 50, cursor: str | None = None
) -> Response:
    """The last deleted first; `updated_at` says when. A task stands for the subtasks that went with it."""
    wanted = place_of(cursor) if cursor is not None else {"before": None, "id": None}
    async with db.single() as tx:
        found = await tx.texts(sql.deleted, user_id=caller.user_id, limit=limit + 1, **wanted)
    shown = found[:limit]
    following = json.dumps(cursor_at(json.loads(shown[-1])) if len(found) > limit else None).encode()
    return Response(b'{"items":[%s],"next":%s}' % (b",".join(shown), following), media_type="application/json")


@router.post("/api/tasks/{task_id}/restore", response_model=Task)
async def restore(task_id: UUID, caller: SignedIn) -> Response:
    """Bring a deleted task back with its tags and comments, and the subtasks that were deleted with it.

    When its list is gone, it comes back into the Inbox; when the task it was part of is gone, on its own. Tags that are
    gone are left out. A task that is not deleted stays as it is.
    """
    async with changes.change(caller) as tx:
        family = await deleted_together(tx, task_id)
        if family[task_id]["deleted"]:
            wanted = await fitted_in(tx, task_id, family)
            restored = await entities.change(tx, TASK, {id: (family[id], task) for id, task in wanted.items()})
            document = restored[task_id]
        else:
            document = json.dumps({name: value for name, value in family[task_id].items() if name != "deleted"})
        answer = tx.answer(200, document, {"etag": etag(json.loads(document)["version"])})
    return web.respond(answer)


async def deleted_together(tx: Change, task_id: UUID) -> dict[UUID, Document]:
    """The task, and everything below it that went in the same moment."""
    rows = await tx.all(sql.deleted_together, user_id=tx.caller.user_id, id=task_id)
    if not rows:
        raise NotFound(f"There is no task {task_id}.")
    return await entities.read_any(tx, TASK, tx.caller.user_id, [row["id"] for row in rows])


async def fitted_in(tx: Change, task_id: UUID, family: dict[UUID, Document]) -> dict[UUID, Document]:
    """As they were, but in nothing and with nothing that is there no more."""
    user_id, eldest = tx.caller.user_id, family[task_id]
    lists = await entities.read(tx, LIST, user_id, [UUID(eldest["list"])])
    parents = await entities.read(tx, TASK, user_id, [UUID(eldest["parent"])] if eldest["parent"] else [])
    tags = await entities.read(tx, TAG, user_id, {UUID(tag) for task in family.values() for tag in task["tags"]})
    home = eldest["list"] if lists else str(user_id)
    for parent in parents.values():
        home = parent["list"]
    wanted = {
        id: task | {"deleted": False, "list": home, "tags": [tag for tag in task["tags"] if UUID(tag) in tags]}
        for id, task in family.items()
    }
    wanted[task_id]["parent"] = eldest["parent"] if parents else None
    return wanted


def cursor_at(last: Document) -> str:
    return base64.urlsafe_b64encode(f"{last['updated_at']} {last['id']}".encode()).decode()


def place_of(cursor: str) -> dict[str, Any]:
    try:
        deleted_at, task_id = base64.urlsafe_b64decode(cursor.encode("ascii")).decode().split(" ")
        return {"before": datetime.fromisoformat(deleted_at), "id": UUID(task_id)}
    except ValueError:
        raise Invalid("cursor: take it from `next` of the page before.") from None
