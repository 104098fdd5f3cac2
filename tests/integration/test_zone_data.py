"""A government moves its clocks, newer zone data says so, and what was planned there is due when they say so then."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
import tzdata

from tests.deliveries import tick, work_due
from tests.people import Person
from tests.reminding import pending
from tests.world import Door, Function, World, eventually

MOVED = "America/Vancouver"  # where clocks go as Tokyo's do, from one day to the other
NINE = {"due": "2040-03-01T09:00:00"}
NINE_IN_VANCOUVER, NINE_IN_TOKYO = "2040-03-01T16:00:00.000000Z", "2040-03-01T00:00:00.000000Z"
BEFORE_ALL = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def world(quiet_world: World) -> Iterator[World]:
    yield quiet_world
    quiet_world.rows("UPDATE zone_data SET version = %s, looked_at = NULL, again_at = NULL", tzdata.IANA_VERSION)
    quiet_world.rows("DELETE FROM zone_changes")


Later = Callable[[str], Function]


@pytest.fixture(scope="session")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zone data of a later day, where Python finds it before the one that is installed."""
    folder = tmp_path_factory.mktemp("newer")
    shutil.copytree(Path(tzdata.__file__).parent, folder / "tzdata")
    said = (folder / "tzdata/__init__.py").read_text().replace(tzdata.IANA_VERSION, "2039a")
    (folder / "tzdata/__init__.py").write_text(said)
    zones = folder / "tzdata/zoneinfo"
    shutil.copy(zones / "Asia/Tokyo", zones / MOVED)
    return folder


@pytest.fixture
def later(world: World, newer: Path) -> Iterator[Later]:
    """Functions of a later release."""
    started: dict[str, Function] = {}

    def function(name: str) -> Function:
        if name not in started:
            started[name] = world.start(name, PYTHONPATH=str(newer))
        return started[name]

    yield function
    for each in started.values():
        each.kill()


def zones_are_due(clock: Function, door: Door) -> bool:
    door.posted.clear()
    assert tick().to(clock).status_code == 204
    return "zones" in [posted.headers.get("ce-work") for posted in list(door.posted)]


def look(accounts: Function) -> None:
    assert work_due("zones").to(accounts).status_code == 204


