"""What somebody was told, newest first, and what they have seen of it."""

import json
from typing import Annotated, LiteralString
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field
from typing_extensions import TypedDict

from shared import changes, db, pages, web, work
from shared.callers import SignedIn
from shared.changes import Change
from shared.events import NotificationRead
from shared.problems import NotFound
from shared.routes import Straight
from shared.shapes import Notification
from shared.web import Body

sql = db.queries(__file__, "notifications")
router = APIRouter(route_class=Straight)

LAST = 2**63 - 1
AT_ONCE = 10_000  # one change holds no more

Number = Annotated[int, Field(ge=0, le=LAST)]


class NotificationPage(TypedDict):
    items: list[Notification]
    next: str | None
    unread: int  # of all, up to 1,000


class Seen(Body):
    """`through`: the number of the last one that was shown; what came after it stays unread."""

    through: Number = LAST


class Read(TypedDict):
    read: int
    unread: int


class Receipt(TypedDict):
    """What became of a notification on one channel. `late`: behind its plan, or the quiet hours."""

    channel: str
    planned_at: str
    deliver_at: str
    deferred: bool
    sent_at: str | None
    late: float | None
    attempts: int
    next_attempt_at: str | None
    outcome: str | None
    last_error: str | None


class Receipts(TypedDict):
    items: list[Receipt]


@router.get("/api/notifications", response_model=NotificationPage)
async def list_notifications(
    caller: SignedIn,
    after: Annotated[int, Query(ge=0, le=LAST, description="Only those with a greater `sequence`")] = 0,
    unread: bool = False,
    limit: pages.Limit = 50,
    cursor: pages.Cursor = None,
) -> Response:
    """Newest first. Who was away asks for those `after` the last number they have."""
    [before] = pages.place(cursor, int) if cursor else [LAST]
    if not 0 <= before <= LAST:
        raise pages.malformed()
    asked = {"user_id": caller.user_id, "after": after, "before": before, "most": limit}
    async with db.single() as tx:
        page = await tx.one(_page(unread), **asked)
    following = json.dumps(pages.cursor([str(page["last"])]) if page["more"] else None)
    body = f'{{"items":[{page["documents"]}],"next":{following},"unread":{page["unread"]}}}'
    return Response(body, media_type="application/json")


def _page(only_unread: bool) -> LiteralString:
    """Each has an index of its own."""
    return db.composed(sql.page.replace("{conditions}", "AND read_at IS NULL" if only_unread else ""))


@router.post("/api/notifications/read", response_model=Read)
async def read_all(seen: Seen, caller: SignedIn) -> Response:
    """Those that are unread, the oldest 10,000 of them; on every device."""
    async with changes.change(caller) as tx:
        asked = {"user_id": caller.user_id, "through": seen.through}
        many = min((await tx.one(sql.unread_through, **asked, most=AT_ONCE))["many"], AT_ONCE)
        read = await tx.change_many(sql.read_through, NotificationRead, many, through=seen.through) if many else 0
        left = (await tx.one(sql.unread, user_id=caller.user_id))["many"]
        answer = tx.answer(200, json.dumps({"read": read, "unread": left}), {})
    if read:  # the database has made their events, so they are relay's
        await work.ring("outbox")
    return web.respond(answer)


@router.post("/api/notifications/{notification_id}/read", response_model=Notification)
async def read(notification_id: UUID, caller: SignedIn) -> Response:
    """On every device. To have seen it again changes nothing."""
    async with changes.change(caller) as tx:
        document = await _read(tx, notification_id)
        answer = tx.answer(200, document, {})
    return web.respond(answer)


async def _read(tx: Change, notification_id: UUID) -> str:
    asked = {"user_id": tx.caller.user_id, "id": notification_id}
    if changed := await tx.first(sql.read, **asked, now=tx.now):
        document = str(changed["document"])
        tx.emit(NotificationRead, notification_id, document, {"read_at": [None, json.loads(document)["read_at"]]})
        return document
    return await _find(tx, **asked)


async def _find(tx: db.Transaction, user_id: UUID, id: UUID) -> str:
    row = await tx.first(sql.find, user_id=user_id, id=id)
    if row is None:
        raise NotFound(f"There is no notification {id}.")
    return str(row["document"])


@router.get("/api/notifications/{notification_id}/deliveries", response_model=Receipts)
async def receipts(notification_id: UUID, caller: SignedIn) -> Response:
    """On each channel: when it was to be there, when it was, and what went wrong."""
    async with db.single() as tx:
        await _find(tx, caller.user_id, notification_id)
        rows = await tx.all(sql.receipts, user_id=caller.user_id, id=notification_id)
    return Response(f'{{"items":[{",".join(row["receipt"] for row in rows)}]}}', media_type="application/json")
