"""Many events for long: from the commit of a change to audit's seal and to the lines of open pages, and who waits.

10,000 a minute for five minutes, then 50,000 for one, through the runner's own log and through Kafka. What waits is
counted each second: it may not grow, and is gone a second after the last change. PostgreSQL keeps the time of each
commit, so nobody has to look when an event was sealed.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import yaml

from knative.local.stores import Postgres
from shared.ids import new_id
from shared.sessions import new_token, token_hash
from tests.chaos.installation import Installation
from tests.conformance.kafka_broker import NotHere, jars
from tests.load import report
from tests.load.phases import Phase, growth, table, waits
from tests.load.spent import Spent
from tests.load.waiting import Waiting
from tests.world import NO_AUTHORITIES, ROOT, eventually

PEOPLE, PAGES = 200, 100  # and those of them who have a page open: as many as one process of sync is for
WARM_UP = (100, 5.0)  # events a second, seconds

ADD_PEOPLE = """
WITH person AS (
    INSERT INTO users (id, email, email_key, password_hash, name, zone, created_at)
    SELECT id, id || '@example.org', id || '@example.org', '-', '', 'UTC', now() FROM unnest(%(ids)s::uuid[]) AS id
), counter AS (
    INSERT INTO counters (user_id) SELECT unnest(%(ids)s::uuid[])
)
INSERT INTO sessions (user_id, id, token_hash, created_at, expires_at)
SELECT user_id, id, token_hash, now(), now() + interval '1 day'
  FROM unnest(%(ids)s::uuid[], %(sessions)s::uuid[], %(hashes)s::bytea[]) AS session (user_id, id, token_hash)
"""
SEALED = """
SELECT user_id, sequence, extract(epoch FROM pg_xact_commit_timestamp(events.xmin))::float AS made,
       extract(epoch FROM pg_xact_commit_timestamp(activity_chain.xmin))::float AS sealed
  FROM events LEFT JOIN activity_chain USING (user_id, sequence)
 WHERE user_id = ANY (%(people)s) AND pg_xact_commit_timestamp(events.xmin) >= to_timestamp(%(since)s)
