"""Faults carried out, each on processes that are surely this installation's, and each healed in the end."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import psycopg

from tests.chaos.faults import Fault
from tests.chaos.installation import Installation
from tests.chaos.processes import Gone, Process, children, zygote_of

PATIENCE = 120.0  # seconds until there is something to hit: after other faults it may first have to come back
PAUSE = 0.2

LOG_CONNECTIONS = "SELECT pid FROM pg_stat_activity WHERE application_name = 'runner' ORDER BY pid"


@dataclass
class Outage:
    """What became of a fault. Moments are the loop's, like those in the ledger."""

    fault: Fault
    began: float = 0.0
    healed: float = 0.0
    hit: list[str] = field(default_factory=list)  # name and number of each process


class Outages:
    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self.all: list[Outage] = []
        self.missed: list[str] = []

    async def carry_out(self, schedule: Sequence[Fault], beginning: float) -> None:
        async with asyncio.TaskGroup() as under_way:
            for fault in schedule:
                await asyncio.sleep(beginning + fault.at - _now())
                under_way.create_task(self._carry_out(fault))

    async def _carry_out(self, fault: Fault) -> None:
        outage = Outage(fault)
        deadline = _now() + PATIENCE
        while True:
            try:
                await self._hurt(outage)
            except (Gone, psycopg.OperationalError) as not_there:
                if _now() > deadline:
                    self.missed.append(f"{fault.target} could not be hit: {not_there}")
                    return
                await asyncio.sleep(PAUSE)
            else:
                outage.healed = _now()
                self.all.append(outage)
                return

    async def _hurt(self, outage: Outage) -> None:
        fault, installation = outage.fault, self._installation
        component = installation.component(fault.target)
        if fault.kind == "stop" and component is not None:
            outage.began, outage.hit = _now(), [f"{component.name} {component.process.pid}"]
            with installation.held_down(fault.target):
                ended = component.process.pid
                await asyncio.to_thread(component.stop)
                await asyncio.sleep(fault.seconds)
            await installation.back(fault.target, ended)
            return
        async with self._held(fault) as processes:
            outage.began, outage.hit = _now(), [f"{process.name} {process.pid}" for process in processes]
            if fault.kind == "pause":
                await _paused(processes, fault.seconds)
                return
            for process in processes:
                process.send(signal.SIGKILL if fault.kind == "kill" else signal.SIGTERM)
        if component is not None:
            await installation.back(fault.target, processes[0].pid)

    @asynccontextmanager
    async def _held(self, fault: Fault) -> AsyncIterator[list[Process]]:
        """All processes that this fault hits; the main one first."""
        held: list[Process] = []
        try:
            for pid, parent in await asyncio.to_thread(self._aim, fault):
                try:
                    held.append(Process.hold(pid, parent))
                except Gone:
                    if not held:  # of a server's children one may have left meanwhile
                        raise
            yield held
        finally:
            for process in held:
                process.release()

    def _aim(self, fault: Fault) -> list[tuple[int, int]]:
        """Process and parent of everything the fault is meant for."""
        runner, postgres = self._installation.runner.process.pid, self._installation.postgres.process.pid
        own = os.getpid()
        component = self._installation.component(fault.target)
        match fault.target:
            case "function":
                zygote = zygote_of(runner)
                return [(_chosen(children(zygote), fault.choice), zygote)]
            case "zygote":
                return [(zygote_of(runner), runner)]
            case "postgres" if fault.kind == "pause":  # its servers of connections would work on without it
                return [(postgres, own), *((pid, postgres) for pid in children(postgres))]
            case "broker" if component is None:
                pids = [row["pid"] for row in self._installation.rows(LOG_CONNECTIONS)]
                if fault.kind == "pause":
                    return [(pid, postgres) for pid in pids]
                return [(_chosen(pids, fault.choice), postgres)]
            case _:
                assert component is not None
                return [(component.process.pid, own)]


async def _paused(processes: Sequence[Process], seconds: float) -> None:
    try:
        for process in processes:
            process.send(signal.SIGSTOP)
        await asyncio.sleep(seconds)
    finally:
        for process in processes:
            process.send(signal.SIGCONT)


def _chosen(pids: Sequence[int], choice: float) -> int:
    if not pids:
        raise Gone("there is none just now")
    return pids[int(choice * len(pids))]


def _now() -> float:
    return time.monotonic()
