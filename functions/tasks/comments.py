"""What is said about a task: comments in Markdown, and its notes as they are shown."""

import asyncio
import json
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from functions.tasks import markdown
from shared import answers, changes, db, entities, pages, versions, web
from shared.callers import SignedIn
from shared.documents import Document
from shared.events import CommentCreated
from shared.fields import NewId
from shared.ids import new_id
from shared.kinds import COMMENT, TASK
from shared.problems import Conflict, Invalid
from shared.routes import Straight
from shared.shapes import Comment
from shared.versions import IfMatch
from shared.web import Body, Storable

sql = db.queries(__file__, "comments")
router = APIRouter(route_class=Straight)

HEAVIEST = 100_000  # bytes of HTML as JSON: an event has it up to three times
DUPLICATE: dict[int | str, dict[str, Any]] = {409: {"description": "There is a comment with this id already"}}


class Text(Body):
    text: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000),
        Storable,
        Field(description="Markdown"),
    ]


class NewComment(Text):
    id: NewId = None


class CommentPage(TypedDict):
    items: list[Comment]
    next: str | None


class Notes(TypedDict):
    html: str


@router.post("/api/tasks/{task_id}/comments", status_code=201, response_model=Comment, responses=DUPLICATE)
async def comment(task_id: UUID, new: NewComment, caller: SignedIn) -> Response:
    """Say something about a task, in Markdown.

    `html` is the same, safe to show: tags in the text are text, links lead to web pages and mail addresses, and
    pictures are links.
    """
    comment_id, html = new.id or new_id(), await shown(new.text)
    headers = {"etag": answers.etag(1), "location": f"/api/comments/{comment_id}"}
    with db.refusals({"comments_pkey": Conflict(f"There is a comment {comment_id} already.")}):
        async with versions.change(caller, TASK, task_id) as (tx, _):
            row = COMMENT.as_row({"text": new.text, "html": html}, None)
            answer = await tx.make(sql.add, CommentCreated, comment_id, headers, task_id=task_id, **row)
    return web.respond(answer)


@router.get("/api/tasks/{task_id}/comments", response_model=CommentPage)
async def list_comments(
    task_id: UUID, caller: SignedIn, limit: pages.Limit = 50, cursor: pages.Cursor = None
) -> Response:
    """What was said about a task, from the first on."""
    created_at, id = pages.place(cursor, datetime.fromisoformat, UUID) if cursor is not None else (None, None)
    wanted = {"task_id": task_id, "created_at": created_at, "id": id, "limit": limit + 1}
    async with db.single() as tx:
        rows = await tx.all(sql.of_task, user_id=caller.user_id, **wanted)
    if not rows:
        raise entities.missing(TASK, task_id)
    found = [row for row in rows if row["document"] is not None]
    page = found[:limit]
    following = pages.cursor(json.loads(page[-1]["place"])) if len(found) > limit else None
    items = ",".join(row["document"] for row in page)
    return Response(f'{{"items":[{items}],"next":{json.dumps(following)}}}', media_type="application/json")


@router.get("/api/comments/{comment_id}", response_model=Comment)
async def read_comment(comment_id: UUID, caller: SignedIn) -> Response:
    async with db.single() as tx:
        current = await comment_now(tx, caller.user_id, comment_id)
    return versions.respond(json.dumps(current))


@router.patch("/api/comments/{comment_id}", response_model=Comment)
async def rewrite(comment_id: UUID, asked: Text, caller: SignedIn, if_match: IfMatch = None) -> Response:
    html = await shown(asked.text)
    async with changes.change(caller) as tx:
        current = await comment_now(tx, caller.user_id, comment_id, if_match)
        tx.will_answer_with(current)
        wanted = current | {"text": asked.text, "html": html}
        await entities.change(tx, COMMENT, {comment_id: (current, wanted)}, is_all=True)
    return web.respond(tx.answered)


@router.delete("/api/comments/{comment_id}", status_code=204)
async def delete_comment(comment_id: UUID, caller: SignedIn, if_match: IfMatch = None) -> Response:
    """It can be brought back by undoing this, for 30 days."""
    async with changes.change(caller) as tx:
        await comment_now(tx, caller.user_id, comment_id, if_match)
        answer = tx.answer(204)
        await entities.delete(tx, COMMENT, [comment_id], is_all=True)
    return web.respond(answer)


@router.get("/api/tasks/{task_id}/notes", response_model=Notes)
async def show_notes(task_id: UUID, caller: SignedIn) -> Response:
    """A task's notes as HTML that is safe to show, made as that of comments is."""
    async with db.single() as tx:
        task: Document = json.loads(await entities.find(tx, TASK, caller.user_id, task_id))
    html = await asyncio.to_thread(markdown.html, task["notes"])
    headers = {"etag": answers.etag(task["version"])}
    return Response(json.dumps({"html": html}), media_type="application/json", headers=headers)


async def shown(text: str) -> str:
    html = await asyncio.to_thread(markdown.html, text)
    if len(json.dumps(html, ensure_ascii=False).encode()) > HEAVIEST:
        raise Invalid.at("text", "this is too much to show: use fewer tables, lists or links.")
    return html


async def comment_now(tx: db.Transaction, user_id: UUID, comment_id: UUID, if_match: str | None = None) -> Document:
    row = await tx.first(sql.read, user_id=user_id, id=comment_id)
    if row is None:
        raise entities.missing(COMMENT, comment_id)
    current: Document = json.loads(row["document"])
    versions.expect(if_match, current, COMMENT.name)
    return current
