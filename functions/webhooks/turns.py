"""Webhooks that have something due have their turns, each by itself: one that is slow, dead or a riddle to us keeps no
other waiting.

Nobody else sends to the webhook whose turn it is. Those that faltered the last time have few places of their own, and
are asked one at a time.
"""

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from time import monotonic
from uuid import UUID

from functions.webhooks import changing
from functions.webhooks.sending import PAUSES, Sent, send
from shared import db, metrics, work
from shared.ids import new_id
from shared.logs import log
from shared.problems import NotFound, SignInRequired

sql = db.queries(__file__, "turns")

WELL, FALTERING = 24, 8  # places
AT_ONCE = 4  # deliveries to one webhook
TURN = 2.0  # seconds, while others may wait
WEBHOOKS, TOGETHER = 100, 500  # that one statement looks after, and events of each that it looks through
FIRST_PAUSE, LONGEST_PAUSE = 10.0, 600.0  # seconds for one where nobody answers
ENOUGH = len(PAUSES)  # attempts without one that arrived, for more than a day: it is given up


class Round:
    """One of them goes on in a process; what is heard meanwhile it looks after as well."""

    def __init__(self) -> None:
        self._rung: set[UUID] = set()  # users
        self._all = False
        self._bell = asyncio.Event()
        self.goes_on = False

    def ring(self, user_id: UUID | None) -> None:
        """None: nobody knows whose."""
        self._rung |= {user_id} if user_id else set()
        self._all = self._all or user_id is None
        self._bell.set()

    async def go(self, step: work.Step) -> bool:
        """Whether nothing is left that is due."""
        self.goes_on = True
        try:
            async with asyncio.TaskGroup() as turns:
                is_done = await self._go(step, turns)
            return is_done and not self._bell.is_set()
        except ExceptionGroup as failed:
            raise failed.exceptions[0]  # noqa: B904  its own cause is the one to be told
        finally:
            self.goes_on = False

    async def _go(self, step: work.Step, turns: asyncio.TaskGroup) -> bool:
        places: dict[bool, set[asyncio.Task[None]]] = {False: set(), True: set()}
        while step.goes_on:
            self._bell.clear()
            await self._make_deliveries()
            for falters, most in ((False, WELL), (True, FALTERING)):
                places[falters] = {turn for turn in places[falters] if not turn.done()}
                for webhook in await _claim(falters, most - len(places[falters])):
                    turn = turns.create_task(_turn(*webhook, step))
                    turn.add_done_callback(lambda _: self._bell.set())
                    places[falters].add(turn)
            if not any(places.values()) and not self._bell.is_set():
                return True
            await self._bell.wait()
        return False

    async def _make_deliveries(self) -> None:
        """Who is behind by more than one statement does, is rung for once more."""
        users, everybody = self._rung, self._all
        if not users and not everybody:
            return
        self._rung, self._all = set(), False
        try:
            async with db.single() as tx:
                rows = await tx.all(sql.make, user_ids=list(users), all=everybody, webhooks=WEBHOOKS, most=TOGETHER)
        except BaseException:
            self._rung, self._all = self._rung | users, self._all or everybody
            raise
        for user_id in users if len(rows) == WEBHOOKS else {row["user_id"] for row in rows if row["is_behind"]}:
            self.ring(user_id)
        if everybody and rows:
            self.ring(None)


current = Round()


async def take_turns(user_id: UUID | None) -> None:
    current.ring(user_id)
    if current.goes_on:
        return  # and whoever is at it has heard it
    async with work.step() as step:
        if not await current.go(step):
            await work.announce("hooks")


async def _claim(falters: bool, most: int) -> list[tuple[UUID, UUID, UUID]]:
    holder = new_id()
    async with db.single() as tx:
        rows = await tx.all(sql.claim, falters=falters, most=most, holder=holder) if most else []
    return [(row["user_id"], row["id"], holder) for row in rows]


async def _turn(user_id: UUID, id: UUID, holder: UUID, step: work.Step) -> None:
    with work.apart(webhook=str(id)):
        await _send_what_is_due(user_id, id, holder, step)


async def _send_what_is_due(user_id: UUID, id: UUID, holder: UUID, step: work.Step) -> None:
    whose = {"user_id": user_id, "id": id, "holder": holder}
    ends = monotonic() + TURN
    while step.goes_on and monotonic() < ends:
        async with db.single() as tx:
            taken = await tx.all(sql.take, **whose, most=AT_ONCE)
        if not taken:
            return  # it is somebody else's by now, or switched off
        if taken[0]["id"] is None:
            if await _let_go(whose, taken[0]["additions"]):
                return
            continue
        sent = await work.together(*(send(id, each) for each in taken))
        pause = await _keep(whose, sent)
        if pause is not None:
            await _put_back(whose, pause)
            return
    await _put_back(whose, 0)


async def _let_go(whose: dict[str, UUID], additions: int) -> bool:
    async with db.single() as tx:
        return bool(await tx.run(sql.let_go, **whose, additions=additions))


async def _put_back(whose: dict[str, UUID], pause: float) -> None:
    async with db.single() as tx:
        await tx.run(sql.put_back, **whose, pause=pause)


async def _keep(whose: dict[str, UUID], sent: Sequence[Sent]) -> float | None:
    """The pause that this webhook needs before it is asked again; None: it needs none."""
    delivered = sum(each.state == "delivered" for each in sent)
    missed = len(sent) - delivered
    metrics.count("webhooks_delivered_total", delivered)
    metrics.count("webhooks_missed_total", missed)
    known = json.dumps([asdict(each) for each in sent], default=str)
    async with db.single() as tx:
        row = await tx.first(
            sql.keep, **whose, known=known, falters=any(each.falters for each in sent),
            delivered=delivered > 0, missed=missed, enough=ENOUGH,
        )  # fmt: skip
    if row is None:
        return None  # it is somebody else's by now, was deleted, or led elsewhere
    if missed:
        log().warning("a webhook's delivery failed", webhook=str(whose["id"]), missed=missed, misses=row["misses"])
    is_gone = any(each.gone for each in sent)
    if is_gone or row["fails_for_good"]:
        with suppress(NotFound, SignInRequired):  # it was deleted this moment, or all of its user's account
            await changing.switch_off(whose["user_id"], whose["id"], "gone" if is_gone else "failing")
    if not any(each.away for each in sent):
        return None
    misses: int = row["misses"]
    return max(*(each.asked for each in sent), min(FIRST_PAUSE * 2.0 ** min(max(misses, 1) - 1, 10), LONGEST_PAUSE))
