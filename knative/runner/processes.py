"""Function processes as the runner sees them: forked by the zygote, probed until ready, told to end, seen to end."""

import asyncio
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple, NoReturn

from knative.runner.background import background
from knative.runner.connections import Connections
from knative.runner.manifests import Service
from knative.runner.upstream import ConnectionLost, Request

log = logging.getLogger(__name__)

FIRST_PROBE, SLOWEST_PROBE, PROBE_TIMEOUT = 0.004, 0.05, 0.1
READY_WITHIN = 60.0
GOES_WITHIN = 5.0  # seconds for the zygote, when it is told to


class NoZygote(Exception):
    """The zygote died while it forked a process; another one is being started."""


class NotReady(Exception):
    """The process ended, or did not answer its probe in time; the sentence says which."""


class Process:
    """One process of a function, at its own port on the loopback interface."""

    def __init__(self, service: str, pid: int, port: int, zygote: "Zygote") -> None:
        self.service, self.pid, self.port = service, pid, port
        self.in_flight = 0
        self.ready = False
        self.has_answered = False
        self.told_to_end = False
        self.drained = asyncio.Event()
        self.drained.set()
        self.connections = Connections("127.0.0.1", port)
        self.exited: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._zygote = zygote

    def enter(self) -> None:
        self.in_flight += 1
        self.drained.clear()

    def leave(self) -> None:
        self.in_flight -= 1
        if not self.in_flight:
            self.drained.set()

    async def become_ready(self, probe_path: str | None) -> None:
        """Probe as eagerly as Knative does, so that nobody waits for a process longer than it needs."""
        pause, loop = FIRST_PROBE, asyncio.get_running_loop()
        deadline = loop.time() + READY_WITHIN
        while not await self.answers(probe_path):
            if self.exited.done():
                raise NotReady(describe_exit(self.exited.result()))
            if loop.time() > deadline:
                self.signal(signal.SIGKILL)
                raise NotReady(f"not ready within {READY_WITHIN:.0f} s")
            await asyncio.wait([self.exited], timeout=pause)
            pause = min(pause * 1.3, SLOWEST_PROBE)
        self.ready = True

    async def answers(self, path: str | None) -> bool:
        try:
            async with asyncio.timeout(PROBE_TIMEOUT):
                if path is None:
                    await self.connections.probe()
                    return True
                probe = Request("GET", path, [("host", f"127.0.0.1:{self.port}"), ("user-agent", "kube-probe/knative")])
                response = await self.connections.begin(probe)
                self.connections.end(response)
                return 200 <= response.status < 400
        except (TimeoutError, OSError, ConnectionLost):
            return False

    def signal(self, number: int) -> None:
        if not self.exited.done():
            self._zygote.order(do="signal", pid=self.pid, signal=number)

    async def stop(self, within: float) -> None:
        """SIGTERM, and SIGKILL for what is still there after that time."""
        self.ready, self.told_to_end = False, True
        self.connections.close()  # a server that waits for its clients to leave would wait for us
        self.signal(signal.SIGTERM)
        done, _ = await asyncio.wait([self.exited], timeout=within)
        if not done:
            log.warning(
                f"{self.service}: process {self.pid} did not end within {within:.0f} s of SIGTERM and is killed"
            )
            self.signal(signal.SIGKILL)
            await asyncio.wait([self.exited], timeout=5)


def describe_exit(status: int) -> str:
    if status < 0:
        return f"killed by {signal.Signals(-status).name}"
    return f"exit status {status}"


class Fork(NamedTuple):
    service: str
    port: int
    forked: asyncio.Future[Process]


