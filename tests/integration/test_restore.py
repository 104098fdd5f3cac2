"""Deleted tasks are shown, and come back with all they had."""

from typing import Any

import httpx

from shared.ids import new_id
from tests.families import has_many
from tests.people import Person


def url(task: dict[str, Any]) -> str:
    return f"/api/tasks/{task['id']}"


def now(person: Person, task: dict[str, Any]) -> dict[str, Any] | None:
    answer = person.at("tasks").get(url(task))
    return answer.json() if answer.status_code == 200 else None


def delete(person: Person, task: dict[str, Any]) -> None:
    assert person.at("tasks").delete(url(task)).status_code == 204


def delete_together(person: Person, *tasks: dict[str, Any]) -> None:
    """As one operation does it, whichever that was."""
    ids = [task["id"] for task in tasks]
    person.world.rows(
        "UPDATE tasks SET deleted_at = now(), updated_at = now(), version = version + 1"
        " WHERE user_id = %s AND id = ANY (%s::uuid[]) AND deleted_at IS NULL",
        person.id, ids,
    )  # fmt: skip


def restore(person: Person, task: dict[str, Any], **headers: str) -> httpx.Response:
    return person.at("tasks").post(f"{url(task)}/restore", headers=headers)


def restored(person: Person, task: dict[str, Any]) -> dict[str, Any]:
    answer = restore(person, task)
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    return document


def has_list(person: Person, name: str) -> str:
    return has_thing(person, "lists (user_id, id, name, name_key, position, archived, created_at, updated_at, version)",
                     "%s, %s, %s, %s, 'a0', false, now(), now(), 1", name)  # fmt: skip


def has_tag(person: Person, name: str) -> str:
    return has_thing(person, "tags (user_id, id, name, name_key, created_at, updated_at, version)",
                     "%s, %s, %s, %s, now(), now(), 1", name)  # fmt: skip


def has_thing(person: Person, table: str, values: str, name: str) -> str:
    id = str(new_id())
    person.world.rows(f"INSERT INTO {table} VALUES ({values})", person.id, id, name, name.lower())  # noqa: S608
    return id


def is_gone(person: Person, table: str, id: str) -> None:
    person.world.rows(f"UPDATE {table} SET deleted_at = now() WHERE user_id = %s AND id = %s", person.id, id)  # noqa: S608


