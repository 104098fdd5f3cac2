"""Create, list and all else: one process of `tasks` against pgbench with much the same work as plain SQL.

Eight clients, sessions, events, limits and logs as always; both sides on one durable PostgreSQL, in turns. Those who
list have ten thousand tasks each, of two tags; others create, so that what is listed stays the same. At last fifty
clients do everything there is to do with a task.
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import psycopg

from tests.load import programs, report
from tests.load.door import open_door
from tests.load.programs import number_in, processor_seconds, processor_seconds_below
from tests.load.report import Figure
from tests.people import Person
from tests.world import NO_LIMITS, World, eventually

CLIENTS, USERS, PEOPLE, TASKS = 8, 50, 16, 10_000
SECONDS = 6
HERE = Path(__file__).parent
REFERENCE = HERE / "reference"

# The same questions as reference/list_<name>.sql; of whom lists, the tag's id.
LISTS = {
    "newest": "limit=50",
    "by_priority": "limit=50&sort=-priority,due",
    "tagged": "limit=50&tags_any={errand}&status=todo&status=in_progress",
    "pressing": "limit=50&filter=(today%20%7C%20overdue)%20%26%20p1",
}

FIGURES = [
    Figure("create, of pgbench", "", limit=0.55),
    *(Figure(f"list {name}, of pgbench", "", limit=0.65) for name in LISTS),
    Figure(f"p95 of all operations, {USERS} clients", "ms", more_is_better=False, limit=50),
    Figure(f"all operations, {USERS} clients", "requests/s"),
    Figure("create", "requests/s"),
    Figure("create, by pgbench", "transactions/s"),
    Figure("create with an Idempotency-Key", "requests/s"),
    *(
        Figure(f"list {name}{by}", unit)
        for name in LISTS
        for by, unit in (("", "requests/s"), (", by pgbench", "transactions/s"))
    ),
    Figure("processor time of one create", "µs", more_is_better=False),
    Figure("PostgreSQL's of one create", "µs", more_is_better=False),
    *(Figure(f"processor time of one list {name}", "µs", more_is_better=False) for name in LISTS),
    Figure("events not yet published at the end", "", more_is_better=False),
]


class Bench:
    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder = world, folder
        self.readers = [Person(world, f"Reader{number}") for number in range(PEOPLE)]
        self.writers = [Person(world, f"Writer{number}") for number in range(PEOPLE)]
        self.tags = {person.id: self.tags_of(person) for person in [*self.readers, *self.writers]}
        for person in self.readers:
            self.give_tasks(person)
        world.rows("VACUUM ANALYZE tasks")
        self.fill_the_reference()
        self.tasks = world.function("tasks")

    def tags_of(self, person: Person) -> dict[str, str]:
        rows = self.world.rows(
            "INSERT INTO tags (user_id, id, name, name_key, created_at, updated_at, version)"
            " SELECT %s, gen_random_uuid(), name, name, now(), now(), 1"
            " FROM unnest(ARRAY['home', 'work', 'errand']) AS name RETURNING name, id",
            person.id,
        )  # fmt: skip
        return {str(name): str(tag_id) for name, tag_id in rows}

    def give_tasks(self, person: Person) -> None:
        """A quarter is done, a third has no date, a tenth is an errand; as in reference/people.sql."""
        tags = self.tags[person.id]
        self.world.rows(
            "INSERT INTO tasks (user_id, id, list_id, title, notes, status, completed_at, priority, due_on, tags,"
            " position, created_at, updated_at, version)"
            " SELECT %s, gen_random_uuid(), %s, 'Task number ' || number, 'Notes of a usual length, a line or so.',"
            " CASE WHEN number %% 4 = 0 THEN 'done' ELSE 'todo' END, CASE WHEN number %% 4 = 0 THEN now() END,"
            " (ARRAY['none', 'low', 'medium', 'high', 'urgent'])[number / 4 %% 5 + 1],"
            " CASE WHEN number %% 3 > 0 THEN current_date + number * 7 %% 400 - 300 END,"
            " ARRAY[%s, CASE WHEN number %% 10 = 0 THEN %s ELSE %s END]::uuid[],"
            " 'a0', now() - number * interval '1 minute', now(), 1 FROM generate_series(1, %s) AS number",
            person.id, person.id, tags["work"], tags["errand"], tags["home"], TASKS,
        )  # fmt: skip

    def fill_the_reference(self) -> None:
        people = (REFERENCE / "people.sql").read_text().replace(":people", str(PEOPLE)).replace(":tasks", str(TASKS))
        with psycopg.connect(self.world.owner_url, autocommit=True) as connection:
            for statement in ((REFERENCE / "schema.sql").read_text(), *people.split(";\n\n")):
                connection.execute(statement.encode())

    def round(self) -> dict[str, float]:
        values = self.creates()
        for name in LISTS:
            values |= self.lists(name)
        return values | self.everything()

    def creates(self) -> dict[str, float]:
        function, postgres = self.tasks.process.pid, self.world.postgres.process.pid
        ours, theirs = processor_seconds(function), processor_seconds_below(postgres)
        rate = self.rate(self.script("create", self.writers))
        ours, theirs = processor_seconds(function) - ours, processor_seconds_below(postgres) - theirs
        unpublished = self.unpublished()
        self.everything_is_published()
        plain = programs.pgbench(self.world.owner_url, REFERENCE / "create.sql", CLIENTS, SECONDS, PEOPLE)
        keyed = self.rate(self.script("create", self.writers, key=str(uuid4())))
        self.everything_is_published()
        return {
            "create, of pgbench": rate / plain,
            "create": rate,
            "create, by pgbench": plain,
            "create with an Idempotency-Key": keyed,
            "processor time of one create": ours / (rate * SECONDS) * 1e6,
            "PostgreSQL's of one create": theirs / (rate * SECONDS) * 1e6,
            "events not yet published at the end": unpublished,
        }

    def lists(self, name: str) -> dict[str, float]:
        paths = [f"/api/tasks?{LISTS[name].format(**self.tags[person.id])}" for person in self.readers]
        spent = processor_seconds(self.tasks.process.pid)
        rate = self.rate(self.script("list", self.readers, paths))
        spent = processor_seconds(self.tasks.process.pid) - spent
        file = REFERENCE / f"list_{name}.sql"
        plain = programs.pgbench(self.world.owner_url, file, CLIENTS, SECONDS, PEOPLE)
        return {
            f"list {name}, of pgbench": rate / plain,
            f"list {name}": rate,
            f"list {name}, by pgbench": plain,
            f"processor time of one list {name}": spent / (rate * SECONDS) * 1e6,
        }

    def everything(self) -> dict[str, float]:
        """Each of them asks again as soon as it is answered, which no person does."""
        said = programs.wrk_says(self.tasks.url, self.script("everything", self.writers), USERS, SECONDS)
        self.everything_is_published()
        return {
            f"all operations, {USERS} clients": number_in(r"Requests/sec:\s+([\d.]+)", said),
            f"p95 of all operations, {USERS} clients": number_in(r"p95: ([\d.]+)", said),
        }

    def rate(self, script: Path) -> float:
        return programs.wrk(self.tasks.url, script, CLIENTS, SECONDS)

    def script(self, what: str, people: Sequence[Person], paths: Sequence[str] = (), key: str = "") -> Path:
        """tests/load/requests.lua, with who asks, and what for."""
        tags = [json.dumps([self.tags[person.id][name] for name in ("home", "work")]) for person in people]
        said = {
            "what": [what],
            "key": [key],
            "tokens": [person.token for person in people],
            "users": [str(person.id) for person in people],
            "tags": tags,
            "paths": paths,
        }
        values = [f"{name} = {{{', '.join(map(json.dumps, each))}}}\n" for name, each in said.items()]
        file = self.folder / f"{what}.lua"
        file.write_text("".join(values) + (HERE / "requests.lua").read_text())
        return file

    def unpublished(self) -> float:
        [(waiting,)] = self.world.rows("SELECT count(*) FROM outbox")
        return float(str(waiting))

    def everything_is_published(self) -> None:
        eventually(lambda: self.unpublished() == 0, "every event is published", within=60)


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
