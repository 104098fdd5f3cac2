"""One change to many tasks: all of it or nothing, and one undo."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import httpx
import pytest

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


def bulk(person: Person, tasks: Sequence[Task], **said: Any) -> httpx.Response:
    return person.at("tasks").post("/api/tasks/bulk", json={"ids": [task["id"] for task in tasks], **said})


def changed(person: Person, tasks: Sequence[Task], **said: Any) -> list[Task]:
    answer = bulk(person, tasks, **said)
    assert answer.status_code == 200, answer.text
    items: list[Task] = answer.json()["items"]
    return items


def has_tag(person: Person, name: str) -> str:
    answer = person.at("organize").post("/api/tags", json={"name": name})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def has_tasks(person: Person, *names: str, **fields: Any) -> list[Task]:
    return [person.has_task(name, **fields) for name in names]


def activity(person: Person) -> set[Any]:
    """Of which operations there are events."""
    rows = person.world.rows("SELECT data ->> 'operation' FROM events WHERE user_id = %s", person.id)
    return {operation for (operation,) in rows}


# Changing


def test_many_are_completed_in_one_operation(alice: Person) -> None:
    tasks = has_tasks(alice, "a", "b", "c")

    found = changed(alice, tasks[:2], change={"status": "done"})

    assert [task["status"] for task in found] == ["done", "done"]
    assert found == [now(alice, task) for task in tasks[:2]]
    assert now(alice, tasks[2]) == tasks[2]
    assert last_operation(alice) == [("task.completed", "a"), ("task.completed", "b")]


def test_one_undo_takes_all_of_it_back(alice: Person) -> None:
    tasks = has_tasks(alice, "a", "b")
    answer = bulk(alice, tasks, change={"status": "done", "priority": "high"})

    undone = alice.at("tasks").post(f"/api/activity/{answer.headers['taskora-activity']}/undo")

    assert undone.status_code == 200, undone.text
    assert [(now(alice, task)["status"], now(alice, task)["priority"]) for task in tasks] == [("todo", "none")] * 2


def test_what_is_so_already_is_not_said(alice: Person) -> None:
    tasks = [alice.has_task("a", priority="high"), alice.has_task("b")]

    assert [task["title"] for task in changed(alice, tasks, change={"priority": "high"})] == ["b"]
    assert changed(alice, tasks, change={"priority": "high"}) == []


def test_tags_come_and_go_without_the_others(alice: Person) -> None:
    home, work, phone = (has_tag(alice, name) for name in ("home", "work", "phone"))
    tasks = [alice.has_task("a", tags=[home, work]), alice.has_task("b", tags=[phone]), alice.has_task("c")]

    changed(alice, tasks, change={"add_tags": [phone], "remove_tags": [work]})
    assert [now(alice, task)["tags"] for task in tasks] == [[home, phone], [phone], [phone]]
    changed(alice, tasks, change={"tags": [work], "add_tags": [home]})
    assert [now(alice, task)["tags"] for task in tasks] == [[work, home]] * 3
    changed(alice, tasks, change={"tags": None})
    assert [now(alice, task)["tags"] for task in tasks] == [[]] * 3


def test_another_day_leaves_the_time_of_day(alice: Person) -> None:
    timed = {"due": "2026-12-01T09:00:00", "zone": "Asia/Tokyo"}
    tasks = [alice.has_task("a", **timed), alice.has_task("b", due="2026-12-01"), alice.has_task("c")]

    changed(alice, tasks, change={"due_day": "2026-12-24"})

    assert [(now(alice, task)["due"], now(alice, task)["zone"]) for task in tasks] == [
        ("2026-12-24T09:00:00", "Asia/Tokyo"),
        ("2026-12-24", None),
        ("2026-12-24", None),
    ]


def test_families_go_along_and_stay_together(alice: Person) -> None:
    work = has_list(alice)
    [trip, pack, socks] = line(alice, "Trip", "Pack", "Socks")
    [_, alone] = line(alice, "Home", "Alone")

    changed(alice, [socks, trip, alone], change={"list": work})

    assert [now(alice, task)["list"] for task in (trip, pack, socks, alone)] == [work] * 4
    assert [now(alice, task)["parent"] for task in (pack, socks, alone)] == [trip["id"], pack["id"], None]


def test_parents_and_children_end_together(alice: Person) -> None:
    [trip, pack, socks, red] = line(alice, "Trip", "Pack", "Socks", "Red")

    changed(alice, [socks, trip], change={"status": "cancelled"})

    assert [now(alice, task)["status"] for task in (trip, pack, socks, red)] == ["cancelled"] * 4
    assert len(last_operation(alice)) == 4


# Moving


def test_many_are_moved_to_one_place_in_the_order_of_their_ids(alice: Person) -> None:
    parent = alice.has_task("Trip")
    there = has_tasks(alice, *"abc", parent=parent["id"])
    [one, below], [two] = line(alice, "x", "under x"), has_tasks(alice, "y")

    changed(alice, [two, below, one], move={"after": there[0]["id"]})

    assert titles(subtasks(alice, parent)) == ["a", "y", "x", "b", "c"]
    assert titles(subtasks(alice, one)) == ["under x"]


def test_many_are_ordered_anew_where_they_are(alice: Person) -> None:
    parent = alice.has_task("Trip")
    tasks = has_tasks(alice, *"abcd", parent=parent["id"])

    changed(alice, [tasks[3], tasks[1]], move={"at": "first"})

    assert titles(subtasks(alice, parent)) == ["d", "b", "a", "c"]


def test_tasks_of_different_places_must_be_told_where_to_go(alice: Person) -> None:
    tasks = [alice.has_task("a"), alice.has_task("b", list=has_list(alice))]

    answer = bulk(alice, tasks, move={"at": "first"})

    assert answer.status_code == 422
    assert "name the list" in answer.json()["detail"]


# Deleting and restoring


def test_many_are_deleted_and_restored_with_their_families(alice: Person) -> None:
    [trip, pack] = line(alice, "Trip", "Pack")
    [home, clean, window] = line(alice, "Home", "Clean", "Window")
    alice.at("tasks").delete(url(window))

    gone = changed(alice, [clean, trip, home], delete=True)
    assert sorted(task["title"] for task in gone) == ["Clean", "Home", "Pack", "Trip"]
    back = changed(alice, [clean, trip, home], restore=True)

    assert sorted(task["title"] for task in back) == ["Clean", "Home", "Pack", "Trip"]
    assert [now(alice, task)["parent"] for task in (trip, pack, home, clean)] == [None, trip["id"], None, home["id"]]
    assert len(last_operation(alice)) == 4
    assert changed(alice, [clean, trip, home], restore=True) == []


def test_what_is_opened_by_those_that_come_back_is_in_the_answer(alice: Person) -> None:
    [trip, pack] = line(alice, "Trip", "Pack")
    alice.at("tasks").delete(url(pack))
    patched(alice, trip, status="done")

    back = changed(alice, [pack], restore=True)

    assert [(task["title"], task["status"]) for task in back] == [("Pack", "todo"), ("Trip", "todo")]
    assert [(kind, title) for kind, title in last_operation(alice)] == [
        ("task.restored", "Pack"), ("task.reopened", "Trip"),
    ]  # fmt: skip


def test_parents_and_children_that_went_one_by_one_come_back_together(alice: Person) -> None:
    family = line(alice, "Trip", "Pack", "Socks")
    for task in reversed(family):
        alice.at("tasks").delete(url(task))

    changed(alice, [family[2], family[0], family[1]], restore=True)

    assert [now(alice, task)["parent"] for task in family] == [None, family[0]["id"], family[1]["id"]]


# All or nothing


@pytest.mark.parametrize(
    "said", [{"change": {"status": "done"}}, {"delete": True}, {"restore": True}, {"move": {"at": "last"}}]
)
def test_ids_that_are_nobodys_or_somebody_elses_are_named_and_nothing_is_done(
    alice: Person, mallory: Person, said: dict[str, Any]
) -> None:
    mine, hers, nobodys = mallory.has_task("Mine"), alice.has_task("Hers"), {"id": str(new_id())}

    answer = bulk(mallory, [hers, mine, nobodys], **said)

    assert answer.status_code == 404
    assert answer.json()["unknown"] == [hers["id"], nobodys["id"]]
    assert now(mallory, mine) == mine
    assert now(alice, hers) == hers


def test_versions_that_are_gone_are_shown_and_nothing_is_done(alice: Person) -> None:
    tasks = has_tasks(alice, "a", "b")
    newer = patched(alice, tasks[1], title="c")
    known = [{"id": task["id"], "version": task["version"]} for task in tasks]

    answer = alice.at("tasks").post("/api/tasks/bulk", json={"tasks": known, "delete": True})

    assert answer.status_code == 412
    assert answer.json()["current"] == [newer]
    assert now(alice, tasks[0]) == tasks[0]
    known[1]["version"] = 2
    assert alice.at("tasks").post("/api/tasks/bulk", json={"tasks": known, "delete": True}).status_code == 200


def test_one_that_cannot_be_changed_leaves_all_as_they_are(alice: Person) -> None:
    [trip, pack] = line(alice, "Trip", "Pack")
    alone = alice.has_task("Alone")

    answer = bulk(alice, [alone, trip], change={"parent": pack["id"], "status": "done"})

    assert field_at_fault(answer) == "change.parent"
    assert [now(alice, task) for task in (alone, trip, pack)] == [alone, trip, pack]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"due": "2040-03-26", "reminders": [{"kind": "before", "minutes": 15}]}, "change.reminders.0.kind"),
        ({"reminders": [{"kind": "before", "minutes": "soon"}]}, "change.reminders.0.before.minutes"),
        ({"due": "2040-02-31"}, "change.due"),
        ({"due": "2040-03-26T09:00", "zone": "Nowhere"}, "change.zone"),
    ],
)
def test_a_field_is_named_as_the_request_has_it(alice: Person, change: dict[str, Any], field: str) -> None:
    assert field_at_fault(bulk(alice, has_tasks(alice, "a", "b"), change=change)) == field


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"ids": []},
        {"ids": ["1"]},
        {"ids": [str(new_id())] * 501},
        {"ids": [str(new_id())], "delete": False},
        {"ids": [str(new_id())], "delete": True, "restore": True},
        {"ids": [str(new_id())], "tasks": [], "delete": True},
        {"ids": [str(new_id())], "change": {}},
        {"ids": [str(new_id())], "change": {"status": "finished"}},
        {"ids": [str(new_id())], "change": {"due": None, "due_day": "2026-12-24"}},
        {"ids": [str(new_id())], "change": {"due_day": "tomorrow"}},
        {"ids": [str(new_id())], "move": {}},
        {"tasks": [{"id": str(new_id())}], "delete": True},
        {"delete": True},
    ],
)
def test_what_cannot_be_meant_is_refused(alice: Person, said: dict[str, Any]) -> None:
    answer = alice.at("tasks").post("/api/tasks/bulk", json=said)

    assert answer.status_code == 422, answer.text
    assert len(answer.content) < 2000


def test_a_task_named_twice_is_changed_once(alice: Person) -> None:
    task = alice.has_task("a")

    assert len(changed(alice, [task, task], change={"status": "done"})) == 1


def test_a_bulk_sent_again_gets_its_first_answer(alice: Person) -> None:
    [task], key = has_tasks(alice, "a"), {"idempotency-key": uuid4().hex}
    body = {"ids": [task["id"]], "change": {"status": "done"}}

    first = alice.at("tasks").post("/api/tasks/bulk", json=body, headers=key)
    patched(alice, task, status="todo")
    again = alice.at("tasks").post("/api/tasks/bulk", json=body, headers=key)

    assert again.content == first.content
    assert now(alice, task)["status"] == "todo"


# Five hundred


def test_five_hundred_are_one_operation(alice: Person) -> None:
    parent = alice.has_task("Trip")
    has_many(alice, parent, 500)
    tasks = subtasks(alice, parent, limit=1000)["items"]

    found = changed(alice, tasks, change={"status": "done", "priority": "low"})

    assert len(found) == 500
    assert len(last_operation(alice)) == 500
    assert len(changed(alice, tasks, delete=True)) == 500
    assert len(changed(alice, tasks, restore=True)) == 500
    assert len(changed(alice, tasks, move={"parent": None, "at": "first"})) == 500
    assert subtasks(alice, parent)["total"] == 0


def test_what_is_too_heavy_for_one_change_is_refused(alice: Person) -> None:
    parent = alice.has_task("Trip")
    has_many(alice, parent, 200, "n" * 100_000)
    ids = alice.world.rows("SELECT id FROM tasks WHERE user_id = %s AND parent_id IS NOT NULL", alice.id)

    answer = bulk(alice, [{"id": str(id)} for (id,) in ids], change={"status": "done"})

    assert answer.status_code == 422
    assert "MB" in answer.json()["detail"]