def deleted(person: Person, **parameters: Any) -> Any:
    answer = person.at("tasks").get("/api/tasks/deleted", params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_deleted_task_comes_back_as_it_was(alice: Person) -> None:
    tag, outer = has_tag(alice, "Home"), has_list(alice, "Work")
    task = alice.has_task("Buy milk", notes="2 l", due="2026-12-01T09:00:00", tags=[tag], list=outer, status="done")
    delete(alice, task)

    answer = restore(alice, task)

    back = answer.json()
    assert back == task | {"version": 3, "updated_at": back["updated_at"]}
    assert now(alice, task) == back
    assert answer.headers["etag"] == '"3"'
    assert [kind for _, kind, _ in alice.events()] == ["task.created", "task.deleted", "task.restored"]


def test_its_event_says_that_it_was_deleted(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    delete(alice, task)

    back = restored(alice, task)

    [(data,)] = alice.world.rows("SELECT data FROM events WHERE user_id = %s AND sequence = 3", alice.id)
    assert isinstance(data, dict)
    assert (data["changes"], data["task"]) == ({"deleted": [True, False]}, back)


def test_subtasks_that_went_with_it_come_back_with_it_and_no_others(alice: Person) -> None:
    parent = alice.has_task("Move house")
    before, child = (alice.has_task(title, parent=parent["id"]) for title in ("Sell", "Pack"))
    grandchild = alice.has_task("Buy boxes", parent=child["id"])
    delete(alice, before)
    delete_together(alice, parent, child, grandchild)

    restored(alice, parent)

    assert [bool(now(alice, task)) for task in (parent, child, grandchild, before)] == [True, True, True, False]
    assert [subject for _, kind, subject in alice.events() if kind == "task.restored"] == [
        f"task/{task['id']}" for task in (parent, child, grandchild)
    ]


def test_without_its_list_it_comes_back_into_the_inbox(alice: Person) -> None:
    outer = has_list(alice, "Work")
    parent = alice.has_task("Move house", list=outer)
    child = alice.has_task("Pack", parent=parent["id"], list=outer)
    delete_together(alice, parent, child)
    is_gone(alice, "lists", outer)

    assert restored(alice, parent)["list"] == str(alice.id)
    assert (now(alice, child) or {})["list"] == str(alice.id)


def test_without_what_it_was_part_of_it_comes_back_on_its_own(alice: Person) -> None:
    outer = has_list(alice, "Work")
    parent = alice.has_task("Move house", list=outer)
    child = alice.has_task("Pack", parent=parent["id"], list=outer)
    delete_together(alice, parent, child)

    back = restored(alice, child)

    assert (back["parent"], back["list"]) == (None, outer)
    assert now(alice, parent) is None


def test_it_comes_back_to_where_its_parent_is_now(alice: Person) -> None:
    outer = has_list(alice, "Work")
    parent = alice.has_task("Move house")
    child = alice.has_task("Pack", parent=parent["id"])
    delete(alice, child)
    alice.at("tasks").patch(url(parent), json={"list": outer})

    back = restored(alice, child)

    assert (back["parent"], back["list"]) == (parent["id"], outer)


def test_an_open_one_opens_what_it_comes_back_under(alice: Person) -> None:
    parent = alice.has_task("Move house")
    child = alice.has_task("Pack", parent=parent["id"])
    delete(alice, child)
    alice.at("tasks").patch(url(parent), json={"status": "done"})

    restored(alice, child)

    assert (now(alice, parent) or {})["status"] == "todo"


def test_tags_that_are_gone_are_left_out(alice: Person) -> None:
    stays, goes = has_tag(alice, "Home"), has_tag(alice, "Work")
    task = alice.has_task("Buy milk", tags=[goes, stays])
    delete(alice, task)
    is_gone(alice, "tags", goes)

    assert restored(alice, task)["tags"] == [stays]


def test_what_is_not_deleted_stays_as_it_is(alice: Person) -> None:
    task = alice.has_task("Buy milk ö")

    answer = restore(alice, task)

    assert (answer.status_code, answer.json(), answer.headers["etag"]) == (200, task, '"1"')
    assert len(alice.events()) == 1


def test_sent_again_with_its_key_it_gets_its_first_answer(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    delete(alice, task)
    key = {"idempotency-key": "again"}

    first = restore(alice, task, **key)
    delete(alice, task)

    assert restore(alice, task, **key).content == first.content
    assert now(alice, task) is None


def test_after_thirty_days_it_is_gone_for_good(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    delete(alice, task)
    alice.world.rows("UPDATE tasks SET deleted_at = now() - interval '30 days' WHERE user_id = %s", alice.id)

    assert restore(alice, task).status_code == 404
    assert deleted(alice)["items"] == []


def test_what_never_was_and_what_is_anothers_are_not_there_alike(alice: Person, mallory: Person) -> None:
    task, nothing = alice.has_task("Private"), {"id": str(new_id())}
    delete(alice, task)

    said = [restore(mallory, each).text.replace(each["id"], "") for each in (task, nothing)]

    assert said[0].partition("request_id")[0] == said[1].partition("request_id")[0]
    assert "There is no task" in said[0]
    assert deleted(mallory)["items"] == []


def test_a_restored_task_can_be_undone_and_is_as_it_was_then(alice: Person) -> None:
    outer = has_list(alice, "Work")
    task = alice.has_task("Buy milk", list=outer)
    delete(alice, task)
    is_gone(alice, "lists", outer)
    restored(alice, task)

    [(activity,)] = alice.world.rows("SELECT id FROM events WHERE user_id = %s AND sequence = 3", alice.id)
    assert alice.at("tasks").post(f"/api/activity/{activity}/undo").status_code == 200

    assert now(alice, task) is None
    assert deleted(alice)["items"][0]["list"] == outer


def test_more_than_one_change_may_hold_does_not_come_back_at_once(alice: Person) -> None:
    outer = has_list(alice, "Work")
    parent = alice.has_task("Move house")
    has_many(alice, parent, 200, "n" * 100_000)
    alice.world.rows("UPDATE tasks SET list_id = %s WHERE user_id = %s", outer, alice.id)
    assert alice.at("organize").delete(f"/api/lists/{outer}").status_code == 204

    answer = restore(alice, parent)

    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("This would change 201 tasks of 20 MB at once")
    assert now(alice, parent) is None


# Looking at them


def test_the_last_deleted_is_shown_first_and_the_pages_miss_nothing(alice: Person) -> None:
    tasks = [alice.has_task(str(number)) for number in range(5)]
    for task in (tasks[2], tasks[0], tasks[4], tasks[1]):
        delete(alice, task)

    first = deleted(alice, limit=2)
    second = deleted(alice, limit=2, cursor=first["next"])

    assert [[task["title"] for task in page["items"]] for page in (first, second)] == [["1", "4"], ["0", "2"]]
    assert second["next"] is None


def test_a_task_stands_for_the_subtasks_that_went_with_it(alice: Person) -> None:
    parent = alice.has_task("Move house")
    before, child = (alice.has_task(title, parent=parent["id"]) for title in ("Sell", "Pack"))
    delete(alice, before)
    delete_together(alice, parent, child)

    assert [task["title"] for task in deleted(alice)["items"]] == ["Move house", "Sell"]


def test_a_cursor_that_is_none_is_refused(alice: Person) -> None:
    answer = alice.at("tasks").get("/api/tasks/deleted", params={"cursor": "nonsense"})

    assert answer.status_code == 422
