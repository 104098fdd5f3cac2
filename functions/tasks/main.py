"""Create, read, list, change and delete tasks."""

import json
from typing import Annotated, Any
from uuid import UUID

from fastapi import Header, Query, Response

from functions.tasks import due
from functions.tasks.bodies import Fields, NewTask, Patch, Status
from functions.tasks.pages import TaskPage, as_page, place_of, rows_for
from shared import changes, db, edge, web
from shared.callers import SignedIn
from shared.changes import Change
from shared.events import EventType, Task, TaskCompleted, TaskCreated, TaskDeleted, TaskReopened, TaskUpdated
from shared.ids import new_id
from shared.problems import Conflict, NotFound, Stale

sql = db.queries(__file__)
app = web.app("tasks")
handle = edge.function(app)

IfMatch = Annotated[str | None, Header(description='The version to change, as its ETag: "3"')]


@app.post("/api/tasks", status_code=201, response_model=Task)
async def create(new: NewTask, caller: SignedIn) -> Response:
    task_id, when = new.id or new_id(), due.parse(new.due, new.zone)
    headers = {"etag": '"1"', "location": f"/api/tasks/{task_id}"}
    with db.unique("tasks_pkey", Conflict(f"There is a task {task_id} already.")):
        if when.is_floating:
            async with changes.change(caller) as tx:
                row = columns(new, when, await users_zone(tx))
                answer = await tx.make(sql.add, TaskCreated, task_id, headers, **row)
        else:
            row = columns(new, when)
            answer = await changes.make(caller, sql.add, TaskCreated, task_id, headers, **row)
    return web.respond(answer)


@app.get("/api/tasks", response_model=TaskPage)
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


@app.get("/api/tasks/{task_id}", response_model=Task)
async def read(task_id: UUID, caller: SignedIn) -> Response:
    async with db.single() as tx:
        row = await tx.first(sql.read, user_id=caller.user_id, id=task_id)
    return as_answer(found(row, task_id)["document"])


@app.put("/api/tasks/{task_id}", response_model=Task)
async def replace(task_id: UUID, fields: Fields, caller: SignedIn, if_match: IfMatch = None) -> Response:
    async with changes.change(caller) as tx:
        current = await current_task(tx, task_id, if_match)
        document = await become(tx, task_id, current, fields)
    return as_answer(document)


@app.patch("/api/tasks/{task_id}", response_model=Task)
async def patch(task_id: UUID, asked: Patch, caller: SignedIn, if_match: IfMatch = None) -> Response:
    async with changes.change(caller) as tx:
        current = await current_task(tx, task_id, if_match)
        document = await become(tx, task_id, current, asked.applied_to(current))
    return as_answer(document)


@app.delete("/api/tasks/{task_id}", status_code=204)
async def delete(task_id: UUID, caller: SignedIn, if_match: IfMatch = None) -> None:
    async with changes.change(caller) as tx:
        await current_task(tx, task_id, if_match)
        row = await tx.one(sql.delete, user_id=caller.user_id, id=task_id, now=tx.now)
        tx.emit(TaskDeleted, task_id, row["document"], changes={"deleted": [False, True]})


async def current_task(tx: Change, task_id: UUID, if_match: str | None) -> dict[str, Any]:
    row = found(await tx.first(sql.read, user_id=tx.caller.user_id, id=task_id), task_id)
    current: dict[str, Any] = json.loads(row["document"])
    if if_match is not None and not names_version(if_match, row["version"]):
        raise Stale("This task has changed meanwhile. `current` is what it is now.", current=current)
    return current


async def become(tx: Change, task_id: UUID, current: dict[str, Any], fields: Fields) -> str:
    """Make the task what `fields` say. Asking for what is so already changes nothing and says nothing."""
    when = due.parse(fields.due, fields.zone)
    zone = await users_zone(tx) if when.is_floating else None
    finished = (current["completed_at"] or tx.now) if fields.status == "done" else None
    asked = {"user_id": tx.caller.user_id, "id": task_id, "now": tx.now, "completed_at": finished}
    row = await tx.first(sql.change, **asked, **columns(fields, when, zone))
    if row is None:
        return json.dumps(current)
    document = json.loads(row["document"])
    changed = {
        name: [before, document[name]]
        for name, before in current.items()
        if name not in ("version", "updated_at") and before != document[name]
    }
    tx.emit(what_happened(current["status"], document["status"]), task_id, row["document"], changed)
    return str(row["document"])


def columns(fields: Fields, when: due.Due, users_zone: str | None = None) -> dict[str, Any]:
    """What these fields say about the row they make."""
    return {
        "title": fields.title,
        "notes": fields.notes,
        "status": fields.status,
        "priority": fields.priority,
        "due_on": when.on,
        "due_time": when.at,
        "zone": when.zone,
        "due_at": when.instant(users_zone),
    }


async def users_zone(tx: Change) -> str:
    return str((await tx.one(sql.zone, user_id=tx.caller.user_id))["zone"])


def what_happened(before: str, after: str) -> EventType:
    if after == "done" and before != "done":
        return TaskCompleted
    if before == "done" and after != "done":
        return TaskReopened
    return TaskUpdated


def found(row: db.Row | None, task_id: UUID) -> db.Row:
    if row is None:  # somebody else's task is, for this user, no task at all
        raise NotFound(f"There is no task {task_id}.")
    return row


def names_version(if_match: str, version: int) -> bool:
    return if_match.strip() == "*" or f'"{version}"' in [tag.strip() for tag in if_match.split(",")]


def as_answer(document: str) -> Response:
    return Response(document, media_type="application/json", headers={"etag": f'"{json.loads(document)["version"]}"'})
