"""Keep what every user did, for good, each entry sealed with all before it; show it and prove it whole."""

import json
import re
from datetime import datetime
from typing import Annotated, Any, Literal, NotRequired
from uuid import UUID

from fastapi import Query, Response
from pydantic import AfterValidator
from typing_extensions import TypedDict

from functions.audit import entries, history
from shared import db, edge, moments, receiving, web
from shared.callers import SignedIn
from shared.events import Actor, Missed
from shared.problems import Invalid

sql = db.queries(__file__)
app = web.app("audit", about="activity")
app.router.routes.append(receiving.route(history.keep))
handle = edge.function(app)

Filter = Annotated[str | None, Query(max_length=200, pattern="^[^\0]*$")]


LAST = 2**63 - 1
KIND = re.compile(r"[a-z_]+\.([a-z_]+|\*)")


def _kind(text: str) -> str:
    if KIND.fullmatch(text):
        return text
    raise ValueError("it is the type of an event, as task.created, or all of something, as task.*")


Kind = Annotated[str, Query(max_length=200), AfterValidator(_kind)]


class KnownActor(Actor):
    name: str | None  # the user's
    token_name: str | None  # null: made without one, or it is there no more


class Entry(TypedDict):
    id: str
    sequence: int
    type: str
    subject: str
    time: str
    title: str | None  # of the task, list, … as it was then; of a notification, its first task's
    tasks: list[str]  # ids of those that a comment, a reminder or a notification is about
    actor: KnownActor | None
    operation: str | None
    changes: dict[str, tuple[Any, Any]] | None
    missed: Missed | None  # of a task.recurred: what lay between, and nobody was offered


class ActivityPage(TypedDict):
    items: list[Entry]
    next: str | None


class Head(TypedDict):
    sequence: int
    hash: str  # whoever keeps it will know later whether the history before it is still the same


class Removed(Head):
    ends_at: str  # of the last month that was removed as too old


class FirstBad(TypedDict):
    sequence: int
    reason: str


class Verdict(TypedDict):
    ok: bool
    entries: NotRequired[int]
    head: NotRequired[Head]
    removed: NotRequired[Removed]  # up to this one, which the first that is there follows
    first_bad: NotRequired[FirstBad]


@app.get("/api/activity", response_model=ActivityPage)
async def list_newest(
    caller: SignedIn,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[int | None, Query(ge=1, le=LAST, description="`next` of the page before")] = None,
    subject: Filter = None,
    type: Filter = None,
    task: Annotated[
        UUID | None, Query(description="With what is told of it: its comments, reminders and notifications")
    ] = None,
    kind: Annotated[Kind | None, Query(description="An event's type, or all of something, as `task.*`")] = None,
    via: Literal["web", "api", "chat", "mcp", "system"] | None = None,
    token: Annotated[UUID | None, Query(description="The API token that it was done with")] = None,
    since: Annotated[str | None, Query(alias="from", max_length=40, description="An instant")] = None,
    until: Annotated[str | None, Query(alias="to", max_length=40, description="Before this instant")] = None,
) -> Response:
    """Who did what, newest first.

    All filters may be combined. A page of few may be shorter than its limit, and even empty, while its `next` says
    that there may be more.
    """
    begin, end = as_span(since, until)
    asked = {
        "task": task and str(task),
        "token": token and str(token),
        "subject": subject,
        "type": type,
        "kind": kind,
        "via": via,
        "from": begin,
        "to": end,
    }
    wanted = entries.Asked(caller.user_id, {name: value for name, value in asked.items() if value is not None})
    async with db.transaction() as tx:
        documents, following = await wanted.page(tx, limit, LAST if cursor is None else cursor)
    next = json.dumps(None if following is None else str(following))
    return Response(f'{{"items":[{",".join(documents)}],"next":{next}}}', media_type="application/json")


def as_span(since: str | None, until: str | None) -> tuple[datetime | None, datetime | None]:
    begin = None if since is None else moments.instant(since, "from")
    end = None if until is None else moments.instant(until, "to")
    if begin and end and begin >= end:
        raise Invalid.at("to", "an instant after `from`.")
    return begin, end


@app.get("/api/activity/verify", response_model=Verdict, response_model_exclude_unset=True)
async def verify(caller: SignedIn) -> Verdict:
    async with db.single() as tx:
        found = await tx.one(sql.verify, user_id=caller.user_id)
    if found["bad"] is not None:
        return {"ok": False, "first_bad": {"sequence": found["bad"], "reason": found["reason"]}}
    head: Head = {"sequence": found["head"], "hash": found["hash"]}
    whole: Verdict = {"ok": True, "entries": found["head"] - found["anchored"], "head": head}
    if found["anchored"]:
        whole["removed"] = {
            "sequence": found["anchored"], "hash": found["anchor_hash"], "ends_at": found["ends_at"],
        }  # fmt: skip
    return whole
