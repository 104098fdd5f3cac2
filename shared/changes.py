"""A change: the user's counter locked first, rows, events and the answer to be repeated, in one transaction.

It has committed before the answer leaves, and its events are published after that. Without reading first: making.py.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, LiteralString
from uuid import UUID

from shared import answers, db, publishing
from shared.answers import Answer, Shown
from shared.callers import Caller
from shared.emitted import Emitted, data_around, in_columns, name, named, source, stored
from shared.events import EventType
from shared.ids import new_id
from shared.problems import SignInRequired

sql = db.queries(__file__, "changes")

TOGETHER, SIZE = 500, 4_000_000  # events, and characters of their data, that one statement stores


@dataclass(frozen=True, slots=True)
class Asked:
    """How it is called what shall happen to a row; and what was in it, as JSON, of what may be different then."""

    event_type: EventType
    was: str = "null"


class Change(db.Transaction):
    def __init__(
        self,
        transaction: db.Transaction,
        caller: Caller,
        now: datetime,
        value: int = 0,
        publishes: bool = True,
        hooked: bool = False,
    ) -> None:
        self.connection, self._later = transaction.connection, transaction._later
        self.caller = caller
        self.now = now
        self.read: list[list[db.Row]] = []
        self.zone: str | None = None  # the user's, once it was asked for
        self._events: list[publishing.Stored] = []
        self._publishes = publishes  # else its events are relay's
        self._hooked = hooked  # webhooks wait for its events
        self._held = 0  # bytes of their data; with more than memory shall hold, the rest is relay's
        self._shown: Shown | None = None
        self._answered: Answer | None = None
        self._answer_is_kept = False
        self._activity: UUID | None = None
        self._before = self._value = value
        self._emitted: list[Emitted] = []
        self._size = 0

    @property
    def last_number(self) -> int:
        """Of the last event that was emitted so far: the next one's is one more."""
        return self._value + len(self._emitted)

    @property
    def last_stored(self) -> int:
        return self._value

    def emit(
        self,
        event_type: EventType,
        entity_id: UUID,
        document: str,
        changes: dict[str, Any],
        besides: Mapping[str, Any] | None = None,
    ) -> None:
        """Record that this is now true. `document` is the entity as JSON, as SQL built it; `besides`: what else to say.

        There may be thousands: they are stored some at a time, together with the next statement.
        """
        before, after = data_around(self.caller, event_type, changes, besides)
        data = f"{before}{document}{after}"
        self._emitted.append(Emitted(new_id(), event_type, f"{event_type.entity}/{entity_id}", data))
        self._size += len(data)
        if len(self._emitted) >= TOGETHER or self._size >= SIZE:
            self.store_events()

    async def change_many(self, statement: LiteralString, event_type: EventType, many: int, **values: object) -> int:
        """Change so many rows that they had better stay where they are, and have the database say so itself.

        The given statement returns of each its id, its document and as JSON its `changes`. Says how many there were.
        """
        values |= self._around(event_type) | {"ids": [new_id() for _ in range(many)], "type": event_type.name}
        changed: int = (await self.one(in_many(statement), **values))["changed"]
        self._value += changed
        return changed

    async def change_each(
        self, statement: LiteralString, asked: Mapping[UUID, Asked], is_all: bool, **values: object
    ) -> list[db.Row]:
        """Change the rows that are `asked` for, and have the database say what has happened to each, in this order.

        The given statement returns what that of `change_many` does, and of the `{asked}` in it what names the event.
        When this `is_all`, it is committed at once. So is the answer, if it was said what that will be.
        """
        event_types = {each.event_type.name: each.event_type for each in asked.values()}
        around = self._around(next(iter(event_types.values())))
        rows = (
            f'{{"about":"{id}","event_id":"{new_id()}","type":"{each.event_type.name}","was":{each.was}}}'
            for id, each in asked.items()
        )
        values |= around | {"asked": f"[{','.join(rows)}]"}
        kept = self._to_be_kept() if is_all else None
        ask = self.all if kept is None else self.last
        changed = await ask(in_order(statement, answered=bool(kept)), **values, **(kept or {}))
        self._answer_is_kept = bool(kept)
        for row in changed:
            if self._shown and row["id"] == self._shown.id:
                self._shown.document = row["document"]
            self._activity = self._activity or row["event_id"]
            self._value = row["sequence"]
            data = f"{around['before']}{row['document']}{around['between']}{row['changes']}{around['behind']}"
            subject = f"{around['kind']}/{row['id']}"
            self._keep(Emitted(row["event_id"], event_types[row["type"]], subject, data), row["sequence"])
        return changed

    def _around(self, event_type: EventType) -> dict[str, object]:
        """What the database needs to say itself what happened."""
        self.store_events()
        before, after = data_around(self.caller, event_type, {})
        between, behind = after.split("{}", 1)
        return {
            "user_id": self.caller.user_id,
            "now": self.now,
            "last": self._value,
            "topic": event_type.topic,
            "source": source(),
            "kind": event_type.entity,
            "traceparent": self.caller.traceparent,
            "before": before,
            "between": between,
            "behind": behind,
        }

    def _to_be_kept(self) -> dict[str, object] | None:
        """With the last statement, of the answer. None: what that is has to be said first, in a statement behind it."""
        if self.caller.idempotency_key is None:
            return {}
        kept = answers.with_change(self.caller, self._shown, self._answered)
        return kept and kept | {"activity": self._activity}

    def end(self) -> None:
        """With the COMMIT goes what has still to be stored."""
        self.store_events()
        if self._shown:
            self._answered = self._shown.answer
        if self._answered and not self._answer_is_kept:
            headers = self._answered.headers | named(self._activity)
            answers.remember(self, self.caller, replace(self._answered, headers=headers), self.now)

    def is_done(self) -> None:
        if self._activity:
            name(self._activity)
        self.publish()

    def publish(self) -> None:
        if self._publishes:
            publishing.soon(self._events, of=self._value - self._before)

    def store_events(self) -> None:
        """Number and store what was emitted so far, together with the next statement."""
        first = self._value + 1
        if emitted := self.numbered():
            self.later(
                sql.emit,
                user_id=self.caller.user_id,
                value=self._value,
                first=first,
                source=source(),
                now=self.now,
                traceparent=self.caller.traceparent,
                **in_columns(emitted),
            )

    def numbered(self) -> list[Emitted]:
        """What was emitted since the last time, each with the number that follows the one before."""
        emitted, self._emitted, self._size = self._emitted, [], 0
        for sequence, event in enumerate(emitted, self._value + 1):
            self._keep(event, sequence)
        if emitted:
            self._value += len(emitted)
            self._activity = self._activity or emitted[0].id
        return emitted

    def _keep(self, event: Emitted, sequence: int) -> None:
        """To be published by us, as far as memory can hold them."""
        if self._publishes and self._held < publishing.WAITING:
            self._events.append(stored(self.caller, event, sequence, self.now, self._hooked))
            self._held += len(self._events[-1].envelope.data)

    def answer(self, status: int, body: str = "", headers: dict[str, str] | None = None) -> Answer:
        """What the caller gets, now and whenever the same Idempotency-Key comes again."""
        self._answered = Answer(status, body, headers or {})
        return self._answered

    def answer_with(self, document: str) -> Answer:
        """That is a thing, as it is now."""
        self._answered = answers.showing(document)
        return self._answered

    def will_answer_with(self, thing: dict[str, Any]) -> None:
        """That is a thing, as it is in the end. To say so first spares a key its round trip."""
        self._shown = Shown(UUID(thing["id"]), thing)

    @property
    def answered(self) -> Answer:
        assert self._answered, "nobody has said what is answered"
        return self._answered

    async def make(
        self, statement: LiteralString, event_type: EventType, id: UUID, headers: dict[str, str], **values: object
    ) -> Answer:
        """As `making.make`, after something was read."""
        row = await self.one(in_change(statement), user_id=self.caller.user_id, now=self.now, id=id, **values)
        self.emit(event_type, id, row["document"], changes={})
        return self.answer(201, row["document"], headers)


