"""Who wants a digest gets it once a day, and only when it has something to say."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.deliveries import tick, work_due
from tests.people import Person
from tests.reminding import told
from tests.world import Door, Function, World

HOUR = datetime.now(UTC).hour
NOON = f"Etc/GMT{HOUR - 12:+}"  # where it is noon now, so that no day ends while this runs
TODAY = datetime.now(ZoneInfo(NOON)).date()


@pytest.fixture(scope="module")
def world(quiet_world: World) -> World:
    """In which nobody else waits for a digest."""
    return quiet_world


@pytest.fixture
def alice(world: World) -> Iterator[Person]:
    alice = Person(world, "Alice", zone=NOON)
    yield alice
    alice.leave()


@pytest.fixture
def mallory(world: World) -> Iterator[Person]:
    mallory = Person(world, "Mallory", zone=NOON)
    yield mallory
    mallory.leave()


@pytest.fixture
def notify(world: World) -> Function:
    world.rows("DELETE FROM digests")
    return world.function("notify")


@pytest.fixture
def fresh(notify: Function, world: World) -> Iterator[Function]:
    """One of whose faults nobody has heard."""
    world.door.posted.clear()
    fresh = world.start("notify")
    yield fresh
    if fresh.process.poll() is None:
        fresh.kill()


def wants(person: Person, **said: Any) -> None:
    person.at("notify").put("/api/preferences", json=said).raise_for_status()


def its_time_comes(person: Person, ago: str = "1 second") -> None:
    person.world.rows("UPDATE digests SET next_at = now() - %s::interval WHERE user_id = %s", ago, person.id)


def titles(notification: dict[str, Any]) -> list[str]:
    return [task["title"] for task in notification["tasks"]]


def has_tasks_around_today(person: Person) -> None:
    person.has_task("yesterday's", due=f"{TODAY - timedelta(1)}")
    person.has_task("today's, later", due=f"{TODAY}T23:59:00", zone=NOON)
    person.has_task("today's", due=f"{TODAY}")
    person.has_task("tomorrow's", due=f"{TODAY + timedelta(1)}")
    person.has_task("somewhen's")
    done = person.has_task("today's, done", due=f"{TODAY}")
    person.at("tasks").patch(f"/api/tasks/{done['id']}", json={"status": "done"}).raise_for_status()


def test_the_daily_one_names_what_is_due_today_and_the_other_what_was_before(alice: Person, notify: Function) -> None:
    has_tasks_around_today(alice)
    wants(alice, daily_digest="07:30", overdue_digest="07:30")
    its_time_comes(alice)

    assert work_due("digests").to(notify).status_code == 204

    overdue, daily = told(alice)
    assert (daily["kind"], daily["total"], titles(daily)) == ("digest", 2, ["today's", "today's, later"])
    assert (overdue["kind"], overdue["total"], titles(overdue)) == ("overdue", 1, ["yesterday's"])


def test_it_comes_once_a_day_however_often_it_is_said_and_whatever_its_time_becomes(
    alice: Person, notify: Function
) -> None:
    alice.has_task("today's", due=f"{TODAY}")
    wants(alice, daily_digest="07:30")
    for time in ("07:30", "08:30"):
        its_time_comes(alice)
        assert work_due("digests").to(notify).status_code == 204
        assert work_due("digests").to(notify).status_code == 204
        wants(alice, daily_digest=time)

    assert len(told(alice)) == 1
    [(ahead,)] = alice.world.rows("SELECT next_at > now() FROM digests WHERE user_id = %s", alice.id)
    assert ahead is True


@pytest.mark.parametrize("way", ["other preferences", "another zone"])
def test_what_is_changed_when_it_is_due_already_does_not_put_it_off(alice: Person, notify: Function, way: str) -> None:
    alice.has_task("today's", due=f"{TODAY}")
    wants(alice, daily_digest="07:30")
    its_time_comes(alice)

    if way == "other preferences":
        wants(alice, daily_digest="07:30", quiet_hours={"start": "22:00", "end": "07:00"})
    else:
        near = f"Etc/GMT{HOUR - 11:+}"
        alice.at("accounts").patch("/api/me", json={"zone": near}).raise_for_status()
    assert work_due("digests").to(notify).status_code == 204

    assert len(told(alice)) == 1


def test_with_nothing_to_say_nothing_is_said(alice: Person, notify: Function) -> None:
    wants(alice, daily_digest="07:30", overdue_digest="07:30")
    its_time_comes(alice)

    assert work_due("digests").to(notify).status_code == 204

    assert told(alice) == []
    assert alice.world.rows("SELECT count(*) FROM digests WHERE next_at <= now()") == [(0,)]


def test_after_an_outage_nobody_reads_yesterdays(alice: Person, notify: Function) -> None:
    alice.has_task("today's", due=f"{TODAY}")
    wants(alice, daily_digest="07:30")
    its_time_comes(alice, ago="1 day")

    assert work_due("digests").to(notify).status_code == 204

    assert told(alice) == []


@pytest.mark.parametrize(("planned", "heard"), [("70 minutes", ["that day's"]), ("9 hours", [])])
def test_one_of_late_in_the_evening_tells_of_its_day_behind_midnight_too(
    world: World, notify: Function, planned: str, heard: list[str]
) -> None:
    """It is just past midnight where she is, or seven."""
    shift = datetime.now(UTC).hour - (0 if heard else 7)
    zone = f"Etc/GMT{shift if shift <= 12 else shift - 24:+}"
    today = datetime.now(ZoneInfo(zone)).date()
    alice = Person(world, "Alice", zone=zone)
    alice.has_task("that day's", due=f"{today - timedelta(1)}")
    alice.has_task("today's", due=f"{today}")
    wants(alice, daily_digest="23:00")
    its_time_comes(alice, ago=planned)

    assert work_due("digests").to(notify).status_code == 204

    assert [title for notification in told(alice) for title in titles(notification)] == heard
    assert world.rows("SELECT count(*) FROM digests WHERE next_at <= now()") == [(0,)]
    alice.leave()


def test_of_many_tasks_it_names_the_first_and_counts_all(alice: Person, notify: Function) -> None:
    alice.world.rows(
        "INSERT INTO tasks (user_id, id, title, notes, status, priority, due_on, list_id, tags, position, created_at,"
        " updated_at, version)"
        " SELECT %s, gen_random_uuid(), 'task ' || n, '', 'todo', 'none', %s, %s, '{}', 'a' || n, now(), now(), 1"
        " FROM generate_series(1, 1000) AS n",
        alice.id, TODAY, alice.id,
    )  # fmt: skip
    wants(alice, daily_digest="07:30")
    its_time_comes(alice)

    assert work_due("digests").to(notify).status_code == 204

    [digest] = told(alice)
    assert (len(digest["tasks"]), digest["total"]) == (50, 1000)


def test_the_clock_wakes_notify_when_one_is_due(alice: Person, notify: Function, world: World, door: Door) -> None:
    wants(alice, daily_digest="07:30")
    world.door.posted.clear()
    assert tick().to(world.function("clock")).status_code == 204
    assert "digests" not in [posted.headers.get("ce-work") for posted in world.door.posted]

    its_time_comes(alice)
    assert tick().to(world.function("clock")).status_code == 204

    assert "digests" in [posted.headers.get("ce-work") for posted in world.door.posted]


def test_somebody_for_whom_none_can_be_made_keeps_nobody_from_theirs(
    alice: Person, mallory: Person, fresh: Function, world: World, door: Door
) -> None:
    for person, ago in ((mallory, "2 minutes"), (alice, "1 minute")):
        person.has_task("today's", due=f"{TODAY}")
        wants(person, daily_digest="07:30")
        its_time_comes(person, ago)
    world.rows("UPDATE users SET zone = 'Nowhere' WHERE id = %s", mallory.id)

    assert work_due("digests").to(fresh).status_code == 204

    assert len(told(alice)) == 1
    assert world.rows("SELECT user_id FROM digests WHERE next_at <= now()") == [(mallory.id,)]
    assert sum("one of many failed" in line for line in fresh.lines()) == 1
    assert fresh.terminate() == 0
    assert [posted.of for posted in door.posted if posted.type == "system.error"] == ["notify"]


def test_whose_account_is_gone_is_forgotten(alice: Person, mallory: Person, notify: Function) -> None:
    mallory.has_task("today's", due=f"{TODAY}")
    for person in (alice, mallory):
        wants(person, daily_digest="07:30")
        its_time_comes(person)
    alice.world.rows("DELETE FROM counters WHERE user_id = %s", alice.id)

    assert work_due("digests").to(notify).status_code == 204

    assert len(told(mallory)) == 1
    assert alice.world.rows("SELECT count(*) FROM digests WHERE user_id = %s", alice.id) == [(0,)]


def test_unsigned_work_is_not_believed(alice: Person, notify: Function) -> None:
    alice.has_task("today's", due=f"{TODAY}")
    wants(alice, daily_digest="07:30")
    its_time_comes(alice)

    assert work_due("digests").having(signature="00").to(notify).status_code == 422

    assert told(alice) == []
