"""How long a function takes from `exec` until it answers: `/health`, and a first real request, database and all.

Started from the image tree, beside the smallest asyncio server on the same Python, which is the floor. All starts of a
round are shuffled; a figure is the round's median. Processor time hardly changes with what else the machine does.
"""

import http.client
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knative.images.tree import TREES
from knative.local import guardian
from tests.deliveries import Delivery, tick, work_due
from tests.load import report
from tests.load.report import Figure
from tests.people import Person
from tests.ports import free_port
from tests.world import NO_LIMITS, ROOT, World

STARTS = 15  # of each kind in a round
PATIENCE = 30.0
PYTHON = [os.path.realpath(sys.executable), "-I", "-S"]  # as in the image, where there is no virtual environment

DAILY = {"rule": "FREQ=DAILY", "start": "2026-11-20T09:00:00", "zone": "Europe/Berlin"}
EARLY = {
    "task": {"due": "2026-11-20T09:00:00", "zone": "Europe/Berlin"},
    "reminder": {"kind": "before", "minutes": 30},
    "saved_at": "2026-11-19T09:00:00Z",
}
WITH_FASTAPI: dict[str, tuple[str, object]] = {
    "tasks": ("/api/tasks", None),
    "accounts": ("/api/me", None),
    "audit": ("/api/activity", None),
    "chat": ("/api/chat/messages", None),
    "complete": ("/api/recurrence/preview", DAILY),
    "exchange": ("/api/export", None),
    "organize": ("/api/lists", None),
    "remind": ("/api/reminders/preview", EARLY),
    "sync": ("/api/changes?since=0", None),
    "webhooks": ("/api/webhooks", None),
}
SAID_HERE = {"content-type": "application/json", "origin": "https://taskora.test", "x-forwarded-host": "taskora.test"}
WITH_STARLETTE: dict[str, Callable[[], Delivery]] = {
    "clock": tick,
    "notify": lambda: work_due("mails"),
    "relay": lambda: work_due("outbox"),
    "tidy": lambda: work_due("day"),
}


@dataclass(frozen=True)
class Start:
    name: str
    command: list[str]
    method: str = "GET"
    path: str = "/health"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    environment: Mapping[str, str] = field(default_factory=dict)


FLOOR = Start("floor", [*PYTHON, str(ROOT / "tests/load/floor.py")])


def figures() -> list[Figure]:
    found = [Figure("floor", "ms", more_is_better=False), Figure("floor, processor", "ms", more_is_better=False)]
    for name in (*WITH_STARLETTE, *WITH_FASTAPI):
        limit = 5.8 if name in WITH_FASTAPI else 4.2
        found += [
            Figure(f"{name}, /health", "floors", more_is_better=False, limit=limit),
            Figure(f"{name}, /health, processor", "floors", more_is_better=False, limit=limit),
            Figure(f"{name}, first request", "floors", more_is_better=False),
            Figure(f"{name}, first request, waited", "ms", more_is_better=False),
            Figure(f"{name}, first request, worked", "ms", more_is_better=False),
        ]
    return found


def starts(world: World, person: Person, tree: Path = TREES / "functions") -> list[Start]:
    found = []
    for name in (*WITH_STARLETTE, *WITH_FASTAPI):
        settings = {"K_SERVICE": name, "FUNCTION_SOURCE": f"functions/{name}/main.py"}
        environment = world.environment | settings
        if name == "tidy":
            environment["DATABASE_URL"] = world.tidy_url
        command = [*PYTHON, str(tree / "app/start.py")]
        found.append(Start(f"{name}, /health", command, environment=environment))
        if name in WITH_FASTAPI:
            path, said = WITH_FASTAPI[name]
            headers = {"cookie": f"session={person.token}"} | SAID_HERE
            first = "POST" if said else "GET", path, headers, json.dumps(said).encode() if said else b""
        else:
            event = WITH_STARLETTE[name]()
            first = "POST", "/events", event.headers, event.data
        found.append(Start(f"{name}, first request", command, *first, environment=environment))
    return found


def measure(kinds: list[Start]) -> dict[str, float]:
    """A round."""
    waited, worked = defaultdict(list), defaultdict(list)
    shuffled = [start for start in [*[FLOOR] * 3, *kinds] for _ in range(STARTS)]  # all others are measured by it
    random.shuffle(shuffled)
    for start in shuffled:
        seconds, processor = measured(start)
        waited[start.name].append(seconds * 1000)
        worked[start.name].append(processor * 1000)
    wall, work = medians(waited), medians(worked)
    found = {"floor": wall["floor"], "floor, processor": work["floor"]}
    for start in kinds:
        found[start.name] = wall[start.name] / wall["floor"]
        found[f"{start.name}, processor"] = work[start.name] / work["floor"]
        found[f"{start.name}, waited"] = wall[start.name]
        found[f"{start.name}, worked"] = work[start.name]
    return found


def medians(values: Mapping[str, Sequence[float]]) -> dict[str, float]:
    return {name: statistics.median(of_one) for name, of_one in values.items()}


def measured(start: Start) -> tuple[float, float]:
    """Seconds until it has answered, and those of a processor until it was told to end."""
    port = free_port()
    began = time.perf_counter()
    process = subprocess.Popen(
        [*start.command, str(port)],
        cwd="/",
        env={**start.environment, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
    )
    guardian.watch(process.pid, signal.SIGKILL)
    try:
        status = answer(start, port, process)
        seconds = time.perf_counter() - began
        assert status in (200, 204), f"{start.name} answered {status}"
    finally:
        process.kill()
        _, process.returncode, used = os.wait4(process.pid, 0)
        guardian.release(process.pid)
    return seconds, used.ru_utime + used.ru_stime


def answer(start: Start, port: int, process: subprocess.Popen[bytes]) -> int:
    deadline = time.monotonic() + PATIENCE
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request(start.method, start.path, start.body or None, dict(start.headers))
            response = connection.getresponse()
            response.read()
        except ConnectionRefusedError:
            assert process.poll() is None, f"{start.name}: it has ended"
            assert time.monotonic() < deadline, f"{start.name}: no answer"
            time.sleep(0.0005)  # nothing says that a port is open but that it is
        else:
            return response.status
        finally:
            connection.close()


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, World(Path(folder)) as world:
        world.environment["RATE_LIMITS"] = NO_LIMITS
        person = Person(world, "Alice")
        person.has_task("Stand up")
        person.leave()
        return report.benchmark("start", figures(), lambda: measure(starts(world, person)))


if __name__ == "__main__":
    sys.exit(main())
