"""What became of a task's reminders is shown with the task."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.ids import new_id
from tests.deliveries import Delivery, work_due
from tests.people import Person
from tests.reminding import told
from tests.world import Door, Function, World, eventually


@pytest.fixture
def world(quiet_world: World) -> World:
    """In which nobody else is reminded of anything."""
    quiet_world.rows("DELETE FROM firings")
    quiet_world.door.posted.clear()
    return quiet_world


@pytest.fixture
def remind(world: World) -> Function:
    return world.function("remind")


def local(ahead: float) -> str:
    return (datetime.now(UTC) + timedelta(seconds=ahead)).isoformat()[:19]


def has_task(person: Person, ahead: float, **fields: Any) -> dict[str, Any]:
    return person.has_task("Stand up", due=local(ahead), zone="Etc/UTC", **fields)


def receipts(person: Person, task: dict[str, Any]) -> list[dict[str, Any]]:
    answer = person.at("remind").get(f"/api/tasks/{task['id']}/reminders")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def changes(person: Person, task: dict[str, Any], **fields: Any) -> None:
    person.at("tasks").patch(f"/api/tasks/{task['id']}", json=fields).raise_for_status()


def scheduled(door: Door, task: dict[str, Any]) -> Delivery:
    """What was said of it, as its Trigger delivers it."""
    subject = f"reminder/{task['id']}"
    eventually(lambda: "reminder.scheduled" in door.about(subject), "it is said")
    *_, said = [posted for posted in door.posted if (posted.subject, posted.type) == (subject, "reminder.scheduled")]
    return Delivery({name: value for name, value in said.headers.items() if name.startswith("ce-")}, said.data)


def test_what_is_saved_for_a_moment_ahead_fires_without_the_clock(alice: Person, door: Door, remind: Function) -> None:
    task = has_task(alice, 62, reminders=[{"kind": "before", "minutes": 1}])

    assert scheduled(door, task).to(remind).status_code == 204

    [reminder] = receipts(alice, task)
    [firing] = reminder["firings"]
    assert (firing["state"], reminder["fire_at"], reminder["removed"]) == ("fired", None, False)
    assert firing["late"] < 2
    [notification] = told(alice)
    assert firing["notification"] == notification["id"]
    assert firing["deliveries"] == [
        {
            "channel": "in_app",
            "deliver_at": firing["fire_at"],
            "sent_at": firing["settled_at"],
            "late": firing["late"],
            "outcome": "sent",
        }
    ]


def test_what_has_been_when_it_is_saved_fires_at_once(alice: Person, door: Door, remind: Function) -> None:
    task = has_task(alice, 60, reminders=[{"kind": "before", "minutes": 60}, {"kind": "before", "minutes": 120}])

    assert scheduled(door, task).to(remind).status_code == 204

    [notification] = told(alice)
    assert len(notification["tasks"][0]["reminders"]) == 2
    late = [firing["late"] for reminder in receipts(alice, task) for firing in reminder["firings"]]
    assert len(late) == 2
    assert max(late) < 5


def test_what_is_ahead_is_shown_with_its_instant(alice: Person) -> None:
    task = has_task(alice, 86_400, reminders=[{"kind": "before", "minutes": minutes} for minutes in (10, 5)])

    shown = receipts(alice, task)

    assert [reminder["minutes"] for reminder in shown] == [10, 5]
    assert [reminder["id"] for reminder in shown] == [reminder["id"] for reminder in task["reminders"]]
    for reminder in shown:
        [firing] = reminder["firings"]
        assert (firing["state"], firing["late"], firing["deliveries"]) == ("pending", None, [])
        assert reminder["fire_at"] == firing["fire_at"] > firing["planned_at"]


def test_of_what_is_gone_the_receipt_stays(alice: Person) -> None:
    task = has_task(alice, 86_400, reminders=[{"kind": "before", "minutes": 10}])
    [reminder] = task["reminders"]
    changes(alice, task, due=local(2 * 86_400))
    changes(alice, task, reminders=[])

    [shown] = receipts(alice, task)

    assert (shown["id"], shown["removed"], shown["fire_at"]) == (reminder["id"], True, None)
    assert [firing["state"] for firing in shown["firings"]] == ["superseded", "superseded"]
    assert shown["firings"][0]["fire_at"] > shown["firings"][1]["fire_at"]


def test_what_is_completed_reminds_of_nothing(alice: Person, door: Door, remind: Function) -> None:
    task = has_task(alice, 61.5, reminders=[{"kind": "before", "minutes": 1}])
    changes(alice, task, status="done")

    assert scheduled(door, task).to(remind).status_code == 204
    assert work_due("reminders").to(remind).status_code == 204

    assert [firing["state"] for firing in receipts(alice, task)[0]["firings"]] == ["cancelled"]
    assert told(alice) == []


def test_nobody_sees_those_of_others_nor_of_what_is_not_there(alice: Person, mallory: Person) -> None:
    task = has_task(alice, 86_400, reminders=[{"kind": "before", "minutes": 10}])

    for person, id in ((mallory, task["id"]), (alice, new_id())):
        assert person.at("remind").get(f"/api/tasks/{id}/reminders").status_code == 404


def test_a_task_without_reminders_has_no_receipts(alice: Person) -> None:
    assert receipts(alice, alice.has_task("Stand up")) == []
