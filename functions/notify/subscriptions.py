"""The browsers in which somebody wants to be told things while the page is closed."""

import base64
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import AfterValidator, Field, StringConstraints
from typing_extensions import TypedDict

from functions.notify import vapid
from shared import changes, db, guarded, web
from shared.callers import InSession, SignedIn
from shared.events import UserPushSubscribed, UserPushUnsubscribed
from shared.ids import new_id
from shared.problems import Conflict, Invalid, NotFound
from shared.routes import Straight
from shared.web import Body

sql = db.queries(__file__, "subscriptions")
router = APIRouter(route_class=Straight)

MOST = 20  # of one user


def _of(size: int) -> AfterValidator:
    """So many bytes, as browsers write them."""

    def read(text: str) -> str:
        if len(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))) != size:
            raise ValueError(f"{size} bytes in base64url")
        return text.rstrip("=")

    return AfterValidator(read)


Base64 = StringConstraints(pattern="^[A-Za-z0-9_-]+=*$", max_length=200)


class Keys(Body):
    p256dh: Annotated[str, Base64, _of(65)]
    auth: Annotated[str, Base64, _of(16)]


class NewSubscription(Body):
    """What the browser's `PushSubscription.toJSON()` gives, as it is."""

    endpoint: Annotated[str, StringConstraints(max_length=1000)]
    keys: Keys
    expirationTime: Annotated[float | None, Field(strict=False)] = None  # noqa: N815  # said by browsers, and never kept


class Subscription(TypedDict):
    id: str
    host: str  # of the push service
    created_at: str
    current: bool  # of the session that asks


class Subscriptions(TypedDict):
    items: list[Subscription]


class PushKey(TypedDict):
    key: str | None  # `applicationServerKey`; null: this Taskora has none, and no push


@router.get("/api/push/key", response_model=PushKey)
async def push_key(caller: SignedIn) -> PushKey:
    """What a browser has to be told to subscribe."""
    return {"key": vapid.public_key()}


@router.get("/api/push/subscriptions", response_model=Subscriptions)
async def list_subscriptions(caller: InSession) -> Response:
    async with db.single() as tx:
        rows = await tx.all(sql.subscriptions, user_id=caller.user_id, session_id=caller.session_id)
    return Response(f'{{"items":[{",".join(row["document"] for row in rows)}]}}', media_type="application/json")


@router.post(
    "/api/push/subscriptions",
    status_code=201,
    response_model=Subscription,
    responses={409: {"description": "There are 20 already"}},
)
async def subscribe(new: NewSubscription, caller: InSession) -> Response:
    """It ends with the session that it is made in. The same browser again takes the place of what it was before."""
    try:
        guarded.checked(new.endpoint)
    except guarded.Refused as refused:
        raise Invalid.at("endpoint", f"nothing is sent there: {refused}.") from None
    if not vapid.is_key_of_a_browser(new.keys.p256dh):
        raise Invalid.at("keys.p256dh", "it is no point of P-256.")
    async with changes.change(caller) as tx:
        known = await tx.one(sql.known, user_id=caller.user_id, endpoint=new.endpoint)
        if known["others"] >= MOST:
            raise Conflict(f"There are {MOST} browsers already. Delete one of them first.")
        made = await tx.one(
            sql.subscribe,
            user_id=caller.user_id,
            id=new_id(),
            session_id=caller.session_id,
            endpoint=new.endpoint,
            p256dh=new.keys.p256dh,
            auth=new.keys.auth,
            now=tx.now,
        )
        if known["id"] is None:
            user = (await tx.one(sql.subscriber, user_id=caller.user_id))["document"]
            tx.emit(UserPushSubscribed, caller.user_id, user, {"subscription": [None, str(made["id"])]})
        answer = tx.answer(201, made["document"], {})
    return web.respond(answer)


@router.delete("/api/push/subscriptions/{subscription_id}", status_code=204)
async def unsubscribe(subscription_id: UUID, caller: InSession) -> None:
    async with changes.change(caller) as tx:
        if not await tx.run(sql.unsubscribe, user_id=caller.user_id, id=subscription_id):
            raise NotFound(f"There is no subscription {subscription_id}.")
        user = (await tx.one(sql.subscriber, user_id=caller.user_id))["document"]
        tx.emit(UserPushUnsubscribed, caller.user_id, user, {"subscription": [str(subscription_id), None]})
