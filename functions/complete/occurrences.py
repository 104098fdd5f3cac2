"""Complete, reopen or skip an occurrence of a task that repeats; or any other task, which nothing follows."""

import json
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Response
from typing_extensions import TypedDict

from functions.complete.bodies import Completion
from shared import answers, db, families, moments, versions, web
from shared.answers import Answer
from shared.callers import SignedIn
from shared.changes import Change
from shared.documents import Document
from shared.kinds import TASK, is_open
from shared.problems import Conflict, Invalid
from shared.routes import Straight
from shared.shapes import Task
from shared.versions import IfMatch

sql = db.queries(__file__, "occurrences")
router = APIRouter(route_class=Straight)

NOW = Completion()


class Completed(TypedDict):
    task: Task
    next: Task | None  # the occurrence that follows it


class Reopened(TypedDict):
    task: Task
    next: Task | None  # the occurrence that follows it still, for somebody has touched it
    detached: bool  # so nothing will follow this one when it is done again


@router.post("/api/tasks/{task_id}/complete", response_model=Completed)
async def complete(
    task_id: UUID, caller: SignedIn, if_match: IfMatch = None, done: Annotated[Completion, Body()] = NOW
) -> Response:
    """Complete a task with all its open subtasks. A task that repeats is followed by its next occurrence.

    Exactly one follows, however many complete it at once. What is done already stays as it is.
    """
    async with versions.change(caller, TASK, task_id, if_match) as (tx, current):
        at = _moment(done, tx.now)
        after = current | {"status": "done"}
        changed = await families.become(tx, {task_id: (current, after)}, at=at, is_all=False)
        answer = await _answer(tx, task_id, current, changed)
    return web.respond(answer)


@router.post(
    "/api/tasks/{task_id}/skip", response_model=Completed, responses={409: {"description": "It does not repeat."}}
)
async def skip(task_id: UUID, caller: SignedIn, if_match: IfMatch = None) -> Response:
    """Leave out this occurrence of a task that repeats: it is cancelled, and the next one follows.

    What is skipped already stays as it is.
    """
    async with versions.change(caller, TASK, task_id, if_match) as (tx, current):
        if not current["recurrence"] and not current["skipped_at"]:
            raise Conflict("Only a task that repeats can be skipped.")
        changed = {}
        if is_open(current):
            after = current | {"status": "cancelled"}
            changed = await families.become(tx, {task_id: (current, after)}, is_all=False)
        answer = await _answer(tx, task_id, current, changed)
    return web.respond(answer)


@router.post("/api/tasks/{task_id}/reopen", response_model=Reopened)
async def reopen(task_id: UUID, caller: SignedIn, if_match: IfMatch = None) -> Response:
    """Open a task again, and those above it that have ended.

    The occurrence that followed it goes away, if nobody has touched it. Else both are there, and `detached` says so.
    """
    async with versions.change(caller, TASK, task_id, if_match) as (tx, current):
        changed = {}
        if not is_open(current):
            changed = await families.become(tx, {task_id: (current, current | {"status": "todo"})}, is_all=False)
        answer = await _answer(tx, task_id, current, changed, is_reopened=True)
    return web.respond(answer)


def _moment(done: Completion, now: datetime) -> datetime | None:
    if done.completed_at is None:
        return None
    at = moments.within(moments.instant(done.completed_at, "completed_at"), "completed_at")
    if at > now:
        raise Invalid.at("completed_at", "it is later than now.")
    return at


async def _answer(
    tx: Change, task_id: UUID, current: Document, changed: dict[UUID, str], is_reopened: bool = False
) -> Answer:
    document = changed.get(task_id) or json.dumps(current)
    task = json.loads(document)
    following = "null" if not task["series"] else await _following(tx, task_id, {} if is_reopened else changed)
    detached = bool(task["series"] and not task["recurrence"] and is_open(task))
    more = f',"detached":{json.dumps(detached)}' if is_reopened else ""
    headers = {"etag": answers.etag(task["version"])}
    return tx.answer(200, f'{{"task":{document},"next":{following}{more}}}', headers)


async def _following(tx: Change, task_id: UUID, made: dict[UUID, str]) -> str:
    """As it was made just now, or else as it is there."""
    mark = f'"follows":"{task_id}"'  # no text has it: there, quotes are escaped
    for document in made.values():
        if mark in document:
            return document
    rows = await tx.all(sql.following, user_id=tx.caller.user_id, id=task_id)
    return rows[0]["document"] if rows else "null"
