"""Duplicate a task with all below it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Response

from functions.tasks import moving
from functions.tasks.bodies import Copy
from shared import answers, db, entities, families, kept_reminders, rates, versions, web
from shared.callers import SignedIn
from shared.documents import Document
from shared.ids import new_id
from shared.kinds import NO_OCCURRENCE, TASK
from shared.problems import Conflict
from shared.routes import Straight
from shared.shapes import Task

router = APIRouter(route_class=Straight)

AS_IT_IS = Copy()
ANEW: Document = {"status": "todo", "completed_at": None} | NO_OCCURRENCE


@router.post(
    "/api/tasks/{task_id}/duplicate",
    status_code=201,
    response_model=Task,
    responses={409: {"description": "There is a task with this id already"}},
)
@rates.limited("bulk")
async def duplicate(task_id: UUID, caller: SignedIn, copy: Annotated[Copy, Body()] = AS_IT_IS) -> Response:
    """Make another task like this one, right behind it: with notes, dates, tags and subtasks, but without comments.

    It has the same reminders, of which those tell something that are ahead. The copy does not repeat. It and its
    subtasks are to do, whatever the originals are. It is one operation. Answers with the copy.
    """
    copy_id = copy.id or new_id()
    async with versions.change(caller, TASK, task_id) as (tx, original):
        below = await families.below(tx, [task_id]) if copy.with_subtasks else {}
        own = {str(task_id): copy_id} | {str(id): new_id() for id in below}
        key, renewed = await moving.behind(tx, original)
        first = anew(original) | {"title": copy.title or original["title"], "position": key}
        others = {own[str(id)]: anew(task) | {"parent": str(own[task["parent"]])} for id, task in below.items()}
        with db.refusals({"tasks_pkey": Conflict(f"There is a task {copy_id} already.")}):
            made = await entities.make(tx, TASK, {copy_id: first} | others, is_asked_for=False)
        await entities.change(tx, TASK, renewed)
        await families.open_above(tx, [first])
        headers = {"etag": answers.etag(1), "location": f"/api/tasks/{copy_id}"}
        answer = tx.answer(201, made[copy_id], headers)
    return web.respond(answer)


def anew(task: Document) -> Document:
    return task | ANEW | {"reminders": kept_reminders.own(task["reminders"])}
