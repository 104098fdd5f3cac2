"""What was answered to an Idempotency-Key: kept in the transaction that did what was asked, given again for a day."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from shared import db
from shared.callers import Caller
from shared.problems import Invalid

sql = db.queries(__file__, "answers")

KEY = "answers_pkey"  # what refuses a second answer to one Idempotency-Key


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Shown:
    """What the caller gets is this thing, as it is in the end."""

    id: UUID
    was: dict[str, Any]
    document: str | None = None  # once it is another than it was

    @property
    def answer(self) -> Answer:
        return showing(self.document or json.dumps(self.was, ensure_ascii=False))


def showing(document: str) -> Answer:
    """The thing as it is, with its version."""
    return Answer(200, document, {"etag": etag(json.loads(document)["version"])})


def etag(version: int) -> str:
    return f'"{version}"'


class AnsweredBefore(Exception):
    """This Idempotency-Key has its answer already; the web edge gives it again."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer


def asked(caller: Caller) -> list[db.Asked]:
    """The question what was answered to this key; none without one."""
    if caller.idempotency_key is None:
        return []
    return [(sql.given, {"user_id": caller.user_id, "key": caller.idempotency_key})]


def repeat(given: list[db.Row], caller: Caller) -> None:
    """Give the answer again that was given before, if there is one."""
    if not given:
        return
    [before] = given
    if before["request_hash"] != caller.request_hash:
        raise Invalid("This Idempotency-Key was used for another request. Use a new key for a new request.")
    raise AnsweredBefore(Answer(before["status"], before["body"], json.loads(before["headers"])))


async def retire(tx: db.Transaction, caller: Caller) -> None:
    """An answer of more than a day ago makes room for the next one under its key."""
    await tx.run(sql.retire, user_id=caller.user_id, key=caller.idempotency_key)


def remember(tx: db.Transaction, caller: Caller, answer: Answer, now: datetime) -> None:
    if caller.idempotency_key is None:
        return
    tx.later(sql.give, user_id=caller.user_id, now=now, **_kept(caller, answer))


def with_change(caller: Caller, shown: Shown | None, answer: Answer | None) -> dict[str, object] | None:
    """The values of `sql.with_change`; none, where nobody can say before the change what the answer will be."""
    if shown and shown.document is None:
        unchanged = Answer(200, json.dumps(shown.was, ensure_ascii=False))
        return _kept(caller, unchanged) | {"shown": shown.id, "version": shown.was["version"]}
    return _kept(caller, answer) | {"shown": None, "version": None} if answer else None


def _kept(caller: Caller, answer: Answer) -> dict[str, object]:
    return {
        "key": caller.idempotency_key,
        "request_hash": caller.request_hash,
        "status": answer.status,
        "headers": json.dumps(answer.headers),
        "body": answer.body,
    }
