"""Create, and all else: one process of `tasks` against pgbench with much the same work as plain SQL.

Eight clients, sessions, events, limits and logs as always; both sides on one durable PostgreSQL, in turns. At last
fifty people do everything there is to do with a task: first each rests a while between two requests, as people do, then
each asks again as soon as it is answered, which shows how much one process can take.
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

CLIENTS, PEOPLE = 8, 50
SECONDS = 6
REST = 0.5  # seconds
HERE = Path(__file__).parent
REFERENCE = HERE / "reference"

FIGURES = [
    Figure("create, of pgbench", "", limit=0.55),
    Figure(f"p95 of all operations, {PEOPLE} people who rest", "ms", more_is_better=False, limit=50),
    Figure(f"p95 of all operations, {PEOPLE} without rest", "ms", more_is_better=False, limit=50),
    Figure(f"all operations, {PEOPLE} who rest", "requests/s"),
    Figure(f"all operations, {PEOPLE} without rest", "requests/s"),
    Figure("create", "requests/s"),
    Figure("create, by pgbench", "transactions/s"),
    Figure("create with an Idempotency-Key", "requests/s"),
    Figure("processor time of one create", "µs", more_is_better=False),
    Figure("PostgreSQL's of one create", "µs", more_is_better=False),
    Figure("processor time of one operation", "µs", more_is_better=False),
    Figure("PostgreSQL's of one operation", "µs", more_is_better=False),
    Figure("events not yet published at the end", "", more_is_better=False),
]


class Bench:
    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder = world, folder
        self.people = [Person(world, f"Person{number}") for number in range(PEOPLE)]
        self.tags = [self.tags_of(person) for person in self.people]
        self.fill_the_reference()
        self.tasks = world.function("tasks")

    def tags_of(self, person: Person) -> list[str]:
        rows = self.world.rows(
            "INSERT INTO tags (user_id, id, name, name_key, created_at, updated_at, version)"
            " SELECT %s, gen_random_uuid(), name, name, now(), now(), 1"
            " FROM unnest(ARRAY['home', 'work']) AS name RETURNING id",
            person.id,
        )  # fmt: skip
        return [str(tag_id) for (tag_id,) in rows]

    def fill_the_reference(self) -> None:
        with psycopg.connect(self.world.owner_url, autocommit=True) as connection:
            for file in ("schema", "people"):
                said = (REFERENCE / f"{file}.sql").read_text().replace(":people", str(PEOPLE))
                connection.execute(said.encode())

    def round(self) -> dict[str, float]:
        return self.creates() | self.everything()

    def creates(self) -> dict[str, float]:
        function, postgres = self.tasks.process.pid, self.world.postgres.process.pid
        ours, theirs = processor_seconds(function), processor_seconds_below(postgres)
        rate = self.rate(self.script("create"))
        ours, theirs = processor_seconds(function) - ours, processor_seconds_below(postgres) - theirs
        unpublished = self.unpublished()
        self.everything_is_published()
        plain = programs.pgbench(self.world.owner_url, REFERENCE / "create.sql", CLIENTS, SECONDS, PEOPLE)
        keyed = self.rate(self.script("create", key=str(uuid4())))
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

    def everything(self) -> dict[str, float]:
        people_like, p95 = self.done_by_all(self.script("everything", rest=REST))
        function, postgres = self.tasks.process.pid, self.world.postgres.process.pid
        ours, theirs = processor_seconds(function), processor_seconds_below(postgres)
        most, p95_of_most = self.done_by_all(self.script("everything"))
        ours, theirs = processor_seconds(function) - ours, processor_seconds_below(postgres) - theirs
        self.everything_is_published()
        return {
            f"p95 of all operations, {PEOPLE} people who rest": p95,
            f"p95 of all operations, {PEOPLE} without rest": p95_of_most,
            f"all operations, {PEOPLE} who rest": people_like,
            f"all operations, {PEOPLE} without rest": most,
            "processor time of one operation": ours / (most * SECONDS) * 1e6,
            "PostgreSQL's of one operation": theirs / (most * SECONDS) * 1e6,
        }

    def done_by_all(self, script: Path) -> tuple[float, float]:
        """Requests a second, and the milliseconds within which 95 of 100 are answered."""
        said = programs.wrk_says(self.tasks.url, script, PEOPLE, SECONDS)
        return number_in(r"Requests/sec:\s+([\d.]+)", said), number_in(r"p95: ([\d.]+)", said)

    def rate(self, script: Path) -> float:
        return programs.wrk(self.tasks.url, script, CLIENTS, SECONDS)

    def script(self, what: str, key: str = "", rest: float = 0) -> Path:
        """tests/load/requests.lua, with who asks, what for, and how long each rests between two requests."""
        said: dict[str, Sequence[str | float]] = {
            "what": [what],
            "key": [key],
            "rest": [rest * 1000],
            "tokens": [person.token for person in self.people],
            "users": [str(person.id) for person in self.people],
            "tags": [json.dumps(tags) for tags in self.tags],
            "paths": [],
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
