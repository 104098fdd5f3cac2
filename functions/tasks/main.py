"""Create, find, change, order, discuss and delete tasks."""

import json
from uuid import UUID

from fastapi import Response

from functions.tasks import listing, trash, undo
from functions.tasks.bodies import Fields, NewTask, Patch
from shared import changes, db, edge, entities, versions, web
from shared.callers import SignedIn
from shared.changes import Change
from shared.entities import Document
from shared.events import Task, TaskCreated
from shared.ids import new_id
from shared.kinds import TASK
from shared.problems import Conflict, Invalid, NotFound
from shared.versions import IfMatch

sql = db.queries(__file__)
app = web.app("tasks")
for part in (listing, trash, undo):
    app.router.routes += part.router.routes
handle = edge.function(app)

REFUSALS = {
    "tasks_list": Invalid("list: there is no such list."),
    "tasks_parent": Invalid("parent: there is no such task in this list."),
    "tasks_children": Invalid("list: its subtasks are in another list."),
    "tasks_cycle": Invalid("parent: a task cannot be part of itself."),
    "tasks_tags": Invalid("tags: one of these tags does not exist."),
}


@app.post("/api/tasks", status_code=201, response_model=Task)
async def create(new: NewTask, caller: SignedIn) -> Response:
    task_id = new.id or new_id()
    headers = {"etag": '"1"', "location": f"/api/tasks/{task_id}"}
    wanted = new.as_document(caller.user_id)
    with db.refusals(REFUSALS | {"tasks_pkey": Conflict(f"There is a task {task_id} already.")}):
        if TASK.is_floating(wanted):
            async with changes.change(caller) as tx:
                row = TASK.as_row(wanted, await entities.users_zone(tx))
                answer = await tx.make(sql.add, TaskCreated, task_id, headers, **row)
        else:
            row = TASK.as_row(wanted, None)
            answer = await changes.make(caller, sql.add, TaskCreated, task_id, headers, **row)
    return web.respond(answer)


@app.get("/api/tasks/{task_id}", response_model=Task)
async def read(task_id: UUID, caller: SignedIn) -> Response:
    async with db.single() as tx:
        row = await tx.first(sql.read, user_id=caller.user_id, id=task_id)
    return versions.respond(found(row, task_id)["document"])


@app.put("/api/tasks/{task_id}", response_model=Task)
async def replace(task_id: UUID, fields: Fields, caller: SignedIn, if_match: IfMatch = None) -> Response:
    async with changes.change(caller) as tx:
        current = await current_task(tx, task_id, if_match)
        document = await become(tx, task_id, current, fields)
    return versions.respond(document)


@app.patch("/api/tasks/{task_id}", response_model=Task)
async def patch(task_id: UUID, asked: Patch, caller: SignedIn, if_match: IfMatch = None) -> Response:
    async with changes.change(caller) as tx:
        current = await current_task(tx, task_id, if_match)
        document = await become(tx, task_id, current, asked.applied_to(current))
    return versions.respond(document)


@app.delete("/api/tasks/{task_id}", status_code=204)
async def delete(task_id: UUID, caller: SignedIn, if_match: IfMatch = None) -> None:
    async with changes.change(caller) as tx:
        await current_task(tx, task_id, if_match)
        await entities.delete(tx, TASK, [task_id])


async def current_task(tx: Change, task_id: UUID, if_match: str | None) -> Document:
    row = found(await tx.first(sql.read, user_id=tx.caller.user_id, id=task_id), task_id)
    current: Document = json.loads(row["document"])
    versions.expect(if_match, current, TASK.name)
    return current


async def become(tx: Change, task_id: UUID, current: Document, fields: Fields) -> str:
    """Make the task what `fields` say. Asking for what is so already changes nothing and says nothing."""
    wanted = fields.as_document(tx.caller.user_id, current["position"])
    wanted["completed_at"] = (current["completed_at"] or tx.now.isoformat()) if fields.status == "done" else None
    with db.refusals(REFUSALS):
        changed = await entities.change(tx, TASK, {task_id: (current, wanted)})
    return changed.get(task_id) or json.dumps(current)


def found(row: db.Row | None, task_id: UUID) -> db.Row:
    if row is None:  # somebody else's task is, for this user, no task at all
        raise NotFound(f"There is no task {task_id}.")
    return row
