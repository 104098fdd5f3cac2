"""Occurrences that ended and were not followed, as after an outage: each gets the one it would have got, once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.deliveries import work_due
from tests.families import Task, has_many, now, url
from tests.people import Person
from tests.repeating import completed, has_occurrence, occurrences
from tests.world import eventually

DAILY = {"rule": "FREQ=DAILY"}


def left_out(person: Person, task: Task, at: str) -> None:
    """As a release did it that knew of no series."""
    person.world.rows(
        "UPDATE tasks SET status = 'done', completed_at = %s WHERE user_id = %s AND id = %s",
        at, person.id, task["id"],
    )  # fmt: skip


def test_what_was_left_out_comes_a_week_later_as_it_would_have_come_in_time(alice: Person) -> None:
    task = alice.has_task("Vitamins", due="2026-03-01", recurrence=DAILY)
    left_out(alice, task, "2026-03-05T12:00:00Z")

    for _ in range(2):
        assert work_due("successors").to(alice.world.function("complete")).status_code == 204

    assert occurrences(alice, task) == [("2026-03-01", "done", 1), ("2026-03-06", "todo", 6)]
    assert now(alice, task)["recurrence"] is None


def test_and_what_is_left_out_of_many_people_comes_to_all(alice: Person, mallory: Person) -> None:
    tasks = [(person, has_occurrence(person, f"{number}")) for person in (alice, mallory) for number in range(3)]
    for person, task in tasks:
        left_out(person, task, "2026-03-05T12:00:00Z")

    assert work_due("successors").to(alice.world.function("complete")).status_code == 204

    assert [len(occurrences(person, task)) for person, task in tasks] == [2] * 6


def test_one_that_cannot_be_followed_keeps_no_other_from_it(alice: Person) -> None:
    heavy, task = has_occurrence(alice, "Heavy"), has_occurrence(alice)
    has_many(alice, heavy, 5_001)
    for each in (heavy, task):
        left_out(alice, each, "2026-03-05T12:00:00Z")

    assert work_due("successors").to(alice.world.function("complete")).status_code == 204

    assert len(occurrences(alice, task)) == 2
    assert len(occurrences(alice, heavy)) == 1
    alice.world.rows("DELETE FROM tasks WHERE user_id = %s AND parent_id = %s", alice.id, heavy["id"])
    assert work_due("successors").to(alice.world.function("complete")).status_code == 204
    assert len(occurrences(alice, heavy)) == 2


@pytest.mark.parametrize("way", ["twice", "by two processes", "while it is clicked"])
def test_however_many_look_for_it_at_once_one_follows(alice: Person, way: str) -> None:
    task, first = alice.has_task("Vitamins", due="2026-03-01", recurrence=DAILY), alice.world.function("complete")
    second = alice.world.start("complete") if way == "by two processes" else first
    alice.at("complete")
    left_out(alice, task, "2026-03-05T12:00:00Z")

    with ThreadPoolExecutor(2) as both, alice.world.everyone_waits_for(alice.id, waiting=2):
        one = both.submit(work_due("successors").to, first)
        eventually(lambda: alice.world.waiting_for_locks() == 1, "the first one waits")
        if way == "while it is clicked":
            other = both.submit(alice.at("complete").post, url(task, "/complete"))
        else:
            other = both.submit(work_due("successors").to, second)

    assert [one.result().status_code, other.result().status_code] == [204, 200 if way == "while it is clicked" else 204]
    assert occurrences(alice, task) == [("2026-03-01", "done", 1), ("2026-03-06", "todo", 6)]
    assert [kind for _, kind, _ in alice.events()].count("task.recurred") == 1
    if second is not first:
        second.terminate()


def test_who_completes_it_again_gets_the_one_it_would_have_got(alice: Person) -> None:
    task = alice.has_task("Vitamins", due="2026-03-01", recurrence=DAILY)
    left_out(alice, task, "2026-03-05T12:00:00Z")

    assert completed(alice, task)["next"]["due"] == "2026-03-06"


@pytest.mark.parametrize("state", ["paused", "ended"])
def test_what_is_left_out_of_a_series_that_rests_is_not_followed(alice: Person, state: str) -> None:
    task = has_occurrence(alice)
    alice.world.rows("UPDATE series SET state = %s WHERE user_id = %s", state, alice.id)
    left_out(alice, task, "2026-03-05T12:00:00Z")

    assert work_due("successors").to(alice.world.function("complete")).status_code == 204

    assert len(occurrences(alice, task)) == 1
    assert now(alice, task)["recurrence"] is None  # and clock finds nothing more to do
