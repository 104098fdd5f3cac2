"""The manual order: tasks stand where they were put, and all others stay where they are among each other."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx
import pytest

from shared import positions
from shared.ids import new_id
from tests.families import (
    Task,
    field_at_fault,
    has_list,
    has_many,
    last_operation,
    line,
    now,
    patched,
    subtasks,
    titles,
    url,
)
from tests.people import Person


def has_subtasks(person: Person, *names: str, **fields: Any) -> tuple[Task, list[Task]]:
    parent = person.has_task("Trip")
    return parent, [person.has_task(name, parent=parent["id"], **fields) for name in names]


def moved(person: Person, task: Task, **place: Any) -> Task:
    answer = person.at("tasks").post(url(task, "/move"), json=place)
    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == f'"{answer.json()["version"]}"'
    changed: Task = answer.json()
    return changed


def order(person: Person, parent: Task) -> str:
    return "".join(titles(subtasks(person, parent, limit=1000)))


@pytest.mark.parametrize(
    ("task", "place", "wanted"),
    [
        (3, {"before": 1}, "adbc"),
        (3, {"before": 0}, "dabc"),
        (0, {"after": 1}, "bacd"),
        (0, {"after": 3}, "bcda"),
        (2, {"at": "first"}, "cabd"),
        (1, {"at": "last"}, "acdb"),
    ],
)
def test_a_task_stands_where_it_was_put(alice: Person, task: int, place: dict[str, Any], wanted: str) -> None:
    parent, tasks = has_subtasks(alice, *"abcd")
    place = {side: tasks[to]["id"] if isinstance(to, int) else to for side, to in place.items()}

    moved(alice, tasks[task], **place)

    assert order(alice, parent) == wanted
    assert last_operation(alice) == [("task.updated", "abcd"[task])]
    assert [now(alice, each) for each in tasks if each != tasks[task]] == [
        each for each in tasks if each != tasks[task]
    ]


@pytest.mark.parametrize(
    ("task", "place"), [(1, {"before": 2}), (1, {"after": 0}), (0, {"at": "first"}), (2, {"at": "last"})]
)
def test_where_it_stands_already_it_stays(alice: Person, task: int, place: dict[str, Any]) -> None:
    _, tasks = has_subtasks(alice, *"abc")
    place = {side: tasks[to]["id"] if isinstance(to, int) else to for side, to in place.items()}

    assert moved(alice, tasks[task], **place) == tasks[task]


def test_what_is_created_later_comes_behind_what_was_put_last(alice: Person) -> None:
    parent = alice.has_task("Trip")
    has_many(alice, parent, 400)
    ids = [task["id"] for task in subtasks(alice, parent, limit=400)["items"]]
    alice.has_task("first", parent=parent["id"])

    answer = alice.at("tasks").post("/api/tasks/bulk", json={"ids": ids, "move": {"at": "last"}})
    assert answer.status_code == 200, answer.text
    alice.has_task("last", parent=parent["id"])

    found = titles(subtasks(alice, parent, limit=1000))
    assert found == ["first", *(str(number) for number in range(1, 401)), "last"]


def test_beside_another_means_in_its_list_and_below_its_parent(alice: Person) -> None:
    work = has_list(alice)
    [top, below] = line(alice, "Trip", "Pack", list=work)
    [task, own] = line(alice, "Fly", "Book")

    inside = moved(alice, task, before=below["id"])
    assert (inside["list"], inside["parent"], now(alice, own)["list"]) == (work, top["id"], work)
    outside = moved(alice, task, after=top["id"])

    assert (outside["list"], outside["parent"]) == (work, None)
    assert outside["position"] > top["position"]


def test_in_another_list_a_task_comes_last_or_where_it_is_said(alice: Person) -> None:
    work = has_list(alice)
    there = [alice.has_task(name, list=work) for name in "ab"]
    one, two = (alice.has_task(name) for name in "xy")

    last, first = moved(alice, one, list=work), moved(alice, two, list=work, at="first")

    assert [task["list"] for task in (last, first)] == [work, work]
    assert first["position"] < there[0]["position"] < there[1]["position"] < last["position"]


def test_in_another_list_a_task_has_a_key_of_its_own(alice: Person) -> None:
    task, there = alice.has_task("x"), has_list(alice)

    assert moved(alice, task, list=there, at="first")["position"] != task["position"]


def test_out_of_its_parent_a_task_stays_in_its_list(alice: Person) -> None:
    work = has_list(alice)
    [top, below] = line(alice, "Trip", "Pack", list=work)

    out = moved(alice, below, parent=None, at="first")

    assert (out["list"], out["parent"]) == (work, None)
    assert out["position"] < top["position"]


def test_below_another_parent_a_task_is_in_that_ones_list(alice: Person) -> None:
    work = has_list(alice)
    top, task = alice.has_task("Trip", list=work), alice.has_task("Pack")

    assert moved(alice, task, parent=top["id"])["list"] == work


@pytest.mark.parametrize(
    ("place", "field"),
    [
        ({}, "body"),
        ({"at": "middle"}, "at"),
        ({"before": "itself"}, "before"),
        ({"after": "itself"}, "after"),
        ({"before": "nothing"}, "before"),
        ({"after": "mallorys"}, "after"),
        ({"parent": "nothing"}, "parent"),
        ({"list": "mallorys"}, "list"),
        ({"after": "other", "list": "mallorys"}, "list"),
        ({"after": "other", "parent": "itself"}, "parent"),
        ({"after": "below"}, "parent"),
        ({"parent": "below"}, "parent"),
        ({"before": "other", "at": "first"}, "body"),
        ({"position": "a0"}, "position"),
    ],
)
def test_a_place_that_is_none_is_refused(alice: Person, mallory: Person, place: dict[str, str], field: str) -> None:
    [task, below] = line(alice, "Trip", "Pack")
    known = {
        "itself": task["id"],
        "below": below["id"],
        "other": alice.has_task("Fly")["id"],
        "nothing": str(new_id()),
        "mallorys": mallory.has_task("Hers")["id"],
    }

    answer = alice.at("tasks").post(
        url(task, "/move"), json={name: known.get(said, said) for name, said in place.items()}
    )

    assert field_at_fault(answer) == field
    assert now(alice, task) == task


def test_somebody_elses_task_is_not_there_to_be_moved(alice: Person, mallory: Person) -> None:
    task = alice.has_task("Trip")

    assert mallory.at("tasks").post(url(task, "/move"), json={"at": "first"}).status_code == 404


def test_a_move_of_something_older_is_refused(alice: Person) -> None:
    task = alice.has_task("Trip")
    patched(alice, task, title="Journey")

    answer = alice.at("tasks").post(url(task, "/move"), json={"at": "first"}, headers={"if-match": '"1"'})

    assert (answer.status_code, answer.json()["current"]["version"]) == (412, 2)


def test_a_move_sent_again_gets_its_first_answer(alice: Person) -> None:
    parent, tasks = has_subtasks(alice, *"abc")
    key = {"idempotency-key": uuid4().hex}

    first = alice.at("tasks").post(url(tasks[2], "/move"), json={"at": "first"}, headers=key)
    moved(alice, tasks[2], at="last")
    again = alice.at("tasks").post(url(tasks[2], "/move"), json={"at": "first"}, headers=key)

    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    assert order(alice, parent) == "abc"


# Many at the same time


def test_moves_at_the_same_time_give_each_a_place_and_move_no_other(alice: Person) -> None:
    parent, tasks = has_subtasks(alice, *"abcdefgh")
    between = tasks[1]

    def move(task: Task) -> httpx.Response:
        return alice.at("tasks").post(url(task, "/move"), json={"after": between["id"]})

    with ThreadPoolExecutor(4) as hands, alice.world.everyone_waits_for(alice.id, waiting=4):
        answers = [hands.submit(move, task) for task in tasks[4:]]

    assert {answer.result().status_code for answer in answers} == {200}
    found = order(alice, parent)
    assert (found[:2], sorted(found[2:6]), found[6:]) == ("ab", list("efgh"), "cd")
    assert len({task["position"] for task in subtasks(alice, parent)["items"]}) == 8


# Where there is no room


def test_keys_of_hundreds_of_moves_to_one_place_stay_short_and_the_order_holds(alice: Person) -> None:
    parent, [first, last] = has_subtasks(alice, *"az")
    key = last["position"]
    while len(key) < 50:  # as if so many had been moved there, each before the one before
        key = positions.between(first["position"], key)[0]
    tight = alice.has_task("m", parent=parent["id"], position=key)

    for _ in range(8):  # more than one digit has room for
        new = alice.has_task("x", parent=parent["id"])
        moved(alice, new, after=first["id"])

    assert order(alice, parent) == "axxxxxxxxmz"
    assert max(len(task["position"]) for task in subtasks(alice, parent)["items"]) <= 50
    assert len(now(alice, tight)["position"]) < 50


def test_tasks_that_came_to_the_very_same_place_make_room_for_another(alice: Person) -> None:
    parent, tasks = has_subtasks(alice, *"abcdef", position="a1")
    put = alice.has_task("X", parent=parent["id"])

    moved(alice, put, after=tasks[2]["id"])

    assert order(alice, parent) == "abcXdef"
    assert len({task["position"] for task in subtasks(alice, parent)["items"]}) == 7


def test_before_the_very_first_place_there_are_others(alice: Person) -> None:
    parent, [first, *others] = has_subtasks(alice, *"abcd")
    patched(alice, first, position=f"A{'0' * 25}1")

    for task in others:
        moved(alice, task, at="first")

    assert order(alice, parent) == "dcba"
    assert all(positions.is_key(task["position"]) for task in subtasks(alice, parent)["items"])


def test_more_than_can_be_told_apart_at_once_is_said(alice: Person) -> None:
    parent, [first] = has_subtasks(alice, "a", position="a1")
    alice.world.rows(
        "INSERT INTO tasks (user_id, id, title, notes, status, priority, list_id, parent_id, tags, position,"
        "                   created_at, updated_at, version)"
        " SELECT %s, gen_random_uuid(), 'b', '', 'todo', 'none', %s, %s, '{}', 'a1', now(), now(), 1"
        "   FROM generate_series(1, 9000)",
        alice.id, alice.id, parent["id"],
    )  # fmt: skip
    alice.world.rows("ANALYZE tasks")
    [(middle,)] = alice.world.rows("SELECT id FROM tasks WHERE user_id = %s ORDER BY id OFFSET 4500 LIMIT 1", alice.id)

    answer = alice.at("tasks").post(url(first, "/move"), json={"after": str(middle)})

    assert answer.status_code == 422
    assert "4,000" in answer.json()["detail"]
