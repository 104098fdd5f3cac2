"""List tasks: any filter, any order, page by page. A list is one statement."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from inspect import signature
from typing import TYPE_CHECKING, Annotated, Any, Literal, LiteralString
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import AfterValidator
from starlette.datastructures import QueryParams

from functions.tasks.orders import KEYS, Step, behind, steps_of
from functions.tasks.pages import TaskPage, as_page, place_of, question_of, rows_for
from shared import db
from shared.callers import Caller, SignedIn
from shared.filters import LONGEST
from shared.libpq import KEPT
from shared.problems import Invalid
from shared.remembered import remembered
from shared.routes import Straight
from shared.shapes import Priority, Status

if TYPE_CHECKING:
    from shared.filters.conditions import Condition

sql = db.queries(__file__, "listing")
router = APIRouter(route_class=Straight)
NEWEST = "-created"


def at(text: str) -> str:
    from functions.tasks.narrowing import span_at

    span_at(text)
    return text


def several(said: str) -> Any:
    return Query(max_length=50, description=f"{said}; may be given several times")


def asked_if(said: str) -> Any:
    return Query(description=f"`true`: only what {said}; `false`: only what is not so")


FROM = Query(description="From this day (of the user's zone) or instant on", examples=["2026-11-20"])
TO = Query(description="Until this day, with all of it, or until before this instant", examples=["2026-11-26"])
When = Annotated[str, AfterValidator(at)]
From = Annotated[When | None, FROM]
To = Annotated[When | None, TO]


@router.get("/api/tasks", response_model=TaskPage)
async def list_tasks(
    caller: SignedIn,
    request: Request,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(description="`next` of the page before; with the same sort and filter")] = None,
    sort: Annotated[
        str,
        Query(
            description=f"Some of {', '.join(KEYS)}, with commas; `-` turns one round. What has no date comes last.",
            examples=["-priority,due"],
        ),
    ] = NEWEST,
    filter: Annotated[  # as it is called in the address
        str | None,
        Query(
            max_length=LONGEST,
            description="In the filter language, in the user's zone. Where it says nothing of a status it is about open"
            " tasks, unless `status`, `completed_from` or `completed_to` is given; it leaves out archived lists, but"
            " for those that it names, unless `list` or `archived` is given",
            examples=["(today | overdue) & #Work & !@waiting & p1"],
        ),
    ] = None,
    status: Annotated[list[Status] | None, several("Only these")] = None,
    priority: Annotated[list[Priority] | None, several("Only these")] = None,
    lists: Annotated[list[UUID | Literal["inbox"]] | None, Query(alias="list", max_length=50)] = None,
    tags_any: Annotated[list[UUID] | None, several("With one of these tags")] = None,
    tags_all: Annotated[list[UUID] | None, several("With all of these tags")] = None,
    tags_none: Annotated[list[UUID] | None, several("With none of these tags")] = None,
    parent: Annotated[
        UUID | Literal["none"] | None, Query(description="A task's id: its subtasks; `none`: no subtasks")
    ] = None,
    due_from: From = None,
    due_to: To = None,
    start_from: From = None,
    start_to: To = None,
    created_from: From = None,
    created_to: To = None,
    updated_from: From = None,
    updated_to: To = None,
    completed_from: From = None,
    completed_to: To = None,
    overdue: Annotated[bool | None, asked_if("is open and was due before now")] = None,
    no_date: Annotated[bool | None, asked_if("has no due date")] = None,
    archived: Annotated[bool | None, asked_if("is in an archived list")] = None,
    recurring: Annotated[bool | None, asked_if("repeats")] = None,
    has_reminder: Annotated[bool | None, asked_if("has a reminder, whether or not it has fired")] = None,
) -> Response:
    """Newest first, if nothing else is said. All parameters can be combined: what is listed is what all of them mean.

    A task that is there all the while and whose place in the order stays is on exactly one page, whatever others write
    meanwhile. One whose place changes while somebody pages is shown where it is when that page is read: again, if it
    moved behind the cursor, or not any more, if it moved before it.
    """
    said = {name: value for name, value in locals().items() if value is not None and name in NARROWING}
    refuse_others(request, list_tasks)
    steps = steps_of(sort)
    question = question_of(sort, said)
    now, place = (datetime.now(UTC), None) if cursor is None else place_of(cursor, steps, question)
    condition = narrowed(caller, said, now)
    after, values = behind(steps, place) if place else (None, {})
    query = written(condition.text if condition else None, after, steps, rows_for(limit))
    async with db.single() as tx:
        documents = await tx.texts(query, user_id=caller.user_id, **values, **(condition.values if condition else {}))
    return as_page(documents, limit, steps, question, now)


NARROWING = signature(list_tasks).parameters.keys() - {"caller", "request", "limit", "cursor", "sort"}


def narrowed(caller: Caller, said: Mapping[str, Any], now: datetime) -> "Condition | None":
    """To the tasks that all of it means; None: it says nothing."""
    said = {name: value for name, value in said.items() if value is not None}
    if not said:
        return None
    from functions.tasks import narrowing  # what it needs takes a tenth of a start, and the first list may say nothing

    return narrowing.narrowed(caller, said, now)


def refuse_others(request: Request, endpoint: Callable[..., Any]) -> None:
    """A misspelt parameter that is passed over would show other tasks than were asked for."""
    if unknown := unknown_in(request.scope["query_string"], endpoint):
        raise unheard_of(min(unknown), parameters(endpoint))


@remembered(50_000, most=100)
def unknown_in(asked: bytes, endpoint: Callable[..., Any]) -> set[str]:
    return QueryParams(asked).keys() - parameters(endpoint)


@cache
def parameters(endpoint: Callable[..., Any]) -> set[str]:
    return {"list" if name == "lists" else name for name in signature(endpoint).parameters} - {"caller", "request"}


def unheard_of(name: str, known: set[str]) -> Invalid:
    from difflib import get_close_matches

    shown = name[:100].encode("ascii", "replace").decode()
    near = get_close_matches(shown, known, 1)
    return Invalid.at(shown, "there is no such parameter" + (f"; did you mean {near[0]}?" if near else ""))


@lru_cache(KEPT)
def written(condition: str | None, after: str | None, steps: Sequence[Step], rows: int) -> LiteralString:
    """The statement, in which nothing stands that a request says: that is in its values."""
    statement = sql.found if condition or steps != steps_of(NEWEST) else sql.newest
    blanks = {
        "{conditions}": "".join(f" AND {part}" for part in (condition, after) if part),
        "{order}": ", ".join(f"{step.column.sql}{step.written}" for step in steps),
        "{rows}": str(rows),
        "{keys}": ", ".join(f"{step.column.sql} AS key{number}" for number, step in enumerate(steps)),
        "{keys_order}": ", ".join(f"key{number}{step.written}" for number, step in enumerate(steps)),
    }
    for blank, text in blanks.items():
        statement = statement.replace(blank, text)
    return db.composed(statement)
