"""One run: people at work, faults among them, calm, and the verdict."""

import asyncio
import random
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from shared import db
from tests.chaos import calm, detour, epilogue, faults, guards, processes, verdict, wire
from tests.chaos.endpoints import Endpoints
from tests.chaos.installation import Installation
from tests.chaos.ledger import Ledger
from tests.chaos.outages import Outage, Outages
from tests.chaos.pages import Page
from tests.chaos.people import Person
from tests.chaos.reminded import RemindedTab
from tests.chaos.tabs import Tab

TABS = (Tab, Tab, RemindedTab)  # of each person
WEBHOOKS = ((), ("task.completed", "reminder.*", "notification.created"), None)  # types, of one person after another
WITH_AN_OPEN_PAGE = 0.4  # of all people
ARRIVING = 0.08  # of the time
SLACK = 600.0  # seconds beyond the schedule for people whose requests had to wait

state = db.queries(__file__, "state")


@dataclass(frozen=True)
class Plan:
    seed: int
    minutes: float
    users: int
    pace: float  # writes a second
    gap: float  # seconds between faults, on average
    longest: float  # seconds something is paused or stopped
    settle: float  # seconds everything may take to arrive afterwards
    kafka: bool = False
    without: str | None = None

    @property
    def seconds(self) -> float:
        return 60 * self.minutes


@dataclass
class Result:
    plan: Plan
    seconds: float = 0.0
    settling: float = 0.0
    ledger: Ledger = field(default_factory=Ledger)
    outages: list[Outage] = field(default_factory=list)
    slow_starts: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    sent_again: int = 0
    deliveries: Counter[str] = field(default_factory=Counter)
    endpoints: Counter[str] = field(default_factory=Counter)
    noticed: dict[str, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def rehearse(plan: Plan, folder: Path) -> Result:
    result = Result(plan)
    began = time.monotonic()
    installation = Installation(folder, plan.kafka)
    installation.copy_code()
    installation.disturb_deliveries(plan.seed)
    endpoints = Endpoints(plan.seed, folder)
    installation.reach(endpoints.certificate)
    if plan.without:
        guards.remove(plan.without, installation.code)
    try:
        installation.start()
        asyncio.run(_rehearse(plan, installation, endpoints, result))
    finally:
        installation.stop()
    result.slow_starts = installation.slow_starts
    left = processes.left_of(folder, within=10)
    result.broken += [f"process {pid} was left behind: {command}" for pid, command in left.items()]
    result.seconds = time.monotonic() - began
    return result


async def _rehearse(plan: Plan, installation: Installation, endpoints: Endpoints, result: Result) -> None:
    schedule = faults.schedule(plan.seed, plan.seconds, plan.gap, plan.longest)
    outages = Outages(installation)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(installation.kept_running())
        await endpoints.open()
        stack.push_async_callback(endpoints.close)
        absences = asyncio.create_task(endpoints.come_and_go())
        crowd = Crowd(plan, installation.address, result.ledger, endpoints)
        stack.push_async_callback(crowd.leave)
        beginning = time.monotonic()
        try:
            async with asyncio.timeout(plan.seconds + SLACK), asyncio.TaskGroup() as group:
                group.create_task(outages.carry_out(schedule, beginning))
                group.create_task(crowd.work(beginning, plan.seconds))
        except TimeoutError:
            result.broken.append(f"people were not done {SLACK:g} s after the last fault")
        absences.cancel()
        await asyncio.gather(absences, return_exceptions=True)
        result.outages, result.pages = outages.all, list(crowd.pages.values())
        result.broken += outages.missed
        result.settling, left = await calm.settled(installation, plan.settle)
        result.broken += [f"after {plan.settle:g} s {what}" for what in left]
        result.broken += await epilogue.sessions_end(crowd.people)
        result.broken += await epilogue.unheard_bells(
            installation, crowd.people, result.pages, result.ledger, plan.settle
        )
        await asyncio.to_thread(wire.copy_into_a_table, installation)
        result.endpoints = endpoints.happened
        result.deliveries = detour.happened(installation.journal)
        result.sent_again = wire.sent_again(installation)
        [result.noticed] = installation.rows(state.noticed)
        result.broken += await asyncio.to_thread(verdict.promises_broken, installation, result.ledger)
        result.broken += await asyncio.to_thread(verdict.reminders_broken, installation, datetime.now(UTC))
        for subscription in endpoints.subscriptions:
            result.broken += await asyncio.to_thread(verdict.webhook_broken, installation, subscription, endpoints)
        for person in crowd.people:
            page = crowd.pages.get(person.id)
            result.broken += await verdict.promises_broken_to(person, result.ledger, page, installation)


class Crowd:
    """Everybody, with what they have open."""

    def __init__(self, plan: Plan, address: str, ledger: Ledger, endpoints: Endpoints) -> None:
        self._plan, self._ledger, self._endpoints = plan, ledger, endpoints
        self.people = [Person(address, f"person-{number}", ledger) for number in range(1, plan.users + 1)]
        self.pages: dict[UUID, Page] = {}
        self._watching: list[asyncio.Task[None]] = []

    async def work(self, beginning: float, seconds: float) -> None:
        async with asyncio.TaskGroup() as group:
            for number, person in enumerate(self.people):
                group.create_task(self._live(number, person, beginning, seconds))

    async def _live(self, number: int, person: Person, beginning: float, seconds: float) -> None:
        arrives = seconds * ARRIVING * number / len(self.people)
        await asyncio.sleep(beginning + arrives - time.monotonic())
        await person.register()
        if (types := WEBHOOKS[number % len(WEBHOOKS)]) is not None:
            await person.subscribe(self._endpoints, types)
        if number < len(self.people) * WITH_AN_OPEN_PAGE:
            chance = random.Random(f"page of {person.name} in {self._plan.seed}")
            page = self.pages[person.id] = Page(person.id, await person.open("open page"), chance)
            self._watching.append(asyncio.create_task(page.watch()))
        async with asyncio.TaskGroup() as group:
            for place, kind in enumerate(TABS):
                browser = await person.open(f"tab {place + 1}")
                share = self._share(number * len(TABS) + place)
                work = kind(self._plan.seed, person, browser, self._ledger).work(share, beginning, seconds)
                group.create_task(work)

    def _share(self, tab: int) -> int:
        """The writes, divided among all tabs."""
        each, more = divmod(round(self._plan.pace * self._plan.seconds), self._plan.users * len(TABS))
        return each + (tab < more)

    async def leave(self) -> None:
        for task in self._watching:
            task.cancel()
        await asyncio.gather(*self._watching, return_exceptions=True)
        for person in self.people:
            await person.close()
