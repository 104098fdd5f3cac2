"""Whatever somebody does from several places, and whatever breaks meanwhile: every client ends with what the database
holds, made of a snapshot and what it was told since.

A seed makes the steps, the breaks and the deliveries; when exactly which meets which is the machine's affair.
"""

import copy
import json
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from tests.cable import Cable
from tests.happenings import Tuned, deliver
from tests.integration.test_undo_of_anything import OFTEN, Life
from tests.mirrors import Asking, Client, Listening, Mirror, Things
from tests.people import Person
from tests.world import NO_LIMITS, Function, World, eventually

WRITERS, STEPS_EACH = 2, 40
PROCESSES = 2
ANY = random.randrange(10**6)  # what fails says which one it was
EXPORTS = threading.Lock()
KEPT = 2  # events, when the older ones are removed: who is away at that moment begins anew
TABLES = {
    "tasks": "task", "series": "series", "lists": "list", "tags": "tag", "filters": "filter", "comments": "comment",
}  # fmt: skip


class Processes:
    """Some of sync. Each is reached by a cable that breaks, at any byte; one that is killed is replaced."""

    def __init__(self, tuned: Tuned, chance: random.Random, opened: ExitStack) -> None:
        self._tuned, self._chance = tuned, chance
        self._breaks = True
        self.running = [self._start() for _ in range(PROCESSES)]
        self._cables = [opened.enter_context(Cable(*address(each), self._breaks_after)) for each in self.running]

    def _start(self) -> Function:
        return self._tuned({"watch.EVERY": 0.2}, RATE_LIMITS=NO_LIMITS)

    def _breaks_after(self) -> int:
        return int(10 ** self._chance.uniform(1.5, 4.2)) if self._breaks else 10**9

    def kill(self, number: int) -> None:
        self.running[number].kill()
        self.running[number] = self._start()
        self._cables[number].server = address(self.running[number])

    def mend(self) -> None:
        self._breaks = False

    def url(self, number: int) -> str:
        return f"http://127.0.0.1:{self._cables[number].port}"


def address(function: Function) -> tuple[str, int]:
    return "127.0.0.1", int(function.url.rpartition(":")[2])


