"""What became of what was sent, and how to have it sent again."""

import json
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from typing_extensions import TypedDict

from functions.webhooks import changing
from functions.webhooks.bodies import ReplaySpan
from shared import changes, db, pages, rates, web, work
from shared.callers import SignedIn
from shared.changes import Change
from shared.ids import new_id
from shared.problems import Conflict, Invalid, NotFound
from shared.routes import Straight
from shared.shapes import DeliveryState, WebhookDelivery

sql = db.queries(__file__, "deliveries")
router = APIRouter(route_class=Straight)

AT_ONCE = 10_000  # events of one replay
REFUSED: dict[int | str, dict[str, Any]] = {
    409: {"description": "The webhook is switched off, or what it is about is no longer kept."}
}
NEWEST = ["infinity", "ffffffff-ffff-ffff-ffff-ffffffffffff"]


class WebhookDeliveries(TypedDict):
    items: list[WebhookDelivery]
    next: str | None


class Replayed(TypedDict):
    deliveries: int


@router.get("/api/webhooks/{webhook_id}/deliveries", response_model=WebhookDeliveries)
async def list_deliveries(
    webhook_id: UUID,
    caller: SignedIn,
    state: Annotated[DeliveryState | None, Query()] = None,
    limit: pages.Limit = 50,
    cursor: pages.Cursor = None,
) -> Response:
    """Newest first, of the last 30 days."""
    made_at, id = pages.place(cursor, datetime.fromisoformat, UUID) if cursor else NEWEST
    async with db.single() as tx:
        await _the_one(tx, caller.user_id, webhook_id)
        asked = {"webhook_id": webhook_id, "made_at": made_at, "id": id, "state": state, "most": limit + 1}
        documents = await tx.texts(sql.page, user_id=caller.user_id, **asked)
    return pages.as_page(documents, limit, lambda last: (last["made_at"], last["id"]))


@router.post("/api/webhooks/{webhook_id}/ping", status_code=202, response_model=WebhookDelivery, responses=REFUSED)
async def ping(webhook_id: UUID, caller: SignedIn) -> Response:
    """Have something sent that is about nothing, to see whether it gets there. It is tried once."""
    async with changing.change(caller, webhook_id) as (tx, webhook):
        _has_to_be(webhook["active"])
        whose = {"user_id": caller.user_id, "webhook_id": webhook_id}
        await tx.run(sql.rouse, **whose)
        made = await tx.one(sql.ping, **whose, id=new_id(), now=tx.now)
        answer = tx.answer(202, made["document"], {})
    await work.ring("hooks")
    return web.respond(answer)


@router.post(
    "/api/webhooks/deliveries/{delivery_id}/replay", status_code=202, response_model=WebhookDelivery, responses=REFUSED
)
@rates.limited("bulk")
async def replay(delivery_id: UUID, caller: SignedIn) -> Response:
    """Have it sent again, whatever became of it: the same, under the same id."""
    async with changes.change(caller) as tx:
        row = await tx.first(sql.whose, user_id=caller.user_id, id=delivery_id)
        if row is None:
            raise NotFound(f"There is no delivery {delivery_id}.")
        _has_to_be(row["active"])
        if not row["is_kept"]:
            raise Conflict("What it is about is no longer kept.")
        await tx.run(sql.rouse, user_id=caller.user_id, webhook_id=row["webhook_id"])
        again = await tx.one(sql.replay, user_id=caller.user_id, id=delivery_id)
        answer = tx.answer(202, again["document"], {})
    await work.ring("hooks")
    return web.respond(answer)


@router.post("/api/webhooks/{webhook_id}/replay", status_code=202, response_model=Replayed, responses=REFUSED)
@rates.limited("bulk")
async def replay_span(webhook_id: UUID, span: ReplaySpan, caller: SignedIn) -> Response:
    """Have all sent that happened in this time and is of its types: what was sent before, under the same id."""
    if span.since >= span.until:
        raise Invalid.at("to", "an instant after `from`.")
    async with changing.change(caller, webhook_id) as (tx, webhook):
        _has_to_be(webhook["active"])
        answer = tx.answer(202, json.dumps({"deliveries": await _replayed(tx, webhook_id, span)}), {})
    await work.ring("hooks")
    return web.respond(answer)


async def _replayed(tx: Change, webhook_id: UUID, span: ReplaySpan) -> int:
    whose = {"user_id": tx.caller.user_id, "webhook_id": webhook_id}
    asked = {"since": span.since, "until": span.until}
    many = (await tx.one(sql.in_span, **whose, **asked, most=AT_ONCE + 1))["many"]
    if many > AT_ONCE:
        raise Invalid.at("to", f"these are more than {AT_ONCE} events. Replay a shorter time first.")
    if not many:
        return 0
    await tx.run(sql.rouse, **whose)
    return await tx.run(sql.replay_span, **whose, **asked, now=tx.now)


async def _the_one(tx: db.Transaction, user_id: UUID, webhook_id: UUID) -> None:
    if not await tx.run(sql.is_there, user_id=user_id, id=webhook_id):
        raise NotFound(f"There is no webhook {webhook_id}.")


def _has_to_be(active: bool) -> None:
    if not active:
        raise Conflict("This webhook is switched off. Switch it on first.")
