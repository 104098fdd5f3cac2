"""Tags: what tasks are marked with. A task knows its tags by id, so that a new name or colour changes no task."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from typing_extensions import TypedDict

from functions.organize import crowds, things
from functions.organize.bodies import Merge, NewTag, TagPatch
from functions.organize.order import behind
from shared import db, entities, pages, versions, web
from shared.callers import Caller, SignedIn
from shared.changes import Change
from shared.documents import Document
from shared.events import TaskUpdated
from shared.ids import new_id
from shared.kinds import SERIES, TAG
from shared.names import name_key
from shared.problems import Conflict, Invalid, NotFound
from shared.routes import Straight
from shared.shapes import Tag
from shared.versions import IfMatch

sql = db.queries(__file__, "tags")
router = APIRouter(route_class=Straight)

FULL = {"tags_limit": Conflict("There are 1,000 tags, which is as many as one may have. Delete or merge some first.")}
TAKEN: dict[int | str, dict[str, Any]] = {
    409: {"description": "There is one of this name, which is `existing`, or of this id, or there are 1,000."}
}
CROWDED: dict[int | str, dict[str, Any]] = {409: {"description": "More than 10,000 tasks have it."}}


class TagPage(TypedDict):
    items: list[Tag]
    next: str | None


@router.get("/api/tags", response_model=TagPage)
async def list_tags(caller: SignedIn, limit: pages.Limit = 50, cursor: pages.Cursor = None) -> Response:
    """By their names, as computers sort them."""
    async with db.single() as tx:
        rows = await tx.texts(sql.tags, user_id=caller.user_id, rows=limit + 1, **behind(cursor))
    return pages.as_page(rows, limit, by_name)


@router.post("/api/tags", status_code=201, response_model=Tag, responses=TAKEN)
async def create_tag(new: NewTag, caller: SignedIn) -> Response:
    """Its name may have any signs, spaces too, and differs from all others by more than upper and lower case.

    In a filter `@name` means it, where `& | ! ( ) , * \\` in the name need a backslash before them.
    """
    async with unless_taken(caller, new.name):
        return await things.make(TAG, sql.add_tag, new.id or new_id(), new.model_dump(), caller, FULL)


@router.get("/api/tags/{tag_id}", response_model=Tag)
async def read_tag(tag_id: UUID, caller: SignedIn) -> Response:
    return await things.read(TAG, tag_id, caller)


@router.patch("/api/tags/{tag_id}", response_model=Tag, responses=TAKEN)
async def change_tag(tag_id: UUID, asked: TagPatch, caller: SignedIn, if_match: IfMatch = None) -> Response:
    """Rename or recolour. It changes no task."""
    async with unless_taken(caller, asked.name or ""):
        return await things.patch(TAG, tag_id, asked, caller, if_match)


@router.delete("/api/tags/{tag_id}", status_code=204, responses=CROWDED)
async def delete_tag(tag_id: UUID, caller: SignedIn, if_match: IfMatch = None) -> Response:
    """It is taken off every task that has it. That is one operation: undone, all of them have it again."""
    async with versions.change(caller, TAG, tag_id, if_match) as (tx, _):
        await entities.delete(tx, TAG, [tag_id])
        marked = await crowds.number(tx, sql.number_marked, tag=tag_id)
        await tx.change_many(sql.mark_otherwise, TaskUpdated, marked, tag=tag_id, into=None)
        answer = tx.answer(204)
    await crowds.tell(marked)
    return web.respond(answer)


@router.post("/api/tags/{tag_id}/merge", response_model=Tag, responses=CROWDED)
async def merge_tag(tag_id: UUID, merge: Merge, caller: SignedIn, if_match: IfMatch = None) -> Response:
    """Every task that has it gets `into` in its place, once, and it is deleted. That is one operation to undo.

    The answer is the tag that stays, as it was.
    """
    if tag_id == merge.into:
        raise Invalid.at("into", "a tag is not merged into itself.")
    async with versions.change(caller, TAG, tag_id, if_match) as (tx, _):
        try:
            stays = await entities.find(tx, TAG, caller.user_id, merge.into)
        except NotFound:
            raise Invalid.at("into", "there is no such tag.") from None
        await entities.delete(tx, TAG, [tag_id])
        marked = await crowds.number(tx, sql.number_marked, tag=tag_id)
        await tx.change_many(sql.mark_otherwise, TaskUpdated, marked, tag=tag_id, into=merge.into)
        await mark_what_comes(tx, str(tag_id), str(merge.into))
        answer = tx.answer_with(stays)
    await crowds.tell(marked)
    return web.respond(answer)


async def mark_what_comes(tx: Change, tag: str, into: str) -> None:
    """The occurrences that series have still to make."""
    wanted = {}
    for row in await tx.all(sql.series_marked, user_id=tx.caller.user_id, tag=tag):
        series = json.loads(row["document"])
        tags = list(dict.fromkeys(into if each == tag else each for each in series["template"]["tags"]))
        wanted[row["id"]] = (series, series | {"template": series["template"] | {"tags": tags}})
    await entities.change(tx, SERIES, wanted)


@asynccontextmanager
async def unless_taken(caller: Caller, name: str) -> AsyncIterator[None]:
    try:
        yield
    except db.Refused as refused:
        if refused.constraint != "tags_name":
            raise
        async with db.single() as tx:
            row = await tx.first(sql.tag_named, user_id=caller.user_id, name_key=name_key(name))
        existing = row and json.loads(row["document"])
        raise Conflict("There is a tag of this name already, `existing`.", existing=existing) from refused


def by_name(tag: Document) -> tuple[str, str]:
    return name_key(tag["name"]), tag["id"]