def now(person: Person, task: dict[str, Any]) -> dict[str, Any]:
    answer = person.at("tasks").get(f"/api/tasks/{task['id']}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def lives_in(person: Person, zone: str) -> None:
    person.world.rows("UPDATE users SET zone = %s WHERE id = %s", zone, person.id)


def has_many(person: Person, number: int, zone: str = MOVED, due_at: str = NINE_IN_VANCOUVER) -> None:
    person.world.rows(
        "INSERT INTO tasks (user_id, id, title, notes, status, priority, due_on, due_time, due_at, zone, list_id, tags,"
        "                   position, created_at, updated_at, version)"
        " SELECT %s, gen_random_uuid(), 'Stand up', '', 'todo', 'none', '2040-03-01', '09:00', %s, %s, %s, '{}',"
        "        'a0', now(), now(), 1 FROM generate_series(1, %s)",
        person.id, due_at, zone, person.id, number,
    )  # fmt: skip


def instants(*people: Person) -> list[tuple[object, ...]]:
    """How many of their tasks say that they are due at each instant."""
    [person, *_] = people
    ids = [each.id for each in people]
    return person.world.rows(
        "SELECT document::json ->> 'due_at', count(*) FROM tasks WHERE user_id = ANY (%s) GROUP BY 1 ORDER BY 1", ids
    )


def test_a_function_says_by_which_zone_data_it_goes(later: Later) -> None:
    with later("clock").client() as client:
        assert client.get("/health").json() == {"status": "ok", "tzdata": "2039a"}


def test_where_clocks_go_otherwise_now_nine_stays_nine_and_nothing_else_is_touched(
    alice: Person, mallory: Person, later: Later, door: Door
) -> None:
    there = alice.has_task("there", **NINE, zone=MOVED)
    others = [
        alice.has_task("elsewhere", **NINE, zone="Asia/Tokyo"),
        alice.has_task("floating", **NINE),
        alice.has_task("a day", due="2040-03-01"),
        alice.has_task("at some time"),
        alice.has_task("done", **NINE, zone=MOVED, status="done"),
    ]
    hers = mallory.has_task("hers", **NINE, zone="Asia/Tokyo")

    assert zones_are_due(later("clock"), door)
    look(later("accounts"))

    moved = {"due_at": NINE_IN_TOKYO, "version": there["version"] + 1}
    after = now(alice, there)
    assert after == there | moved | {"updated_at": after["updated_at"]}
    assert [now(alice, task) for task in others] == others
    assert now(mallory, hers) == hers
    assert [kind for _, kind, _ in mallory.events()] == ["task.created"]
    assert alice.events()[-1][1:] == ("task.updated", f"task/{there['id']}")
    assert says_of_last_event(alice) == {"due_at": [NINE_IN_VANCOUVER, NINE_IN_TOKYO]}


def says_of_last_event(person: Person) -> object:
    [(data,)] = person.world.rows(
        "SELECT data -> 'changes' FROM events WHERE user_id = %s ORDER BY sequence DESC LIMIT 1", person.id
    )
    return data


def test_what_floats_follows_where_its_user_is(alice: Person, later: Later) -> None:
    lives_in(alice, MOVED)
    floating = alice.has_task("floating", **NINE)

    look(later("accounts"))

    assert (floating["due_at"], now(alice, floating)["due_at"]) == (NINE_IN_VANCOUVER, NINE_IN_TOKYO)


def test_reminders_fire_when_the_clocks_there_show_their_time(alice: Person, later: Later, door: Door) -> None:
    """Also of somebody who has nothing else there that is due at some time."""
    lives_in(alice, MOVED)
    morning = {"kind": "days_before", "days": 0, "at": "09:00"}
    a_day = alice.has_task("a day", due="2040-03-01", reminders=[morning])
    some_time = alice.has_task("at some time", reminders=[{"kind": "absolute", "at": "2040-03-01T09:00"}])
    before = [pending(alice, task) for task in (a_day, some_time)]

    look(later("accounts"))

    assert before == [["2040-03-01 16:00"]] * 2
    assert [pending(alice, task) for task in (a_day, some_time)] == [["2040-03-01 00:00"]] * 2
    assert [now(alice, task) for task in (a_day, some_time)] == [a_day, some_time]
    events = alice.events()
    minutes_pass(alice.world, 60)
    look(later("accounts"))
    assert alice.events() == events


def test_once_all_is_looked_through_nobody_is_woken_for_it(alice: Person, later: Later, door: Door) -> None:
    task = alice.has_task("there", **NINE, zone=MOVED)
    assert not zones_are_due(alice.world.function("clock"), door)

    look(later("accounts"))
    after = now(alice, task)

    assert not zones_are_due(later("clock"), door)
    look(later("accounts"))
    assert now(alice, task) == after


def test_also_thousands_are_looked_through_some_at_a_time(alice: Person, mallory: Person, later: Later) -> None:
    crowd = [alice, mallory, *(Person(alice.world, "Somebody") for _ in range(4))]
    for person, number in zip(crowd, (10, 2_500, 990, 1, 1_000, 20), strict=True):
        has_many(person, number)

    look(later("accounts"))

    assert instants(*crowd) == [(NINE_IN_TOKYO, 4_521)]
    assert [len(person.events()) for person in crowd] == [10, 2_500, 990, 1, 1_000, 20]


def test_nobody_is_overlooked_where_many_are_looked_at_together(alice: Person, mallory: Person, later: Later) -> None:
    """One each whose only task that moves comes behind so many others that it's not looked at together with them."""
    tasks = []
    for person in sorted((alice, mallory), key=lambda person: person.id):
        has_many(person, 1_500, zone="Asia/Tokyo", due_at=NINE_IN_TOKYO)
        tasks.append((person, person.has_task("there", due="2040-03-02T09:00:00", zone=MOVED)))
    few = Person(alice.world, "Somebody", id=UUID(int=alice.id.int >> 8))
    has_many(few, 990, zone="Asia/Tokyo", due_at=NINE_IN_TOKYO)

    look(later("accounts"))

    assert [now(person, task)["due_at"] for person, task in tasks] == ["2040-03-02T00:00:00.000000Z"] * 2


def test_who_is_killed_in_the_midst_of_it_leaves_it_to_the_next_one(
    alice: Person, mallory: Person, world: World, later: Later, door: Door, newer: Path
) -> None:
    has_many(alice, 1_500)
    has_many(mallory, 10)
    killed = world.start("accounts", PYTHONPATH=str(newer))
    with psycopg.connect(world.owner_url) as connection, ThreadPoolExecutor(1) as people:
        connection.execute("SELECT FROM tasks WHERE user_id = %s ORDER BY id DESC LIMIT 1 FOR UPDATE", [alice.id])
        delivery = people.submit(work_due("zones").to, killed)
        eventually(world.waiting_for_locks, "it waits for the last of hers")
        killed.kill()
        assert delivery.exception()
    assert instants(alice) == [(NINE_IN_TOKYO, 1_000), (NINE_IN_VANCOUVER, 500)]

    assert zones_are_due(later("clock"), door)
    look(later("accounts"))

    assert instants(alice, mallory) == [(NINE_IN_TOKYO, 1_510)]
    assert not zones_are_due(later("clock"), door)


def test_who_was_killed_while_looking_leaves_that_to_the_next_one_too(alice: Person, later: Later, door: Door) -> None:
    look(later("accounts"))
    task = alice.has_task("there", **NINE, zone=MOVED)
    alice.world.rows("UPDATE zone_data SET looked_at = %s, again_at = NULL", BEFORE_ALL)

    assert zones_are_due(later("clock"), door)
    look(later("accounts"))

    assert now(alice, task)["due_at"] == NINE_IN_TOKYO
    assert not zones_are_due(later("clock"), door)


def test_who_goes_by_older_data_undoes_nothing(alice: Person, world: World, later: Later, door: Door) -> None:
    task = alice.has_task("there", **NINE, zone=MOVED)
    look(later("accounts"))
    world.rows("UPDATE zone_data SET again_at = now(), looked_at = %s", BEFORE_ALL)
    world.rows("INSERT INTO zone_changes VALUES (%s, now(), %s, '2039a')", alice.id, BEFORE_ALL)

    assert not zones_are_due(world.function("clock"), door)
    look(world.function("accounts"))

    assert now(alice, task)["due_at"] == NINE_IN_TOKYO
    assert zones_are_due(later("clock"), door)
    look(later("accounts"))
    assert now(alice, task)["due_at"] == NINE_IN_TOKYO
    assert not zones_are_due(later("clock"), door)


def test_an_hour_later_all_is_looked_through_once_more(alice: Person, later: Later, door: Door) -> None:
    """For meanwhile somebody may have saved something by the older data."""
    look(later("accounts"))
    task = alice.has_task("there", **NINE, zone=MOVED)
    minutes_pass(alice.world, 59)
    assert not zones_are_due(later("clock"), door)

    minutes_pass(alice.world, 1)
    assert zones_are_due(later("clock"), door)
    look(later("accounts"))

    assert now(alice, task)["due_at"] == NINE_IN_TOKYO
    minutes_pass(alice.world, 60)
    assert not zones_are_due(later("clock"), door)


def test_as_long_as_somebody_goes_by_older_data_that_hour_begins_anew(
    alice: Person, world: World, later: Later, door: Door
) -> None:
    look(later("accounts"))
    minutes_pass(world, 60)
    look(later("accounts"))
    task = alice.has_task("there", **NINE, zone=MOVED)

    assert not zones_are_due(world.function("clock"), door)
    minutes_pass(world, 59)
    assert not zones_are_due(later("clock"), door)
    minutes_pass(world, 1)
    assert zones_are_due(later("clock"), door)
    look(later("accounts"))

    assert now(alice, task)["due_at"] == NINE_IN_TOKYO


def minutes_pass(world: World, number: int) -> None:
    world.rows("UPDATE zone_data SET again_at = again_at - %s * interval '1 minute'", number)


def test_whoever_goes_to_another_zone_meanwhile_has_everything_where_it_belongs(
    alice: Person, world: World, later: Later
) -> None:
    has_many(alice, 1_100)
    floating = alice.has_task("floating", **NINE)
    world.rows("INSERT INTO zone_changes VALUES (%s, now(), %s)", alice.id, UUID(int=2**128 - 1))
    lives_in(alice, MOVED)

    look(later("accounts"))

    assert now(alice, floating)["due_at"] == NINE_IN_TOKYO
    assert instants(alice) == [(NINE_IN_TOKYO, 1_101)]
