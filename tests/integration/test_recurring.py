"""A task that repeats: exactly one occurrence follows the one that is done, and undoing it restores exactly."""

from typing import Any

from tests.families import Task, now, patched, url
from tests.people import Person

DAILY = {"rule": "FREQ=DAILY"}


def has_occurrence(person: Person, title: str = "Stand up", rule: str = "FREQ=DAILY", **fields: Any) -> Task:
    said = {"due": "2040-03-26T09:00:00", "recurrence": {"rule": rule}} | fields
    return person.has_task(title, **said)


def completed(person: Person, task: Task, **said: Any) -> Any:
    answer = person.at("complete").post(url(task, "/complete"), json=said or None)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_new_task_that_repeats_is_due_at_its_first_slot(alice: Person) -> None:
    task = has_occurrence(alice, rule="FREQ=WEEKLY;BYDAY=FR", due="2040-03-26")

    assert (task["due"], task["slot"], task["ordinal"]) == ("2040-03-30", "2040-03-30", 1)
    assert task["recurrence"]["rule"] == "FREQ=WEEKLY;BYDAY=FR"
    series = alice.at("complete").get(f"/api/series/{task['series']}").json()
    assert (series["start"], series["state"], series["template"]["title"]) == ("2040-03-30", "active", "Stand up")


def test_what_is_done_is_followed_by_the_next_one(alice: Person) -> None:
    task = has_occurrence(alice)

    answer = completed(alice, task)

    assert (answer["task"]["status"], answer["task"]["recurrence"]) == ("done", None)
    following = answer["next"]
    assert (following["due"], following["ordinal"], following["follows"]) == ("2040-03-27T09:00:00", 2, task["id"])
    assert following["recurrence"] == task["recurrence"]
    assert now(alice, following) == following
    assert completed(alice, task)["next"] == following
    assert patched(alice, following, status="done")["recurrence"] is None
