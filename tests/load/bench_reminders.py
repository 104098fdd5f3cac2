"""Reminders through clock, broker and remind: how late they are in the page, and what becomes of very many at once.

Many are spread over a minute; very many are due at one instant; and some while remind is killed as it holds what
keeps it awake. Each is fired, and none twice, or there is no figure.
"""

import asyncio
import os
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from shared import publishing
from shared.envelope import Envelope
from shared.http_post import Connection
from shared.ids import new_id
from tests.chaos.installation import Installation
from tests.load import report
from tests.load.bench_idle import awake
from tests.load.report import Figure
from tests.world import eventually

SPREAD, MINUTE = 1_000, 60.0
AT_ONCE, PEOPLE = 100_000, 10_000
KILLED, WHILE = 200, 10.0
UNTIL_CLOCK = 75.0  # seconds, in which it ticks once
SOON = 5.0  # until those are due of whom the benchmark says so itself

FIGURES = [
    Figure("late, p99 of 1,000 in a minute", "ms", more_is_better=False, limit=250),
    Figure("late, the last of these", "ms", more_is_better=False),
    Figure("100,000 at one instant: the last", "s", more_is_better=False),
    Figure("each of these: remind", "µs", more_is_better=False),
    Figure("each of these: PostgreSQL", "µs", more_is_better=False),
    Figure("killed with -9: the latest", "s", more_is_better=False, limit=5),
]

MAKE_PEOPLE = """
WITH person AS (
    INSERT INTO users (id, email, email_key, password_hash, name, zone, created_at)
    SELECT id, id || '@example.org', id || '@example.org', '-', '', 'UTC', now()
      FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, %(people)s)) AS new
    RETURNING id
), counter AS (
    INSERT INTO counters (user_id) SELECT id FROM person
)
INSERT INTO tasks (user_id, id, title, notes, status, priority, list_id, tags, position, created_at, updated_at,
                   version)
SELECT id, gen_random_uuid(), 'Stand up', '', 'todo', 'none', id, '{}', 'a' || n, now(), now(), 1
  FROM person, generate_series(1, %(tasks)s) AS n
"""

REMIND = """
INSERT INTO firings (user_id, task_id, reminder_id, fire_at, planned_at, turn)
SELECT user_id, id, gen_random_uuid(),
       %(first)s + %(spread)s * make_interval(secs => (n - 1) / %(many)s::float8), now(), 0
  FROM (SELECT *, row_number() OVER (ORDER BY random()) AS n FROM tasks) AS task
 WHERE n <= %(many)s
"""

OUTCOME = """
SELECT count(*) FILTER (WHERE state <> 'fired') AS open,
       count(*) AS planned,
       extract(epoch FROM percentile_cont(0.99) WITHIN GROUP (ORDER BY settled_at - fire_at))::float8 AS p99,
       extract(epoch FROM max(settled_at - fire_at))::float8 AS latest
  FROM firings
 WHERE fire_at >= %(first)s
"""

TOLD = """
SELECT count(*) AS told, count(DISTINCT reminder) AS different
  FROM notifications, json_array_elements(tasks) AS task, json_array_elements_text(task -> 'reminders') AS reminder
 WHERE created_at >= %(first)s AND key LIKE 'reminder/%%' -- and no notice that names all of whom it took a minute
"""


