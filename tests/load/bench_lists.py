"""Lists of 50 of 10,000 in a dozen filters and orders: one process of `tasks` against pgbench asking the same of the
same tasks in plain SQL on a plain schema, with eight clients of sixteen users, in turns.
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

import psycopg

from tests.load import programs, report
from tests.load.bench_api import CLIENTS, HERE, REFERENCE
from tests.load.programs import processor_seconds
from tests.load.report import Figure
from tests.people import Person
from tests.world import NO_LIMITS, World

PEOPLE, TASKS = 16, 10_000
SECONDS = 3
PLAIN = REFERENCE / "lists"
LEAST = 0.65

ASKED: dict[str, dict[str, str | list[str]]] = {
    "newest": {},
    "open": {"status": ["todo", "in_progress"]},
    "today": {"filter": "(today | overdue) & !@waiting", "sort": "-priority,due"},
    "week": {"filter": "7 days", "sort": "due"},
    "tag": {"filter": "@home", "sort": "due"},
    "rare": {"filter": "@rare"},
    "manual": {"filter": "#List 3", "sort": "manual"},
    "priority": {"sort": "-priority,due"},
    "due": {"sort": "due"},
    "title": {"sort": "title"},
    "updated": {"status": "done", "sort": "-updated"},
    "search": {"filter": "search: plumber 77"},
}
FIGURES = [
    *(Figure(f"{name}, of pgbench", "", limit=LEAST) for name in ASKED),
    *(Figure(name, "requests/s") for name in ASKED),
    *(Figure(f"{name}, by pgbench", "transactions/s") for name in ASKED),
    *(Figure(f"processor time of {name}", "µs", more_is_better=False) for name in ASKED),
    *(Figure(f"{name}, in PostgreSQL", "µs", more_is_better=False) for name in ASKED),
    *(Figure(f"{name} by pgbench, in PostgreSQL", "µs", more_is_better=False) for name in ASKED),
]


class Bench:
    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder = world, folder
        numbered = [UUID(f"00000000-0000-4000-8000-{number:012}") for number in range(1, PEOPLE + 1)]
        self.people = [Person(world, f"Person{number}", id=id) for number, id in enumerate(numbered, 1)]
        with psycopg.connect(world.owner_url, autocommit=True) as connection:
            for file in ("tasks", "schema"):
                for statement in (PLAIN / f"{file}.sql").read_text().replace(":tasks", str(TASKS)).split(";\n"):
                    connection.execute(statement.encode())
        self.tasks = world.function("tasks")

    def round(self) -> dict[str, float]:
        values: dict[str, float] = {}
        for name, asked in ASKED.items():
            spent, inside = processor_seconds(self.tasks.process.pid), self.seconds_in_postgresql()
            rate = programs.wrk(self.tasks.url, self.script(name, asked), CLIENTS, SECONDS)
            cost = (processor_seconds(self.tasks.process.pid) - spent) / (rate * SECONDS)
            between = self.seconds_in_postgresql()
            plain = programs.pgbench(self.world.owner_url, PLAIN / f"{name}.sql", CLIENTS, SECONDS, PEOPLE)
            values |= {
                f"{name}, of pgbench": rate / plain,
                name: rate,
                f"{name}, by pgbench": plain,
                f"processor time of {name}": cost * 1e6,
                f"{name}, in PostgreSQL": (between - inside) / (rate * SECONDS) * 1e6,
                f"{name} by pgbench, in PostgreSQL": (self.seconds_in_postgresql() - between) / (plain * SECONDS) * 1e6,
            }
        return values

    def seconds_in_postgresql(self) -> float:
        """Of the server, its processes and those that have ended."""
        server = self.world.postgres.process.pid
        total = 0.0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                pid, _, rest = stat.read_text().partition(" (")
                fields = rest.rpartition(") ")[2].split()
                if int(pid) == server:
                    total += sum(map(int, fields[11:15]))
                elif int(fields[1]) == server:
                    total += sum(map(int, fields[11:13]))
        return total / 100

    def script(self, name: str, asked: dict[str, str | list[str]]) -> Path:
        path = f"/api/tasks?{urlencode(asked | {'limit': '50'}, doseq=True)}"
        said: dict[str, Sequence[str | float]] = {
            "what": ["list"],
            "key": [""],
            "rest": [0],
            "tokens": [person.token for person in self.people],
        }
        said |= {"users": [], "tags": [], "paths": [path for _ in self.people]}
        values = [f"{name} = {{{', '.join(map(json.dumps, each))}}}\n" for name, each in said.items()]
        file = self.folder / f"{name}.lua"
        file.write_text("".join(values) + (HERE / "requests.lua").read_text())
        return file


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, World(Path(folder), durable=True) as world:
        world.environment["RATE_LIMITS"] = NO_LIMITS
        bench = Bench(world, Path(folder))
        return report.benchmark("lists", FIGURES, bench.round)


if __name__ == "__main__":
    sys.exit(main())
