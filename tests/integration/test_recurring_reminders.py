"""What a task that repeats reminds by goes along with it, at the same distance and whatever becomes of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.families import Task, now, patched, url
from tests.people import Person
from tests.reminding import ledger

QUARTER: dict[str, Any] = {"kind": "before", "minutes": 15}
EVENING: dict[str, Any] = {"kind": "days_before", "days": 1, "at": "18:00"}
THAT_DAY: dict[str, Any] = {"kind": "absolute", "at": "2040-06-04T12:00:00"}
DUE = "2040-06-06T09:00:00"


def has_occurrence(person: Person, *reminders: dict[str, Any], due: str = DUE, **repeats: Any) -> Task:
    rule = {"rule": "FREQ=WEEKLY"} | repeats
    return person.has_task("Water the plants", due=due, recurrence=rule, reminders=reminders)


def done(person: Person, task: Task) -> Task:
    answer = person.at("complete").post(url(task, "/complete"))
    assert answer.status_code == 200, answer.text
    following: Task = answer.json()["next"]
    return following


def at(*hours: str) -> list[tuple[str, str]]:
    return [(f"2040-{hour}", "pending") for hour in hours]


def pending(person: Person, task: Task) -> list[tuple[str, str]]:
    return ledger(person, task, "pending")


def test_the_next_one_reminds_at_the_same_distance(alice: Person) -> None:
    task = has_occurrence(alice, QUARTER, EVENING, THAT_DAY)
    reminder = task["reminders"][0]
    snoozed = url(task, f"/reminders/{reminder['id']}/snooze")
    assert alice.at("remind").post(snoozed, json={"until": "2040-06-06T10:00:00"}).status_code == 200
    assert ledger(alice, task) == at("06-04 10:00", "06-05 16:00", "06-06 06:45", "06-06 08:00")

    following = done(alice, task)

    assert following["reminders"][:2] == task["reminders"][:2]
    assert following["reminders"][2] == task["reminders"][2] | {"at": "2040-06-11T12:00:00"}
    assert ledger(alice, following) == at("06-11 10:00", "06-12 16:00", "06-13 06:45")
    assert {state for _, state in ledger(alice, task)} == {"cancelled"}


def test_a_due_date_that_was_moved_moves_no_reminder_of_the_next_one(alice: Person) -> None:
    task = has_occurrence(alice, QUARTER, THAT_DAY)
    moved = patched(alice, task, due="2040-06-08T20:00:00")
    assert pending(alice, moved) == at("06-04 10:00", "06-08 17:45")

    assert ledger(alice, done(alice, moved)) == at("06-11 10:00", "06-13 06:45")


def test_subtasks_take_theirs_along(alice: Person) -> None:
    task = has_occurrence(alice)
    below = alice.has_task("Fill the can", parent=task["id"], due="2040-06-05T18:00:00", reminders=[QUARTER, THAT_DAY])

    following = done(alice, task)

    [copy] = alice.at("tasks").get(url(following, "/subtasks")).json()["items"]
    assert ledger(alice, copy) == at("06-11 10:00", "06-12 15:45")
    assert {state for _, state in ledger(alice, below)} == {"cancelled"}


def test_what_the_next_one_should_have_told_already_it_tells_at_once(alice: Person) -> None:
    day_before_yesterday = f"{datetime.now(UTC) - timedelta(days=2):%Y-%m-%d}"
    task = has_occurrence(alice, EVENING, due=day_before_yesterday, rule="FREQ=DAILY", missed="each")

    following = done(alice, task)

    assert len(pending(alice, following)) == 1
    assert alice.events()[-1][1:] == ("reminder.scheduled", f"task/{following['id']}".replace("task", "reminder"))


def test_what_is_changed_here_alone_the_next_one_does_not_have(alice: Person) -> None:
    task = has_occurrence(alice, QUARTER)

    patched(alice, task, reminders=[EVENING])

    assert ledger(alice, done(alice, task)) == at("06-13 06:45")


def test_what_is_changed_from_here_on_the_next_one_has(alice: Person) -> None:
    task = has_occurrence(alice, QUARTER)

    answer = alice.at("tasks").patch(url(task, "?scope=future"), json={"reminders": [EVENING]})

    assert answer.status_code == 200
    assert pending(alice, task) == at("06-05 16:00")
    assert ledger(alice, done(alice, task)) == at("06-12 16:00")


def test_in_a_pause_nothing_is_told(alice: Person) -> None:
    task = has_occurrence(alice, QUARTER)

    def asks(what: str) -> None:
        series = now(alice, task)["series"]
        assert alice.at("complete").post(f"/api/series/{series}/{what}").status_code == 200

    asks("pause")
    assert ledger(alice, task) == [("2040-06-06 06:45", "cancelled")]
    patched(alice, task, reminders=[EVENING])
    assert pending(alice, task) == []
    asks("resume")
    assert pending(alice, task) == at("06-05 16:00")
    asks("end")
    assert pending(alice, task) == []
    patched(alice, task, due="2040-06-07T09:00:00")
    assert pending(alice, task) == at("06-06 16:00")


def test_a_task_that_repeats_no_more_still_reminds_of_itself(alice: Person) -> None:
    task = has_occurrence(alice, QUARTER)

    patched(alice, task, recurrence=None)

    assert ledger(alice, task) == at("06-06 06:45")


def test_an_end_that_is_undone_lets_it_remind_again(alice: Person) -> None:
    task = has_occurrence(alice, QUARTER)
    ended = alice.at("complete").post(f"/api/series/{task['series']}/end")
    assert ledger(alice, task) == [("2040-06-06 06:45", "cancelled")]

    undone = alice.at("tasks").post(f"/api/activity/{ended.headers['taskora-activity']}/undo")

    assert undone.status_code == 200, undone.text
    assert ledger(alice, task) == at("06-06 06:45")


def test_undone_each_is_reminded_of_as_before(alice: Person) -> None:
    task = has_occurrence(alice, QUARTER)
    answer = alice.at("complete").post(url(task, "/complete"))

    undone = alice.at("tasks").post(f"/api/activity/{answer.headers['taskora-activity']}/undo")

    assert undone.status_code == 200, undone.text
    assert ledger(alice, task) == at("06-06 06:45")
    assert ledger(alice, answer.json()["next"]) == [("2040-06-13 06:45", "cancelled")]


def test_opened_again_it_reminds_and_the_next_one_does_no_more(alice: Person) -> None:
    task = has_occurrence(alice, QUARTER)
    following = done(alice, task)

    assert alice.at("complete").post(url(task, "/reopen")).status_code == 200

    assert (pending(alice, task), pending(alice, following)) == (at("06-06 06:45"), [])


def test_a_skipped_one_reminds_of_nothing(alice: Person) -> None:
    task = has_occurrence(alice, QUARTER)

    following = alice.at("complete").post(url(task, "/skip")).json()["next"]

    assert (pending(alice, task), pending(alice, following)) == ([], at("06-13 06:45"))


def test_a_copy_reminds_of_what_is_ahead(alice: Person) -> None:
    task = alice.has_task("Call", due=DUE, reminders=[QUARTER, {"kind": "absolute", "at": "2026-01-01T09:00:00"}])
    snooze = url(task, f"/reminders/{task['reminders'][0]['id']}/snooze")
    alice.at("remind").post(snooze, json={"minutes": 60})

    copy = alice.at("tasks").post(url(task, "/duplicate")).json()

    assert copy["reminders"] == task["reminders"]
    assert ledger(alice, copy) == at("06-06 06:45")
