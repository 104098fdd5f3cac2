"""Search tasks: by the beginnings of words, however they are accented, and by what may have been meant."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from typing_extensions import TypedDict

from functions.tasks import listing
from functions.tasks.highlights import Highlighter, Part
from functions.tasks.hunting import IN_COMMENTS, MEANT, MEANT_IN_COMMENTS, STAGES, Hit, Hunt, Place
from shared import db, pages, rates
from shared.callers import SignedIn
from shared.routes import Straight
from shared.shapes import Task
from shared.words import in_search

sql = db.queries(__file__, "search")
router = APIRouter(route_class=Straight)
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


class Match(TypedDict):
    where: Literal["title", "notes", "tag", "comment"]
    id: str | None  # the tag's or the comment's
    parts: list[Part]


class Found(TypedDict):
    task: Task
    matches: list[Match]


class SearchPage(TypedDict):
    items: list[Found]
    next: str | None
    complete: bool  # false: there are more hits than were put in order


def narrowed_as_lists_are(endpoint: Endpoint) -> Endpoint:
    """It takes the parameters that say which tasks a list is of, too, and gets what is said of them as keywords."""
    own = [each for each in signature(endpoint).parameters.values() if each.kind is not Parameter.VAR_KEYWORD]
    listed = [each for name, each in signature(listing.list_tasks).parameters.items() if name in listing.NARROWING]
    endpoint.__signature__ = Signature([*own, *listed])  # type: ignore[attr-defined]
    return endpoint


@router.get("/api/tasks/search", response_model=SearchPage)
@rates.limited("search")
@narrowed_as_lists_are
async def search(
    caller: SignedIn,
    request: Request,
    q: Annotated[str, Query(description="Words, or how they begin; anything else is passed over")],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(description="`next` of the page before, with the same words")] = None,
    **said: Any,
) -> Response:
    """Best hits first: all words in the title, then those with tags, notes and comments; whole words before beginnings,
    the newest first. What may have been meant comes last, if there is little else.

    `parts` of a match show where it is: put together they are the text, or the part of it around the first hit.
    """
    listing.refuse_others(request, search)
    place = Place() if cursor is None else place_of(cursor)
    words = in_search(q)
    if not words:
        return as_page([], [], None, True)
    async with db.transaction() as tx:
        tx.later(sql.by_index_alone)
        tags = {row["id"]: str(row["name"]) for row in await tx.all(sql.tags, user_id=caller.user_id)}
        hunt = Hunt(
            tx, caller.user_id, words, tags, place, limit + 1, listing.narrowed(caller, said, datetime.now(UTC))
        )
        hits = await hunt.hits()
        shown = hits[:limit]
        matches = await matches_of(hunt, shown)
    seen = place.seen + sum(hit.stage < MEANT for hit in shown)
    more = cursor_after(shown[-1], seen) if len(hits) > limit else None
    return as_page(shown, matches, more, hunt.complete)


async def matches_of(hunt: Hunt, hits: Sequence[Hit]) -> list[list[Match]]:
    """Where each hit has what was sought."""
    light = Highlighter(hunt.words)
    comments: dict[str, list[tuple[str, str]]] = {}
    discussed = [UUID(hit.task["id"]) for hit in hits if hit.stage in (IN_COMMENTS, MEANT_IN_COMMENTS)]
    if discussed:
        asked = {"user_id": hunt.user_id, "tasks": discussed, "spoken": hunt.keyed(hunt.meant.spoken)}
        for row in await hunt.tx.all(sql.comments, **asked):
            comments.setdefault(str(row["task_id"]), []).append((str(row["id"]), str(row["text"])))
    return [matches(light, hit, hunt.tags, comments.get(hit.task["id"], [])) for hit in hits]


def matches(light: Highlighter, hit: Hit, tags: Mapping[UUID, str], comments: Sequence[tuple[str, str]]) -> list[Match]:
    task, near = hit.task, hit.stage >= MEANT
    found: list[tuple[Literal["title", "notes", "tag", "comment"], str | None, list[Part] | None]] = [
        ("title", None, light.whole(task["title"], near))
    ]
    found += [("tag", tag, light.whole(tags.get(UUID(tag), ""), near)) for tag in task["tags"]]
    found.append(("notes", None, light.some(task["notes"], near)))
    found += [("comment", comment, light.some(text, near)) for comment, text in comments[:3]]
    return [{"where": where, "id": id, "parts": parts} for where, id, parts in found if parts]


def as_page(hits: Sequence[Hit], matches: Sequence[list[Match]], more: str | None, complete: bool) -> Response:
    items = ",".join(
        f'{{"task":{hit.document},"matches":{json.dumps(found, ensure_ascii=False)}}}'
        for hit, found in zip(hits, matches, strict=True)
    )
    end = f'"next":{json.dumps(more)},"complete":{json.dumps(complete)}'
    return Response(f'{{"items":[{items}],{end}}}', media_type="application/json")


def cursor_after(hit: Hit, seen: int) -> str:
    return pages.cursor([str(hit.stage), hit.task["created_at"], hit.task["id"], str(seen)])


def place_of(cursor: str) -> Place:
    stage, at, task, seen = pages.place(cursor, int, datetime.fromisoformat, UUID, int)
    if stage not in STAGES:
        raise pages.malformed()
    return Place(stage, at.isoformat(), task, seen)
