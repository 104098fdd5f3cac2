"""Search among one person's 1,000 tasks, then 100,000, and then beside those of 90 others, 1,000,000 in all.

Every kind of search people make, through one process of `tasks`: with PostgreSQL just started, and then warm. The plan
is shown, and has to use the index. And what a create costs PostgreSQL more so that a task is found: with and without,
in turns.
"""

import itertools
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import psycopg

from functions.tasks import hunting
from shared import pg_text, words
from tests.load import report
from tests.load.report import Figure
from tests.people import Person
from tests.world import Function, World

SIZES = {"1,000": 1_000, "100,000": 100_000, "1,000,000": 1_000_000}
OTHERS, THEIRS = 90, 10_000
VOCABULARY = 40_000
EACH = 12  # searches of a kind
ROUNDS, CREATES = 15, 1_000  # of each sort
LIMIT_MS, LIMIT_CREATE = 100, 40

FIGURES = [
    *(Figure(f"p95 warm, {size}", "ms", more_is_better=False, limit=LIMIT_MS) for size in SIZES),
    *(Figure(f"p95 just started, {size}", "ms", more_is_better=False, limit=LIMIT_MS) for size in SIZES),
    *(Figure(f"processor time p95, {size}", "ms", more_is_better=False) for size in SIZES),
    *(Figure(f"median warm, {size}", "ms", more_is_better=False) for size in SIZES),
    *(Figure(f"slowest warm, {size}", "ms", more_is_better=False) for size in SIZES),
    Figure("a create costs PostgreSQL more by", "µs", more_is_better=False, limit=LIMIT_CREATE),
    Figure("the same among 1,000,000", "µs", more_is_better=False),
    Figure("words of such a task", ""),
]


class Language:
    """Words that look like some, as often as words are: the next one in the order is a little rarer."""

    def __init__(self) -> None:
        self.chance = random.Random(11)
        begins = [
            "b",
            "c",
            "d",
            "f",
            "g",
            "h",
            "k",
            "l",
            "m",
            "n",
            "p",
            "r",
            "s",
            "t",
            "v",
            "w",
            "br",
            "cr",
            "gr",
            "pl",
            "st",
            "sh",
        ]
        middles, ends = (
            ["a", "e", "i", "o", "u", "ai", "ea", "ou"],
            ["", "", "n", "r", "s", "t", "l", "m", "nd", "st", "ng", "ck"],
        )
        made: dict[str, None] = {}
        while len(made) < VOCABULARY:
            syllables = 1 + (len(made) > 60) + (len(made) > 500 and self.chance.random() < 0.6)
            syllables += len(made) > 3_000 and self.chance.random() < 0.3
            parts = (self.chance.choice(each) for _ in range(syllables) for each in (begins, middles, ends))
            made["".join(parts)] = None
        self.words = list(made)
        self._weights = list(itertools.accumulate(1 / (number + 2.7) for number in range(VOCABULARY)))

    def says(self, least: int, most: int) -> str:
        count = self.chance.randint(least, most)
        return " ".join(self.chance.choices(self.words, cum_weights=self._weights, k=count))

    def tasks(self, count: int) -> Iterator[tuple[str, str]]:
        for _ in range(count):
            yield self.says(2, 6).capitalize(), self.says(4, 20) if self.chance.random() < 0.6 else ""

    def searches(self) -> dict[str, list[str]]:
        common, usual, rare = self.words[5:45], self.words[200:1_000], self.words[5_000:20_000]
        pick = self.chance.choice
        kinds: dict[str, Callable[[], str]] = {
            "one letter": lambda: pick(common)[0],
            "two letters": lambda: pick(usual)[:2],
            "three letters": lambda: pick(usual)[:3],
            "a common word": lambda: pick(common),
            "a usual word": lambda: pick(usual),
            "a rare word": lambda: pick(rare),
            "two usual words": lambda: f"{pick(usual)} {pick(usual)}",
            "three common words": lambda: f"{pick(common)} {pick(common)} {pick(common)}",
            "a rare word and a letter": lambda: f"{pick(rare)} {pick(common)[0]}",
            "a short word mistyped": lambda: mistyped(pick([word for word in usual if 4 <= len(word) <= 7])),
            "a long word mistyped": lambda: mistyped(mistyped(pick([word for word in rare if len(word) >= 9]), 3)),
            "two words mistyped": lambda: f"{mistyped(pick(usual))} {mistyped(pick(rare))}",
            "nothing": lambda: f"zzq{pick(rare)}zzq",
        }
        return {kind: [make() for _ in range(EACH)] for kind, make in kinds.items()}


def mistyped(word: str, at: int = 0) -> str:
    at = at or len(word) // 2
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if len(word) > at else word