@asynccontextmanager
async def change(caller: Caller, *reading: db.Asked) -> AsyncIterator[Change]:
    """What it is `reading` is read behind the lock, in the same round trip: the change's `read`."""
    async with db.transaction() as transaction:
        lock: db.Asked = (sql.lock, {"user_id": caller.user_id})
        [counter, *others] = await transaction.each(lock, *answers.asked(caller), *reading)
        if not counter:
            raise gone()
        if caller.idempotency_key is not None:
            answers.repeat(others.pop(0), caller)
        tx = Change(transaction, caller, counter[0]["now"], counter[0]["value"], hooked=counter[0]["hooked"])
        tx.read = others
        yield tx
        tx.end()
    tx.is_done()


@asynccontextmanager
async def first_change(caller: Caller) -> AsyncIterator[Change]:
    """Of somebody who comes into being with it: nobody else can know this user, so there is nothing to wait for."""
    async with db.transaction() as transaction:
        clock = await transaction.one(sql.clock)
        tx = Change(transaction, caller, clock["now"])
        yield tx
        tx.end()
    tx.is_done()


def gone() -> SignInRequired:
    return SignInRequired("This account no longer exists.")


@cache
def in_change(statement: LiteralString) -> LiteralString:
    whole: LiteralString = sql.in_change
    return whole.replace("{made};", statement)


@cache
def in_order(statement: LiteralString, answered: bool) -> LiteralString:
    whole: LiteralString = sql.in_order
    whole = whole.replace("{answer}", answers.sql.with_change if answered else "")
    return whole.replace("{changed}", statement.rstrip(";")).replace("{asked}", sql.asked)


@cache
def in_many(statement: LiteralString) -> LiteralString:
    whole: LiteralString = sql.in_many
    return whole.replace("{changed}", statement.rstrip(";"))
