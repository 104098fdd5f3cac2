"""One event on its way to one webhook: said, signed, and what came of it. Only a 2xx says that it has arrived."""

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from functions.webhooks.signing import signature
from shared import db, guarded, sealing
from shared.events import EVENT_TYPES

# Seconds between attempts, which are about a day in all.
PAUSES = (10, 60, 5 * 60, 15 * 60, 3600, 3 * 3600, 6 * 3600, 12 * 3600)
SOON = 2.0  # seconds for an answer
SHOWN = 500  # characters of one
UNPRINTABLE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of an attempt. `away`: nobody answered, nor would they now. `gone`: they want no more.

    `pause`: until this one is tried again. `asked`: for how long the endpoint wants nothing at all.
    """

    id: UUID
    state: Literal["pending", "delivered", "failed"]
    status: int | None = None
    answer: str | None = None
    seconds: float | None = None
    error: str | None = None
    pause: float | None = None
    asked: float = 0.0
    away: bool = False
    gone: bool = False

    @property
    def falters(self) -> bool:
        return self.state != "delivered" or (self.seconds or 0) > SOON


async def send(webhook_id: UUID, taken: db.Row) -> Sent:
    if taken["event_id"] is not None and not taken["is_kept"]:
        return Sent(taken["id"], "failed", error="what it is about is no longer kept")
    keys = [sealing.opened(sealed) for sealed in (taken["secret"], taken["old_secret"]) if sealed]
    if keys[0] is None:
        return _missed(taken, error="its secret can be read no more; it takes a new one", away=True)
    body, now = said(webhook_id, taken).encode(), time.time()
    headers = {
        "content-type": "application/cloudevents+json; charset=utf-8",
        "user-agent": "Taskora-Webhooks/1",
        "taskora-delivery": str(taken["id"]),
        "taskora-attempt": str(taken["attempts"] + 1),
        "taskora-signature": signature([key for key in keys if key], int(now), body),
    }
    began = time.monotonic()
    try:
        answer = await guarded.post(taken["url"], headers, body)
    except guarded.Refused as refused:
        return _missed(taken, error=f"nothing is sent there: {refused}", away=True)
    except guarded.Unreachable as error:
        return _missed(taken, error=str(error), seconds=time.monotonic() - began, away=True)
    return outcome(taken, answer, time.monotonic() - began)


def outcome(taken: db.Row, answer: guarded.Response, seconds: float) -> Sent:
    known: dict[str, Any] = {"status": answer.status, "answer": excerpt(answer.body), "seconds": round(seconds, 3)}
    if 200 <= answer.status < 300:
        return Sent(taken["id"], "delivered", **known)
    if answer.status == 410:
        return Sent(taken["id"], "failed", error="the endpoint is gone", gone=True, **known)
    if 300 <= answer.status < 400:
        return _missed(taken, error="it leads elsewhere, and nobody follows", **known)
    asked = answer.pause if answer.status in (429, 503) else 0.0
    return _missed(taken, error=f"the endpoint answered {answer.status}", asked=asked, away=asked > 0, **known)


def _missed(taken: db.Row, asked: float = 0.0, **known: Any) -> Sent:
    """A ping has one attempt, and everything else a day of them."""
    made = taken["attempts"]
    if taken["event_id"] is None or made >= len(PAUSES):
        return Sent(taken["id"], "failed", asked=asked, **known)
    return Sent(taken["id"], "pending", pause=max(float(PAUSES[made]), asked), asked=asked, **known)


def said(webhook_id: UUID, taken: db.Row) -> str:
    """The event as a CloudEvent in structured mode, its data as the signature of our own wire has them."""
    if taken["event_id"] is None:
        return _event(taken["id"], "/taskora/webhooks", "webhook.ping", f"webhook/{webhook_id}", taken["made_at"], "{}")
    known = EVENT_TYPES.get(taken["type"])
    more = {"sequence": str(taken["sequence"])} | ({"dataschema": known.schema} if known else {})
    about = (taken["event_id"], taken["source"], taken["type"], taken["subject"], taken["happened_at"])
    return _event(*about, taken["data"], more)


def _event(
    id: UUID, source: str, type: str, subject: str, at: datetime, data: str, more: Mapping[str, str] | None = None
) -> str:
    named = {
        "specversion": "1.0",
        "id": str(id),
        "source": source,
        "type": type,
        "subject": subject,
        "time": at.astimezone(UTC).isoformat(),
        "datacontenttype": "application/json",
        **(more or {}),
    }
    return f'{json.dumps(named)[:-1]}, "data": {data}}}'


def excerpt(body: bytes) -> str:
    return UNPRINTABLE.sub(" ", body[: 4 * SHOWN].decode(errors="replace"))[:SHOWN]
