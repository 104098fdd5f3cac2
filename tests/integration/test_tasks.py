"""Creating, reading, listing, changing and deleting tasks."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from shared.ids import new_id
from tests.people import Person
from tests.ports import free_port
from tests.world import Door, Function, World, eventually


def url(task: dict[str, Any]) -> str:
    return f"/api/tasks/{task['id']}"


def titles(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [task["title"] for task in answer.json()["items"]]


def types(person: Person) -> list[str]:
    return [kind for _, kind, _ in person.events()]


def last_event(person: Person) -> Any:
    [(data,)] = person.world.rows(
        "SELECT data FROM events WHERE user_id = %s ORDER BY sequence DESC LIMIT 1", person.id
    )
    return data


# Creating


def test_a_created_task_is_kept_numbered_and_announced(alice: Person, door: Door) -> None:
    task = alice.has_task("Buy milk", priority="high")

    assert alice.at("tasks").get(url(task)).json() == task
    assert alice.events() == [(1, "task.created", f"task/{task['id']}")]
    eventually(lambda: door.about(f"task/{task['id']}") == ["task.created"], "the broker has the event")


def test_a_new_task_has_what_was_said_and_modest_defaults(alice: Person) -> None:
    task = alice.has_task("  Buy milk ")

    assert task == {
        "id": task["id"],
        "title": "Buy milk",
        "notes": "",
        "status": "todo",
        "priority": "none",
        "due": None,
        "zone": None,
        "due_at": None,
        "start": None,
        "list": str(alice.id),
        "parent": None,
        "tags": [],
        "position": task["position"],
        "created_at": task["created_at"],
        "updated_at": task["created_at"],
        "completed_at": None,
        "version": 1,
        "series": None,
        "slot": None,
        "ordinal": None,
        "follows": None,
        "skipped_at": None,
        "recurrence": None,
        "reminders": [],
    }
    assert UUID(task["id"]).version == 7


def test_the_answer_says_where_the_task_is_and_which_version_it_has(alice: Person) -> None:
    answer = alice.at("tasks").post("/api/tasks", json={"title": "Buy milk"})

    assert answer.headers["location"] == url(answer.json())
    assert answer.headers["etag"] == '"1"'
    assert alice.at("tasks").get(answer.headers["location"]).headers["etag"] == '"1"'


def test_a_client_that_was_offline_brings_its_own_id(alice: Person) -> None:
    task_id = str(new_id())

    assert alice.has_task("Buy milk", id=task_id)["id"] == task_id

    again = alice.at("tasks").post("/api/tasks", json={"title": "Buy bread", "id": task_id})
    assert again.status_code == 409
    assert alice.at("tasks").get(f"/api/tasks/{task_id}").json()["title"] == "Buy milk"
    assert types(alice) == ["task.created"]


def test_the_same_id_in_two_accounts_is_two_tasks(alice: Person, mallory: Person) -> None:
    task = alice.has_task("Private")

    mallory.has_task("Mine", id=task["id"])

    assert alice.at("tasks").get(url(task)).json() == task
    assert mallory.at("tasks").get(url(task)).json()["title"] == "Mine"


# Listing


def test_the_list_begins_with_the_newest(alice: Person, mallory: Person) -> None:
    for title in ("one", "two", "three"):
        alice.has_task(title)
    mallory.has_task("not Alice's")

    answer = alice.at("tasks").get("/api/tasks")

    assert titles(answer) == ["three", "two", "one"]
    assert answer.json()["next"] is None


def test_somebody_new_has_an_empty_list(alice: Person) -> None:
    assert alice.at("tasks").get("/api/tasks").json() == {"items": [], "next": None}


def test_pages_neither_repeat_nor_miss_while_tasks_come_and_go(alice: Person) -> None:
    tasks = [alice.has_task(str(number)) for number in range(6)]
    browser = alice.at("tasks")

    first = browser.get("/api/tasks", params={"limit": 2})
    alice.has_task("came later")
    browser.delete(url(tasks[4]))  # the row the cursor stands at
    browser.delete(url(tasks[2]))
    second = browser.get("/api/tasks", params={"limit": 2, "cursor": first.json()["next"]})
    third = browser.get("/api/tasks", params={"limit": 2, "cursor": second.json()["next"]})

    assert [titles(first), titles(second), titles(third)] == [["5", "4"], ["3", "1"], ["0"]]
    assert third.json()["next"] is None


def test_tasks_of_the_very_same_moment_are_on_one_page_each(alice: Person) -> None:
    for number in range(4):
        alice.has_task(str(number))
    alice.world.rows("UPDATE tasks SET created_at = '2026-11-20 09:00:00.123456Z' WHERE user_id = %s", alice.id)

    seen, cursor = [], None
    while True:
        page = alice.at("tasks").get("/api/tasks", params={"limit": 1} | ({"cursor": cursor} if cursor else {}))
        seen += titles(page)
        if (cursor := page.json()["next"]) is None:
            break

    assert seen == ["3", "2", "1", "0"]


def test_the_list_can_be_narrowed_to_some_statuses(alice: Person) -> None:
    for status in ("todo", "in_progress", "done", "cancelled", "todo"):
        alice.has_task(status, status=status)
    browser = alice.at("tasks")

    first = browser.get("/api/tasks", params={"status": ["todo", "done"], "limit": 2})
    second = browser.get("/api/tasks", params={"status": ["todo", "done"], "cursor": first.json()["next"]})

    assert [titles(first), titles(second)] == [["todo", "done"], ["todo"]]


# Replacing and patching


def test_put_replaces_everything_a_client_may_write(alice: Person) -> None:
    task = alice.has_task("Buy milk", notes="2 l", priority="high", due="2026-12-01")

    answer = alice.at("tasks").put(url(task), json={"title": "Buy bread"})

    assert answer.json() == task | {
        "title": "Buy bread", "notes": "", "priority": "none", "due": None, "version": 2,
        "updated_at": answer.json()["updated_at"],
    }  # fmt: skip
    assert answer.headers["etag"] == '"2"'


TIMED: dict[str, Any] = {"due": "2026-12-01T09:00:00", "zone": "Asia/Tokyo"}


@pytest.mark.parametrize(
    ("before", "patch", "after"),
    [
        ({}, {"title": "Buy bread"}, {"title": "Buy bread"}),
        ({"notes": "2 l"}, {"priority": "low"}, {"notes": "2 l", "priority": "low"}),
        ({"notes": "2 l", "priority": "low"}, {"notes": None, "priority": None}, {"notes": "", "priority": "none"}),
        ({}, {"due": "2026-12-01"}, {"due": "2026-12-01", "due_at": None}),
        ({}, TIMED, TIMED | {"due_at": "2026-12-01T00:00:00.000000Z"}),
        (TIMED, {"zone": None}, {"due": "2026-12-01T09:00:00", "zone": None, "due_at": "2026-12-01T08:00:00.000000Z"}),
        (TIMED, {"due": "2026-12-01"}, {"due": "2026-12-01", "zone": None, "due_at": None}),
        (TIMED, {"due": "2026-12-02T09:00"}, {"due": "2026-12-02T09:00:00", "zone": "Asia/Tokyo"}),
        (TIMED, {"due": None}, {"due": None, "zone": None, "due_at": None}),
        ({"due": "2026-12-01"}, {"status": "done"}, {"due": "2026-12-01", "status": "done"}),
    ],
)
def test_a_patch_changes_what_it_names_and_null_empties(
    alice: Person, before: dict[str, Any], patch: dict[str, Any], after: dict[str, Any]
) -> None:
    task = alice.has_task("Buy milk", **before)

    answer = alice.at("tasks").patch(url(task), json=patch)

    assert answer.status_code == 200, answer.text
    derived = {"version": 2, "updated_at": answer.json()["updated_at"]}
    derived |= {name: answer.json()[name] for name in ("due_at", "completed_at") if name not in after}
    assert answer.json() == task | derived | after
    assert alice.at("tasks").get(url(task)).json() == answer.json()


@pytest.mark.parametrize("patch", [{}, {"title": "Buy milk"}, {"due": "2026-12-01T09:00", "status": "todo"}])
def test_a_patch_that_changes_nothing_says_nothing(alice: Person, patch: dict[str, Any]) -> None:
    task = alice.has_task("Buy milk", due="2026-12-01T09:00:00")

    answer = alice.at("tasks").patch(url(task), json=patch)

    assert answer.json() == task
    assert answer.headers["etag"] == '"1"'
    assert types(alice) == ["task.created"]


@pytest.mark.parametrize("patch", [{"title": None}, {"due": None, "zone": "UTC"}, {"zone": "UTC"}])
def test_a_patch_whose_result_cannot_be_is_refused_as_a_whole(alice: Person, patch: dict[str, Any]) -> None:
    task = alice.has_task("Buy milk")

    answer = alice.at("tasks").patch(url(task), json=patch)

    assert answer.status_code == 422
    assert alice.at("tasks").get(url(task)).json() == task


@pytest.mark.parametrize(
    ("before", "after", "event"),
    [
        ("todo", "in_progress", "task.updated"),
        ("todo", "done", "task.completed"),
        ("in_progress", "done", "task.completed"),
        ("cancelled", "done", "task.completed"),
        ("done", "todo", "task.reopened"),
        ("done", "in_progress", "task.reopened"),
        ("done", "cancelled", "task.reopened"),
        ("todo", "cancelled", "task.updated"),
    ],
)
def test_a_change_of_status_is_called_what_it_is(alice: Person, before: str, after: str, event: str) -> None:
    task = alice.has_task("Buy milk", status=before)

    changed = alice.at("tasks").patch(url(task), json={"status": after, "notes": "2 l"}).json()

    assert (changed["completed_at"] is None) == (after != "done")
    assert types(alice) == ["task.created", event]
    assert last_event(alice)["task"] == changed
    assert last_event(alice)["changes"] == {"status": [before, after], "notes": ["", "2 l"]} | (
        {"completed_at": [task["completed_at"], changed["completed_at"]]} if "done" in (before, after) else {}
    )


def test_a_finished_task_keeps_the_moment_it_was_finished(alice: Person) -> None:
    task = alice.has_task("Buy milk", status="done")

    edited = alice.at("tasks").patch(url(task), json={"title": "Buy bread"}).json()

    assert edited["completed_at"] == task["completed_at"] is not None


# Deleting


def test_a_deleted_task_is_gone_and_said_to_be(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    browser = alice.at("tasks")

    answers = [browser.delete(url(task)), browser.get(url(task)), browser.delete(url(task))]

    assert [answer.status_code for answer in answers] == [204, 404, 404]
    assert answers[0].content == b""
    assert titles(browser.get("/api/tasks")) == []
    assert types(alice) == ["task.created", "task.deleted"]
    assert last_event(alice)["changes"] == {"deleted": [False, True]}


# Versions


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_change_of_something_older_is_refused_and_shows_what_there_is(alice: Person, method: str) -> None:
    task = alice.has_task("Buy milk")
    browser = alice.at("tasks")
    current = browser.patch(url(task), json={"title": "Buy bread"}).json()

    body = None if method == "DELETE" else {"title": "Buy beer"}
    answer = browser.request(method, url(task), headers={"if-match": '"1"'}, json=body)

    assert answer.status_code == 412
    assert answer.json()["current"] == current
    assert browser.get(url(task)).json() == current
    assert types(alice) == ["task.created", "task.updated"]


@pytest.mark.parametrize(
    ("if_match", "status"),
    [
        ('"1"', 200),
        ("*", 200),
        ('"7", "1"', 200),
        ('"2"', 412),
        ('"7",,"a,b", "1" ,', 200),
        ('W/"1", "1"', 200),
        ('W/"1"', 412),
        ('"7", W/"1"', 412),
        ('"01"', 412),
        ('"*"', 412),
        ("1", 400),
        ("w/1", 400),
        ("", 400),
        (",", 400),
        ('"1" "2"', 400),
        ('*, "1"', 400),
        ("nonsense", 400),
    ],
)
def test_if_match_names_the_very_version(alice: Person, if_match: str, status: int) -> None:
    task = alice.has_task("Buy milk")

    answer = alice.at("tasks").patch(url(task), headers={"if-match": if_match}, json={"title": "Buy bread"})

    assert answer.status_code == status


@pytest.mark.parametrize("if_match", ['W/"1"', "1"])
def test_a_tag_that_can_match_nothing_is_refused_with_what_to_send(alice: Person, if_match: str) -> None:
    task = alice.has_task("Buy milk")

    answer = alice.at("tasks").patch(url(task), headers={"if-match": if_match}, json={"title": "Buy bread"})

    said = 'Send "1" without it.' if if_match.startswith("W/") else 'quotes included: "3".'
    assert answer.json()["detail"].endswith(said)


def test_of_two_changes_to_one_version_one_is_refused(alice: Person) -> None:
    task = alice.has_task("Buy milk")

    def change(title: str) -> int:
        changed = alice.at("tasks").patch(url(task), headers={"if-match": '"1"'}, json={"title": title})
        return changed.status_code

    with ThreadPoolExecutor(2) as clicks, alice.world.everyone_waits_for(alice.id, waiting=2):
        statuses = [clicks.submit(change, title) for title in ("Buy bread", "Buy beer")]

    assert sorted(status.result() for status in statuses) == [200, 412]
    assert types(alice) == ["task.created", "task.updated"]


# Sending again


def test_a_request_sent_again_gets_its_first_answer(alice: Person) -> None:
    browser, key = alice.at("tasks"), {"idempotency-key": uuid4().hex}

    first = browser.post("/api/tasks", json={"title": "Buy milk"}, headers=key)
    browser.patch(url(first.json()), json={"title": "Buy bread"})
    again = browser.post("/api/tasks", json={"title": "Buy milk"}, headers=key)

    assert (again.status_code, again.content) == (201, first.content)
    for name in ("etag", "location", "content-type"):
        assert again.headers[name] == first.headers[name]
    assert types(alice) == ["task.created", "task.updated"]


def test_a_key_belongs_to_one_request(alice: Person) -> None:
    browser, key = alice.at("tasks"), {"idempotency-key": uuid4().hex}
    browser.post("/api/tasks", json={"title": "Buy milk"}, headers=key)

    other = browser.post("/api/tasks", json={"title": "Buy bread"}, headers=key)

    assert other.status_code == 422
    assert "Idempotency-Key" in other.json()["detail"]
    assert types(alice) == ["task.created"]


def test_a_key_belongs_to_one_person(alice: Person, mallory: Person) -> None:
    key = {"idempotency-key": uuid4().hex}
    mine = alice.at("tasks").post("/api/tasks", json={"title": "Buy milk"}, headers=key)

    hers = mallory.at("tasks").post("/api/tasks", json={"title": "Buy milk"}, headers=key)

    assert hers.status_code == 201
    assert hers.json()["id"] != mine.json()["id"]


def test_a_refused_request_may_be_put_right_under_its_key(alice: Person) -> None:
    browser, key = alice.at("tasks"), {"idempotency-key": uuid4().hex}
    task_id = alice.has_task("Buy milk")["id"]

    refused = browser.post("/api/tasks", json={"title": "Buy bread", "id": task_id}, headers=key)
    accepted = browser.post("/api/tasks", json={"title": "Buy bread"}, headers=key)

    assert [refused.status_code, accepted.status_code] == [409, 201]


def test_a_task_with_its_own_id_sent_again_gets_its_first_answer(alice: Person) -> None:
    browser, key, body = alice.at("tasks"), {"idempotency-key": uuid4().hex}, {"title": "Milk", "id": str(new_id())}

    answers = [browser.post("/api/tasks", json=body, headers=key) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert types(alice) == ["task.created"]


@pytest.mark.parametrize("due", [None, "2026-12-01T09:00"], ids=["one statement", "a transaction"])
def test_sent_again_it_gets_its_first_answer_though_its_list_and_tags_are_gone(alice: Person, due: str | None) -> None:
    browser, organize, key = alice.at("tasks"), alice.at("organize"), {"idempotency-key": uuid4().hex}
    kept_in, marked = (
        organize.post(f"/api/{kind}", json={"name": "Errands"}).json()["id"] for kind in ("lists", "tags")
    )
    body = {"title": "Milk", "list": kept_in, "tags": [marked], "due": due}
    first = browser.post("/api/tasks", json=body, headers=key)
    organize.delete(f"/api/lists/{kept_in}")
    organize.delete(f"/api/tags/{marked}")

    again = browser.post("/api/tasks", json=body, headers=key)

    assert (again.status_code, again.content) == (201, first.content)


def test_at_an_hour_wherever_one_is_sent_again_gets_its_first_answer(alice: Person) -> None:
    browser, key = alice.at("tasks"), {"idempotency-key": uuid4().hex}
    body = {"title": "Milk", "due": "2026-12-01T09:00", "status": "done"}

    answers = [browser.post("/api/tasks", json=body, headers=key) for _ in range(2)]

    assert answers[0].content == answers[1].content
    assert answers[0].json()["completed_at"] == answers[0].json()["created_at"]
    assert types(alice) == ["task.created"]


def test_a_key_of_more_than_a_day_ago_is_free_again(alice: Person) -> None:
    browser, key = alice.at("tasks"), {"idempotency-key": uuid4().hex}
    for title in ("Buy milk", "Buy bread", "Buy beer"):
        alice.world.rows("UPDATE answers SET given_at = now() - interval '25 hours' WHERE user_id = %s", alice.id)

        answers = [browser.post("/api/tasks", json={"title": title}, headers=key) for _ in range(2)]

        assert [answer.json()["title"] for answer in answers] == [title, title]
    assert [number for number, _, _ in alice.events()] == [1, 2, 3]


def test_a_refused_task_uses_up_no_number(alice: Person) -> None:
    task_id = alice.has_task("Buy milk")["id"]
    assert alice.at("tasks").post("/api/tasks", json={"title": "Buy bread", "id": task_id}).status_code == 409
    alice.has_task("Buy beer")

    assert [number for number, _, _ in alice.events()] == [1, 2]
    assert alice.world.rows("SELECT value FROM counters WHERE user_id = %s", alice.id) == [(2,)]


def test_a_request_sent_twice_at_once_is_done_once(alice: Person, world: World) -> None:
    key = {"idempotency-key": uuid4().hex}
    browsers = [alice.at("tasks"), alice.browsing(world.start("tasks"))]  # whoever comes to the same one waits in it

    def send(number: int) -> httpx.Response:
        return browsers[number % 2].post("/api/tasks", json={"title": "Buy milk"}, headers=key)

    with ThreadPoolExecutor(4) as clicks, world.everyone_waits_for(alice.id, waiting=2):
        answers = [clicks.submit(send, number) for number in range(4)]

    assert {answer.result().status_code for answer in answers} == {201}
    assert len({answer.result().content for answer in answers}) == 1
    assert types(alice) == ["task.created"]


# When a task is due


@pytest.mark.parametrize(
    ("due", "zone", "reads", "due_at"),
    [
        ("2026-12-01", None, "2026-12-01", None),
        ("2026-12-01T09:00", "Asia/Tokyo", "2026-12-01T09:00:00", "2026-12-01T00:00:00.000000Z"),
        ("2026-12-01T09:00:30", "UTC", "2026-12-01T09:00:30", "2026-12-01T09:00:30.000000Z"),
        ("2026-12-01T09:00", None, "2026-12-01T09:00:00", "2026-12-01T08:00:00.000000Z"),  # Alice lives in Berlin
        ("2026-03-29T02:30", "Europe/Berlin", "2026-03-29T02:30:00", "2026-03-29T01:30:00.000000Z"),  # skipped: 03:30
        ("2026-03-29T02:30", None, "2026-03-29T02:30:00", "2026-03-29T01:30:00.000000Z"),
        ("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T02:30:00", "2026-10-25T00:30:00.000000Z"),  # the first of two
        ("2026-12-31T23:59:59", "Pacific/Kiritimati", "2026-12-31T23:59:59", "2026-12-31T09:59:59.000000Z"),
        ("1970-01-01", None, "1970-01-01", None),
        ("9000-12-31T23:59:59", "Pacific/Pago_Pago", "9000-12-31T23:59:59", "9001-01-01T10:59:59.000000Z"),
    ],
)
def test_a_due_date_is_kept_as_said_and_its_instant_follows(
    alice: Person, due: str, zone: str | None, reads: str, due_at: str | None
) -> None:
    task = alice.has_task("Call Bob", due=due, zone=zone)

    assert (task["due"], task["zone"], task["due_at"]) == (reads, zone, due_at)


# What the world hears


def test_an_event_carries_the_task_the_change_and_who_did_it(alice: Person, door: Door) -> None:
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    task = alice.has_task("Buy milk")

    changed = alice.at("tasks").patch(url(task), json={"title": "Buy bread"}, headers={"traceparent": trace}).json()

    subject = f"task/{task['id']}"
    eventually(lambda: door.about(subject) == ["task.created", "task.updated"], "both events are at the broker")
    [event] = [posted for posted in door.posted if posted.subject == subject and posted.type == "task.updated"]
    fact = json.loads(event.data)
    assert event.topic == "task-events"
    assert event.headers["content-type"] == "application/json"
    assert {name: value for name, value in event.headers.items() if name.startswith("ce-")} == {
        "ce-specversion": "1.0",
        "ce-id": event.headers["ce-id"],
        "ce-source": "/taskora/tasks",
        "ce-type": "task.updated",
        "ce-subject": subject,
        "ce-time": event.headers["ce-time"],
        "ce-partitionkey": str(alice.id),
        "ce-sequence": "2",
        "ce-dataschema": "/eventing/schemas/task.updated.v1.json",
        "ce-traceparent": trace,
        "ce-signature": event.headers["ce-signature"],
    }
    assert fact == {
        "task": changed,
        "changes": {"title": ["Buy milk", "Buy bread"]},
        "actor": {"user": str(alice.id), "via": "web", "token": None},
        "operation": fact["operation"],
    }


def test_writers_at_once_get_numbers_without_gaps_in_the_order_of_time(alice: Person, door: Door) -> None:
    with ThreadPoolExecutor(20) as writers:
        tasks = list(writers.map(lambda number: alice.has_task(str(number)), range(60)))

    rows = alice.world.rows("SELECT sequence, subject FROM events WHERE user_id = %s ORDER BY happened_at", alice.id)
    assert [number for number, _ in rows] == list(range(1, 61))
    assert {subject for _, subject in rows} == {f"task/{task['id']}" for task in tasks}
    eventually(lambda: sorted(numbers_at(door, alice)) == list(range(1, 61)), "the broker has each number once")
    eventually(lambda: unpublished(alice) == [], "each is marked published")


def numbers_at(door: Door, person: Person) -> list[int]:
    return [
        int(event.headers["ce-sequence"])
        for event in list(door.posted)
        if event.headers.get("ce-partitionkey") == str(person.id)
    ]


def unpublished(person: Person) -> list[tuple[object, ...]]:
    return person.world.rows(
        "SELECT sequence, attempts, refusal, extract(epoch FROM next_attempt_at - happened_at)::float"
        "  FROM outbox JOIN events USING (user_id, sequence) WHERE user_id = %s ORDER BY sequence",
        person.id,
    )


def test_nothing_is_said_before_it_is_committed(alice: Person, mallory: Person, door: Door) -> None:
    """Alice's change waits with its last statement, after its event was stored. Mallory's, which is later, is published
    by the same process; what had been said for Alice would have been said before that.
    """
    key = uuid4().hex
    with ThreadPoolExecutor(1) as writer, psycopg.connect(alice.world.owner_url) as connection:
        connection.execute(
            "INSERT INTO answers (user_id, key, request_hash, status, headers, body, given_at)"
            " VALUES (%s, %s, '', 201, '{}', '', now())",
            [alice.id, key],
        )
        answer = writer.submit(
            alice.at("tasks").post, "/api/tasks", json={"title": "Buy milk"}, headers={"idempotency-key": key}
        )
        eventually(lambda: alice.world.waiting_for_locks() == 1, "Alice's change is about to commit")

        later = mallory.has_task("Later")
        eventually(lambda: door.about(f"task/{later['id']}"), "Mallory's event is at the broker")
        said_before = numbers_at(door, alice)
        connection.rollback()

        assert answer.result().status_code == 201
    assert said_before == []
    eventually(lambda: numbers_at(door, alice) == [1], "Alice's event is at the broker")


@pytest.mark.parametrize("status", [500, 503, 429, 404])
def test_what_the_broker_does_not_take_now_stays_for_later(alice: Person, door: Door, status: int) -> None:
    door.answers = status

    alice.has_task("Buy milk")

    eventually(lambda: [row[1] for row in unpublished(alice)] == [1], "the attempt is counted")
    [(_, _, refusal, pause)] = unpublished(alice)
    assert refusal is None
    assert 7.5 <= float(str(pause)) <= 13.5


def test_what_the_broker_refuses_is_parked_and_the_next_one_passes(alice: Person, door: Door) -> None:
    door.answers = 400
    alice.has_task("Buy milk")
    eventually(lambda: unpublished(alice) and unpublished(alice)[0][1] == 1, "the attempt is counted")
    door.answers = 202

    alice.has_task("Buy bread")

    eventually(lambda: numbers_at(door, alice) == [2], "the second is at the broker")
    eventually(lambda: len(unpublished(alice)) == 1, "the second is marked published")
    assert unpublished(alice)[0][2] == "the broker answered 400"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tasks SET title = '' WHERE id = %s",
        "UPDATE tasks SET status = 'begun' WHERE id = %s",
        "UPDATE tasks SET priority = 'p1' WHERE id = %s",
        "UPDATE tasks SET zone = 'Europe/Berlin' WHERE id = %s",
        "UPDATE tasks SET due_time = '09:00', due_at = now() WHERE id = %s",
        "UPDATE tasks SET due_on = '2040-01-01', due_at = now() WHERE id = %s",
        "UPDATE tasks SET status = 'done' WHERE id = %s",
        "UPDATE tasks SET completed_at = now() WHERE id = %s",
    ],
)
def test_the_table_holds_no_task_that_cannot_be(alice: Person, statement: str) -> None:
    task = alice.has_task("Buy milk")

    with pytest.raises(psycopg.errors.CheckViolation):
        alice.world.rows(statement, task["id"])


def test_the_table_holds_each_tag_of_a_task_once(alice: Person) -> None:
    task, tag = alice.has_task("Buy milk"), made_tag(alice)

    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        alice.world.rows("UPDATE tasks SET tags = ARRAY[%s, %s]::uuid[] WHERE id = %s", tag, tag, task["id"])


def made_tag(person: Person) -> str:
    answer = person.at("organize").post("/api/tags", json={"name": "errand"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.fixture
def own_process(world: World) -> Iterator[Function]:
    """A process of this test's own, to be ended by it."""
    function = world.start("tasks")
    yield function
    function.kill()