class Trigger:
    """Delivers what the broker has: some of it never, some of it twice, in no order, to any process."""

    def __init__(self, world: World, person: Person, processes: Processes, chance: random.Random) -> None:
        self._world, self._person, self._processes, self._chance = world, person, processes, chance
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._deliver_on, daemon=True)
        self._thread.start()

    def _deliver_on(self) -> None:
        posted, seen, waiting = self._world.door.posted, 0, list[Any]()
        while not self._over.wait(0.01):
            new, seen = posted[seen:], len(posted)
            own = [event for event in new if event.headers.get("ce-partitionkey") == str(self._person.id)]
            waiting += [event for event in own for _ in range(self._chance.choice((0, 1, 1, 2)))]
            self._chance.shuffle(waiting)
            for _ in range(len(waiting) // 2):
                try:
                    deliver(waiting.pop(), self._chance.choice(self._processes.running))
                except httpx.TransportError:
                    continue  # it was being killed

    def stop(self) -> None:
        self._over.set()
        self._thread.join()


def rename_oneself(life: Life, a: int, _: int, __: int) -> httpx.Response:
    return life.person.at("accounts").patch("/api/me", json={"name": f"Alice {a}"})


def prefer(life: Life, a: int, b: int, _: int) -> httpx.Response:
    return life.person.at("notify").put("/api/preferences", json={"daily_digest": (None, f"0{a % 10}:00")[b % 2]})


def forget(life: Life, _: int, __: int, ___: int) -> None:
    """As `tidy` does with what is old."""
    life.person.world.rows(
        "DELETE FROM events USING counters WHERE events.user_id = counters.user_id AND events.user_id = %s"
        " AND sequence <= value - %s"
        " AND sequence < coalesce((SELECT min(sequence) FROM outbox WHERE user_id = %s), 9e18)",
        life.person.id, KEPT, life.person.id,
    )  # fmt: skip


ALSO: dict[str, Callable[..., httpx.Response | None]] = {
    "rename oneself": rename_oneself, "prefer": prefer, "forget": forget,
}  # fmt: skip


def act(life: Life, chance: random.Random) -> None:
    for _ in range(STEPS_EACH):
        step = chance.choice([*OFTEN, *["undo something"] * 3, *ALSO, *["forget"] * 3])
        numbers = [chance.randrange(64) for _ in range(3)]
        if step in ALSO:
            ALSO[step](life, *numbers)
        else:
            life.takes((step, *numbers))  # type: ignore[arg-type]


def database(person: Person) -> Things:
    found: Things = {}
    for table, kind in TABLES.items():
        rows = person.world.rows(
            f"SELECT id::text, document FROM {table} WHERE user_id = %s AND deleted_at IS NULL",  # noqa: S608
            person.id,
        )
        found |= {(kind, str(id)): json.loads(str(document)) for id, document in rows}
    for kind, view in (("user", "user_documents WHERE id"), ("preferences", "preferences WHERE user_id")):
        for (document,) in person.world.rows(f"SELECT document::text FROM {view} = %s", person.id):  # noqa: S608
            found[kind, str(person.id)] = json.loads(str(document))
    return found


def snapshot_from(exchange: Function, person: Person) -> Things:
    with EXPORTS:  # while one is under way another one may be refused
        answer = person.browsing(exchange).get("/api/export")
    assert answer.status_code == 200, answer.text
    export = answer.json()
    found: Things = {("user", str(person.id)): export["profile"]}
    if export["preferences"]:
        found["preferences", str(person.id)] = export["preferences"]
    for table, kind in TABLES.items():
        for thing in export[table]:
            if thing.pop("deleted_at") is None:
                found[kind, thing["id"]] = thing
    return found


@pytest.fixture(scope="module")
def exchange(world: World) -> Iterator[Function]:
    exchange = world.start("exchange", RATE_LIMITS=NO_LIMITS)
    yield exchange
    exchange.kill()


@pytest.mark.parametrize("seed", [1, 2, pytest.param(ANY, id="any")])
def test_every_client_ends_with_what_the_database_holds(
    world: World, tuned: Tuned, exchange: Function, seed: int
) -> None:
    chance = random.Random(seed)
    life = Life(world)
    person = life.person
    with ExitStack() as opened, ThreadPoolExecutor(WRITERS) as threads:
        processes = Processes(tuned, random.Random(chance.random()), opened)
        trigger = Trigger(world, person, processes, random.Random(chance.random()))
        clients: list[Client] = []
        for number in range(PROCESSES):
            url = lambda number=number: processes.url(number)  # noqa: E731
            mirrors = [Mirror(lambda: snapshot_from(exchange, person)) for _ in range(3)]
            clients += [Listening(url, person.token, mirrors[0]), Listening(url, person.token, mirrors[1])]
            clients += [Asking(url, person.token, mirrors[2], limit=chance.choice((1, 7, 500)))]
        for client in clients:
            opened.callback(client.stop)

        acting = [threads.submit(act, copy.copy(life), random.Random(chance.random())) for _ in range(WRITERS)]
        for number in range(PROCESSES):
            processes.kill(number)
        for each in acting:
            each.result()
        trigger.stop()
        processes.mend()
        [(head,)] = world.rows("SELECT value FROM counters WHERE user_id = %s", person.id)
        told = f"everybody was told everything (seed {seed})"
        eventually(lambda: {client.mirror.number for client in clients} == {head}, told)

    held = database(person)
    assert [client.mirror.wrong for client in clients] == [[]] * len(clients), f"seed {seed}"
    for client in clients:
        assert client.mirror.things == held, f"seed {seed}"
    person.leave()
