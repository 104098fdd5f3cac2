"""Durability: an event that was accepted arrives, whatever is killed or stopped, and each subscriber gets every one."""

import asyncio
import os
import random
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Self
from uuid import uuid4

import psycopg
import pytest
from aiohttp import ClientError, ClientSession, ClientTimeout

from knative.local.stores import Postgres
from tests.conformance.eventing.log_address import LogAddress
from tests.conformance.eventing.subscriber import PATIENCE, Subscriber
from tests.conformance.kafka_broker import KafkaBroker

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[3]
CROWD = 6


@dataclass
class Runner:
    """A runner in a process of its own, to be killed, and a crowd that keeps sending to it whatever happens."""

    address: LogAddress
    mail: Subscriber
    audit: Subscriber
    unique: str = field(default_factory=lambda: uuid4().hex[:12])
    patience: float = 10.0
    accepted: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def __aenter__(self) -> Self:
        self.address.create(f"orders-{self.unique}")
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.end(signal.SIGTERM)

    async def start(self) -> None:
        words = [self.address.kind, self.address.address, self.unique, self.mail.url, self.audit.url]
        words.append(str(self.patience))
        module = "tests.conformance.eventing.runner_process"
        self._process: Process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, *words, stdout=PIPE, cwd=ROOT
        )
        assert self._process.stdout is not None
        self.door = (await asyncio.wait_for(self._process.stdout.readline(), 60)).decode().strip()

    async def end(self, how: signal.Signals) -> int:
        self._process.send_signal(how)
        return await self._process.wait()

    @asynccontextmanager
    async def crowd(self, size: int = CROWD) -> AsyncIterator[None]:
        numbers, done = count(), asyncio.Event()

        async def sender(client: ClientSession) -> None:
            while not done.is_set():
                id = str(next(numbers))
                headers = {
                    "ce-specversion": "1.0", "ce-id": id, "ce-source": "/test", "ce-type": "order.placed",
                    "ce-partitionkey": f"user-{int(id) % 50}",
                }  # fmt: skip
                try:
                    async with client.post(self.door, headers=headers, data=b"{}") as answer:
                        self.statuses[answer.status] += 1
                        if answer.status == 202:
                            self.accepted.add(id)
                        self.news.set()
                        if answer.status == 202:
                            continue
                except (ClientError, OSError, TimeoutError):
                    pass
                await asyncio.sleep(0.05)  # nobody is there; whoever sends waits as well

        async with ClientSession(timeout=ClientTimeout(30)) as client:
            senders = [asyncio.create_task(sender(client)) for _ in range(size)]
            try:
                yield
            finally:
                done.set()
                await asyncio.gather(*senders)

    async def takes(self, more: int) -> None:
        """Go on when the crowd has got rid of so many more events."""
        goal = len(self.accepted) + more
        await self._until(lambda: len(self.accepted) >= goal)

    async def refuses(self) -> None:
        goal = self.statuses[503] + 1
        await self._until(lambda: self.statuses[503] >= goal)

    async def _until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self.news.clear()
                await self.news.wait()

    async def all_arrived(self) -> None:
        for subscriber in (self.mail, self.audit):
            await subscriber.until(
                lambda subscriber=subscriber: self.accepted <= set(subscriber.ids),  # type: ignore[misc]
                f"arrival of all {len(self.accepted)} accepted events",
            )


@pytest.fixture
async def runner(address: LogAddress) -> AsyncIterator[Runner]:
    async with Subscriber() as mail, Subscriber() as audit, Runner(address, mail, audit) as runner:
        yield runner


@pytest.mark.parametrize("seed", [1, 2])
async def test_killing_the_runner_loses_no_accepted_event(runner: Runner, seed: int) -> None:
    chance = random.Random(seed)

    async with runner.crowd():
        for _ in range(4):
            await asyncio.sleep(chance.uniform(0.1, 0.8))
            await runner.end(signal.SIGKILL)
            await runner.start()
        await runner.takes(50)

    await runner.all_arrived()


async def test_a_runner_that_ends_in_peace_delivers_nothing_twice(runner: Runner) -> None:
    async with runner.crowd():
        for _ in range(2):
            await runner.takes(100)
            await runner.end(signal.SIGTERM)
            await runner.start()

    await runner.all_arrived()
    for subscriber in (runner.mail, runner.audit):
        assert len(subscriber.ids) == len(set(subscriber.ids))


@pytest.fixture
def own_postgres(tmp_path: Path) -> Iterator[Postgres]:
    with Postgres.start(tmp_path / "postgres") as server:
        yield server


@pytest.fixture
async def fragile(own_postgres: Postgres) -> AsyncIterator[Runner]:
    """A runner over a PostgreSQL of its own, whose door waits for it however slow the machine is."""
    address = LogAddress("postgres", own_postgres.admin_url)
    async with Subscriber() as mail, Subscriber() as audit, Runner(address, mail, audit, patience=3600) as runner:
        yield runner


async def test_killing_postgresql_loses_no_accepted_event(fragile: Runner, own_postgres: Postgres) -> None:
    async with fragile.crowd():
        for _ in range(4):
            await fragile.takes(50)
            await asyncio.to_thread(own_postgres.kill)
            await fragile.refuses()
            await asyncio.to_thread(own_postgres.start_again)
        await fragile.takes(50)

    await fragile.all_arrived()
    assert fragile.statuses.keys() == {202, 503}


async def test_while_postgresql_is_away_the_door_says_503_and_afterwards_all_goes_on(
    fragile: Runner, own_postgres: Postgres
) -> None:
    async with fragile.crowd():
        await fragile.takes(50)
        await asyncio.to_thread(own_postgres.stop)
        await fragile.refuses()
        await asyncio.to_thread(own_postgres.start_again)
        await fragile.takes(50)

    assert fragile.statuses.keys() == {202, 503}
    await fragile.all_arrived()


async def test_a_runner_whose_log_is_gone_ends_in_peace_all_the_same(fragile: Runner, own_postgres: Postgres) -> None:
    async with fragile.crowd():
        await fragile.takes(50)
        await asyncio.to_thread(own_postgres.kill)
        assert await fragile.end(signal.SIGTERM) == 0
        await asyncio.to_thread(own_postgres.start_again)
        await fragile.start()
        await fragile.takes(50)

    await fragile.all_arrived()


async def test_while_postgresql_is_paused_the_door_waits_and_nothing_is_refused(
    fragile: Runner, own_postgres: Postgres
) -> None:
    async with fragile.crowd():
        await fragile.takes(50)
        with psycopg.connect(own_postgres.admin_url, autocommit=True) as connection:
            backends = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE application_name = 'runner'"
            ).fetchall()
        for (pid,) in backends:
            os.kill(pid, signal.SIGSTOP)
        before = len(fragile.accepted)
        await asyncio.sleep(1)  # the pause
        meanwhile = len(fragile.accepted) - before
        for (pid,) in backends:
            os.kill(pid, signal.SIGCONT)
        await fragile.takes(50)

    assert meanwhile <= CROWD  # committed before the pause, and answered in it
    assert fragile.statuses.keys() == {202}
    await fragile.all_arrived()


async def test_killing_a_kafka_broker_loses_no_accepted_event(apache_kafka: KafkaBroker) -> None:
    address = LogAddress("kafka", apache_kafka.bootstrap_servers)
    async with Subscriber() as mail, Subscriber() as audit, Runner(address, mail, audit) as runner:
        async with runner.crowd():
            await runner.takes(50)
            await asyncio.to_thread(apache_kafka.kill)
            await asyncio.to_thread(apache_kafka.start)
            await runner.takes(50)

        await runner.all_arrived()
