"""A task is duplicated with all below it."""

from typing import Any
from uuid import uuid4

import pytest

from shared.ids import new_id
from tests.families import Task, has_list, last_operation, line, now, patched, subtasks, titles, url
from tests.people import Person

OWN = {"id", "position", "created_at", "updated_at", "completed_at", "version", "status", "parent"}


def duplicated(person: Person, task: Task, **said: Any) -> Task:
    answer = person.at("tasks").post(url(task, "/duplicate"), json=said)
    assert answer.status_code == 201, answer.text
    copy: Task = answer.json()
    assert (answer.headers["location"], answer.headers["etag"]) == (url(copy), '"1"')
    assert now(person, copy) == copy
    return copy


def content(task: Task) -> Task:
    return {name: value for name, value in task.items() if name not in OWN}


def test_a_copy_is_as_the_original_and_to_do(alice: Person) -> None:
    fields = {"notes": "**2** l", "priority": "high", "due": "2026-12-01T09:00:00", "start": "2026-11-30"}
    task = alice.has_task("Buy milk", status="done", list=has_list(alice), **fields)

    copy = duplicated(alice, task)

    assert content(copy) == content(task)
    assert (copy["status"], copy["completed_at"], copy["version"]) == ("todo", None, 1)
    assert copy["id"] != task["id"]
    assert now(alice, task) == task


def test_a_copy_stands_right_behind_the_original(alice: Person) -> None:
    parent = alice.has_task("Trip")
    tasks = [alice.has_task(name, parent=parent["id"], position="a1") for name in "abc"]

    duplicated(alice, tasks[1], title="b, too")

    assert titles(subtasks(alice, parent)) == ["a", "b", "b, too", "c"]


def test_subtasks_of_any_depth_are_duplicated_in_one_operation(alice: Person) -> None:
    [trip, pack, _] = line(alice, "Trip", "Pack", "Socks")
    alice.has_task("Shoes", parent=pack["id"])
    gone = alice.has_task("Swim", parent=trip["id"])
    alice.at("tasks").delete(url(gone))
    patched(alice, pack, status="done")

    copy = duplicated(alice, trip)

    assert titles(subtasks(alice, copy, depth="all")) == ["Pack", "Socks", "Shoes"]
    assert {task["status"] for task in subtasks(alice, copy, depth="all")["items"]} == {"todo"}
    assert titles(subtasks(alice, trip, depth="all")) == ["Pack", "Socks", "Shoes"]
    assert last_operation(alice)[0] == ("task.created", "Trip")
    assert len(last_operation(alice)) == 4


def test_a_task_is_duplicated_alone_if_one_says_so(alice: Person) -> None:
    [trip, _] = line(alice, "Trip", "Pack")

    assert subtasks(alice, duplicated(alice, trip, with_subtasks=False))["total"] == 0


def test_a_copy_of_a_subtask_opens_what_it_is_below(alice: Person) -> None:
    [trip, pack] = line(alice, "Trip", "Pack")
    patched(alice, trip, status="done")

    copy = duplicated(alice, pack)

    assert copy["parent"] == trip["id"]
    assert now(alice, trip)["status"] == "todo"


def test_a_copy_may_bring_its_own_id(alice: Person) -> None:
    task, own = alice.has_task("Trip"), str(new_id())

    assert duplicated(alice, task, id=own)["id"] == own
    assert alice.at("tasks").post(url(task, "/duplicate"), json={"id": own}).status_code == 409


def test_nothing_needs_to_be_said(alice: Person) -> None:
    answer = alice.at("tasks").post(url(alice.has_task("Trip"), "/duplicate"))

    assert answer.json()["title"] == "Trip"


def test_a_duplicate_sent_again_gets_its_first_answer(alice: Person) -> None:
    task, key = alice.has_task("Trip"), {"idempotency-key": uuid4().hex}

    answers = [alice.at("tasks").post(url(task, "/duplicate"), json={}, headers=key) for _ in range(2)]

    assert answers[0].content == answers[1].content
    assert len(alice.events()) == 2


@pytest.mark.parametrize("said", [{"title": ""}, {"copies": 2}, {"with_subtasks": "no"}, {"id": "1"}])
def test_what_cannot_be_meant_is_refused(alice: Person, said: dict[str, Any]) -> None:
    assert alice.at("tasks").post(url(alice.has_task("Trip"), "/duplicate"), json=said).status_code == 422


def test_somebody_elses_task_is_not_there_to_be_duplicated(alice: Person, mallory: Person) -> None:
    assert mallory.at("tasks").post(url(alice.has_task("Trip"), "/duplicate"), json={}).status_code == 404
