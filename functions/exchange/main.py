"""Give people everything that is kept of them, in one document."""

from typing import Any, Literal, get_type_hints

from fastapi import Response
from pydantic import create_model
from typing_extensions import TypedDict

from functions.exchange.download import Download
from shared import edge, rates, web
from shared.callers import InSession
from shared.credentials import Session, Token
from shared.documents import Kind
from shared.kinds import KINDS
from shared.shapes import ChatMessage, Notification, Preferences, User, Webhook, WebhookDelivery

app = web.app("exchange")
handle = edge.function(app)


class ExportedEntry(TypedDict):
    id: str
    sequence: int
    type: str
    subject: str
    time: str
    data: dict[str, object]  # what the event said: the thing as it was then, `changes`, `actor`, `operation`


class ExportedIdentity(TypedDict):
    issuer: str
    subject: str
    linked_at: str


class ExportedSecondFactor(TypedDict):
    on: bool
    since: str | None
    recovery_codes: int  # that are left


class ExportedSubscription(TypedDict):
    id: str
    host: str
    created_at: str


class ExportedDelivery(TypedDict):
    channel: str
    deliver_at: str
    sent_at: str | None
    outcome: str | None


class ExportedFiring(TypedDict):
    reminder: str
    fire_at: str
    planned_at: str
    state: Literal["pending", "fired", "expired", "cancelled", "superseded"]
    settled_at: str | None
    notification: str | None  # that said it


class ExportedFirings(TypedDict):
    task: str
    firings: list[ExportedFiring]


class ExportedNotification(TypedDict):
    sequence: int
    notification: Notification
    deliveries: list[ExportedDelivery]


def restorable(kind: Kind) -> Any:
    """A thing of this kind as the API shows it, and when it was deleted: it is there until it is removed for good."""
    shown = get_type_hints(get_type_hints(kind.created.data)[kind.name])
    return as_model(f"Exported{kind.name.title()}", {**shown, "deleted_at": str | None})


def as_model(name: str, types: dict[str, Any]) -> Any:
    fields: dict[str, Any] = {field: (kind, ...) for field, kind in types.items()}
    return create_model(name, **fields)


EXPORTED: dict[str, Any] = {
    "format": Literal["taskora"],
    "version": Literal[1],
    "exported_at": str,
    "profile": User,
    "second_factor": ExportedSecondFactor,
    "sessions": list[Session],
    "tokens": list[Token],
    "webhooks": list[Webhook],
    "identities": list[ExportedIdentity],
    "preferences": Preferences | None,  # none: as they are for everybody
    "push_subscriptions": list[ExportedSubscription],
    **{kind.table: list[restorable(kind)] for kind in KINDS.values()},  # type: ignore[misc]
    "notifications": list[ExportedNotification],
    "firings": list[ExportedFirings],
    "webhook_deliveries": list[WebhookDelivery],
    "chat_messages": list[ChatMessage],
    "activity": list[ExportedEntry],
}
Export = as_model("Export", EXPORTED)


@app.get("/api/export", response_model=Export)
@rates.limited("export")
async def export_account(caller: InSession) -> Response:
    """Everything of the account as it is at one moment, for a file; deleted things too, which have `deleted_at`.

    Passwords, keys and the tokens themselves are kept as hashes or not at all, and are in no export. It is sent while
    it is read: should something go wrong, the connection ends before the document does, and it is no JSON. So it does
    for whoever takes less than 32 kB a second. While one is under way, another
    one of the same account may be refused.
    """
    return Download(caller.user_id)
