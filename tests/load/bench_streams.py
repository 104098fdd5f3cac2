"""5,000 people with a page open, who do nothing: what they cost, and how soon one of them sees a change meanwhile.

First at one process of `sync`, then through the gateway at as many as its manifest allows.
"""

import asyncio
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx

from functions.sync import files
from tests.chaos.installation import Installation
from tests.deliveries import Fact
from tests.load import report
from tests.load.idlers import Idler, Pages, move_in
from tests.load.programs import processor_seconds, processor_seconds_below
from tests.load.report import Figure
from tests.world import NO_AUTHORITIES, NO_LIMITS, World

MANY = 5_000
OPEN = 2 * MANY + 100  # in the runner: each page once, and once more on to sync
IDLE = 30.0  # seconds: two heartbeats, six looks at all heads
BELLS = 200
PAUSE = 0.02

FIGURES = [
    Figure("memory of each stream in sync", "kB", more_is_better=False, limit=25),
    Figure("an idle second of sync", "ms", more_is_better=False, limit=60),
    Figure("an idle second of PostgreSQL", "ms", more_is_better=False, limit=60),
    Figure("an idle second of Redis", "ms", more_is_better=False),
    Figure("a change: processor time of sync", "ms", more_is_better=False, limit=5),
    Figure("a change: from event to stream, p99", "ms", more_is_better=False, limit=100),
    Figure("gateway: memory of each stream", "kB", more_is_better=False, limit=40),
    Figure("gateway: an idle second", "ms", more_is_better=False, limit=60),
    Figure("gateway: from write to stream, p99", "ms", more_is_better=False, limit=250),
]

Change = Callable[[Idler], Awaitable[float]]  # makes one, and says when it began


def main() -> int:
    files.allow_many()
    if (allowed := resource.getrlimit(resource.RLIMIT_NOFILE)[0]) < OPEN:
        sys.exit(f"This takes {OPEN} open files in one process, and this machine allows {allowed} (ulimit -Hn).")
    with (
        tempfile.TemporaryDirectory() as at_sync,
        tempfile.TemporaryDirectory() as at_gateway,
        World(Path(at_sync)) as world,
        Installation.running(Path(at_gateway)) as installation,
    ):
        of_world = move_in(world.owner_url, MANY)
        of_installation = move_in(installation.postgres.url, MANY)
        bare = resident(installation.runner.process.pid)  # it keeps what the first round takes

        def measure() -> dict[str, float]:
            at_one = asyncio.run(directly(world, of_world))
            return at_one | asyncio.run(through_gateway(installation, of_installation, bare))

        return report.benchmark("streams", FIGURES, measure)


async def directly(world: World, people: list[Idler]) -> dict[str, float]:
    sync = world.start("sync", RATE_LIMITS=NO_LIMITS)
    pid, postgres, valkey = sync.process.pid, world.postgres.process.pid, world.valkey.process.pid
    async with Pages(sync.url, people[:1]), httpx.AsyncClient(base_url=sync.url, verify=NO_AUTHORITIES) as trigger:
        before = resident(pid)
        async with Pages(sync.url, people[1:]) as pages:
            each = (resident(pid) - before) / len(pages.all)
            own, databases, redis = await idle(
                lambda: processor_seconds(pid),
                lambda: processor_seconds_below(postgres),
                lambda: processor_seconds(valkey),
            )

            async def change(idler: Idler) -> float:
                event = occur(world, idler).delivery
                began = time.monotonic()
                answer = await trigger.post("/events", headers=event.headers, content=event.data)
                assert answer.status_code == 204
                return began

            spent, changing = processor_seconds(pid), time.monotonic()
            delays = await changed(pages, people[1:], change)
            spent = processor_seconds(pid) - spent - own * (time.monotonic() - changing)
            assert not pages.lost
    sync.kill()
    return {
        "memory of each stream in sync": each,
        "an idle second of sync": 1000 * own,
        "an idle second of PostgreSQL": 1000 * databases,
        "an idle second of Redis": 1000 * redis,
        "a change: processor time of sync": 1000 * spent / BELLS,
        "a change: from event to stream, p99": 1000 * p99(delays),
    }


async def through_gateway(installation: Installation, people: list[Idler], bare: int) -> dict[str, float]:
    runner = installation.runner.process.pid
    browser = {"base_url": installation.address, "verify": NO_AUTHORITIES, "timeout": 20}
    async with httpx.AsyncClient(**browser) as client, Pages(installation.address, people) as pages:  # type: ignore[arg-type]
        each = (resident(runner) - bare) / len(pages.all)
        [own] = await idle(lambda: processor_seconds(runner))

        async def change(idler: Idler) -> float:
            cookie = {"cookie": f"session={idler.token}", "origin": installation.address}
            began = time.monotonic()
            (await client.post("/api/tasks", json={"title": "Buy milk"}, headers=cookie)).raise_for_status()
            return began

        delays = await changed(pages, people, change)
        assert not pages.lost
    return {
        "gateway: memory of each stream": each,
        "gateway: an idle second": 1000 * own,
        "gateway: from write to stream, p99": 1000 * p99(delays),
    }


async def idle(*spent: Callable[[], float]) -> list[float]:
    """The processor time of a second of each, while nothing happens."""
    before = [seconds() for seconds in spent]
    await asyncio.sleep(IDLE)
    return [(seconds() - earlier) / IDLE for seconds, earlier in zip(spent, before, strict=True)]


async def changed(pages: Pages, people: list[Idler], change: Change) -> list[float]:
    """One after the other, of people chosen at random: from when each began to when its page was told."""
    delays = []
    for turn in range(BELLS):
        number = random.randrange(len(people))
        told = pages.all[number].says(b"\ndata: ")
        began = await change(people[number])
        at = await asyncio.wait_for(told, 20)
        if turn >= BELLS // 10:  # the first warm up
            delays.append(at - began)
        await asyncio.sleep(PAUSE)
    return delays


def occur(world: World, idler: Idler) -> Fact:
    """A change that is committed; nobody has heard of it yet."""
    [(number,)] = world.rows("UPDATE counters SET value = value + 1 WHERE user_id = %s RETURNING value", idler.id)
    fact = Fact(idler.id, int(str(number)))
    world.rows(
        "INSERT INTO events (user_id, sequence, id, topic, type, source, subject, happened_at, data)"
        " VALUES (%s, %s, %s, 'task-events', %s, '/taskora/tasks', %s, now(), %s)",
        idler.id, fact.sequence, fact.id, fact.type, fact.subject, fact.delivery.data.decode(),
    )  # fmt: skip
    return fact


def p99(delays: list[float]) -> float:
    return statistics.quantiles(delays, n=100)[98]


def resident(pid: int) -> int:
    """kB."""
    return int(Path(f"/proc/{pid}/status").read_text().partition("VmRSS:")[2].split()[0])


if __name__ == "__main__":
    if sys.platform != "linux":
        sys.exit("This looks into /proc, which only Linux has.")
    sys.exit(main())
