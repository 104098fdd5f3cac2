"""Create, and list 50 of 10,000: one process of `tasks` against pgbench with much the same work as plain SQL.

Eight clients of sixteen users, sessions and publishing as always; both sides on one durable PostgreSQL, in turns.
"""

import sys
import tempfile
from pathlib import Path
from uuid import uuid4

import psycopg

from tests.load import programs, report
from tests.load.door import open_door
from tests.load.report import Figure
from tests.people import Person
from tests.world import NO_LIMITS, Function, World, eventually

CLIENTS, PEOPLE, TASKS = 8, 16, 10_000
SECONDS = 8
REFERENCE = Path(__file__).parent / "reference"

FIGURES = [
    Figure("create, of pgbench", "", limit=0.50),
    Figure("list, of pgbench", "", limit=0.60),
    Figure("create", "requests/s"),
    Figure("create with an Idempotency-Key", "requests/s"),
    Figure("list", "requests/s"),
    Figure("create, by pgbench", "transactions/s"),
    Figure("list, by pgbench", "transactions/s"),
    Figure("processor time of one create", "µs", more_is_better=False),
    Figure("processor time of one list", "µs", more_is_better=False),
    Figure("events not yet published at the end", "", more_is_better=False),
]

BODY = '{"title":"Buy milk","notes":"Two litres of the good one.","priority":"high"}'
CREATE = f"""wrk.format("POST", "/api/tasks", headers(), '{BODY}')"""
LIST = """wrk.format("GET", "/api/tasks?limit=50", headers())"""
SCRIPT = """local tokens = {%s}
local turn = 0
local function headers()
  turn = turn + 1
  return {["Cookie"] = "session=" .. tokens[turn %% #tokens + 1], ["Origin"] = "https://taskora.test",
          ["X-Forwarded-Host"] = "taskora.test", ["Content-Type"] = "application/json"%s}
end
request = function() return %s end
"""


class Bench:
    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder = world, folder
        self.people = [Person(world, f"Person{number}") for number in range(PEOPLE)]
        for person in self.people:
            world.rows(
                "INSERT INTO tasks (user_id, id, title, notes, status, priority, list_id, tags, position, created_at,"
                " updated_at, version)"
                " SELECT %s, gen_random_uuid(), 'Task number ' || number, 'Notes of a usual length, a line or so.',"
                " 'todo', 'none', %s, '{}', 'a' || number, now() - number * interval '1 minute', now(), 1"
                " FROM generate_series(1, %s) AS number",
                person.id, person.id, TASKS,
            )  # fmt: skip
        world.rows("VACUUM ANALYZE tasks")
        self.fill_the_reference()
        self.tasks = world.function("tasks")

    def fill_the_reference(self) -> None:
        people = (REFERENCE / "people.sql").read_text().replace(":people", str(PEOPLE)).replace(":tasks", str(TASKS))
        with psycopg.connect(self.world.owner_url, autocommit=True) as connection:
            for statement in ((REFERENCE / "schema.sql").read_text(), *people.split(";\n\n")):
                connection.execute(statement.encode())

    def round(self) -> dict[str, float]:
        values = {}
        for what, request in (("create", CREATE), ("list", LIST)):
            spent = processor_seconds(self.tasks)
            rate = programs.wrk(self.tasks.url, self.script(what, request), CLIENTS, SECONDS)
            cost = (processor_seconds(self.tasks) - spent) / (rate * SECONDS)
            if what == "create":
                values["events not yet published at the end"] = self.unpublished()
                eventually(lambda: self.unpublished() == 0, "every event is published", within=60)
            plain = programs.pgbench(self.world.owner_url, REFERENCE / f"{what}.sql", CLIENTS, SECONDS, PEOPLE)
            values |= {
                f"{what}, of pgbench": rate / plain,
                what: rate,
                f"{what}, by pgbench": plain,
                f"processor time of one {what}": cost * 1e6,
            }
        keyed = self.script("keyed", CREATE, f', ["Idempotency-Key"] = "{uuid4()}-" .. turn')
        values["create with an Idempotency-Key"] = programs.wrk(self.tasks.url, keyed, CLIENTS, SECONDS)
        eventually(lambda: self.unpublished() == 0, "every event is published", within=60)
        return values

    def script(self, name: str, request: str, key: str = "") -> Path:
        file = self.folder / f"{name}.lua"
        file.write_text(SCRIPT % (",".join(f'"{person.token}"' for person in self.people), key, request))
        return file

    def unpublished(self) -> float:
        [(waiting,)] = self.world.rows("SELECT count(*) FROM events WHERE published_at IS NULL")
        return float(str(waiting))


def processor_seconds(function: Function) -> float:
    ticks = Path(f"/proc/{function.process.pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(ticks[11]) + int(ticks[12])) / 100


def main() -> int:
    with (
        tempfile.TemporaryDirectory() as folder,
        World(Path(folder), durable=True) as world,
        open_door() as door,
    ):
        world.environment |= {"BROKER_INGRESS_URL": door, "RATE_LIMITS": NO_LIMITS}
        bench = Bench(world, Path(folder))
        return report.benchmark("api", FIGURES, bench.round)


if __name__ == "__main__":
    sys.exit(main())