class Zygote:
    """The runner's side of the zygote; starts another one when it dies."""

    def __init__(self, entry: str, preload: Sequence[str]) -> None:
        self._entry, self._preload = entry, preload
        self._process: asyncio.subprocess.Process | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._forks: dict[int, Fork] = {}
        self._processes: dict[int, Process] = {}
        self._last = 0
        self._ready = asyncio.Event()
        self._keeper: asyncio.Task[NoReturn] | None = None

    async def start(self) -> None:
        reader = await self._spawn()
        self._keeper = background("the zygote's keeper", self._keep(reader))
        await self._ready.wait()

    async def stop(self) -> None:
        if self._keeper:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        if self._writer:
            self._writer.close()  # it sees the end of its orders, and goes
        if self._process:
            try:
                await asyncio.wait_for(self._process.wait(), GOES_WITHIN)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()

    async def fork(self, service: Service, env: Mapping[str, str]) -> Process:
        await self._ready.wait()
        self._last += 1
        fork = Fork(service.name, self._free_port(), asyncio.get_running_loop().create_future())
        self._forks[self._last] = fork
        own = inherited() | dict(env) | {"PORT": str(fork.port), "HOST": "127.0.0.1"}
        order = {"do": "fork", "id": self._last, "name": service.name, "env": own}
        if program := service.program:
            # An image brings its programs along; here a folder may, in an environment of its own.
            own["PATH"] = os.pathsep.join([str(program.folder / ".venv/bin"), own.get("PATH", os.defpath)])
            order |= {"program": program.words, "folder": str(program.folder)}
        self.order(**order)
        return await fork.forked

    @property
    def there(self) -> bool:
        return self._ready.is_set()

    def order(self, **order: Any) -> None:
        if self._writer:
            self._writer.write(json.dumps(order).encode() + b"\n")

    async def _spawn(self) -> asyncio.StreamReader:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-u", "-m", "knative.runner.zygote", "--entry", self._entry]
        command += ["--socket", str(theirs.fileno()), "--runner", str(os.getpid())]
        command += [part for name in self._preload for part in ("--preload", name)]
        self._process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            env=inherited() | imports(),  # every process of a function shows it, in /proc/<pid>/environ
            start_new_session=True,  # Ctrl-C is for the runner, which tells the others in order
        )
        theirs.close()
        reader, self._writer = await asyncio.open_connection(sock=ours)
        return reader

    async def _keep(self, reader: asyncio.StreamReader) -> NoReturn:
        pause = 0.1
        while True:
            with suppress(OSError):  # as good an end as any: it was killed before it had read its orders
                async for line in reader:
                    self._hear(json.loads(line))
                    pause = 0.1 if self._ready.is_set() else pause
            assert self._process is not None
            status = await self._process.wait()
            self._ready.clear()
            log.error(
                f"the zygote is gone ({describe_exit(status)}), and all function processes with it; starting another"
            )
            self._lose_everything()
            await asyncio.sleep(pause)
            pause = min(pause * 2, 10)
            reader = await self._spawn()

    def _free_port(self) -> int:
        """One that the kernel has to give, and that no child was told which may not listen there yet.

        Of two with one port the second would be taken for ready by the answer of the first.
        """
        told = {fork.port for fork in self._forks.values()} | {one.port for one in self._processes.values()}
        while (port := free_port()) in told:
            pass
        return port

    def _lose_everything(self) -> None:
        for fork in self._forks.values():
            if not fork.forked.done():
                fork.forked.set_exception(NoZygote())
        self._forks.clear()
        for process in self._processes.values():
            process.exited.set_result(-signal.SIGKILL)
        self._processes.clear()

    def _hear(self, what: dict[str, Any]) -> None:
        match what["did"]:
            case "preload":
                for name, error in what["failed"].items():
                    log.warning(
                        f"{name} could not be imported beforehand; its processes start slowly, if at all: {error}"
                    )
                if not what["alone"]:
                    log.warning("an imported module started a thread; processes forked beside a thread may hang")
                self._ready.set()
            case "fork":
                fork = self._forks.pop(what["id"])
                process = Process(fork.service, what["pid"], fork.port, self)
                self._processes[process.pid] = process
                if fork.forked.done():
                    process.signal(signal.SIGKILL)  # nobody waits for it any more
                else:
                    fork.forked.set_result(process)
            case "exit":
                self._processes.pop(what["pid"]).exited.set_result(what["status"])


def inherited() -> dict[str, str]:
    """What a container's image would say, and nothing of what the runner itself was told."""
    names = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONUNBUFFERED")
    return {name: os.environ[name] for name in names if name in os.environ}


def imports() -> dict[str, str]:
    """What the zygote needs besides, to find its modules where the runner found them."""
    return {name: os.environ[name] for name in ("PYTHONPATH", "LD_LIBRARY_PATH") if name in os.environ}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
