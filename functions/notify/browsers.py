"""A browser is told something while its page is closed, by a push service that can read nothing of it (RFC 8291)."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from functions.notify import kept, services, vapid, wording
from shared import db, guarded
from shared.config import settings
from shared.logs import log

LIVES = 24 * 3600  # seconds that a push service keeps it for a browser that is away

SNOOZED = 10  # minutes
REMINDERS = 10  # of one task are named; a push service takes 4,096 bytes


@dataclass(frozen=True, slots=True)
class Message:
    """`topic`: what comes again takes the place of what no browser has fetched; its `tag` does so on the screen."""

    topic: str
    urgency: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """`gone`: the browser wants no more, or there is none. `refused`: not this one; the next may be taken.

    `astray`: by its name it would be where nobody is asked; if that stays so, it is gone.
    """

    what: Literal["reached", "gone", "refused", "failed", "astray"]
    error: str | None = None
    pause: float = 0.0  # seconds that the push service wants


def message(taken: db.Row) -> Message:
    said: dict[str, Any] = json.loads(taken["document"])
    topic = urlsafe_b64encode(UUID(said["id"]).bytes).decode().rstrip("=")
    is_reminder = said["kind"] == "reminder"
    task = said["tasks"][0] if said["total"] == 1 and said["tasks"] else None
    payload = {
        "id": said["id"],
        "user": str(taken["user_id"]),
        "tag": topic,
        "kind": said["kind"],
        "sequence": said["sequence"],
        "title": wording.headline(said)[:200],
        "body": wording.body(said, taken["zone"], kept.waited(taken))[:500],
        "task": task and task["id"],
        "reminders": task["reminders"][:REMINDERS] if task else [],
        "actions": actions(task) if task and is_reminder else [],
    }
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return Message(topic, "high" if is_reminder else "normal", text.encode())


def actions(task: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What can be done about it without the page. The service worker asks the API for it, as `user`, with nothing else
    to know."""
    path = f"/api/tasks/{task['id']}"
    asked = [{"action": "complete", "title": "Complete", "path": f"{path}/complete", "body": {}}]
    if task["reminders"]:
        snooze = f"{path}/reminders/{task['reminders'][0]}/snooze"
        asked.append({"action": "snooze", "title": "Snooze", "path": snooze, "body": {"minutes": SNOOZED}})
    return asked


async def tell(browser: db.Row, message: Message) -> Outcome:
    if not settings().vapid_private_key:
        return Outcome("failed", "VAPID_PRIVATE_KEY has to say who sends pushes.")
    headers = {
        "authorization": vapid.authorization(browser["endpoint"]),
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "ttl": str(LIVES),
        "urgency": message.urgency,
        "topic": message.topic,
    }
    endpoint: str = browser["endpoint"]

    async def post() -> guarded.Response:
        return await guarded.post(endpoint, headers, encrypted(message.payload, browser["p256dh"], browser["auth"]))

    try:
        answer = await services.at(endpoint).post(post)
    except guarded.Refused as refused:
        log().warning("a push service is where nobody is asked", subscription=str(browser["id"]), error=str(refused))
        return Outcome("astray", str(refused))
    except guarded.Unreachable as error:
        return Outcome("failed", str(error))
    return meaning(answer)


def meaning(answer: guarded.Response) -> Outcome:
    said = f"the push service answered {answer.status}"
    if answer.status in (200, 201, 202, 204):
        return Outcome("reached")
    if answer.status in (404, 410):
        return Outcome("gone", said)
    if answer.status == 429 or answer.status >= 500:
        return Outcome("failed", said, answer.pause)
    log().error("a push service refuses what it was sent", status=answer.status)
    return Outcome("refused", said)


def encrypted(payload: bytes, p256dh: str, auth: str) -> bytes:
    """Imported with the first one: nobody's start waits for it."""
    import http_ece
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

    made: bytes = http_ece.encrypt(
        payload,
        private_key=generate_private_key(SECP256R1()),
        dh=urlsafe_b64decode(f"{p256dh}=="),
        auth_secret=urlsafe_b64decode(f"{auth}=="),
        version="aes128gcm",
    )
    return made
