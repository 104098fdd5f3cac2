"""Events through the broker into audit and sync: from the first post until both have taken the last one.

Audit has it when its entry is sealed in the user's chain; sync has it when the Trigger's position has passed it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import yaml

from shared.envelope import Envelope, attributes
from shared.ids import new_id
from tests.chaos.installation import Installation
from tests.load import report
from tests.load.report import Figure
from tests.world import eventually

PEOPLE, EVENTS = 20, 20_000
WARM_UP = 1_000
TASK = {
    "id": "01938f5e-7b1a-7cc3-98c4-dc0c0c07398f",
    "title": "Buy milk",
    "notes": "Two litres of the good one.",
    "status": "todo",
    "priority": "high",
    "due": "2026-11-21T09:00:00",
    "zone": "Europe/Berlin",
    "due_at": "2026-11-21T08:00:00.000000Z",
    "created_at": "2026-11-20T08:00:00.000000Z",
    "updated_at": "2026-11-20T08:00:00.000000Z",
    "completed_at": None,
    "version": 1,
}

FIGURES = [
    Figure("through broker, audit and sync", "events/s", limit=900),
    Figure("taken by the broker", "events/s"),
]

BEHIND = """
SELECT (SELECT coalesce(sum(next_offset - position), 0)
          FROM runner.positions JOIN runner.partitions USING (topic, partition) WHERE topic = 'task-events')
     + %(said)s - (SELECT coalesce(sum(sequence), 0) FROM chain_heads WHERE user_id = ANY (%(people)s)) AS behind
"""


class Bench:
    def __init__(self, installation: Installation, data: Path) -> None:
        self.installation = installation
        [secret, *_] = yaml.safe_load_all((data / "secrets.yaml").read_text())
        needed = {"K_SERVICE": "tasks", "FUNCTION_SOURCE": "-", "BROKER_INGRESS_URL": installation.ingress()}
        os.environ.update(secret["stringData"] | needed)
        self.said = dict.fromkeys([self.somebody(number) for number in range(PEOPLE)], 0)

    def somebody(self, number: int) -> UUID:
        user_id = new_id()
        self.installation.rows(
            "INSERT INTO users (id, email, email_key, password_hash, name, zone, created_at)"
            " VALUES (%(id)s, %(email)s, %(email)s, '-', '', 'UTC', now())",
            id=user_id,
            email=f"{number}@example.org",
        )
        return user_id

    def round(self) -> dict[str, float]:
        self.pass_through(WARM_UP)
        taken, through = self.pass_through(EVENTS)
        return {"through broker, audit and sync": EVENTS / through, "taken by the broker": EVENTS / taken}

    def pass_through(self, amount: int) -> tuple[float, float]:
        """Seconds until the broker had taken them all, and until nobody was behind."""
        door = urlsplit(self.installation.ingress())
        command = [sys.executable, "-m", "tests.load.flood", str(door.hostname), str(door.port)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as flood:
            assert flood.stdin
            assert flood.stdout
            flood.stdin.writelines(json.dumps(self.request(number)) + "\n" for number in range(amount))
            flood.stdin.close()
            flood.stdout.readline()
            began = time.monotonic()
            assert flood.wait(timeout=300) == 0
            taken = time.monotonic() - began
            eventually(lambda: self.behind() == 0, "audit and sync have every event", within=300)
            return taken, time.monotonic() - began

    def request(self, number: int) -> str:
        """The next event of one of the users, as a function would post it."""
        user_id = list(self.said)[number % PEOPLE]
        self.said[user_id] += 1
        fact = {"changes": {}, "actor": {"user": str(user_id), "via": "web", "token": None}, "operation": str(new_id())}
        named = attributes(
            user_id, self.said[user_id], f"task/{TASK['id']}", datetime.now(UTC), "task.created.v1.json", None
        )
        data = json.dumps({"task": TASK, **fact}).encode()
        event = Envelope(str(new_id()), "/taskora/tasks", "task.created", named, data).signed()
        lines = ["POST /taskora/task-events HTTP/1.1", "host: door", f"content-length: {len(data)}"]
        lines += [f"{name}: {value}" for name, value in event.headers().items()]
        return "\r\n".join(lines) + "\r\n\r\n" + data.decode()

    def behind(self) -> int:
        said, people = sum(self.said.values()), list(self.said)
        [row] = self.installation.rows(BEHIND, said=said, people=people)
        return int(row["behind"])


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, Installation.running(Path(folder)) as installation:
        bench = Bench(installation, Path(folder) / "data")
        return report.benchmark("events", FIGURES, bench.round)


if __name__ == "__main__":
    sys.exit(main())
