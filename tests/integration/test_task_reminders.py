"""A task's reminders: a field of it, and a ledger of when they fire that follows whatever becomes of the task."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import psycopg
import pytest

from shared.ids import new_id
from tests.families import Task, field_at_fault, now, patched, url
from tests.people import Person
from tests.reminding import announced, fires, ledger, pending
from tests.world import World, eventually

QUARTER = {"kind": "before", "minutes": 15}
DUE = "2040-03-26T09:00:00"  # in Berlin's summer


def berlin(minutes: float) -> str:
    """A local time, so many minutes from now."""
    at = datetime.now(ZoneInfo("Europe/Berlin")) + timedelta(minutes=minutes)
    return at.replace(tzinfo=None, microsecond=0).isoformat()


def around(task: Task, minutes: int) -> str:
    """So many minutes from when it is due."""
    return f"{datetime.fromisoformat(task['due_at']) + timedelta(minutes=minutes):%Y-%m-%d %H:%M}"


# The field


def test_a_task_keeps_its_reminders_and_gives_each_an_id(alice: Person) -> None:
    said = [QUARTER, {"kind": "days_before", "days": 1}, {"kind": "absolute", "at": "2040-03-20T18:00"}]

    task = alice.has_task("Pay the rent", due=DUE, reminders=said)

    assert len({each.pop("id") for each in task["reminders"]}) == 3
    assert task["reminders"] == [
        QUARTER,
        {"kind": "days_before", "days": 1, "at": None},
        {"kind": "absolute", "at": "2040-03-20T18:00:00"},
    ]
    assert pending(alice, task) == ["2040-03-20 17:00", "2040-03-25 07:00", "2040-03-26 06:45"]


def test_what_is_said_again_without_its_id_is_the_same_reminder(alice: Person) -> None:
    task = alice.has_task("Pay the rent", due=DUE, reminders=[QUARTER])

    again = patched(alice, task, reminders=[QUARTER])
    more = patched(alice, task, reminders=[{"kind": "days_before", "days": 1}, QUARTER])

    assert again == task
    assert more["reminders"][1] == task["reminders"][0]


def test_a_task_that_is_put_back_as_it_was_read_stays_as_it_is(alice: Person) -> None:
    task = alice.has_task(
        "Pay the rent", due=DUE, reminders=[QUARTER, {"kind": "days_before", "days": 1, "at": "18:00"}]
    )
    fields = ("title", "notes", "status", "priority", "due", "zone", "start", "list", "parent", "tags", "reminders")

    answer = alice.at("tasks").put(url(task), json={name: task[name] for name in fields})

    assert answer.json() == task


@pytest.mark.parametrize(
    ("due", "reminders", "field", "remedy"),
    [
        ("2040-03-26", [QUARTER], "reminders.0.kind", "use days_before or absolute"),
        (DUE, [QUARTER] * 11, "reminders", "at most 10 reminders"),
        (DUE, [{"kind": "before"}], "reminders.0.before.minutes", "required"),
        (DUE, [{"kind": "before", "minutes": 99_999_999}], "reminders.0.before.minutes", "less than or equal to"),
        (DUE, [{"kind": "days_before", "days": 1, "at": "9am"}], "reminders.0.days_before.at", "a time of day"),
        (DUE, [{"kind": "absolute", "at": "2040-02-30T09:00"}], "reminders.0.absolute.at", "a local time like"),
        (DUE, [{"kind": "absolute", "at": "2040-02-20T09:00:00Z"}], "reminders.0.absolute.at", "a local time like"),
        (DUE, [{"kind": "soon"}], "reminders.0", "'before', 'days_before', 'absolute', 'snooze'"),
        (DUE, [{"kind": "snooze", "at": "2040-02-20T09:00:00Z", "of": str(new_id())}], "reminders", "of the others"),
        (DUE, [QUARTER | {"id": "0199d0a3-0000-7000-8000-000000000001"}] * 2, "reminders", "the same id"),
    ],
)  # fmt: skip
def test_what_a_reminder_cannot_be_is_refused_with_what_to_say_instead(
    alice: Person, due: str, reminders: list[Any], field: str, remedy: str
) -> None:
    task = alice.has_task("Pay the rent", due=DUE)
    body = {"title": "Pay the rent", "due": due, "reminders": reminders}

    for answer in (alice.at("tasks").post("/api/tasks", json=body), alice.at("tasks").patch(url(task), json=body)):
        assert field_at_fault(answer) == field
        assert remedy in answer.json()["detail"]
    assert now(alice, task) == task


def test_what_counts_minutes_sleeps_while_its_task_is_all_day(alice: Person) -> None:
    task = alice.has_task("Pay the rent", due=DUE, reminders=[QUARTER])

    all_day = patched(alice, task, due="2040-03-26")
    assert all_day["reminders"] == task["reminders"]
    assert pending(alice, task) == []

    patched(alice, task, reminders=[*task["reminders"], {"kind": "days_before", "days": 0}])
    assert pending(alice, task) == ["2040-03-26 07:00"]
    patched(alice, task, due="2040-03-26T12:00:00")
    assert pending(alice, task) == ["2040-03-26 09:45", "2040-03-26 10:00"]


# What follows from what becomes of the task


def test_a_task_without_a_due_date_reminds_of_itself_when_it_gets_one(alice: Person) -> None:
    task = alice.has_task("Pay the rent", reminders=[QUARTER])
    assert ledger(alice, task) == []

    patched(alice, task, due=DUE)

    assert pending(alice, task) == ["2040-03-26 06:45"]


def test_what_is_due_at_another_time_is_reminded_of_at_another_time(alice: Person) -> None:
    task = alice.has_task(
        "Pay the rent", due=DUE, reminders=[QUARTER, {"kind": "absolute", "at": "2040-03-20T18:00:00"}]
    )

    patched(alice, task, due="2040-03-27T09:00:00")

    assert ledger(alice, task) == [
        ("2040-03-20 17:00", "pending"),
        ("2040-03-26 06:45", "superseded"),
        ("2040-03-27 06:45", "pending"),
    ]
    patched(alice, task, due=DUE)
    assert pending(alice, task) == ["2040-03-20 17:00", "2040-03-26 06:45"]


def test_another_zone_of_the_task_moves_all_of_them(alice: Person) -> None:
    task = alice.has_task(
        "Pay the rent", due=DUE, reminders=[QUARTER, {"kind": "absolute", "at": "2040-03-20T18:00:00"}]
    )

    patched(alice, task, zone="America/New_York")

    assert pending(alice, task) == ["2040-03-20 22:00", "2040-03-26 12:45"]


def done(alice: Person, task: Task) -> None:
    patched(alice, task, status="done")


def cancelled(alice: Person, task: Task) -> None:
    patched(alice, task, status="cancelled")


def completed(alice: Person, task: Task) -> None:
    assert alice.at("complete").post(url(task, "/complete")).status_code == 200


def deleted(alice: Person, task: Task) -> None:
    assert alice.at("tasks").delete(url(task)).status_code == 204


def deleted_with_others(alice: Person, task: Task) -> None:
    assert alice.at("tasks").post("/api/tasks/bulk", json={"ids": [task["id"]], "delete": True}).status_code == 200


def done_with_others(alice: Person, task: Task) -> None:
    body = {"ids": [task["id"]], "change": {"status": "done"}}
    assert alice.at("tasks").post("/api/tasks/bulk", json=body).status_code == 200


def reopened(alice: Person, task: Task) -> None:
    patched(alice, task, status="todo")


def restored(alice: Person, task: Task) -> None:
    assert alice.at("tasks").post(url(task, "/restore")).status_code == 200


def undone(alice: Person, task: Task) -> None:
    [(id,)] = alice.world.rows(
        "SELECT id FROM events WHERE user_id = %s AND subject = %s AND type <> 'task.created'"
        " ORDER BY sequence DESC LIMIT 1",
        alice.id, f"task/{task['id']}",
    )  # fmt: skip
    answer = alice.at("tasks").post(f"/api/activity/{id}/undo")
    assert answer.status_code == 200, answer.text


Step: TypeAlias = Callable[[Person, Task], None]


@pytest.mark.parametrize(
    ("ends", "comes_back"),
    [
        (done, reopened), (cancelled, reopened), (completed, reopened), (completed, undone), (deleted, restored),
        (deleted, undone), (deleted_with_others, restored), (done_with_others, undone),
    ],
)  # fmt: skip
def test_what_ends_reminds_of_nothing_until_it_comes_back(alice: Person, ends: Step, comes_back: Step) -> None:
    task = alice.has_task("Pay the rent", due=DUE, reminders=[QUARTER])

    ends(alice, task)
    assert ledger(alice, task) == [("2040-03-26 06:45", "cancelled")]

    comes_back(alice, task)
    assert ledger(alice, task) == [("2040-03-26 06:45", "pending")]


def test_a_subtask_ends_with_its_parent(alice: Person) -> None:
    parent = alice.has_task("Move house")
    subtask = alice.has_task("Call the movers", parent=parent["id"], due=DUE, reminders=[QUARTER])

    done(alice, parent)

    assert ledger(alice, subtask) == [("2040-03-26 06:45", "cancelled")]


def test_a_subtask_goes_with_its_parent(alice: Person) -> None:
    parent = alice.has_task("Move house")
    subtask = alice.has_task("Call the movers", parent=parent["id"], due=DUE, reminders=[QUARTER])

    deleted(alice, parent)

    assert ledger(alice, subtask) == [("2040-03-26 06:45", "cancelled")]


def test_a_task_goes_with_its_list_and_comes_back_with_it(alice: Person) -> None:
    made = alice.at("organize").post("/api/lists", json={"name": "Work"}).json()
    task = alice.has_task("Pay the rent", due=DUE, reminders=[QUARTER], list=made["id"])
    other = alice.has_task("Pay the phone", due=DUE, reminders=[QUARTER])

    gone = alice.at("organize").delete(f"/api/lists/{made['id']}")
    assert ledger(alice, task) == [("2040-03-26 06:45", "cancelled")]
    assert pending(alice, other)

    alice.at("tasks").post(f"/api/activity/{gone.headers['taskora-activity']}/undo")
    assert pending(alice, task) == ["2040-03-26 06:45"]


# What has passed


def test_what_is_past_when_it_is_saved_fires_at_once(alice: Person) -> None:
    task = alice.has_task("Call", due=berlin(10), reminders=[QUARTER, {"kind": "before", "minutes": 5}])

    assert pending(alice, task) == [around(task, -15), around(task, -5)]
    [said] = announced(alice)
    assert (said["task"], said["title"], said["due"]) == (task["id"], "Call", task["due"])
    assert [each["id"] for each in said["reminders"]] == [task["reminders"][0]["id"]]


def test_what_fired_does_not_fire_again_when_something_else_is_saved(alice: Person) -> None:
    task = alice.has_task("Call", due=berlin(10), reminders=[QUARTER])
    fires(alice, task)

    patched(alice, task, title="Call the dentist")
    patched(alice, task, reminders=[*task["reminders"], {"kind": "before", "minutes": 0}])

    assert ledger(alice, task) == [(around(task, -15), "fired"), (around(task, 0), "pending")]


@pytest.mark.parametrize(("ends", "comes_back"), [(done, reopened), (deleted, restored), (completed, undone)])
def test_what_comes_back_is_reminded_of_by_what_is_ahead_alone(alice: Person, ends: Step, comes_back: Step) -> None:
    task = alice.has_task("Call", due=berlin(10), reminders=[QUARTER, {"kind": "before", "minutes": 5}])

    ends(alice, task)
    comes_back(alice, task)

    assert ledger(alice, task) == [(around(task, -15), "cancelled"), (around(task, -5), "pending")]


def test_a_due_date_that_makes_it_past_has_it_fire_again(alice: Person) -> None:
    task = alice.has_task("Call", due=berlin(10), reminders=[QUARTER])
    fires(alice, task)

    sooner = patched(alice, task, due=berlin(5))

    assert ledger(alice, task) == [(around(sooner, -15), "pending"), (around(task, -15), "fired")]


def test_what_fires_within_minutes_is_announced_once(alice: Person) -> None:
    task = alice.has_task("Call", due=berlin(16), reminders=[QUARTER, {"kind": "before", "minutes": 1}])

    [said] = announced(alice)
    assert [each["id"] for each in said["reminders"]] == [task["reminders"][0]["id"]]
    patched(alice, task, priority="high")
    patched(alice, task, reminders=[*task["reminders"], {"kind": "before", "minutes": 2}])
    assert len(announced(alice)) == 1


def test_what_is_far_away_is_not_announced(alice: Person) -> None:
    task = alice.has_task("Pay the rent", due=DUE, reminders=[QUARTER])
    patched(alice, task, due="2040-03-27T09:00:00")

    assert announced(alice) == []


def test_undo_of_what_was_announced_takes_back_the_reminder(alice: Person) -> None:
    task = alice.has_task("Call", due=berlin(10))
    patched(alice, task, reminders=[QUARTER])
    assert len(announced(alice)) == 1

    undone(alice, task)

    assert now(alice, task)["reminders"] == []
    assert [state for _, state in ledger(alice, task)] == ["superseded"]


# Many


def test_many_at_one_instant_have_their_turn(alice: Person) -> None:
    tasks = [alice.has_task(f"Task {number}") for number in range(12)]
    body = {
        "ids": [task["id"] for task in tasks],
        "change": {"due": DUE, "reminders": [QUARTER, {"kind": "absolute", "at": "2040-03-26T08:45:00"}]},
    }

    assert alice.at("tasks").post("/api/tasks/bulk", json=body).status_code == 200
    alice.has_task("One more", due=DUE, reminders=[QUARTER])

    turns = alice.world.rows("SELECT turn FROM firings WHERE user_id = %s ORDER BY turn", alice.id)
    assert [turn for (turn,) in turns] == [0] * 10 + [1] * 10 + [2] * 5


# By default


def by_default(person: Person, **said: Any) -> None:
    answer = person.at("notify").put("/api/preferences", json={"default_reminders": said})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("fields", "given"),
    [
        ({"due": DUE}, [{"kind": "before", "minutes": 30}]),
        ({"due": "2040-03-26"}, [{"kind": "days_before", "days": 1, "at": "18:00"}]),
        ({"due": DUE, "reminders": []}, []),
        ({"due": DUE, "reminders": [QUARTER]}, [QUARTER]),
        ({}, []),
        ({"due": "2020-03-26"}, []),
        ({"recurrence": {"rule": "FREQ=DAILY"}}, [{"kind": "days_before", "days": 1, "at": "18:00"}]),
        ({"quick_add": "Call tomorrow 9am"}, [{"kind": "before", "minutes": 30}]),
    ],
)
def test_a_new_task_that_says_nothing_of_reminders_gets_the_default(
    alice: Person, fields: dict[str, Any], given: list[Any]
) -> None:
    before = alice.has_task("Made before", due=DUE)
    by_default(
        alice, timed={"kind": "before", "minutes": 30}, all_day={"kind": "days_before", "days": 1, "at": "18:00"}
    )

    title = {} if "quick_add" in fields else {"title": "Call"}
    task = alice.at("tasks").post("/api/tasks", json=title | fields).json()

    assert [{name: said for name, said in each.items() if name != "id"} for each in task["reminders"]] == given
    assert before["reminders"] == []
    assert announced(alice) == []


def test_a_task_that_gets_its_first_due_date_gets_the_default_too(alice: Person) -> None:
    task, other = alice.has_task("Call"), alice.has_task("Write")
    by_default(alice, timed={"kind": "before", "minutes": 30})

    patched(alice, task, due=DUE)
    body = {"ids": [other["id"]], "change": {"due": DUE}}
    assert alice.at("tasks").post("/api/tasks/bulk", json=body).status_code == 200

    assert pending(alice, task) == pending(alice, other) == ["2040-03-26 06:30"]
    assert patched(alice, task, reminders=[])["reminders"] == []
    assert patched(alice, task, due="2040-03-27T09:00:00")["reminders"] == []


def test_a_default_reminder_whose_time_comes_while_the_change_waits_is_told_at_once(alice: Person) -> None:
    by_default(alice, timed={"kind": "before", "minutes": 0})
    due = datetime.now(ZoneInfo("Europe/Berlin")).replace(microsecond=0) + timedelta(seconds=3)

    with ThreadPoolExecutor(1) as asking, alice.world.everyone_waits_for(alice.id):
        asked = asking.submit(alice.has_task, "Call", due=due.replace(tzinfo=None).isoformat())
        eventually(lambda: datetime.now(due.tzinfo) > due, "its time has come")

    assert len(pending(alice, asked.result())) == len(announced(alice)) == 1


# What it costs


def test_a_task_without_reminders_costs_nothing_for_them(world: World, alice: Person) -> None:
    with psycopg.connect(world.postgres.admin_url, autocommit=True) as server:
        server.execute("ALTER ROLE taskora_functions SET log_min_duration_statement = 0")
        try:
            browser = alice.browsing(world.start("tasks"))
            browser.get("/api/tasks").raise_for_status()  # its session is read, and remembered
            begins_at = world.postgres.log.stat().st_size
            task = browser.post("/api/tasks", json={"title": "Buy milk"}).json()
            browser.patch(url(task), json={"status": "done"}).raise_for_status()
            browser.delete(url(task)).raise_for_status()
        finally:
            server.execute("ALTER ROLE taskora_functions RESET log_min_duration_statement")

    said = world.postgres.log.read_bytes()[begins_at:].decode()
    assert "WITH counter AS" in said
    assert "firings" not in said
    assert "preferences" not in said
