"""Statements of several users on one trip to PostgreSQL: one transaction, and one commit, for all of them.

A commit costs PostgreSQL more than the statement before it. Who comes while a trip is under way goes with the next one,
and nobody is worse off for the company: who would have to wait for a lock is left behind and waits alone, and when one
of them is refused, each goes alone.
"""

import asyncio
import contextvars
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from shared import db, pool
from shared.libpq import Statement

TOGETHER = 16  # statements on one trip
FEW = 4  # of more that wait only half goes: while PostgreSQL is at work for these, the others are under way to us
LATE = 0.001  # seconds after which the next one no longer waits for this one: by then enough have gathered


@dataclass(frozen=True, slots=True)
class Ticket:
    """What somebody wants done: a statement that brings back a row. It locks nothing but what is its user's own."""

    hurried: Statement  # does nothing, and brings nothing back, where it would have to wait for a lock
    patient: Statement  # the same, and waits


@dataclass(eq=False, slots=True)
class Passenger:
    user_id: UUID
    ticket: Ticket
    values: dict[str, object]
    back: "asyncio.Future[db.Row | None]"
    until: float  # given up when it has not left by then

    def is_late(self, now: float) -> bool:
        return self.until <= now

    def returns(self, row: db.Row | None) -> None:
        if not self.back.done():
            self.back.set_result(row)

    def fails(self, error: Exception) -> None:
        if not self.back.done():
            self.back.set_exception(error)


class Trips:
    def __init__(self) -> None:
        self._waiting: list[Passenger] = []
        self._away: set[UUID] = set()  # users; somebody of theirs has the lock that the next one would need
        self._under_way: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._look: asyncio.TimerHandle | None = None

    async def go(self, user_id: UUID, ticket: Ticket, values: dict[str, object]) -> db.Row | None:
        """The row that the statement brings back; None when it brings none, though it waited for the lock."""
        if len(self._waiting) >= pool.MOST_QUEUED:
            raise db.busy()
        loop = asyncio.get_running_loop()
        passenger = Passenger(user_id, ticket, values, loop.create_future(), loop.time() + pool.HELD_AT_MOST)
        self._waiting.append(passenger)
        self._depart()
        if self._look is None:
            self._look = loop.call_at(passenger.until, self._look_around)
        return await passenger.back

    def _depart(self) -> None:
        if self._under_way is None and any(each.user_id not in self._away for each in self._waiting):
            self._under_way = self._begin(self._trip())

    def _begin(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        # For many, so its log lines are not about the request that happened to come first.
        task = asyncio.create_task(work, context=contextvars.Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _trip(self) -> None:
        late = asyncio.get_running_loop().call_later(LATE, self._next, self._under_way)
        passengers = self._boarding()
        alone: list[Passenger] = []
        try:
            alone = await self._travel(passengers)
        finally:
            late.cancel()
            self._away.difference_update({each.user_id for each in passengers} - {each.user_id for each in alone})
            for user_id, company in groupby(sorted(alone, key=_user), key=_user):
                self._begin(self._one_by_one(user_id, list(company)))
            self._next(asyncio.current_task())

    def _next(self, after: "asyncio.Task[None] | None") -> None:
        if self._under_way is after:
            self._under_way = None
        self._depart()  # if this one was late: those who could not leave before it was back

    def _boarding(self) -> list[Passenger]:
        most = min(TOGETHER, max(FEW, len(self._waiting) // 2))
        going: list[Passenger] = []
        staying: list[Passenger] = []
        for each in self._waiting:
            if not each.back.done():  # or whoever asked is gone
                (staying if each.user_id in self._away or len(going) == most else going).append(each)
        self._waiting = staying
        self._away.update(each.user_id for each in going)
        return going

    def _look_around(self) -> None:
        loop, self._look = asyncio.get_running_loop(), None
        while self._waiting and self._waiting[0].is_late(loop.time()):
            self._waiting.pop(0).fails(db.busy())
        if self._waiting:
            self._look = loop.call_at(self._waiting[0].until, self._look_around)

    async def _travel(self, passengers: Sequence[Passenger]) -> list[Passenger]:
        """Returns those that have to go alone."""
        if not passengers:
            return []
        try:
            rows = await db.trip([(each.ticket.hurried, each.values) for each in passengers])
        except db.Refused as refused:
            if len(passengers) > 1:
                return [*passengers]
            passengers[0].fails(refused)
        except Exception as error:
            for each in passengers:
                each.fails(error)
        else:
            for each, row in zip(passengers, rows, strict=True):
                if row:
                    each.returns(row)
            return [each for each, row in zip(passengers, rows, strict=True) if not row]
        return []

    async def _one_by_one(self, user_id: UUID, passengers: Sequence[Passenger]) -> None:
        try:
            for each in passengers:
                if each.is_late(asyncio.get_running_loop().time()):
                    each.fails(db.busy())
                    continue
                try:
                    [row] = await db.trip([(each.ticket.patient, each.values)])
                except Exception as error:
                    each.fails(error)
                else:
                    each.returns(row)
        finally:
            self._away.discard(user_id)
            self._depart()


def _user(passenger: Passenger) -> UUID:
    return passenger.user_id
