"""A change: the user's counter locked first, rows, events and the answer to be repeated, in one transaction.

It has committed before the answer leaves, and its events are published after that.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared import answers, db, envelope, publishing
from shared.answers import Answer
from shared.callers import Caller
from shared.config import settings
from shared.events import EventType
from shared.ids import new_id
from shared.problems import SignInRequired

sql = db.queries(__file__, "changes")


@dataclass(frozen=True, slots=True)
class Emitted:
    id: UUID
    event_type: EventType
    subject: str
    data: str


class Change(db.Transaction):
    def __init__(self, transaction: db.Transaction, caller: Caller, now: datetime) -> None:
        super().__init__()
        self.connection = transaction.connection
        self.caller = caller
        self.now = now
        self.emitted: list[Emitted] = []
        self.answered: Answer | None = None

    def emit(self, event_type: EventType, entity_id: UUID, document: str, changes: dict[str, Any]) -> None:
        """Record that this is now true. `document` is the entity as JSON, as SQL built it."""
        caller = self.caller
        fact = {
            "changes": changes,
            "actor": {"user": str(caller.user_id), "via": caller.via, "token": None},
            "operation": str(caller.operation),
        }
        data = f'{{"{event_type.entity}":{document},{json.dumps(fact, ensure_ascii=False)[1:]}'
        self.emitted.append(Emitted(new_id(), event_type, f"{event_type.entity}/{entity_id}", data))

    def answer(self, status: int, body: str, **headers: str) -> Answer:
        """What the caller gets, now and whenever the same Idempotency-Key comes again."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answered = Answer(status, body, named)
        return self.answered


@asynccontextmanager
async def change(caller: Caller) -> AsyncIterator[Change]:
    async with db.transaction() as transaction:
        counter = await transaction.first(sql.lock, user_id=caller.user_id)
        if counter is None:
            raise SignInRequired("This account no longer exists.")
        await answers.repeat(transaction, caller)
        tx = Change(transaction, caller, counter["now"])
        yield tx
        events = await _store_events(tx, counter["value"])
        if tx.answered:
            await answers.remember(tx, caller, tx.answered, tx.now)
    publishing.soon(events)


@asynccontextmanager
async def first_change(caller: Caller) -> AsyncIterator[Change]:
    """Of somebody who comes into being with it: nobody else can know this user, so there is nothing to wait for."""
    async with db.transaction() as transaction:
        clock = await transaction.one(sql.clock)
        tx = Change(transaction, caller, clock["now"])
        yield tx
        events = await _store_events(tx, 0)
    publishing.soon(events)


async def _store_events(tx: Change, value: int) -> list[publishing.Stored]:
    if not tx.emitted:
        return []
    caller, source = tx.caller, f"/taskora/{settings().service}"
    await tx.run(
        sql.emit,
        user_id=caller.user_id,
        value=value + len(tx.emitted),
        first=value + 1,
        source=source,
        now=tx.now,
        traceparent=caller.traceparent,
        ids=[event.id for event in tx.emitted],
        topics=[event.event_type.topic for event in tx.emitted],
        types=[event.event_type.name for event in tx.emitted],
        subjects=[event.subject for event in tx.emitted],
        data=[event.data for event in tx.emitted],
    )
    return [
        publishing.Stored(
            user_id=caller.user_id,
            sequence=sequence,
            topic=event.event_type.topic,
            envelope=envelope.Envelope(
                id=str(event.id),
                source=source,
                type=event.event_type.name,
                attributes=envelope.attributes(
                    caller.user_id, sequence, event.subject, tx.now, event.event_type.schema, caller.traceparent
                ),
                data=event.data.encode(),
            ),
        )
        for sequence, event in enumerate(tx.emitted, value + 1)
    ]
