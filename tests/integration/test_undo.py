"""What was done can be undone as a whole, as long as nothing that it changed was changed again."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from shared import changes, entities
from shared.callers import Caller
from shared.ids import new_id
from shared.kinds import COMMENT
from tests.inside import a_function_of, run
from tests.people import Person

FULL = {"lists": 500, "tags": 1000, "filters": 500}  # of which one may have no more


def url(task: dict[str, Any]) -> str:
    return f"/api/tasks/{task['id']}"


def last_activity(person: Person) -> str:
    """The entry of what was done last; of many at once, any one of them."""
    [(id,)] = person.world.rows("SELECT id FROM events WHERE user_id = %s ORDER BY sequence DESC LIMIT 1", person.id)
    return str(id)


def undo(person: Person, activity: object = None, **headers: str) -> httpx.Response:
    return person.at("tasks").post(f"/api/activity/{activity or last_activity(person)}/undo", headers=headers)


def undone(person: Person, activity: object = None) -> list[str]:
    """What was done for it, in order."""
    before = len(person.events())
    answer = undo(person, activity)
    assert answer.status_code == 200, answer.text
    events = person.events()[before:]
    subjects = {f"{thing['kind']}/{thing['id']}" for thing in answer.json()["things"]}
    assert subjects == {subject for _, _, subject in events}
    assert answer.json()["total"] == len(events)
    return [kind for _, kind, _ in events]


def refused(person: Person, activity: object = None) -> dict[str, Any]:
    """What stands in the way; and nothing was done."""
    before = everything(person)
    answer = undo(person, activity)
    assert answer.status_code == 409, answer.text
    assert everything(person) == before
    problem: dict[str, Any] = answer.json()
    return problem


def obstacles(person: Person, activity: object = None) -> list[tuple[str, str, str, Any, Any]]:
    problem = refused(person, activity)
    assert problem["total"] == len(problem["obstacles"])
    return [(each["kind"], each["id"], each["field"], each["left"], each["now"]) for each in problem["obstacles"]]


def everything(person: Person) -> list[tuple[object, ...]]:
    """Every row this person has, of things and of events."""
    return person.world.rows(
        "SELECT 'task', id, document, deleted_at FROM tasks WHERE user_id = %(id)s"
        " UNION ALL SELECT 'list', id, document, deleted_at FROM lists WHERE user_id = %(id)s"
        " UNION ALL SELECT 'tag', id, document, deleted_at FROM tags WHERE user_id = %(id)s"
        " UNION ALL SELECT 'filter', id, document, deleted_at FROM filters WHERE user_id = %(id)s"
        " UNION ALL SELECT 'comment', id, document, deleted_at FROM comments WHERE user_id = %(id)s"
        " UNION ALL SELECT 'event', id, data::text, happened_at FROM events WHERE user_id = %(id)s"
        " ORDER BY 1, 2".replace("%(id)s", f"'{person.id}'")
    )


def now(person: Person, thing: dict[str, Any], at: str = "tasks") -> dict[str, Any]:
    answer = person.at("tasks" if at == "tasks" else "organize").get(f"/api/{at}/{thing['id']}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def is_there(person: Person, task: dict[str, Any]) -> bool:
    return person.at("tasks").get(url(task)).status_code == 200


def change(person: Person, task: dict[str, Any], **fields: Any) -> dict[str, Any]:
    answer = person.at("tasks").patch(url(task), json=fields)
    assert answer.status_code == 200, answer.text
    changed: dict[str, Any] = answer.json()
    return changed


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """But for when, and how often, it was changed."""
    kept = {"version": None, "updated_at": None}
    return one | kept == other | kept


# What can be undone


def test_a_change_is_taken_back_and_the_version_goes_on(alice: Person) -> None:
    task = alice.has_task("Buy milk", priority="high", due="2026-12-01")
    changed = change(alice, task, title="Buy bread", due=None, notes="2")

    assert undone(alice) == ["task.updated"]

    back = now(alice, task)
    assert same(back, task)
    assert back["version"] == 3
    assert back["updated_at"] > changed["updated_at"]


def test_what_is_undone_is_an_activity_like_others(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    change(alice, task, title="Buy bread")

    answer = undo(alice)

    assert answer.json() == {"total": 1, "things": [{"kind": "task", "id": task["id"]}]}
    assert answer.headers["taskora-activity"] == last_activity(alice)
    [(data,)] = alice.world.rows("SELECT data FROM events WHERE user_id = %s AND sequence = 3", alice.id)
    assert isinstance(data, dict)
    assert data["changes"] == {"title": ["Buy bread", "Buy milk"]}
    assert data["task"] == now(alice, task)
    assert data["actor"] == {"user": str(alice.id), "via": "web", "token": None}


def test_a_created_task_is_deleted_and_comes_back_when_that_is_undone(alice: Person) -> None:
    task = alice.has_task("Buy milk", notes="2 l")

    assert undone(alice) == ["task.deleted"]
    assert not is_there(alice, task)

    assert undone(alice) == ["task.restored"]
    assert same(now(alice, task), task)

    assert undone(alice) == ["task.deleted"]
    assert not is_there(alice, task)


def test_a_deleted_task_comes_back(alice: Person) -> None:
    task = alice.has_task("Buy milk", due="2026-12-01T09:00:00")
    alice.at("tasks").delete(url(task))

    assert undone(alice) == ["task.restored"]

    assert same(now(alice, task), task)


@pytest.mark.parametrize(
    ("before", "after", "events"),
    [
        ("todo", "done", ["task.completed", "task.reopened"]),
        ("done", "todo", ["task.reopened", "task.completed"]),
        ("in_progress", "cancelled", ["task.updated", "task.updated"]),
    ],
)
def test_a_status_is_set_back_with_the_moment_of_completion(
    alice: Person, before: str, after: str, events: list[str]
) -> None:
    task = alice.has_task("Buy milk", status=before)
    changed = change(alice, task, status=after)

    assert undone(alice) == events[1:]
    assert same(now(alice, task), task)

    assert undone(alice) == events[:1]
    assert same(now(alice, task), changed)


def test_undoing_everything_in_reverse_leaves_nothing_behind(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    activities = [last_activity(alice)]
    for fields in ({"title": "a"}, {"priority": "low"}, {"title": "b", "status": "done"}, {"title": "a"}):
        change(alice, task, **fields)
        activities.append(last_activity(alice))

    for activity in reversed(activities):
        undone(alice, activity)

    assert not is_there(alice, task)


def test_what_others_changed_since_stays(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    change(alice, task, title="Buy bread")
    activity = last_activity(alice)
    change(alice, task, notes="2")

    undone(alice, activity)

    back = now(alice, task)
    assert (back["title"], back["notes"]) == ("Buy milk", "2")


# What stands in the way


def test_a_field_that_was_changed_again_is_named_and_nothing_is_done(alice: Person) -> None:
    task = alice.has_task("Buy milk", notes="2 l")
    change(alice, task, title="Buy bread", priority="low")
    activity = last_activity(alice)
    change(alice, task, title="Buy beer")

    problem = refused(alice, activity)

    assert problem["detail"] == (
        "This cannot be undone any more: the task “Buy beer” has another title now. Nothing was changed."
    )
    assert problem["obstacles"] == [
        {
            "kind": "task", "id": task["id"], "name": "Buy beer", "field": "title", "left": "Buy bread",
            "now": "Buy beer", "message": "the task “Buy beer” has another title now",
        }
    ]  # fmt: skip
    assert problem["total"] == 1


def test_a_value_that_is_there_again_does_not_stand_in_the_way(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    change(alice, task, title="Buy bread")
    activity = last_activity(alice)
    change(alice, task, title="Buy beer")
    change(alice, task, title="Buy bread")

    undone(alice, activity)

    assert now(alice, task)["title"] == "Buy milk"


def test_what_is_undone_already_is_said_to_be(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    change(alice, task, title="Buy bread")
    activity = last_activity(alice)
    undone(alice, activity)

    answer = undo(alice, activity)

    assert answer.status_code == 409
    assert answer.json()["detail"] == "There is nothing to undo any more: everything is as it was before."
    assert (answer.json()["obstacles"], answer.json()["total"]) == ([], 0)


def test_sent_again_with_its_key_it_gets_its_first_answer(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    change(alice, task, title="Buy bread")
    activity, key = last_activity(alice), {"idempotency-key": uuid4().hex}

    answers = [undo(alice, activity, **key) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert len(alice.events()) == 3


def test_a_new_task_that_was_changed_since_is_not_thrown_away(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    activity = last_activity(alice)
    change(alice, task, notes="2 l")

    assert obstacles(alice, activity) == [("task", task["id"], "notes", "", "2 l")]


def test_a_change_of_a_task_that_is_deleted_now_stays(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    change(alice, task, title="Buy bread")
    activity = last_activity(alice)
    alice.at("tasks").delete(url(task))

    assert obstacles(alice, activity) == [("task", task["id"], "deleted", False, True)]


def test_a_deletion_of_what_is_there_again_is_undone_already(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    alice.at("tasks").delete(url(task))
    activity = last_activity(alice)
    alice.at("tasks").post(f"{url(task)}/restore")

    assert "nothing to undo" in refused(alice, activity)["detail"]


def test_a_task_that_was_removed_for_good_does_not_come_back(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    alice.at("tasks").delete(url(task))
    alice.world.rows("DELETE FROM tasks WHERE user_id = %s", alice.id)

    problem = refused(alice)

    assert problem["detail"] == "This cannot be undone any more: a task was removed for good. Nothing was changed."
    assert [(each["id"], each["now"]) for each in problem["obstacles"]] == [(task["id"], None)]


def test_what_was_deleted_thirty_days_ago_does_not_come_back(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    alice.at("tasks").delete(url(task))
    alice.world.rows("UPDATE tasks SET deleted_at = now() - interval '30 days' WHERE user_id = %s", alice.id)

    assert "was removed for good" in refused(alice)["detail"]


def test_a_new_task_with_subtasks_of_later_is_not_thrown_away(alice: Person) -> None:
    task = alice.has_task("Move house")
    activity = last_activity(alice)
    child = alice.has_task("Pack", parent=task["id"])

    assert obstacles(alice, activity) == [("task", child["id"], "parent", None, task["id"])]

    alice.at("tasks").delete(url(child))
    assert undone(alice, activity) == ["task.deleted"]


def test_a_subtask_does_not_come_back_under_what_is_deleted_now(alice: Person) -> None:
    parent = alice.has_task("Move house")
    child = alice.has_task("Pack", parent=parent["id"])
    alice.at("tasks").delete(url(child))
    activity = last_activity(alice)
    alice.at("tasks").delete(url(parent))

    assert obstacles(alice, activity) == [("task", parent["id"], "deleted", False, True)]


def test_two_that_would_be_part_of_each_other_stay_as_they_are(alice: Person) -> None:
    one = alice.has_task("One")
    other = alice.has_task("Other", parent=one["id"])
    change(alice, other, parent=None)
    activity = last_activity(alice)
    change(alice, one, parent=other["id"])

    assert "part of itself" in undo(alice, activity).json()["detail"]
    assert now(alice, other)["parent"] is None


def test_a_subtask_is_not_open_again_below_what_has_ended_since(alice: Person) -> None:
    parent = alice.has_task("Move house")
    child = alice.has_task("Pack", parent=parent["id"])
    change(alice, child, status="done")
    activity = last_activity(alice)
    change(alice, parent, status="done")

    assert obstacles(alice, activity) == [("task", parent["id"], "status", "todo", "done")]


def test_what_was_opened_does_not_end_again_over_what_was_put_there_since(alice: Person) -> None:
    parent = alice.has_task("Move house", status="done")
    change(alice, parent, status="todo")
    activity = last_activity(alice)
    child = alice.has_task("Pack", parent=parent["id"])

    assert obstacles(alice, activity) == [("task", child["id"], "parent", None, parent["id"])]


def test_a_family_is_where_it_was_before(alice: Person) -> None:
    parent = alice.has_task("Move house", list=has_list(alice, "Home"))
    family = [parent, child := alice.has_task("Pack", parent=parent["id"]), alice.has_task("Tape", parent=child["id"])]
    change(alice, parent, list=has_list(alice, "Work"))

    assert undone(alice) == ["task.updated"] * 3

    assert all(same(now(alice, task), task) for task in family)


def test_a_family_does_not_come_back_without_who_joined_it_since(alice: Person) -> None:
    parent = alice.has_task("Move house")
    change(alice, parent, list=has_list(alice, "Work"))
    activity = last_activity(alice)
    child = alice.has_task("Pack", parent=parent["id"])

    assert obstacles(alice, activity) == [("task", child["id"], "parent", None, parent["id"])]


def test_a_subtask_does_not_come_back_under_what_is_elsewhere_now(alice: Person) -> None:
    parent = alice.has_task("Move house")
    child = alice.has_task("Pack", parent=parent["id"])
    change(alice, child, parent=None)
    activity = last_activity(alice)
    work = has_list(alice, "Work")
    change(alice, parent, list=work)

    assert obstacles(alice, activity) == [("task", parent["id"], "list", str(alice.id), work)]


# Lists, tags and filters


def has(person: Person, kind: str, name: str, **fields: Any) -> dict[str, Any]:
    answer = person.at("organize").post(f"/api/{kind}s", json={"name": name, **fields})
    assert answer.status_code == 201, answer.text
    thing: dict[str, Any] = answer.json()
    return thing


def has_list(person: Person, name: str) -> str:
    return str(has(person, "list", name)["id"])


def organize(person: Person, method: str, address: str, **body: Any) -> None:
    answer = person.at("organize").request(method, address, json=body or None)
    assert answer.status_code < 300, answer.text


@pytest.mark.parametrize(("kind", "fields"), [("list", {}), ("tag", {}), ("filter", {"query": "today"})])
def test_a_list_a_tag_or_a_filter_is_made_changed_and_deleted_and_all_of_it_undone(
    alice: Person, kind: str, fields: dict[str, Any]
) -> None:
    thing = has(alice, kind, "Home", **fields)
    made = last_activity(alice)
    address = f"/api/{kind}s/{thing['id']}"
    organize(alice, "PATCH", address, name="Work", color="#ff0000")
    changed = last_activity(alice)
    organize(alice, "DELETE", address)

    assert undone(alice) == [f"{kind}.restored"]
    assert now(alice, thing, f"{kind}s")["name"] == "Work"
    assert undone(alice, changed) == [f"{kind}.updated"]
    assert same(now(alice, thing, f"{kind}s"), thing)
    assert undone(alice, made) == [f"{kind}.deleted"]
    assert alice.at("organize").get(address).status_code == 404


@pytest.mark.parametrize(("tasks", "event"), [("delete", "task.restored"), ("move_to_inbox", "task.updated")])
def test_a_deleted_list_comes_back_before_its_tasks(alice: Person, tasks: str, event: str) -> None:
    home = has_list(alice, "Home")
    parent = alice.has_task("Move house", list=home)
    child = alice.has_task("Pack", parent=parent["id"])
    organize(alice, "DELETE", f"/api/lists/{home}?tasks={tasks}")

    assert undone(alice) == ["list.restored", event, event]

    assert all(same(now(alice, task), task) for task in (parent, child))


def test_a_list_that_has_tasks_by_now_is_not_thrown_away(alice: Person) -> None:
    home = has_list(alice, "Home")
    activity = last_activity(alice)
    task = alice.has_task("Move house", list=home)

    assert obstacles(alice, activity) == [("task", task["id"], "list", None, home)]


def test_a_task_does_not_go_back_to_a_list_that_is_deleted_now(alice: Person) -> None:
    home = has_list(alice, "Home")
    task = alice.has_task("Move house", list=home)
    change(alice, task, list=str(alice.id))
    activity = last_activity(alice)
    organize(alice, "DELETE", f"/api/lists/{home}")

    assert obstacles(alice, activity) == [("list", home, "deleted", False, True)]


def test_a_deleted_tag_is_on_its_tasks_again(alice: Person) -> None:
    home, work = has(alice, "tag", "Home"), has(alice, "tag", "Work")
    tasks = [alice.has_task(str(number), tags=[home["id"], work["id"]]) for number in range(3)]
    organize(alice, "DELETE", f"/api/tags/{home['id']}")

    assert undone(alice) == ["tag.restored"] + ["task.updated"] * 3

    assert all(same(now(alice, task), task) for task in tasks)
    assert same(now(alice, home, "tags"), home)


def test_tags_that_were_merged_are_two_again(alice: Person) -> None:
    home, house = has(alice, "tag", "Home"), has(alice, "tag", "House")
    one, both = alice.has_task("One", tags=[house["id"]]), alice.has_task("Both", tags=[home["id"], house["id"]])
    organize(alice, "POST", f"/api/tags/{house['id']}/merge", into=home["id"])

    assert undone(alice) == ["tag.restored", "task.updated", "task.updated"]
    assert all(same(now(alice, task), task) for task in (one, both))

    assert undone(alice) == ["task.updated", "task.updated", "tag.deleted"]
    assert [now(alice, task)["tags"] for task in (one, both)] == [[home["id"]]] * 2


def test_a_tag_whose_name_is_anothers_now_does_not_come_back(alice: Person) -> None:
    home = has(alice, "tag", "Home")
    organize(alice, "DELETE", f"/api/tags/{home['id']}")
    activity = last_activity(alice)
    other = has(alice, "tag", "HOME")

    assert obstacles(alice, activity) == [("tag", other["id"], "name", None, "HOME")]


def test_a_tag_that_tasks_have_by_now_is_not_thrown_away(alice: Person) -> None:
    home = has(alice, "tag", "Home")
    activity = last_activity(alice)
    task = alice.has_task("Sweep", tags=[home["id"]])

    assert obstacles(alice, activity) == [("task", task["id"], "tags", None, [home["id"]])]


def test_a_task_does_not_come_back_with_a_tag_that_is_deleted_now(alice: Person) -> None:
    home = has(alice, "tag", "Home")
    task = alice.has_task("Sweep", tags=[home["id"]])
    alice.at("tasks").delete(url(task))
    activity = last_activity(alice)
    organize(alice, "DELETE", f"/api/tags/{home['id']}")

    assert obstacles(alice, activity) == [("tag", home["id"], "deleted", False, True)]


def test_more_tasks_than_are_in_memory_at_once_have_their_tag_again(alice: Person) -> None:
    home = has(alice, "tag", "Home")
    alice.world.rows(
        "INSERT INTO tasks (user_id, id, title, notes, status, priority, list_id, tags, position, created_at,"
        " updated_at, version) SELECT %s, gen_random_uuid(), number, repeat('x', 4000), 'todo', 'none', %s,"
        " ARRAY[%s::uuid], 'a0', now(), now(), 1 FROM generate_series(1, 1200) AS number",
        alice.id, alice.id, home["id"],
    )  # fmt: skip
    organize(alice, "DELETE", f"/api/tags/{home['id']}")

    answer = undo(alice)

    assert answer.status_code == 200
    assert (answer.json()["total"], len(answer.json()["things"])) == (1201, 500)
    marked = "SELECT count(*) FROM tasks WHERE user_id = %s AND tags = ARRAY[%s::uuid] AND version = 3"
    assert alice.world.rows(marked, alice.id, home["id"]) == [(1200,)]


# Comments


def has_comment(person: Person, task: dict[str, Any], text: str) -> UUID:
    id = new_id()
    person.world.rows(
        "INSERT INTO comments (user_id, id, task_id, text, html, created_at, updated_at, version)"
        " VALUES (%s, %s, %s, %s, %s, now(), now(), 1)",
        person.id, id, task["id"], text, text,
    )  # fmt: skip
    return id


def change_comment(person: Person, id: UUID, **fields: Any) -> None:
    """As a function does it."""

    async def story() -> None:
        async with changes.change(Caller(person.id, None)) as tx:
            current = (await entities.read_any(tx, COMMENT, person.id, [id]))[id]
            await entities.change(tx, COMMENT, {id: (current, current | fields)})

    with a_function_of(person.world):
        run(story())


def comments(person: Person) -> list[tuple[object, ...]]:
    return person.world.rows(
        "SELECT text, deleted_at IS NOT NULL FROM comments WHERE user_id = %s ORDER BY created_at", person.id
    )


def test_a_comment_is_changed_and_deleted_and_both_undone(alice: Person) -> None:
    comment = has_comment(alice, alice.has_task("Buy milk"), "Which?")
    change_comment(alice, comment, text="Whose?", html="Whose?")
    changed = last_activity(alice)
    change_comment(alice, comment, deleted=True)

    assert undone(alice) == ["comment.restored"]
    assert comments(alice) == [("Whose?", False)]
    assert undone(alice, changed) == ["comment.updated"]
    assert comments(alice) == [("Which?", False)]


def test_a_new_task_with_comments_of_later_is_not_thrown_away(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    comment = has_comment(alice, task, "Which?")

    assert obstacles(alice) == [("comment", str(comment), "task", None, task["id"])]

    change_comment(alice, comment, deleted=True)
    [(made,)] = alice.world.rows("SELECT id FROM events WHERE user_id = %s AND sequence = 1", alice.id)
    assert undone(alice, made) == ["task.deleted"]


def test_a_deleted_task_goes_and_comes_with_its_comments(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    has_comment(alice, task, "Which?")
    alice.at("tasks").delete(url(task))

    assert undone(alice) == ["task.restored"]
    assert undone(alice) == ["task.deleted"]

    assert comments(alice) == [("Which?", False)]


def test_a_comment_does_not_come_back_to_a_task_that_is_deleted_now(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    change_comment(alice, has_comment(alice, task, "Which?"), deleted=True)
    activity = last_activity(alice)
    alice.at("tasks").delete(url(task))

    assert obstacles(alice, activity) == [("task", task["id"], "deleted", False, True)]


# Values


def test_a_zone_does_not_come_back_to_what_has_no_hour_any_more(alice: Person) -> None:
    task = alice.has_task("Call Bob", due="2026-12-01T09:00:00", zone="Asia/Tokyo")
    change(alice, task, zone=None)
    activity = last_activity(alice)
    change(alice, task, due="2026-12-01")

    answer = undo(alice, activity)

    assert answer.status_code == 409
    assert "a date without a time" in answer.json()["detail"]


def test_at_an_hour_wherever_one_is_it_is_due_where_one_is_now(alice: Person) -> None:
    task = alice.has_task("Call Bob", due="2026-12-01T09:00:00")
    change(alice, task, due="2026-12-02")
    alice.world.rows("UPDATE users SET zone = 'Asia/Tokyo' WHERE id = %s", alice.id)

    undone(alice)

    back = now(alice, task)
    assert (back["due"], back["due_at"]) == ("2026-12-01T09:00:00", "2026-12-01T00:00:00.000000Z")


def test_obstacles_are_shown_in_part_and_counted_in_full(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    long = "x" * 1000
    change(alice, task, notes=long)
    activity = last_activity(alice)
    change(alice, task, notes="short")

    [shown] = refused(alice, activity)["obstacles"]

    assert shown["left"] == "x" * 199 + "…"


# Whose, and what


def test_what_never_was_and_what_is_anothers_are_not_there_alike(alice: Person, mallory: Person) -> None:
    alice.has_task("Private")
    theirs, nobodys = last_activity(alice), str(new_id())

    answers = [undo(mallory, theirs), undo(mallory, nobodys)]

    said = [json.loads(answer.text.replace(id, "")) for answer, id in zip(answers, (theirs, nobodys), strict=True)]
    assert said[0] | {"request_id": ""} == said[1] | {"request_id": ""}
    assert said[0]["status"] == 404


def test_what_happened_to_the_account_is_not_undone(alice: Person) -> None:
    alice.has_task("Buy milk")
    alice.world.rows("UPDATE events SET type = 'user.logged_in', subject = 'user/1' WHERE user_id = %s", alice.id)

    answer = undo(alice)

    assert answer.status_code == 422
    assert "user.logged_in" in answer.json()["detail"]


def has_history(person: Person) -> None:
    """Of all that happened, as audit keeps it."""
    person.world.rows(
        "WITH entries AS (INSERT INTO activity SELECT user_id, sequence, id, type, subject, happened_at, '', false"
        " FROM events WHERE user_id = %s)"
        " INSERT INTO activity_details SELECT user_id, sequence, data::text FROM events WHERE user_id = %s",
        person.id, person.id,
    )  # fmt: skip


def test_what_events_have_half_lost_is_undone_as_a_whole(alice: Person) -> None:
    home = has_list(alice, "Home")
    tasks = [alice.has_task(str(number), list=home) for number in range(3)]
    organize(alice, "DELETE", f"/api/lists/{home}")
    activity = last_activity(alice)
    has_history(alice)
    alice.world.rows("DELETE FROM events WHERE user_id = %s AND sequence <= 6", alice.id)

    assert undo(alice, activity).json()["total"] == 4

    assert all(is_there(alice, task) for task in tasks)


def test_what_the_history_has_lost_too_is_not_undone_by_halves(alice: Person) -> None:
    home = has_list(alice, "Home")
    for number in range(3):
        alice.has_task(str(number), list=home)
    organize(alice, "DELETE", f"/api/lists/{home}")
    activity = last_activity(alice)
    has_history(alice)
    alice.world.rows("DELETE FROM events WHERE user_id = %s AND sequence <= 6", alice.id)
    alice.world.rows("DELETE FROM activity WHERE user_id = %s AND sequence <= 6", alice.id)

    answer = undo(alice, activity)

    assert answer.status_code == 404
    assert "kept no longer" in answer.json()["detail"]


def test_what_events_have_lost_is_undone_from_the_history(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    change(alice, task, title="Buy bread")
    activity = last_activity(alice)
    change(alice, task, notes="2")
    has_history(alice)
    alice.world.rows("DELETE FROM events WHERE user_id = %s AND sequence <= 2", alice.id)

    assert undone(alice, activity) == ["task.updated"]

    assert (now(alice, task)["title"], now(alice, task)["notes"]) == ("Buy milk", "2")


# At once


def test_an_undo_and_a_change_at_once_come_one_after_the_other(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    change(alice, task, title="Buy bread")
    activity = last_activity(alice)

    with ThreadPoolExecutor(2) as clicks, alice.world.everyone_waits_for(alice.id, waiting=2):
        changing = clicks.submit(alice.at("tasks").patch, url(task), json={"title": "Buy beer"})
        undoing = clicks.submit(undo, alice, activity)

    assert changing.result().status_code == 200
    assert now(alice, task)["title"] == "Buy beer"  # as the later one, or as what stood in the way
    history = [kind for _, kind, _ in alice.events()]
    assert (undoing.result().status_code, len(history)) in ((200, 4), (409, 3))


def test_of_many_clicks_on_undo_one_undoes(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    change(alice, task, title="Buy bread")
    activity = last_activity(alice)

    with ThreadPoolExecutor(3) as clicks, alice.world.everyone_waits_for(alice.id, waiting=3):
        answers = [clicks.submit(undo, alice, activity) for _ in range(3)]

    assert sorted(answer.result().status_code for answer in answers) == [200, 409, 409]
    assert now(alice, task)["title"] == "Buy milk"
    assert len(alice.events()) == 3


@pytest.mark.parametrize("things", FULL)
def test_what_comes_back_counts_as_what_is_new_does(alice: Person, things: str) -> None:
    organize, query = alice.at("organize"), {"query": "today"} if things == "filters" else {}

    def made(name: str) -> httpx.Response:
        return organize.post(f"/api/{things}", json={"name": name} | query)

    first = made("First").json()["id"]
    has_other(alice, things, FULL[things] - (2 if things == "lists" else 1))  # there is the Inbox
    assert (made("One too many").status_code, deleted(organize, f"/api/{things}/{first}")) == (409, 204)
    deletion = last_activity(alice)
    last = made("In its place").json()["id"]

    problem = refused(alice, deletion)

    assert problem["detail"].startswith(f"This would make more {things} than one may have.")
    assert deleted(organize, f"/api/{things}/{last}") == 204
    assert undone(alice, deletion) == [f"{things.removesuffix('s')}.restored"]


def deleted(browser: httpx.Client, address: str) -> int:
    return browser.delete(address).status_code


def has_other(person: Person, things: str, many: int) -> None:
    own = {"lists": ("position, archived, name_key", "'b0', false, name"), "tags": ("name_key", "name")}
    columns, values = own.get(things, ("position, query", "'b0', 'today'"))
    person.world.rows(
        f"INSERT INTO {things} (user_id, id, name, created_at, updated_at, version, {columns})"  # noqa: S608
        f" SELECT %s, gen_random_uuid(), name, now(), now(), 1, {values}"
        " FROM (SELECT 'number ' || n AS name FROM generate_series(1, %s) AS n) AS named",
        person.id, many,
    )  # fmt: skip


def test_what_is_deleted_is_not_put_below_itself_either(alice: Person) -> None:
    """Whoever looks up what is above a task would never come to an end."""
    browser = alice.at("tasks")
    above = alice.has_task("Party")
    below = alice.has_task("Cake", parent=above["id"])
    for task in (below, above):
        browser.delete(url(task))
    browser.post(f"{url(below)}/restore")
    restored = last_activity(alice)
    browser.post(f"{url(above)}/restore")
    browser.patch(url(above), json={"parent": below["id"]})
    browser.delete(url(above))

    answer = undo(alice, restored)

    assert answer.status_code == 409, answer.text
    assert "part of itself" in answer.json()["detail"]
