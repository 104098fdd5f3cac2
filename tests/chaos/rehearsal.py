"""One run: people at work, faults among them, calm, and the verdict."""

import asyncio
import random
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from shared import db
from tests.chaos import calm, faults, guards, processes, verdict, wire
from tests.chaos.installation import Installation
from tests.chaos.ledger import Ledger
from tests.chaos.outages import Outage, Outages
from tests.chaos.pages import Page
from tests.chaos.people import Person, Tab

TABS = 2  # of each person that write
WITH_AN_OPEN_PAGE = 0.4  # of all people
ARRIVING = 0.08  # of the time
SLACK = 600.0  # seconds beyond the schedule for people whose requests had to wait
PAGES_CATCH_UP = 30.0

state = db.queries(__file__, "state")


@dataclass(frozen=True)
class Plan:
    seed: int
    writes: int
    users: int
    faults: int
    gap: float  # seconds between faults, on average
    longest: float  # seconds something is paused or stopped
    settle: float  # seconds everything may take to arrive afterwards
    kafka: bool = False
    without: str | None = None


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
    noticed: dict[str, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def rehearse(plan: Plan, folder: Path) -> Result:
    result = Result(plan)
    began = time.monotonic()
    installation = Installation(folder, plan.kafka)
    installation.copy_code()
    if plan.without:
        guards.remove(plan.without, installation.code)
    try:
        installation.start()
        asyncio.run(_rehearse(plan, installation, result))
    finally:
        installation.stop()
    result.slow_starts = installation.slow_starts
    left = processes.left_of(folder, within=10)
    result.broken += [f"process {pid} was left behind: {command}" for pid, command in left.items()]
    result.seconds = time.monotonic() - began
    return result


async def _rehearse(plan: Plan, installation: Installation, result: Result) -> None:
    schedule = faults.schedule(plan.seed, plan.faults, plan.gap, plan.longest)
    length = max(fault.at + fault.seconds for fault in schedule) + plan.gap
    outages = Outages(installation)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(installation.kept_running())
        crowd = Crowd(plan, installation.address, result.ledger)
        stack.push_async_callback(crowd.leave)
        beginning = time.monotonic()
        try:
            async with asyncio.timeout(length + SLACK), asyncio.TaskGroup() as group:
                group.create_task(outages.carry_out(schedule, beginning))
                group.create_task(crowd.work(beginning, length))
        except TimeoutError:
            result.broken.append(f"people were not done {SLACK:g} s after the last fault")
        result.outages, result.pages = outages.all, list(crowd.pages.values())
        result.broken += outages.missed
        result.settling, left = await calm.settled(installation, plan.settle)
        result.broken += [f"after {plan.settle:g} s {what}" for what in left]
        await calm.caught_up(installation, crowd.pages, PAGES_CATCH_UP)
        await asyncio.to_thread(wire.copy_into_a_table, installation)
        result.sent_again = wire.sent_again(installation)
        [result.noticed] = installation.rows(state.noticed)
        result.broken += await asyncio.to_thread(verdict.promises_broken, installation, result.ledger)
        for person in crowd.people:
            result.broken += await verdict.promises_broken_to(person, result.ledger, crowd.pages.get(person.id))


class Crowd:
    """Everybody, with what they have open."""

    def __init__(self, plan: Plan, address: str, ledger: Ledger) -> None:
        self._plan, self._ledger = plan, ledger
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
        if number < len(self.people) * WITH_AN_OPEN_PAGE:
            chance = random.Random(f"page of {person.name} in {self._plan.seed}")
            page = self.pages[person.id] = Page(await person.open("open page"), chance)
            self._watching.append(asyncio.create_task(page.watch()))
        async with asyncio.TaskGroup() as group:
            for tab in range(TABS):
                browser = await person.open(f"tab {tab + 1}")
                share = self._share(number * TABS + tab)
                work = Tab(self._plan.seed, person, browser, self._ledger).work(share, beginning, seconds)
                group.create_task(work)

    def _share(self, tab: int) -> int:
        """The writes, divided among all tabs."""
        each, more = divmod(self._plan.writes, self._plan.users * TABS)
        return each + (tab < more)

    async def leave(self) -> None:
        for task in self._watching:
            task.cancel()
        await asyncio.gather(*self._watching, return_exceptions=True)
        for person in self.people:
            await person.close()