def create(function: Function, person: Person, title: str) -> dict[str, Any]:
    headers = dict(person.at("tasks").headers) | {"cookie": f"session={person.token}"}
    answer = httpx.post(f"{function.url}/api/tasks", json={"title": title}, headers=headers)
    assert answer.status_code == 201, answer.text
    task: dict[str, Any] = answer.json()
    return task


def test_without_a_broker_people_work_on(world: World, alice: Person) -> None:
    function = world.start("tasks", BROKER_INGRESS_URL=f"http://127.0.0.1:{free_port()}/taskora")

    create(function, alice, "Buy milk")

    eventually(lambda: [row[1] for row in unpublished(alice)] == [1], "the attempt is counted")
    assert function.terminate() == 0


def test_a_process_that_ends_says_first_what_it_has_to_say(own_process: Function, alice: Person, door: Door) -> None:
    door.opened.clear()
    for number in range(5):
        create(own_process, alice, str(number))

    own_process.begin_to_end()
    assert numbers_at(door, alice) == []
    door.opened.set()

    assert own_process.ended() == 0
    assert numbers_at(door, alice) == [1, 2, 3, 4, 5]
    assert unpublished(alice) == []


def test_a_killed_process_loses_nothing_it_answered(own_process: Function, alice: Person, door: Door) -> None:
    door.opened.clear()
    tasks = [create(own_process, alice, str(number)) for number in range(5)]

    own_process.kill()

    assert titles(alice.at("tasks").get("/api/tasks")) == ["4", "3", "2", "1", "0"]
    assert [number for number, *_ in unpublished(alice)] == [1, 2, 3, 4, 5]
    assert alice.events() == [(n, "task.created", f"task/{task['id']}") for n, task in enumerate(tasks, 1)]