class Bench:
    def __init__(self, world: World) -> None:
        self.world, self.language = world, Language()
        self.person = Person(world, "Busy")
        self.others = [Person(world, f"Other{number}") for number in range(OTHERS)]
        self.searches = self.language.searches()
        self.texts = [(title, notes, words.of_task(title, notes)) for title, notes in self.language.tasks(100_000)]
        [(index,)] = world.rows("SELECT pg_get_indexdef('tasks_words'::regclass)")
        self.index = str(index).encode()

    def round(self) -> dict[str, float]:
        values: dict[str, float] = {}
        self.world.rows("TRUNCATE tasks, comments")
        for size, count in SIZES.items():
            self.fill(count)
            values |= self.measured(size)
        return values | self.create_costs()

    def fill(self, count: int) -> None:
        """The index is made anew over what there is: that is quicker, and it looks the same."""
        with psycopg.connect(self.world.owner_url, autocommit=True) as connection:
            connection.execute("DROP INDEX tasks_words")
            if count <= len(self.texts):
                connection.execute("TRUNCATE tasks, comments")
                connection.execute("CREATE TEMPORARY TABLE texts (number serial, title text, notes text, words text)")
                with connection.cursor().copy("COPY texts (title, notes, words) FROM STDIN") as copy:
                    for text in self.texts[:count]:
                        copy.write_row(text)
                connection.execute(ADD.format("texts"), {"user": self.person.id, "every": 1, "nth": 0})
            else:
                for number, other in enumerate(self.others):
                    asked = {"user": other.id, "from": self.person.id, "nth": number % 10}
                    connection.execute(COPY_FROM, asked)
            connection.execute("SET maintenance_work_mem = '256MB'")
            connection.execute(self.index)
            connection.execute("VACUUM ANALYZE tasks")
            connection.execute("CHECKPOINT")

    def measured(self, size: str) -> dict[str, float]:
        self.world.postgres.stop()
        self.world.postgres.start_again()
        function = self.world.start("tasks")
        cold, _ = self.timed(function, 2)
        warm, spent = self.timed(function, EACH)
        for kind, times in warm.items():
            print(
                f"  {size:>9}  {kind:<26} median {statistics.median(times):6.1f}  slowest {max(times):6.1f} ms"
                f"   just started {max(cold[kind]):6.1f} ms   processor {max(spent[kind]):6.1f} ms",
                flush=True,
            )
        self.assert_the_index_is_used()
        function.terminate()
        every = list(itertools.chain(*warm.values()))
        return {
            f"p95 warm, {size}": p95(every),
            f"p95 just started, {size}": p95(itertools.chain(*cold.values())),
            f"processor time p95, {size}": p95(itertools.chain(*spent.values())),
            f"median warm, {size}": statistics.median(every),
            f"slowest warm, {size}": max(every),
        }

    def timed(self, function: Function, count: int) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
        """How long each took, and how much of the processors, in ms. In turns, so that no kind warms up its own."""
        times: dict[str, list[float]] = {kind: [] for kind in self.searches}
        spent: dict[str, list[float]] = {kind: [] for kind in self.searches}
        browser = self.person.browsing(function)
        for number in range(count):
            for kind, said in self.searches.items():
                before, began = self.processor_time(function), time.perf_counter()
                answer = browser.get("/api/tasks/search", params={"q": said[number]})
                times[kind].append((time.perf_counter() - began) * 1000)
                spent[kind].append(self.processor_time(function) - before)
                assert answer.status_code == 200, answer.text
                assert answer.json()["items"] or kind not in ("one letter", "two letters", "a common word"), said[
                    number
                ]
        return times, spent

    def processor_time(self, function: Function) -> float:
        """Of the function and all of PostgreSQL."""
        server = self.world.postgres.process.pid
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        return sum(schedstat(pid) for pid in (function.process.pid, *map(int, children))) / 1e6

    def assert_the_index_is_used(self) -> None:
        """With the statement as it is prepared, and the plan that the server keeps for whatever is sought."""
        [(count,)] = self.world.rows("SELECT count(*) FROM tasks")
        text, names = pg_text.numbered(hunting.sql.by_index.replace("{condition}", "true"))
        key, word = str(self.person.id)[-6:], self.language.words[300]
        sought = f"'{key}a{word}':* | '{key}n{word}':*"
        asked = {"whole": sought, "apart": hunting.NOTHING, "user_id": self.person.id, "known": [], "first": 0,
                 "stage": -1, "at": "infinity", "id": hunting.LAST, "limit": 21}  # fmt: skip
        values = [literal(asked.get(name, sought)) for name in names]
        with psycopg.connect(self.world.owner_url, autocommit=True) as connection:
            connection.execute("SET plan_cache_mode = force_generic_plan")
            connection.execute(f"PREPARE sought AS {text.rstrip(';')}".encode())
            rows = connection.execute(f"EXPLAIN (ANALYZE, COSTS OFF) EXECUTE sought ({', '.join(values)})".encode())
            plan = "\n".join(str(row[0]) for row in rows)
        if int(str(count)) > SIZES["1,000"]:
            print("\n".join(line for line in plan.splitlines() if "Scan" in line or "Execution" in line))
            assert "Bitmap Index Scan on tasks_words" in plan, plan
            assert "Seq Scan on tasks" not in plan, plan

    def create_costs(self) -> dict[str, float]:
        """µs of one backend's processor time. Where people have few tasks yet, in turns with the same table without
        what is for search; and among all the tasks there are now, with the index and then without.
        """
        costs: dict[str, list[float]] = {name: [] for name in ("found", "plain", "tasks", "unfound")}
        with psycopg.connect(self.world.owner_url, autocommit=True) as connection:
            connection.execute("SET synchronous_commit = off")
            for table in ("found", "plain"):
                connection.execute(f"CREATE TABLE {table} (LIKE tasks INCLUDING ALL)".encode())
                self.keep(connection, table)
            connection.execute("ALTER TABLE plain DROP lexemes, DROP words")
            for number in range(ROUNDS):
                for table in ("found", "plain") if number % 2 else ("plain", "found"):
                    costs[table].append(self.creates(connection, table, number))
            connection.execute("DROP TABLE found, plain")
            connection.execute("DROP FUNCTION keep_found, keep_plain")
            costs["tasks"] = [self.creates(connection, "tasks", number) for number in range(ROUNDS)]
            connection.execute("DROP INDEX tasks_words")
            costs["unfound"] = [self.creates(connection, "tasks", number) for number in range(ROUNDS)]
            connection.execute(self.index)
        least = {name: statistics.median(each) for name, each in costs.items()}
        return {
            "a create costs PostgreSQL more by": least["found"] - least["plain"],
            "the same among 1,000,000": least["tasks"] - least["unfound"],
            "words of such a task": statistics.mean(len(kept.split()) for _, _, kept in self.texts),
        }

    def keep(self, connection: psycopg.Connection, table: str) -> None:
        """By the trigger that tasks have, without what is for search where there is none."""
        [(source,)] = connection.execute("SELECT prosrc FROM pg_proc WHERE proname = 'keep_task'")
        if table == "plain":
            source, left_out = re.subn(r"NEW\.lexemes := .*;", "NULL;", source)
            assert left_out == 1
        connection.execute(f"CREATE FUNCTION keep_{table}() RETURNS trigger LANGUAGE plpgsql AS $${source}$$".encode())
        trigger = f"CREATE TRIGGER kept BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION keep_{table}()"
        connection.execute(trigger.encode())

    def creates(self, connection: psycopg.Connection, table: str, number: int) -> float:
        found = table != "plain"
        statement = CREATE.format(table, ", words" if found else "", ", %s" if found else "").encode()
        before = schedstat(connection.info.backend_pid)
        for first in range(0, CREATES, 20):
            with connection.pipeline():
                for at in range(first, first + 20):
                    title, notes, kept = self.texts[(number * CREATES + at) % len(self.texts)]
                    person = self.others[at % OTHERS].id
                    values = [person, title, notes, person, *([kept] if found else [])]
                    connection.execute(statement, values, prepare=True)
        return (schedstat(connection.info.backend_pid) - before) / CREATES / 1000


