"""Operators hear on system-events of faults of ours and of releases: little, once, and in nobody's way."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from shared.release import release
from tests.deliveries import Delivery, tick, work_due
from tests.people import Person
from tests.world import Door, Function, World, eventually


@pytest.fixture
def tasks(world: World) -> Iterator[Function]:
    """That nobody has heard of yet."""
    function = world.start("tasks")
    yield function
    if function.process.poll() is None:
        function.kill()


@contextmanager
def a_fault_of_ours(world: World) -> Iterator[None]:
    world.rows("ALTER TABLE tasks RENAME TO elsewhere")
    yield
    world.rows("ALTER TABLE elsewhere RENAME TO tasks")


def create(person: Person, tasks: Function) -> httpx.Response:
    return person.browsing(tasks).post("/api/tasks", json={"title": "something private"})


def told(door: Door, *requests: httpx.Response) -> list[dict[str, Any]]:
    """What was said of faults, the last of which happened in one of these requests."""
    ids = {request.headers["x-request-id"] for request in requests}
    events = [event for event in list(door.posted) if event.type == "system.error"]
    return [said for event in events if (said := json.loads(event.data)["error"])["request"] in ids]


def test_a_fault_of_ours_is_told_without_a_glimpse_inside(
    alice: Person, world: World, tasks: Function, door: Door
) -> None:
    with a_fault_of_ours(world):
        answer = create(alice, tasks)

    eventually(lambda: told(door, answer), "operators hear of it")
    [said] = told(door, answer)
    assert said == {
        "kind": "Refused 42P01",
        "function": "tasks",
        "release": release(),
        "request": answer.json()["request_id"],
        "count": 1,
    }
    [event] = [event for event in door.posted if event.type == "system.error" and said["request"] in str(event.data)]
    assert (event.topic, event.of, "ce-sequence" in event.headers) == ("system-events", "tasks", False)
    delivered = Delivery(event.headers, event.data)
    assert delivered.signed() == delivered


def test_a_storm_of_faults_is_one_event_and_at_the_end_how_many_there_were(
    alice: Person, world: World, tasks: Function, door: Door
) -> None:
    with a_fault_of_ours(world):
        first = create(alice, tasks)
        eventually(lambda: told(door, first), "operators hear of the first")
        others = [create(alice, tasks) for _ in range(20)]
    assert told(door, *others) == []

    assert tasks.terminate() == 0

    assert [said["count"] for said in told(door, *others)] == [20]


def test_who_asks_does_not_wait_for_the_broker(alice: Person, world: World, tasks: Function, door: Door) -> None:
    door.opened.clear()

    with a_fault_of_ours(world):
        answer = create(alice, tasks)

    assert answer.status_code == 500
    assert told(door, answer) == []
    door.opened.set()
    eventually(lambda: told(door, answer), "operators hear of it")


def test_a_broker_that_is_away_leaves_a_line_in_the_log(
    alice: Person, world: World, tasks: Function, door: Door
) -> None:
    door.answers = 503

    with a_fault_of_ours(world):
        answers = [create(alice, tasks) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [500] * 3
    eventually(lambda: [line for line in tasks.lines() if "could not be told" in line], "the log has it")
    [line] = [json.loads(line) for line in tasks.lines() if "could not be told" in line]
    assert (line["level"], line["kind"], line["status"]) == ("warning", "Refused 42P01", 503)


def test_what_is_expected_is_nothing_to_tell(alice: Person, tasks: Function, door: Door) -> None:
    browser = alice.browsing(tasks)

    answers = [browser.get("/api/tasks/none"), browser.post("/api/tasks", json={}), browser.get("/api/nothing")]
    assert tasks.terminate() == 0

    assert [answer.status_code for answer in answers] == [422, 422, 404]
    assert told(door, *answers) == []


# A release


def is_put_in(world: World) -> None:
    world.rows("DELETE FROM releases")
    world.migrate()


def releases(door: Door) -> list[tuple[str, str]]:
    """Id and name of those that were told."""
    events = [event for event in list(door.posted) if event.type == "system.deployed"]
    return [(event.headers["ce-id"], json.loads(event.data)["release"]["name"]) for event in events]


def test_a_release_is_told_once_however_often_its_migrations_run(world: World, door: Door) -> None:
    before, relay = len(releases(door)), world.function("relay")
    is_put_in(world)
    world.migrate()

    for _ in range(2):
        assert work_due("outbox").to(relay).status_code == 204
        world.migrate()

    assert [name for _, name in releases(door)[before:]] == [release()]


def test_a_release_waits_for_a_broker_that_is_away(world: World, door: Door) -> None:
    before, relay = len(releases(door)), world.function("relay")
    is_put_in(world)
    door.answers = 503
    assert work_due("outbox").to(relay).status_code == 204
    assert world.rows("SELECT told_at FROM releases") == [(None,)]
    door.answers = 202

    assert work_due("outbox").to(relay).status_code == 204

    [(id, _)] = releases(door)[before:]
    assert [(id,)] == world.rows("SELECT event::text FROM releases WHERE told_at IS NOT NULL")


def test_a_release_that_nobody_was_told_of_wakes_relay(world: World, door: Door) -> None:
    is_put_in(world)
    minute = tick()

    assert minute.to(world.function("clock")).status_code == 204

    wanted = f"{minute.headers['ce-id']}/outbox"
    assert wanted in [event.headers["ce-id"] for event in door.posted]
    assert work_due("outbox").to(world.function("relay")).status_code == 204
