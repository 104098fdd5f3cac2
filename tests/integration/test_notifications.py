"""What somebody is told is there once, in order, until they have seen it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest

from shared import changes, notices
from shared.callers import Caller
from tests import telling
from tests.inside import a_function_of, run
from tests.people import Person
from tests.telling import add, reminder, tell
from tests.world import World


def page(person: Person, **asked: Any) -> dict[str, Any]:
    answer = person.at("notify").get("/api/notifications", params=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ids(page: dict[str, Any]) -> list[UUID]:
    return [UUID(item["id"]) for item in page["items"]]


def read(person: Person, id: UUID) -> dict[str, Any]:
    answer = person.at("notify").post(f"/api/notifications/{id}/read")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_it_says_what_was_meant_when_it_was_planned_and_how_late_it_is(alice: Person) -> None:
    task = alice.has_task("Stand up", due="2040-03-26T09:00:00", zone="Europe/Berlin")
    notice = reminder(task, late=90)
    [id] = add(alice, notice).values()
    alice.at("tasks").patch(f"/api/tasks/{task['id']}", json={"title": "Sit down"})

    [said] = page(alice)["items"]

    [about] = said["tasks"]
    assert (said["id"], said["kind"], said["total"], said["read_at"]) == (str(id), "reminder", 1, None)
    assert (about["title"], about["due"], about["zone"]) == ("Stand up", "2040-03-26T09:00:00", "Europe/Berlin")
    assert about["reminders"] == [str(each) for each in notice.about[0].reminders]
    assert 90 <= said["late"] < 110


def test_its_event_has_its_number_and_says_the_same(alice: Person) -> None:
    tell(alice)

    [said] = page(alice)["items"]

    [(sequence, data, topic)] = alice.world.rows(
        "SELECT sequence, data, topic FROM events WHERE user_id = %s AND type = 'notification.created'", alice.id
    )
    assert isinstance(data, dict)
    assert (said["sequence"], topic) == (sequence, "reminder-events")
    assert data["notification"] == said
    assert (data["changes"], data["actor"]["via"]) == ({}, "system")


def test_one_key_is_said_once_however_often(alice: Person) -> None:
    task = alice.has_task("Stand up")

    first = add(alice, *(reminder(task, key=key) for key in ("the same", "the same", "another")))
    again = add(alice, reminder(task, key="another"), reminder(task, key="the same"))

    assert set(first) == {"the same", "another"}
    assert not again
    assert sorted(ids(page(alice))) == sorted(first.values())
    assert [kind for _, kind, _ in alice.events()] == ["task.created", *["notification.created"] * 2]


def test_two_who_have_the_same_to_say_at_once_say_it_once(alice: Person, world: World) -> None:
    task = alice.has_task("Stand up")

    async def both() -> list[dict[str, UUID]]:
        return await asyncio.gather(*(one(reminder(task, key="the same")) for _ in range(2)))

    async def one(notice: notices.Notice) -> dict[str, UUID]:
        async with changes.change(Caller(alice.id, session_id=None, via="system")) as tx:
            return await notices.add(tx, [notice])

    with a_function_of(world), ThreadPoolExecutor(1) as thread:
        with world.everyone_waits_for(alice.id, waiting=2):
            said = thread.submit(run, both())
        made = said.result()

    assert sorted(map(len, made)) == [0, 1]
    assert page(alice)["unread"] == 1


def test_what_is_not_committed_was_never_said(alice: Person, world: World) -> None:
    task = alice.has_task("Stand up")

    async def fails() -> None:
        async with changes.change(Caller(alice.id, session_id=None, via="system")) as tx:
            await notices.add(tx, [reminder(task)])
            raise ZeroDivisionError

    with a_function_of(world), pytest.raises(ZeroDivisionError):
        run(fails())

    assert page(alice) == {"items": [], "next": None, "unread": 0}
    assert [kind for _, kind, _ in alice.events()] == ["task.created"]


def test_many_are_numbered_in_the_order_in_which_they_were_given(alice: Person) -> None:
    task = alice.has_task("Stand up")
    wanted = [reminder(task, key=f"{number}") for number in range(30)]

    made = add(alice, *wanted)

    newest_first = [made[notice.key] for notice in reversed(wanted)]
    assert ids(page(alice)) == newest_first
    assert [item["sequence"] for item in page(alice)["items"]] == list(range(31, 1, -1))


def test_pages_neither_skip_nor_repeat_while_more_is_said(alice: Person) -> None:
    task = alice.has_task("Stand up")
    made = list(add(alice, *[reminder(task) for _ in range(5)]).values())
    first = page(alice, limit=2)
    tell(alice)
    second = page(alice, limit=2, cursor=first["next"])
    third = page(alice, limit=2, cursor=second["next"])

    found = [*ids(first), *ids(second), *ids(third)]

    assert sorted(found) == sorted(made)
    assert third["next"] is None


def test_whoever_was_away_gets_what_they_missed(alice: Person) -> None:
    tell(alice)
    known = page(alice)["items"][0]["sequence"]
    missed = [tell(alice) for _ in range(2)]

    assert ids(page(alice, after=known)) == missed[::-1]
    assert ids(page(alice, after=known + 10)) == []


def test_what_was_read_is_read_everywhere_and_once(alice: Person) -> None:
    one, other = tell(alice), tell(alice)

    answers = [read(alice, one) for _ in range(2)]

    assert answers[0] == answers[1]
    assert (answers[0]["version"], page(alice)["unread"]) == (2, 1)
    assert ids(page(alice, unread=True)) == [other]
    events = [(kind, subject) for _, kind, subject in alice.events() if kind == "notification.read"]
    assert events == [("notification.read", f"notification/{one}")]


def test_reading_all_leaves_unread_what_was_not_shown_yet(alice: Person) -> None:
    shown = [tell(alice) for _ in range(3)]
    last = page(alice)["items"][0]["sequence"]
    later = tell(alice)

    answer = alice.at("notify").post("/api/notifications/read", json={"through": last})

    assert answer.json() == {"read": 3, "unread": 1}
    assert ids(page(alice, unread=True)) == [later]
    subjects = [subject for _, kind, subject in alice.events() if kind == "notification.read"]
    assert sorted(subjects) == sorted(f"notification/{id}" for id in shown)
    assert alice.at("notify").post("/api/notifications/read", json={}).json() == {"read": 1, "unread": 0}
    assert alice.at("notify").post("/api/notifications/read", json={}).json() == {"read": 0, "unread": 0}


def test_somebody_elses_is_none(alice: Person, mallory: Person) -> None:
    id = tell(alice)

    for path in ("read", "deliveries"):
        method = "POST" if path == "read" else "GET"
        assert mallory.at("notify").request(method, f"/api/notifications/{id}/{path}").status_code == 404
    assert mallory.at("notify").post("/api/notifications/read", json={}).json() == {"read": 0, "unread": 0}
    assert page(mallory)["items"] == []
    assert page(alice)["unread"] == 1


def test_a_cursor_is_one_of_ours_or_none(alice: Person) -> None:
    for cursor in ("x", "W10=", "WyI5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTkiXQ=="):
        assert alice.at("notify").get("/api/notifications", params={"cursor": cursor}).status_code == 422


def test_the_receipt_of_the_page_is_there_with_the_row(alice: Person) -> None:
    id = telling.tell(alice, late=5)

    answer = alice.at("notify").get(f"/api/notifications/{id}/deliveries").json()

    [receipt] = answer["items"]
    assert (receipt["channel"], receipt["outcome"], receipt["attempts"]) == ("in_app", "sent", 1)
    assert 5 <= receipt["late"] < 25