def schedstat(pid: int) -> int:
    """Nanoseconds on a processor."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
    except FileNotFoundError:  # it has ended
        return 0


def p95(values: Iterable[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def literal(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    return "'{}'" if value == [] else "'" + str(value).replace("'", "''") + "'"


CREATE = (
    "INSERT INTO {} (user_id, id, title, notes, status, priority, list_id, tags, position, created_at, updated_at,"
    " version{}) VALUES (%s, gen_random_uuid(), %s, %s, 'todo', 'none', %s, '{{}}', 'a0', now(), now(), 1{})"
)
ADD = (
    "INSERT INTO tasks (user_id, id, title, notes, status, priority, list_id, tags, position, words, created_at,"
    " updated_at, version)"
    " SELECT %(user)s, gen_random_uuid(), title, notes, 'todo', 'none', %(user)s, '{{}}', 'a' || number, words,"
    " now() - number * interval '1 minute', now(), 1 FROM {} WHERE number %% %(every)s = %(nth)s"
)
COPY_FROM = (
    "INSERT INTO tasks (user_id, id, title, notes, status, priority, list_id, tags, position, words, created_at,"
    " updated_at, version)"
    " SELECT %(user)s, gen_random_uuid(), title, notes, 'todo', 'none', %(user)s, '{}', position, words, created_at,"
    " now(), 1 FROM tasks WHERE user_id = %(from)s AND right(position, 1) = %(nth)s::text"
)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, World(Path(folder), durable=True) as world:
        return report.benchmark("search", FIGURES, Bench(world).round)


if __name__ == "__main__":
    sys.exit(main())
