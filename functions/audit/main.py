"""Keep what every user did, for good, each entry sealed with all before it; show it and prove it whole."""

import json
from typing import Annotated, Any, NotRequired

from fastapi import Query, Response
from typing_extensions import TypedDict

from functions.audit import history
from shared import db, edge, receiving, web
from shared.callers import SignedIn
from shared.events import Actor, Missed

sql = db.queries(__file__)
app = web.app("audit", about="activity")
app.router.routes.append(receiving.route(history.keep))
handle = edge.function(app)

Filter = Annotated[str | None, Query(max_length=200, pattern="^[^\0]*$")]


class Entry(TypedDict):
    id: str
    sequence: int
    type: str
    subject: str
    time: str
    actor: Actor | None
    operation: str | None
    changes: dict[str, tuple[Any, Any]] | None
    missed: Missed | None  # of a task.recurred: what lay between, and nobody was offered


class ActivityPage(TypedDict):
    items: list[Entry]
    next: str | None


class Head(TypedDict):
    sequence: int
    hash: str  # whoever keeps it will know later whether the history before it is still the same


class FirstBad(TypedDict):
    sequence: int
    reason: str


class Verdict(TypedDict):
    ok: bool
    entries: NotRequired[int]
    head: NotRequired[Head]
    first_bad: NotRequired[FirstBad]


@app.get("/api/activity", response_model=ActivityPage)
async def list_newest(
    caller: SignedIn,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[int | None, Query(ge=1, le=2**63 - 1, description="`next` of the page before")] = None,
    subject: Filter = None,
    type: Filter = None,
) -> Response:
    async with db.single() as tx:
        rows = await tx.all(
            sql.newest, user_id=caller.user_id, before=cursor, subject=subject, type=type, limit=limit + 1
        )
    shown = rows[:limit]
    following = json.dumps(str(shown[-1]["sequence"]) if len(rows) > limit else None)
    items = ",".join(row["document"] for row in shown)
    return Response(f'{{"items":[{items}],"next":{following}}}', media_type="application/json")


@app.get("/api/activity/verify", response_model=Verdict, response_model_exclude_unset=True)
async def verify(caller: SignedIn) -> Verdict:
    async with db.single() as tx:
        found = await tx.one(sql.verify, user_id=caller.user_id)
    if found["bad"] is not None:
        return {"ok": False, "first_bad": {"sequence": found["bad"], "reason": found["reason"]}}
    return {"ok": True, "entries": found["head"], "head": {"sequence": found["head"], "hash": found["hash"]}}