"""


class Bench:
    def __init__(self, installation: Installation, data: Path) -> None:
        self.installation = installation
        [secret, *_] = yaml.safe_load_all((data / "secrets.yaml").read_text())
        self.environment = secret["stringData"] | {
            "K_SERVICE": "tasks",
            "FUNCTION_SOURCE": "-",
            "BROKER_INGRESS_URL": f"{installation.ingress()}/taskora",
            "PATH": os.environ["PATH"],
        }
        self.people = [new_id() for _ in range(PEOPLE)]
        self.tokens = [new_token(user_id) for user_id in self.people]
        installation.rows(
            ADD_PEOPLE,
            ids=self.people,
            sessions=[new_id() for _ in self.people],
            hashes=[token_hash(token) for token in self.tokens],
        )
        self.waiting = Waiting(installation, self.people)
        self.document = self.first_task()
        eventually(lambda: not any(self.waiting.now().values()), "the first event is through")

    def first_task(self) -> str:
        """What a task looks like today says a task."""
        said = {"title": "Buy milk", "notes": "Two litres of the good one.", "priority": "high", "due": "2026-11-21"}
        address, token = self.installation.address, self.tokens[0]
        with httpx.Client(base_url=address, cookies={"session": token}, verify=NO_AUTHORITIES, timeout=20) as client:
            return client.post("/api/tasks", json=said, headers={"origin": address}).raise_for_status().text

    def phase(self, phase: Phase) -> dict[str, float]:
        since, waited, began = time.time(), list[dict[str, int]](), time.monotonic()
        before = self.heads()
        with self.listening() as listener, self.making(phase.rate, phase.seconds) as maker:
            spent = Spent(self.installation, {"making the changes": maker.pid, "the open pages": listener.pid})
            spent.look()
            while maker.poll() is None:
                waited.append(self.waiting.now())
                time.sleep(max(0.0, began + len(waited) - time.monotonic()))
                spent.look()
            ended = time.monotonic()
            *warnings, said = maker.communicate()[0].splitlines()
            print(*warnings, sep="\n", end="")
            made = json.loads(said)
            eventually(lambda: not any(self.waiting.now().values()), "nothing waits", within=300)
            settled = time.monotonic() - ended
            spent.look()
            expected = list(zip(self.heads(), before, strict=True))
            shown = json.loads(listener.communicate(json.dumps(expected[:PAGES]))[0])
        took = self.took(since, shown)
        print(waits(phase, waited), table(phase, spent.by_part(), made["made"]), sep="\n", flush=True)
        values = {
            "made": 60 * made["made"] / made["seconds"],
            "growth of what waits": max(growth([each[name] for each in waited]) for name in waited[0]),
            "most that waited": max(max(each.values()) for each in waited),
            "all done after": settled,
            "processor time": 1e6 * sum(spent.by_part().values()) / made["made"],
        }
        for where, milliseconds in took.items():
            centiles = statistics.quantiles(milliseconds, n=100)
            values |= {f"{where}, p50": centiles[49], f"{where}, p99": centiles[98], f"{where}, max": max(milliseconds)}
        return {f"{phase.name}: {name}": value for name, value in values.items()}

    def heads(self) -> list[int]:
        rows = self.installation.rows(
            "SELECT user_id, value FROM counters WHERE user_id = ANY (%(ids)s)", ids=self.people
        )
        values = {row["user_id"]: row["value"] for row in rows}
        return [values[user_id] for user_id in self.people]

    def took(self, since: float, shown: list[list[tuple[int, float]]]) -> dict[str, list[float]]:
        """Milliseconds from the commit of each change. Every one is sealed, and comes to its user's page, once."""
        rows = self.installation.rows(SEALED, people=self.people, since=since)
        assert rows
        assert all(row["sealed"] for row in rows), "an event was never sealed"
        made = {(row["user_id"], row["sequence"]): row["made"] for row in rows}
        with_page = self.people[:PAGES]
        pages = [(user_id, *each) for user_id, came in zip(with_page, shown, strict=True) for each in came]
        assert sorted((user_id, number) for user_id, number, _ in pages) == sorted(
            key for key in made if key[0] in with_page
        ), "the pages were not told of every change once"
        return {
            "to the seal": [1000 * (row["sealed"] - row["made"]) for row in rows],
            "to the page": [1000 * (at - made[user_id, number]) for user_id, number, at in pages],
        }

    @contextmanager
    def listening(self) -> Iterator[subprocess.Popen[str]]:
        gateway = urlsplit(self.installation.address)
        listener = self.started("listening", str(gateway.hostname), str(gateway.port))
        with listener:
            assert listener.stdin
            assert listener.stdout
            listener.stdin.write(json.dumps(self.tokens[:PAGES]) + "\n")
            listener.stdin.flush()
            assert listener.stdout.readline() == "open\n"
            yield listener

    @contextmanager
    def making(self, rate: float, seconds: float) -> Iterator[subprocess.Popen[str]]:
        with self.started("making", str(rate), str(seconds)) as maker:
            assert maker.stdin
            maker.stdin.write(json.dumps({"document": self.document, "people": list(map(str, self.people))}))
            maker.stdin.close()
            maker.stdin = None
            yield maker

    def started(self, module: str, *words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", f"tests.load.{module}", *words]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdin=pipe, stdout=pipe, text=True)


def measure(name: str, with_kafka: bool, phases: list[Phase]) -> int:
    print(f"\nThrough {'Kafka' if with_kafka else 'the log of the runner'}:")
    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(Path(folder), with_kafka)
        installation.copy_code()
        keep_times_of_commits(Path(folder) / "data" / "postgres")
        try:
            installation.start()
            bench = Bench(installation, Path(folder) / "data")
            bench.phase(Phase(60 * WARM_UP[0], WARM_UP[1]))
            figures = [figure for phase in phases for figure in phase.figures()]

            def round_() -> dict[str, float]:
                return {name: value for phase in phases for name, value in bench.phase(phase).items()}

            return report.benchmark(name, figures, round_, rounds=1)
        finally:
            installation.stop()
            os.environ.pop("KAFKA_BOOTSTRAP_SERVERS", None)


def keep_times_of_commits(data: Path) -> None:
    with Postgres.start(data) as postgres:
        import psycopg

        with psycopg.connect(postgres.url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET track_commit_timestamp = on")


def main() -> int:
    parser = argparse.ArgumentParser("python -m tests.load.bench_events", description=__doc__)
    parser.add_argument("--through", choices=("embedded", "kafka", "both"), default="both")
    parser.add_argument("--minutely", type=int, nargs="+", default=[10_000, 50_000], help="events, of each phase")
    parser.add_argument("--seconds", type=float, nargs="+", default=[300, 60], help="of each phase")
    given = parser.parse_args()
    phases = [Phase(*each) for each in zip(given.minutely, given.seconds, strict=True)]
    status = 0
    if given.through != "kafka":
        status |= measure("events", False, phases)
    if given.through != "embedded":
        try:
            jars()
        except NotHere as reason:
            print(f"Kafka is left out: {reason}.")
        else:
            status |= measure("events-kafka", True, phases)
    return status


if __name__ == "__main__":
    sys.exit(main())
