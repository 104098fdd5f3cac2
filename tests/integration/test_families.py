"""Subtasks: what is done to a task, and what that means for those below and above it."""

import json
from typing import Any

import pytest

from shared import positions
from shared.ids import new_id
from tests.families import (
    Task,
    field_at_fault,
    has_line,
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


def statuses(person: Person, *tasks: Task) -> list[str]:
    return [now(person, task)["status"] for task in tasks]


# Where a subtask is


def test_a_subtask_is_in_its_parents_list(alice: Person) -> None:
    work = has_list(alice)
    trip = alice.has_task("Trip", list=work)

    assert alice.has_task("Pack", parent=trip["id"])["list"] == work
    assert alice.has_task("Fly", parent=trip["id"], list=work)["list"] == work
    refused = alice.at("tasks").post("/api/tasks", json={"title": "Eat", "parent": trip["id"], "list": str(alice.id)})
    assert field_at_fault(refused) == "parent"


def test_a_family_goes_to_another_list_together(alice: Person) -> None:
    work, family = has_list(alice), line(alice, "Trip", "Pack", "Socks")
    alone = alice.has_task("Alone")

    patched(alice, family[0], list=work)

    assert [now(alice, task)["list"] for task in family] == [work] * 3
    assert now(alice, alone) == alone
    assert last_operation(alice) == [("task.updated", "Trip"), ("task.updated", "Pack"), ("task.updated", "Socks")]


def test_a_subtask_that_goes_to_another_list_leaves_its_parent_and_takes_its_own_along(alice: Person) -> None:
    work, [trip, pack, socks] = has_list(alice), line(alice, "Trip", "Pack", "Socks")

    moved = patched(alice, pack, list=work)

    assert (moved["parent"], moved["list"]) == (None, work)
    assert (now(alice, socks)["parent"], now(alice, socks)["list"]) == (pack["id"], work)
    assert now(alice, trip) == trip


def test_a_subtask_that_stays_in_its_list_stays_below_its_parent(alice: Person) -> None:
    [_, pack] = line(alice, "Trip", "Pack")

    assert patched(alice, pack, list=str(alice.id)) == pack
    assert patched(alice, pack, list=None) == pack


def test_below_another_parent_a_family_is_in_that_ones_list(alice: Person) -> None:
    holidays = alice.has_task("Holidays", list=has_list(alice))
    [trip, pack] = line(alice, "Trip", "Pack")

    moved = patched(alice, trip, parent=holidays["id"])

    assert (moved["parent"], moved["list"]) == (holidays["id"], holidays["list"])
    assert now(alice, pack)["list"] == holidays["list"]


def test_without_a_parent_a_task_stays_in_its_list(alice: Person) -> None:
    [trip, pack] = line(alice, "Trip", "Pack", list=has_list(alice))

    moved = patched(alice, pack, parent=None)

    assert (moved["parent"], moved["list"]) == (None, trip["list"])


def test_put_puts_a_task_where_it_says(alice: Person) -> None:
    work = has_list(alice)
    [trip, pack, socks] = line(alice, "Trip", "Pack", "Socks", list=work)

    stays = alice.at("tasks").put(url(pack), json={"title": "Pack it", "parent": trip["id"]}).json()
    leaves = alice.at("tasks").put(url(pack), json={"title": "Pack it"}).json()

    assert (stays["parent"], stays["list"], stays["position"]) == (trip["id"], work, pack["position"])
    assert (leaves["parent"], leaves["list"]) == (None, str(alice.id))
    assert now(alice, socks)["list"] == str(alice.id)


@pytest.mark.parametrize("below", [0, 1, 3])
def test_a_task_cannot_be_below_itself(alice: Person, below: int) -> None:
    family = line(alice, "Trip", "Pack", "Socks", "Red")

    answer = alice.at("tasks").patch(url(family[0]), json={"parent": family[below]["id"]})

    assert field_at_fault(answer) == "parent"
    assert now(alice, family[0]) == family[0]


def test_nor_when_it_goes_elsewhere_at_once(alice: Person) -> None:
    work, family = has_list(alice), line(alice, "Trip", "Pack", "Socks")

    answer = alice.at("tasks").patch(url(family[0]), json={"parent": family[2]["id"], "list": work})

    assert field_at_fault(answer) == "parent"
    assert [now(alice, task) for task in family] == family


@pytest.mark.parametrize("field", ["list", "parent", "tags"])
def test_what_is_somebody_elses_is_refused_as_what_is_not_there(alice: Person, mallory: Person, field: str) -> None:
    task, hers = mallory.has_task("Mine"), alice.has_task("Private", list=has_list(alice))
    there = {"list": hers["list"], "parent": hers["id"], "tags": [hers["id"]]}[field]
    nowhere = [str(new_id())] if field == "tags" else str(new_id())

    answers = [mallory.at("tasks").patch(url(task), json={field: value}) for value in (there, nowhere)]
    created = [mallory.at("tasks").post("/api/tasks", json={"title": "x", field: value}) for value in (there, nowhere)]

    assert {field_at_fault(answer) for answer in answers + created} == {field}
    assert len({answer.json()["detail"] for answer in answers + created}) == 1


def test_nothing_is_put_below_what_is_deleted(alice: Person) -> None:
    [trip, pack] = line(alice, "Trip", "Pack")
    alice.at("tasks").delete(url(trip))

    answer = alice.at("tasks").post("/api/tasks", json={"title": "Fly", "parent": pack["id"]})

    assert field_at_fault(answer) == "parent"


# Ending and opening


@pytest.mark.parametrize(("status", "said"), [("done", "task.completed"), ("cancelled", "task.updated")])
def test_a_task_that_ends_ends_all_that_is_open_below_it(alice: Person, status: str, said: str) -> None:
    trip = alice.has_task("Trip")
    pack = alice.has_task("Pack", parent=trip["id"], status="in_progress")
    dropped = alice.has_task("Swim", parent=trip["id"], status="cancelled")
    finished = alice.has_task("Fly", parent=trip["id"], status="done")
    socks = alice.has_task("Socks", parent=pack["id"])

    patched(alice, trip, status=status)

    assert statuses(alice, trip, pack, socks) == [status] * 3
    assert [now(alice, task) for task in (dropped, finished)] == [dropped, finished]
    assert last_operation(alice) == [(said, "Trip"), (said, "Pack"), (said, "Socks")]
    [ended] = {now(alice, task)["completed_at"] for task in (trip, pack, socks)}
    assert (ended is not None) == (status == "done")


def test_the_last_subtask_that_ends_does_not_end_its_parent(alice: Person) -> None:
    [trip, pack] = line(alice, "Trip", "Pack")

    patched(alice, pack, status="done")

    assert now(alice, trip) == trip


def test_what_opens_again_opens_those_above_it_and_none_below(alice: Person) -> None:
    family = line(alice, "Trip", "Pack", "Socks", "Red")
    patched(alice, family[0], status="done")

    patched(alice, family[2], status="in_progress")

    assert statuses(alice, *family) == ["todo", "todo", "in_progress", "done"]
    assert last_operation(alice)[0] == ("task.reopened", "Socks")
    assert sorted(last_operation(alice)[1:]) == [("task.reopened", "Pack"), ("task.reopened", "Trip")]
    assert now(alice, family[0])["completed_at"] is None


@pytest.mark.parametrize("ended", ["done", "cancelled"])
def test_a_new_subtask_opens_what_it_is_below(alice: Person, ended: str) -> None:
    [trip, pack] = line(alice, "Trip", "Pack")
    patched(alice, trip, status=ended)

    alice.has_task("Finished long ago", parent=pack["id"], status="done")
    assert statuses(alice, trip, pack) == [ended, ended]
    alice.has_task("Socks", parent=pack["id"])

    assert statuses(alice, trip, pack) == ["todo", "todo"]
    assert last_operation(alice)[0] == ("task.created", "Socks")
    assert len(last_operation(alice)) == 3


def test_an_open_task_opens_what_it_is_put_below(alice: Person) -> None:
    trip, pack = alice.has_task("Trip", status="done"), alice.has_task("Pack")

    patched(alice, pack, parent=trip["id"])

    assert statuses(alice, trip, pack) == ["todo", "todo"]


def test_going_elsewhere_and_ending_at_once_takes_the_family_through_both(alice: Person) -> None:
    work, [trip, pack] = has_list(alice), line(alice, "Trip", "Pack")

    patched(alice, trip, list=work, status="done")

    assert (now(alice, pack)["list"], now(alice, pack)["status"]) == (work, "done")


# Deleting


def test_a_task_is_deleted_with_its_family_in_one_operation(alice: Person) -> None:
    family = line(alice, "Trip", "Pack", "Socks")
    alone = alice.has_task("Alone")

    answer = alice.at("tasks").delete(url(family[0]))

    assert answer.status_code == 204
    assert [alice.at("tasks").get(url(task)).status_code for task in [*family, alone]] == [404, 404, 404, 200]
    assert last_operation(alice) == [("task.deleted", "Trip"), ("task.deleted", "Pack"), ("task.deleted", "Socks")]


def test_a_subtask_deleted_before_is_not_deleted_again(alice: Person) -> None:
    [trip, pack, _] = line(alice, "Trip", "Pack", "Socks")
    alice.at("tasks").delete(url(pack))

    alice.at("tasks").delete(url(trip))

    assert last_operation(alice) == [("task.deleted", "Trip")]


# Large families


def test_a_family_of_thousands_ends_in_one_operation(alice: Person) -> None:
    trip = alice.has_task("Trip")
    has_many(alice, trip, 4_999)

    patched(alice, trip, status="done")

    assert len(last_operation(alice)) == 5_000
    assert alice.world.rows("SELECT count(*) FROM tasks WHERE user_id = %s AND status <> 'done'", alice.id) == [(0,)]


@pytest.mark.parametrize(("number", "notes"), [(5_001, ""), (170, "n" * 100_000)], ids=["many", "heavy"])
def test_a_larger_one_is_refused_with_what_to_do(alice: Person, number: int, notes: str) -> None:
    trip = alice.has_task("Trip")
    has_many(alice, trip, number, notes)

    answers = [
        alice.at("tasks").patch(url(trip), json={"status": "done"}),
        alice.at("tasks").patch(url(trip), json={"list": has_list(alice)}),
        alice.at("tasks").delete(url(trip)),
    ]

    assert [answer.status_code for answer in answers] == [422] * 3
    assert all("on their own" in answer.json()["detail"] for answer in answers)
    assert now(alice, trip) == trip
    assert patched(alice, trip, title="Journey")["title"] == "Journey"


def test_a_long_line_of_subtasks_goes_elsewhere(alice: Person) -> None:
    work, above = has_list(alice), alice.has_task("0")
    has_line(alice, above, 4_999)

    patched(alice, above, list=work)

    assert len(last_operation(alice)) == 5_000
    assert alice.world.rows("SELECT DISTINCT list_id::text FROM tasks WHERE user_id = %s", alice.id) == [(work,)]


def test_a_long_line_of_subtasks_comes_back_and_has_a_copy(alice: Person) -> None:
    above, tasks = alice.has_task("0"), alice.at("tasks")
    has_line(alice, above, 4_999)

    tasks.delete(url(above))
    restored = tasks.post(url(above, "/restore"))
    copy = tasks.post(url(above, "/duplicate"), json={})

    assert (restored.status_code, copy.status_code) == (200, 201)
    assert subtasks(alice, copy.json(), depth="all", limit=1)["total"] == 4_999
    assert subtasks(alice, above, depth="all", limit=1)["total"] == 4_999


# Reading them


def test_subtasks_come_in_manual_order_with_what_is_done(alice: Person) -> None:
    trip = alice.has_task("Trip")
    places = positions.between(None, None, 4)
    made = (("Swim", 2, "todo"), ("Fly", 1, "done"), ("Pack", 0, "todo"), ("Read", 3, "cancelled"))
    for title, place, status in made:
        alice.has_task(title, parent=trip["id"], position=places[place], status=status)

    page = subtasks(alice, trip)

    assert titles(page) == ["Pack", "Fly", "Swim", "Read"]
    assert (page["done"], page["total"], page["next"]) == (1, 3, None)
    assert page["items"][0] == now(alice, page["items"][0])


def test_those_of_any_depth_follow_what_they_are_below(alice: Person) -> None:
    [trip, pack, _] = line(alice, "Trip", "Pack", "Socks")
    fly = alice.has_task("Fly", parent=trip["id"], status="done")
    alice.has_task("Shoes", parent=pack["id"], status="done")
    alice.has_task("Check in", parent=fly["id"], status="done")

    direct, all_of_them = subtasks(alice, trip), subtasks(alice, trip, depth="all")

    assert (titles(direct), direct["done"], direct["total"]) == (["Pack", "Fly"], 1, 2)
    assert titles(all_of_them) == ["Pack", "Socks", "Shoes", "Fly", "Check in"]
    assert (all_of_them["done"], all_of_them["total"]) == (3, 5)


@pytest.mark.parametrize("depth", ["1", "all"])
def test_pages_of_subtasks_neither_repeat_nor_miss(alice: Person, depth: str) -> None:
    trip = alice.has_task("Trip")
    tasks = [alice.has_task(str(number), parent=trip["id"], position="a1") for number in range(5)]
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = subtasks(alice, trip, depth=depth, limit=2, **cursor)
        seen += titles(page)
        assert page["total"] == (5 if len(seen) == 2 else 4)
        if page["next"] is None:
            break
        if len(seen) == 2:
            alice.at("tasks").delete(url(tasks[1]))  # the row the cursor stands at
        cursor = {"cursor": page["next"]}

    assert seen == ["0", "1", "2", "3", "4"]


def test_a_long_line_of_subtasks_comes_in_pages(alice: Person) -> None:
    above = alice.has_task("0")
    has_line(alice, above, 2_500)
    beside = alice.has_task("beside", parent=above["id"], position="a1")

    page = subtasks(alice, above, depth="all", limit=1_000)
    seen = titles(page)
    while page["next"]:
        assert len(page["next"]) < 200
        page = subtasks(alice, above, depth="all", limit=1_000, cursor=page["next"])
        seen += titles(page)

    assert seen == [*map(str, range(1, 2_501)), beside["title"]]


def test_a_page_goes_on_where_the_last_task_stood_although_that_has_moved(alice: Person) -> None:
    trip = alice.has_task("Trip")
    pack, _, eat = (alice.has_task(name, parent=trip["id"]) for name in ("Pack", "Fly", "Eat"))
    alice.has_task("Socks", parent=pack["id"])
    first = subtasks(alice, trip, depth="all", limit=1)

    patched(alice, pack, parent=eat["id"])

    rest = subtasks(alice, trip, depth="all", cursor=first["next"])
    assert (titles(first), titles(rest)) == (["Pack"], ["Fly", "Eat", "Pack", "Socks"])


def test_a_page_that_would_go_on_elsewhere_is_refused(alice: Person) -> None:
    [trip, pack, _] = line(alice, "Trip", "Pack", "Socks")
    alice.has_task("Shoes", parent=pack["id"])
    page = subtasks(alice, trip, depth="all", limit=2)

    patched(alice, pack, parent=None)

    answer = alice.at("tasks").get(url(trip, "/subtasks"), params={"depth": "all", "cursor": page["next"]})
    assert field_at_fault(answer) == "cursor"


def test_a_task_without_subtasks_has_none(alice: Person) -> None:
    assert subtasks(alice, alice.has_task("Trip")) == {"items": [], "done": 0, "total": 0, "next": None}


def test_somebody_elses_subtasks_are_not_there(alice: Person, mallory: Person) -> None:
    [trip, _] = line(alice, "Trip", "Pack")

    answers = [mallory.at("tasks").get(f"/api/tasks/{task}/subtasks") for task in (trip["id"], new_id())]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("cursor", ["x", "WzFd", "W10x", "eyJhIjoxfQ==", "WyJcdWQ4MDAiXQ==", "WyJcdTAwMDAiXQ=="])
def test_a_cursor_of_ones_own_is_refused(alice: Person, cursor: str) -> None:
    answer = alice.at("tasks").get(url(alice.has_task("Trip"), "/subtasks"), params={"cursor": cursor})

    assert field_at_fault(answer) == "cursor"


def test_a_wrong_field_is_named_with_what_to_do(alice: Person) -> None:
    task = alice.has_task("Trip")

    wrong: dict[str, dict[str, Any]] = {
        "start": {"start": "tomorrow"},
        "position": {"position": "first"},
        "tags": {"tags": [str(new_id())] * 51},
        "due": {"due": "tomorrow"},
        "zone": {"zone": "Europe/Berlin"},
    }

    for field, fields in wrong.items():
        answer = alice.at("tasks").patch(url(task), json=fields)
        assert field_at_fault(answer) == field, json.dumps(fields)
        assert "Value error" not in answer.text
