"""Webhooks: where somebody's events are sent, and which. What signs them is said once."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from fastapi import APIRouter, Response
from typing_extensions import TypedDict

from functions.webhooks import changing, signing
from functions.webhooks.bodies import NewWebhook, WebhookPatch
from shared import answers, changes, db, sealing, versions, web
from shared.answers import Answer, AnsweredBefore
from shared.callers import SignedIn
from shared.changes import Change
from shared.events import UserWebhookChanged, UserWebhookCreated, UserWebhookDeleted
from shared.ids import new_id
from shared.problems import Conflict, Invalid
from shared.routes import Straight
from shared.shapes import Webhook
from shared.versions import IfMatch

sql = db.queries(__file__, "subscriptions")
router = APIRouter(route_class=Straight)

MOST = 20  # of one user


class WebhookWithSecret(Webhook):
    secret: str  # shown this once


class Webhooks(TypedDict):
    items: list[Webhook]


@router.get("/api/webhooks", response_model=Webhooks)
async def list_webhooks(caller: SignedIn) -> Response:
    async with db.single() as tx:
        documents = (await tx.one(sql.webhooks, user_id=caller.user_id))["documents"]
    return Response(f'{{"items":{documents}}}', media_type="application/json")


@router.post(
    "/api/webhooks",
    status_code=201,
    response_model=WebhookWithSecret,
    responses={409: {"description": "There are as many as one may have."}},
)
async def create(new: NewWebhook, caller: SignedIn) -> Response:
    """All that happens from now on is sent there as a CloudEvent, signed with the secret that this answer says once.

    It arrives at least once, with the same `Taskora-Delivery` each time, and in any order: `sequence` says which.
    """
    secret = signing.new_secret()
    with _told_again():
        async with changes.change(caller) as tx:
            row = await tx.first(
                sql.add, user_id=caller.user_id, id=new_id(), secret=sealing.seal(secret), through=tx.last_number + 1,
                now=tx.now, most=MOST, **new.model_dump(),
            )  # fmt: skip
            if row is None:
                raise Conflict(f"There are {MOST} webhooks already. Delete one that is not needed.")
            await changing.tell(tx, UserWebhookCreated, None, row["document"])
            answer = _with_secret(tx, 201, row["document"], secret)
    return web.respond(answer)


@router.get("/api/webhooks/{webhook_id}", response_model=Webhook)
async def read(webhook_id: UUID, caller: SignedIn) -> Response:
    async with db.single() as tx:
        document = changing.the_one(await tx.all(sql.find, user_id=caller.user_id, id=webhook_id), webhook_id)
    return versions.respond(document)


@router.patch("/api/webhooks/{webhook_id}", response_model=Webhook)
async def patch(webhook_id: UUID, asked: WebhookPatch, caller: SignedIn, if_match: IfMatch = None) -> Response:
    """What waits when it is switched off is not sent. Switched on again, it goes on from then; replay the rest."""
    named = asked.model_dump(exclude_unset=True)
    for field, value in named.items():
        if value is None:
            raise Invalid.at(field, "it cannot be null.")
    with _told_again():
        async with changing.change(caller, webhook_id, if_match) as (tx, before):
            answer = _sealed(tx, answers.showing(await changing.become(tx, before, named)))
    return web.respond(answer)


@router.post("/api/webhooks/{webhook_id}/secret", response_model=WebhookWithSecret)
async def renew_secret(webhook_id: UUID, caller: SignedIn) -> Response:
    """Another secret, which is shown this once. For a day the old one signs beside it."""
    secret = signing.new_secret()
    with _told_again():
        async with changing.change(caller, webhook_id) as (tx, before):
            row = await tx.one(
                sql.renew_secret, user_id=caller.user_id, id=webhook_id, secret=sealing.seal(secret),
                kept=signing.KEPT, now=tx.now,
            )  # fmt: skip
            await changing.tell(tx, UserWebhookChanged, before, row["document"])
            answer = _with_secret(tx, 200, row["document"], secret)
    return web.respond(answer)


@router.delete("/api/webhooks/{webhook_id}", status_code=204)
async def delete(webhook_id: UUID, caller: SignedIn) -> Response:
    """Nothing more is sent there, and what became of its deliveries is forgotten."""
    async with changes.change(caller) as tx:
        rows = await tx.all(sql.delete, user_id=caller.user_id, id=webhook_id)
        before = json.loads(changing.the_one(rows, webhook_id))
        await changing.tell(tx, UserWebhookDeleted, before, None)
        answer = tx.answer(204)
    return web.respond(answer)


def _with_secret(tx: Change, status: int, document: str, secret: str) -> Answer:
    body = json.dumps({**json.loads(document), "secret": secret}, ensure_ascii=False)
    return _sealed(tx, Answer(status, body, {"cache-control": "no-store"}))


def _sealed(tx: Change, answer: Answer) -> Answer:
    """As it is kept for whoever asks again with the same Idempotency-Key: an address may have a secret in it, too."""
    if tx.caller.idempotency_key is not None:
        tx.answer(answer.status, sealing.seal(answer.body), answer.headers)
    return answer


@contextmanager
def _told_again() -> Iterator[None]:
    try:
        yield
    except AnsweredBefore as before:
        body = sealing.opened(before.answer.body)
        if body is None:
            raise Conflict("What was answered to this Idempotency-Key can be read no more.") from None
        raise AnsweredBefore(replace(before.answer, body=body)) from None
