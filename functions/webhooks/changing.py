"""A webhook is changed: by its user, or by us when nothing gets there any more. Its events tell no secret."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Literal
from uuid import UUID

from functions.webhooks.bodies import host
from shared import changes, db, notices, versions
from shared.callers import Caller
from shared.changes import Change
from shared.documents import Document
from shared.events import EventType, UserWebhookChanged, UserWebhookDisabled
from shared.notices import Notice
from shared.problems import NotFound
from shared.shapes import NoticedWebhook

sql = db.queries(__file__, "subscriptions")

TOLD = ("id", "description", "types", "active", "disabled", "old_secret_until", "version")

Why = Literal["gone", "failing"]


@asynccontextmanager
async def change(caller: Caller, id: UUID, if_match: str | None = None) -> AsyncIterator[tuple[Change, Document]]:
    async with changes.change(caller, (sql.find, {"user_id": caller.user_id, "id": id})) as tx:
        current: Document = json.loads(the_one(tx.read[0], id))
        versions.expect(if_match, current, "webhook")
        yield tx, current


def the_one(rows: Sequence[db.Row], id: UUID) -> str:
    if not rows:
        raise NotFound(f"There is no webhook {id}.")
    return str(rows[0]["document"])


async def become(
    tx: Change, before: Document, wanted: dict[str, Any], event_type: EventType = UserWebhookChanged
) -> str:
    """Its document from now on. Asking for what is so already changes nothing."""
    if all(before[field] == value for field, value in wanted.items()):
        return json.dumps(before, ensure_ascii=False)
    after = {field: wanted.get(field, before[field]) for field in ("url", "description", "types", "active")}
    whose = {"user_id": tx.caller.user_id, "id": UUID(before["id"])}
    is_anew = after["url"] != before["url"] or (after["active"] and not before["active"])
    row = await tx.one(
        sql.change, **whose, **after, anew=is_anew, disabled=wanted.get("disabled"), through=tx.last_number + 1,
        now=tx.now,
    )  # fmt: skip
    if not after["active"]:
        await tx.run(sql.cancel, **whose)  # behind its webhook, as whoever sends or adds locks them
    await tell(tx, event_type, before, row["document"])
    return str(row["document"])


async def tell(tx: Change, event_type: EventType, before: Document | None, after: str | None) -> None:
    await tx.run(sql.mark, user_id=tx.caller.user_id)
    user = (await tx.one(sql.user, user_id=tx.caller.user_id))["document"]
    told = [shown and _told(shown) for shown in (before, json.loads(after or "null"))]
    tx.emit(event_type, tx.caller.user_id, user, {"webhook": told})


def _told(webhook: Document) -> Document:
    return {name: webhook[name] for name in TOLD} | {"host": host(webhook["url"])}


async def switch_off(user_id: UUID, id: UUID, why: Why) -> None:
    """Nobody is there any more, or nothing has got there for a day. Its user is told."""
    async with change(Caller(user_id, session_id=None, via="system"), id) as (tx, before):
        if before["active"]:
            await become(tx, before, {"active": False, "disabled": why}, UserWebhookDisabled)
            shown: NoticedWebhook = {
                "id": before["id"],
                "host": host(before["url"]),
                "description": before["description"],
                "disabled": why,
            }
            key = f"webhook/{id}/{before['version'] + 1}"  # once for each time that it was switched off
            await notices.add(tx, [Notice(key, "webhook", [], tx.now, webhook=shown)])
