"""Deleted tasks: shown, and brought back with all they had, until they are removed for good after 30 days."""

import json
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Response

from functions.tasks.pages import TaskPage
from shared import changes, db, entities, families, pages, web
from shared.callers import SignedIn
from shared.changes import Change
from shared.documents import Document
from shared.kinds import LIST, NO_OCCURRENCE, TAG, TASK
from shared.routes import Straight
from shared.shapes import Task

sql = db.queries(__file__, "trash")
router = APIRouter(route_class=Straight)

NOBODY = "00000000-0000-0000-0000-000000000000"


@router.get("/api/tasks/deleted", response_model=TaskPage)
async def list_deleted(caller: SignedIn, limit: pages.Limit = 50, cursor: pages.Cursor = None) -> Response:
    """The last deleted first; `updated_at` says when. A task stands for the subtasks that went with it."""
    before, id = pages.place(cursor, datetime.fromisoformat, UUID) if cursor is not None else (None, None)
    async with db.single() as tx:
        found = await tx.texts(sql.deleted, user_id=caller.user_id, before=before, id=id, limit=limit + 1)
    return pages.as_page(found, limit, lambda last: (last["updated_at"], last["id"]))


@router.post("/api/tasks/{task_id}/restore", response_model=Task)
async def restore(task_id: UUID, caller: SignedIn) -> Response:
    """Bring a deleted task back with its tags and comments, and the subtasks that were deleted with it.

    When its list is gone, it comes back into the Inbox; when the task it was part of is gone, on its own. Tags that are
    gone are left out. If it is open, it opens those above it. An occurrence that another one came for repeats no more.
    A task that is not deleted stays as it is.
    """
    async with changes.change(caller) as tx:
        family = await deleted_together(tx, [task_id])
        if task_id not in family:
            raise entities.missing(TASK, task_id)
        restored = await brought_back(tx, family)
        document = restored.get(task_id) or json.dumps(shown(family[task_id]))
        answer = tx.answer_with(document)
    return web.respond(answer)


async def deleted_together(tx: Change, ids: list[UUID]) -> dict[UUID, Document]:
    """These tasks, and everything below each that went in the same moment."""
    rows = await families.bounded(tx, sql.deleted_together, ids)
    return {row["id"]: json.loads(row["document"]) | {"deleted": row["deleted"]} for row in rows}


async def brought_back(tx: Change, family: dict[UUID, Document]) -> dict[UUID, str]:
    """Those of them that are deleted. Returns all that are different now."""
    coming = {id: task for id, task in family.items() if task["deleted"]}
    wanted = await fitted_in(tx, coming)
    with db.refusals(families.REFUSALS):
        changed = await entities.change(tx, TASK, {id: (coming[id], task) for id, task in wanted.items()})
    return changed | await families.open_above(tx, wanted.values())


async def fitted_in(tx: Change, coming: dict[UUID, Document]) -> dict[UUID, Document]:
    """As they were, but in nothing and with nothing that is there no more."""
    user_id = tx.caller.user_id
    outside = {UUID(task["parent"]) for task in coming.values() if task["parent"]} - coming.keys()
    lists = await entities.read(tx, LIST, user_id, {UUID(task["list"]) for task in coming.values()})
    parents = await entities.read(tx, TASK, user_id, outside) if outside else {}
    tags = await entities.read(tx, TAG, user_id, {UUID(tag) for task in coming.values() for tag in task["tags"]})
    replaced = await _replaced(tx, coming)
    wanted: dict[UUID, Document] = {}
    for id, task in above_first(coming):
        parent = UUID(task["parent"]) if task["parent"] else None
        above = wanted.get(parent) or parents.get(parent) if parent else None
        if above:
            place = {"list": above["list"]}
        else:
            place = {"list": task["list"] if UUID(task["list"]) in lists else str(user_id), "parent": None}
        if id in replaced:
            place |= NO_OCCURRENCE
        wanted[id] = task | place | {"deleted": False, "tags": [tag for tag in task["tags"] if UUID(tag) in tags]}
    return wanted


async def _replaced(tx: Change, coming: dict[UUID, Document]) -> set[UUID]:
    """Occurrences whose place in their series another one has, or that have no series any more."""
    ids = [id for id, task in coming.items() if task["series"]]
    rows = await tx.all(sql.replaced, user_id=tx.caller.user_id, ids=ids) if ids else []
    return {row["id"] for row in rows}


def above_first(tasks: dict[UUID, Document]) -> Iterator[tuple[UUID, Document]]:
    said: set[UUID] = set()
    for id in tasks:
        line = []
        while id in tasks and id not in said:
            said.add(id)
            line.append(id)
            id = UUID(tasks[id]["parent"] or NOBODY)
        yield from ((each, tasks[each]) for each in reversed(line))


def shown(task: Document) -> Document:
    return {name: value for name, value in task.items() if name != "deleted"}
