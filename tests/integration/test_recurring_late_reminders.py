"""What follows an occurrence later than it should have tells what it would have told by then as after an outage."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.deliveries import work_due
from tests.families import Task
from tests.people import Person
from tests.reminding import states, told
from tests.world import World

HOUR = timedelta(hours=1)
AT_ITS_TIME: dict[str, Any] = {"kind": "before", "minutes": 0}


@pytest.fixture
def world(quiet_world: World) -> World:
    """In which nobody else is reminded of anything."""
    quiet_world.rows("DELETE FROM firings")
    return quiet_world


def left_out(person: Person, title: str, ago: timedelta, done: timedelta) -> Task:
    """Daily, and due so long ago for the last time; the one a day before that was done so long after it was due."""
    due = datetime.now(UTC).replace(microsecond=0) - ago - timedelta(days=1)
    task = person.has_task(
        title,
        due=f"{due:%Y-%m-%dT%H:%M:%S}",
        zone="UTC",
        recurrence={"rule": "FREQ=DAILY", "missed": "each"},
        reminders=[AT_ITS_TIME],
    )
    person.world.rows("DELETE FROM firings WHERE user_id = %s AND task_id = %s", person.id, task["id"])
    person.world.rows(
        "UPDATE tasks SET status = 'done', completed_at = %s WHERE user_id = %s AND id = %s",
        due + done, person.id, task["id"],
    )  # fmt: skip
    return task


def follow_and_fire(person: Person) -> None:
    assert work_due("successors").to(person.world.function("complete")).status_code == 204
    assert work_due("reminders").to(person.world.function("remind")).status_code == 204


def loud(person: Person) -> list[tuple[object, ...]]:
    return person.world.rows(
        "SELECT total, urgent FROM notifications WHERE user_id = %s AND NOT silent ORDER BY sequence", person.id
    )


def test_it_is_late_and_quiet_hours_hold_it_back(alice: Person) -> None:
    left_out(alice, "Vitamins", ago=2 * HOUR, done=HOUR)

    follow_and_fire(alice)

    assert loud(alice) == [(1, False)]
    assert 2 * 3600 <= told(alice)[0]["late"] < 2 * 3600 + 60


def test_what_had_been_due_when_it_should_have_come_is_late_since_then(alice: Person) -> None:
    left_out(alice, "Rent", ago=5 * HOUR, done=timedelta(days=1) + 3 * HOUR)

    follow_and_fire(alice)

    assert loud(alice) == [(1, False)]
    assert 2 * 3600 <= told(alice)[0]["late"] < 2 * 3600 + 60


def test_of_more_than_five_one_notice_tells_all(alice: Person) -> None:
    for number in range(6):
        left_out(alice, f"task {number}", ago=2 * HOUR, done=HOUR)

    follow_and_fire(alice)

    assert loud(alice) == [(6, False)]


def test_what_it_would_have_told_more_than_a_day_ago_is_in_the_page_alone(alice: Person) -> None:
    left_out(alice, "Vitamins", ago=timedelta(days=7), done=HOUR)

    follow_and_fire(alice)

    assert loud(alice) == []
    assert states(alice) == ["expired"]
    assert len(told(alice)) == 1


def test_below_it_too(alice: Person) -> None:
    task = left_out(alice, "Trip", ago=30 * HOUR, done=HOUR)
    due = datetime.now(UTC) - timedelta(days=1) - 2 * HOUR
    alice.has_task("Pack", due=f"{due:%Y-%m-%dT%H:%M:%S}", zone="UTC", reminders=[AT_ITS_TIME])
    alice.world.rows("DELETE FROM firings WHERE user_id = %s", alice.id)
    alice.world.rows("UPDATE tasks SET parent_id = %s WHERE user_id = %s AND title = 'Pack'", task["id"], alice.id)

    follow_and_fire(alice)

    assert loud(alice) == [(1, False)]