class Bench:
    def __init__(self, installation: Installation, data: Path) -> None:
        self.installation = installation
        [secret, *_] = yaml.safe_load_all((data / "secrets.yaml").read_text())
        needed = {"K_SERVICE": "tests", "FUNCTION_SOURCE": "-", "BROKER_INGRESS_URL": "-"}
        os.environ.update(secret["stringData"] | needed)
        installation.rows(MAKE_PEOPLE, people=PEOPLE, tasks=AT_ONCE // PEOPLE)
        installation.rows("VACUUM ANALYZE")

    def round(self) -> dict[str, float]:
        """What the last round left to publish is gone, and all are asleep, when this one begins."""
        eventually(lambda: set(awake()) <= {"clock"}, "all is done and everybody asleep", within=1200)
        late = self.spread_over_a_minute()
        latest = self.killed()
        last, remind, postgres = self.at_one_instant()
        return {
            "late, p99 of 1,000 in a minute": late["p99"] * 1e3,
            "late, the last of these": late["latest"] * 1e3,
            "100,000 at one instant: the last": last,
            "each of these: remind": remind / AT_ONCE * 1e6,
            "each of these: PostgreSQL": postgres / AT_ONCE * 1e6,
            "killed with -9: the latest": latest,
        }

    def spread_over_a_minute(self) -> dict[str, float]:
        """Nobody says anything: clock finds them."""
        first = self.are_reminded(SPREAD, UNTIL_CLOCK, MINUTE)
        return self.all_fired(first, SPREAD, within=UNTIL_CLOCK + MINUTE + 30)

    def at_one_instant(self) -> tuple[float, float, float]:
        first = self.are_reminded(AT_ONCE, 4 * SOON, 0)
        self.remind_is_told()
        eventually(lambda: "remind" in awake(), "remind is there")
        pid = awake()["remind"]
        self.sleep_until(first)
        spent, postgres = seconds_of(pid), seconds_of_postgres(self.installation)
        late = self.all_fired(first, AT_ONCE, within=600)
        return late["latest"], seconds_of(pid) - spent, seconds_of_postgres(self.installation) - postgres

    def killed(self) -> float:
        eventually(lambda: "remind" not in awake(), "remind is asleep", within=300)
        first = self.are_reminded(KILLED, SOON, WHILE)
        self.remind_is_told()
        self.sleep_until(first + timedelta(seconds=WHILE / 2))
        os.kill(awake()["remind"], signal.SIGKILL)
        return self.all_fired(first, KILLED, within=120)["latest"]

    def are_reminded(self, many: int, ahead: float, spread: float) -> datetime:
        first = datetime.now(UTC) + timedelta(seconds=ahead)
        self.installation.rows(REMIND, many=many, first=first, spread=spread)
        assert datetime.now(UTC) < first, "this machine is too slow to plan so many"
        return first

    def all_fired(self, first: datetime, many: int, within: float) -> dict[str, float]:
        open_ones = "SELECT count(*) AS many FROM firings WHERE state = 'pending'"
        deadline = time.monotonic() + within
        while self.installation.rows(open_ones)[0]["many"]:
            assert time.monotonic() < deadline, "they do not all fire"
            time.sleep(1)
        [outcome] = self.installation.rows(OUTCOME, first=first)
        [told] = self.installation.rows(TOLD, first=first)
        assert (outcome["open"], outcome["planned"]) == (0, many)
        assert (told["told"], told["different"]) == (many, many), "each is told once"
        return outcome

    def remind_is_told(self) -> None:
        """As clock says it."""
        event = Envelope(
            str(new_id()), "/taskora/clock", "work.due",
            {"work": "reminders", "time": datetime.now(UTC).isoformat()}, b"{}",
        )  # fmt: skip

        async def said() -> int:
            door = Connection(f"{self.installation.ingress()}/taskora")
            try:
                return await publishing.send("system-events", event, door)
            finally:
                door.close()

        assert asyncio.run(said()) == 202

    def sleep_until(self, moment: datetime) -> None:
        time.sleep(max(0, (moment - datetime.now(UTC)).total_seconds()))


def seconds_of(pid: int) -> float:
    """Of processor time, with those of its children that have ended."""
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return sum(map(int, ticks[11:15])) / os.sysconf("SC_CLK_TCK")


def seconds_of_postgres(installation: Installation) -> float:
    pid = installation.postgres.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return seconds_of(pid) + sum(map(seconds_of, map(int, children)))


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, Installation.running(Path(folder)) as installation:
        bench = Bench(installation, Path(folder) / "data")
        return report.benchmark("reminders", FIGURES, bench.round)


if __name__ == "__main__":
    if sys.platform != "linux":
        sys.exit("This looks into /proc, which only Linux has.")
    sys.exit(main())
