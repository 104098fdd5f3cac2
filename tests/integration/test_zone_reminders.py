"""Who goes to another zone, or lives where clocks are moved, is reminded when the clocks there say so."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.deliveries import work_due
from tests.families import patched
from tests.people import Person
from tests.reminding import announced, fires, ledger, pending
from tests.repeating import has_occurrence, posted

QUARTER = {"kind": "before", "minutes": 15}
MORNING = {"kind": "days_before", "days": 0, "at": "08:00"}


def goes_to(person: Person, zone: str) -> None:
    answer = person.at("accounts").patch("/api/me", json={"zone": zone})
    assert answer.status_code == 200, answer.text
    person.zone = zone


def told(person: Person) -> list[Any]:
    rows = person.world.rows("SELECT document::json FROM notifications WHERE user_id = %s ORDER BY sequence", person.id)
    return [document for (document,) in rows]


def local(person: Person, minutes: float) -> str:
    """A local time where this person is, so many minutes from now."""
    at = datetime.now(ZoneInfo(person.zone)) + timedelta(minutes=minutes)
    return at.replace(tzinfo=None, microsecond=0).isoformat()


def test_reminders_go_along_with_whoever_goes_to_another_zone(alice: Person) -> None:
    timed = alice.has_task("Stand up", due="2040-03-26T09:00:00", reminders=[QUARTER])
    fixed = alice.has_task("Call Tokyo", due="2040-03-26T09:00:00", zone="Asia/Tokyo", reminders=[QUARTER])
    a_day = alice.has_task("Rest", due="2040-03-26", reminders=[{"kind": "days_before", "days": 1}])
    some_time = alice.has_task("Think", reminders=[{"kind": "absolute", "at": "2040-03-26T09:00"}])
    before = ledger(alice, fixed)

    goes_to(alice, "America/New_York")

    assert ledger(alice, timed) == [("2040-03-26 06:45", "superseded"), ("2040-03-26 12:45", "pending")]
    assert pending(alice, a_day) == ["2040-03-25 13:00"]
    assert pending(alice, some_time) == ["2040-03-26 13:00"]
    assert ledger(alice, fixed) == before
    assert told(alice) == []


def test_who_comes_back_has_them_as_they_were(alice: Person) -> None:
    task = alice.has_task("Rest", due="2040-03-26", reminders=[MORNING, {"kind": "days_before", "days": 2}])
    before = pending(alice, task)

    goes_to(alice, "Asia/Tokyo")
    goes_to(alice, "Europe/Berlin")

    assert pending(alice, task) == before


def test_what_has_passed_there_is_told_at_once_and_all_of_it_together(alice: Person) -> None:
    """Nine hours ahead of where they were made; each is a while away where she comes from."""
    goes_to(alice, "UTC")
    timed = alice.has_task("Stand up", due=local(alice, 70), reminders=[QUARTER, {"kind": "before", "minutes": 20}])
    some_time = alice.has_task("Think", reminders=[{"kind": "absolute", "at": local(alice, 60)}])
    later = alice.has_task("Sleep", due=local(alice, 20 * 60), reminders=[QUARTER])
    before = alice.events()

    goes_to(alice, "Asia/Tokyo")

    [notice] = told(alice)
    assert (notice["kind"], notice["total"]) == ("reminder", 2)
    assert {each["id"]: len(each["reminders"]) for each in notice["tasks"]} == {timed["id"]: 2, some_time["id"]: 1}
    assert [state for _, state in ledger(alice, timed)] == ["fired", "fired", "superseded", "superseded"]
    assert [state for _, state in ledger(alice, some_time)] == ["fired", "superseded"]
    assert [state for _, state in ledger(alice, later)] == ["pending", "superseded"]
    new = [kind for _, kind, _ in alice.events()[len(before) :]]
    assert sorted(new) == [
        *("notification.created", "reminder.due", "reminder.due"),
        *("task.updated", "task.updated", "user.profile_changed"),
    ]
    settled = alice.world.rows(
        "SELECT DISTINCT notification_id::text, settled_at - greatest(planned_at, fire_at) FROM firings"
        " WHERE user_id = %s AND state = 'fired'",
        alice.id,
    )
    assert settled == [(notice["id"], timedelta(0))]


def test_what_has_passed_there_is_told_in_the_order_of_its_time(alice: Person) -> None:
    goes_to(alice, "UTC")
    for hours in (3, 1, 5, 2, 6, 4):
        alice.has_task(f"At {hours}", due=local(alice, 60 * hours), reminders=[QUARTER])

    goes_to(alice, "Asia/Tokyo")

    [notice] = told(alice)
    assert [each["title"] for each in notice["tasks"]] == [f"At {hours}" for hours in range(1, 7)]


def test_who_has_been_told_is_told_again_only_when_its_time_comes_again(alice: Person) -> None:
    goes_to(alice, "UTC")
    once, tomorrow = ({"kind": "absolute", "at": local(alice, minutes)} for minutes in (-30, 1_500))
    task = alice.has_task("Think", reminders=[once])
    fires(alice, task)
    patched(alice, task, reminders=[*task["reminders"], tomorrow])

    goes_to(alice, "Asia/Tokyo")
    assert [state for _, state in ledger(alice, task)] == ["fired", "pending", "superseded"]
    goes_to(alice, "America/New_York")
    assert [state for _, state in ledger(alice, task)] == ["fired", "pending", "superseded", "superseded", "pending"]
    goes_to(alice, "UTC")

    assert [state for _, state in ledger(alice, task)] == ["fired", *["superseded"] * 2, "pending", "superseded"]
    assert told(alice) == []


def test_what_was_not_to_be_any_more_and_has_passed_there_is_told(alice: Person) -> None:
    goes_to(alice, "UTC")
    task = alice.has_task("Think", reminders=[{"kind": "absolute", "at": local(alice, 60)}])
    alice.world.rows(
        "INSERT INTO firings (user_id, task_id, reminder_id, fire_at, planned_at, state, settled_at)"
        " SELECT user_id, task_id, reminder_id, fire_at - interval '9 hours', planned_at, 'superseded', now()"
        "   FROM firings WHERE user_id = %s",
        alice.id,
    )

    goes_to(alice, "Asia/Tokyo")

    assert [state for _, state in ledger(alice, task)] == ["fired", "superseded"]
    assert [notice["total"] for notice in told(alice)] == [1]


def test_what_is_due_within_minutes_there_is_announced(alice: Person) -> None:
    goes_to(alice, "UTC")
    soon = alice.has_task("Soon", reminders=[{"kind": "absolute", "at": local(alice, 9 * 60 + 1.5)}])
    alice.has_task("Later", reminders=[{"kind": "absolute", "at": local(alice, 9 * 60 + 10)}])
    assert announced(alice) == []

    goes_to(alice, "Asia/Tokyo")

    [said] = announced(alice)
    assert (said["task"], [each["id"] for each in said["reminders"]]) == (soon["id"], [soon["reminders"][0]["id"]])


def test_of_thousands_it_is_told_some_at_a_time(alice: Person) -> None:
    goes_to(alice, "UTC")
    task = alice.has_task("Think", reminders=[{"kind": "absolute", "at": local(alice, 60)}])
    alice.world.rows(
        "INSERT INTO tasks (user_id, id, title, notes, status, priority, list_id, tags, position, created_at,"
        "                   updated_at, version, reminders)"
        " SELECT user_id, gen_random_uuid(), title, '', 'todo', priority, list_id, '{}', 'a0', now(), now(), 1,"
        "        reminders FROM tasks, generate_series(1, 1500) WHERE user_id = %s",
        alice.id,
    )
    alice.world.rows(
        "INSERT INTO firings (user_id, task_id, reminder_id, fire_at, planned_at)"
        " SELECT known.user_id, id, reminder_id, fire_at, planned_at FROM tasks JOIN firings AS known USING (user_id)"
        "  WHERE user_id = %s AND id <> task_id",
        alice.id,
    )

    goes_to(alice, "Asia/Tokyo")
    assert work_due("zones").to(alice.world.function("accounts")).status_code == 204

    assert [notice["total"] for notice in told(alice)] == [1000, 501]
    states = alice.world.rows("SELECT state, count(*) FROM firings WHERE user_id = %s GROUP BY 1 ORDER BY 1", alice.id)
    assert states == [("fired", 1501), ("superseded", 1501)]
    assert [state for _, state in ledger(alice, task)] == ["fired", "superseded"]


def test_of_what_reminds_of_nothing_nothing_is_planned(alice: Person) -> None:
    done = alice.has_task("Done", due="2040-03-26", reminders=[MORNING])
    paused = has_occurrence(alice, due="2040-03-26", reminders=[MORNING])
    early = {"kind": "absolute", "at": "2026-03-01T09:00"}
    ended = has_occurrence(alice, due="2040-03-26", reminders=[MORNING, early])
    alice.world.rows(
        "UPDATE firings SET state = 'fired', settled_at = now() WHERE user_id = %s AND fire_at < now()", alice.id
    )
    alice.at("tasks").patch(f"/api/tasks/{done['id']}", json={"status": "done"}).raise_for_status()
    posted(alice, f"/api/series/{paused['series']}/pause")
    posted(alice, f"/api/series/{ended['series']}/end")
    before = [ledger(alice, task) for task in (done, paused, ended)]

    goes_to(alice, "Asia/Tokyo")

    assert [ledger(alice, task) for task in (done, paused, ended)] == before
    assert [states[-1][1] for states in before] == ["cancelled", "cancelled", "cancelled"]
