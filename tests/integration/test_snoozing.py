"""One reminder more, one less, or the same one again later: each is a change of its task."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from shared.ids import new_id
from tests.families import Task, field_at_fault, now, patched, url
from tests.people import Person
from tests.reminding import fires
from tests.repeating import posted

DUE = "2040-03-26T09:00:00"
QUARTER: dict[str, Any] = {"kind": "before", "minutes": 15}


def asked(person: Person, method: str, task: Task, rest: str = "", **body: Any) -> httpx.Response:
    return person.at("remind").request(method, url(task, f"/reminders{rest}"), json=body or None)


def pending(person: Person, task: Task) -> list[datetime]:
    rows = person.world.rows(
        "SELECT fire_at FROM firings WHERE user_id = %s AND task_id = %s AND state = 'pending' ORDER BY fire_at",
        person.id, task["id"],
    )  # fmt: skip
    return [at for (at,) in rows if isinstance(at, datetime)]


def types(person: Person) -> list[str]:
    return [kind for _, kind, _ in person.events()]


def test_a_reminder_is_added_and_taken_away(alice: Person) -> None:
    task = alice.has_task("Pay the rent", due=DUE, reminders=[QUARTER])

    added = asked(alice, "POST", task, kind="days_before", days=1, at="18:00")
    assert (added.status_code, added.json()["days"]) == (201, 1)
    assert now(alice, task)["reminders"] == [*task["reminders"], added.json()]
    assert len(pending(alice, task)) == 2

    assert asked(alice, "DELETE", task, f"/{task['reminders'][0]['id']}").status_code == 204
    assert now(alice, task)["reminders"] == [added.json()]
    assert pending(alice, task) == [datetime(2040, 3, 25, 16, tzinfo=UTC)]
    assert types(alice) == ["task.created", "task.updated", "task.updated"]


def test_what_was_sent_twice_is_added_once(alice: Person) -> None:
    task = alice.has_task("Pay the rent", due=DUE)
    key = {"idempotency-key": str(new_id())}

    answers = [alice.at("remind").post(url(task, "/reminders"), json=QUARTER, headers=key) for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert now(alice, task)["reminders"] == [answers[0].json()]


def test_what_cannot_be_added_is_refused(alice: Person) -> None:
    task = alice.has_task("Pay the rent", due="2040-03-26", reminders=[{"kind": "days_before", "days": 1}] * 10)
    [first, *_] = task["reminders"]

    assert field_at_fault(asked(alice, "POST", task, **QUARTER)) == "kind"
    assert field_at_fault(asked(alice, "POST", task, kind="days_before", days=2)) == "reminders"
    assert asked(alice, "POST", task, **first).status_code == 409
    assert asked(alice, "DELETE", task, f"/{new_id()}").status_code == 404
    assert asked(alice, "POST", task, f"/{new_id()}/snooze", minutes=5).status_code == 404
    assert asked(alice, "POST", task, f"/{first['id']}/snooze").status_code == 422
    assert asked(alice, "POST", task, f"/{first['id']}/snooze", minutes=5, until=DUE).status_code == 422
    assert now(alice, task) == task


@pytest.mark.parametrize("until", ["2040-03-26", "tonight", "2040-02-30T09:00:00", "9040-03-26T09:00:00"])
def test_a_snooze_until_no_time_is_refused_by_a_word_that_helps(alice: Person, until: str) -> None:
    task = alice.has_task("Pay the rent", due=DUE, reminders=[QUARTER])

    refused = asked(alice, "POST", task, f"/{task['reminders'][0]['id']}/snooze", until=until)

    assert field_at_fault(refused) == "until"
    assert "date" not in refused.json()["detail"]


def test_nobody_touches_the_reminders_of_somebody_else(alice: Person, mallory: Person) -> None:
    task = alice.has_task("Pay the rent", due=DUE, reminders=[QUARTER])
    reminder = task["reminders"][0]["id"]

    assert asked(mallory, "POST", task, **QUARTER).status_code == 404
    assert asked(mallory, "POST", task, f"/{reminder}/snooze", minutes=5).status_code == 404
    assert asked(mallory, "DELETE", task, f"/{reminder}").status_code == 404
    assert now(alice, task) == task


def test_a_reminder_that_fired_comes_again_when_it_is_snoozed(alice: Person) -> None:
    task = alice.has_task("Pay the rent", due=DUE, reminders=[QUARTER])
    alice.world.rows("UPDATE firings SET state = 'fired', settled_at = now() WHERE user_id = %s", alice.id)
    reminder = task["reminders"][0]["id"]

    snoozed = asked(alice, "POST", task, f"/{reminder}/snooze", minutes=10)

    assert (snoozed.status_code, snoozed.json()["of"]) == (200, reminder)
    [at] = pending(alice, task)
    assert timedelta(minutes=9) < at - datetime.now(UTC) <= timedelta(minutes=10)
    assert at == datetime.fromisoformat(snoozed.json()["at"])
    assert now(alice, task)["due"] == DUE
    assert types(alice) == ["task.created", "task.updated", "reminder.snoozed"]


def test_a_snooze_takes_the_place_of_the_one_before(alice: Person) -> None:
    task = alice.has_task("Pay the rent", due=DUE)
    reminder = asked(alice, "POST", task, **QUARTER).json()["id"]

    first = asked(alice, "POST", task, f"/{reminder}/snooze", until="2040-03-26T09:10:00").json()
    again = asked(alice, "POST", task, f"/{first['id']}/snooze", until="2040-03-26T08:00:00Z").json()

    assert (first["at"], again["at"], again["of"]) == ("2040-03-26T07:10:00Z", "2040-03-26T08:00:00Z", reminder)
    assert pending(alice, task) == [datetime(2040, 3, 26, 6, 45, tzinfo=UTC), datetime(2040, 3, 26, 8, tzinfo=UTC)]
    assert len(now(alice, task)["reminders"]) == 2


def test_what_is_snoozed_until_before_now_fires_at_once(alice: Person) -> None:
    task = alice.has_task("Pay the rent", due=DUE, reminders=[QUARTER])

    snoozed = asked(alice, "POST", task, f"/{task['reminders'][0]['id']}/snooze", until="2026-01-01T09:00:00Z")

    at = pending(alice, task)[0]
    assert at == datetime.fromisoformat(snoozed.json()["at"])
    assert timedelta(0) <= datetime.now(UTC) - at < timedelta(minutes=1)
    assert types(alice)[-3:] == ["task.updated", "reminder.scheduled", "reminder.snoozed"]


def test_and_fires_again_when_it_is_snoozed_until_then_again(alice: Person) -> None:
    task = alice.has_task("Pay the rent", due=DUE, reminders=[QUARTER])
    snooze = f"/{task['reminders'][0]['id']}/snooze"
    first = asked(alice, "POST", task, snooze, until="2026-01-01T09:00:00Z").json()["at"]
    fires(alice, task)

    again = asked(alice, "POST", task, snooze, until=first)

    assert again.status_code == 200
    assert pending(alice, task) == [datetime.fromisoformat(again.json()["at"])]


def test_in_a_series_that_is_paused_nothing_is_snoozed(alice: Person) -> None:
    task = alice.has_task("Stand up", due=DUE, reminders=[QUARTER], recurrence={"rule": "FREQ=DAILY"})
    snooze = f"/{task['reminders'][0]['id']}/snooze"
    posted(alice, f"/api/series/{task['series']}/pause")

    refused = asked(alice, "POST", task, snooze, minutes=60)

    assert (refused.status_code, "Resume it" in refused.json()["detail"]) == (409, True)
    posted(alice, f"/api/series/{task['series']}/resume")
    assert asked(alice, "POST", task, snooze, minutes=60).status_code == 200


def test_what_is_snoozed_waits_no_more_when_its_task_is_done(alice: Person) -> None:
    task = alice.has_task("Pay the rent", due=DUE, reminders=[QUARTER])
    snooze = f"/{task['reminders'][0]['id']}/snooze"
    asked(alice, "POST", task, snooze, minutes=60)

    patched(alice, task, status="done")

    assert pending(alice, task) == []
    assert asked(alice, "POST", task, snooze, minutes=60).status_code == 409


def test_with_a_reminder_goes_what_was_snoozed_of_it(alice: Person) -> None:
    task = alice.has_task("Pay the rent", due=DUE, reminders=[QUARTER])
    reminder = task["reminders"][0]["id"]
    asked(alice, "POST", task, f"/{reminder}/snooze", minutes=60)

    asked(alice, "DELETE", task, f"/{reminder}")

    assert (now(alice, task)["reminders"], pending(alice, task)) == ([], [])


NO_MOMENTS = ["2040-03-26", "soon", "9999-01-01T00:00:00Z", "2040-03-26T25:00:00", "1970-01-01T00:00:00"]


@pytest.mark.parametrize("until", NO_MOMENTS)
def test_until_when_is_a_moment(alice: Person, until: str) -> None:
    task = alice.has_task("Pay the rent", due=DUE, reminders=[QUARTER])

    assert field_at_fault(asked(alice, "POST", task, f"/{task['reminders'][0]['id']}/snooze", until=until)) == "until"


def test_a_snooze_is_undone(alice: Person) -> None:
    task = alice.has_task("Pay the rent", due=DUE, reminders=[QUARTER])
    snoozed = asked(alice, "POST", task, f"/{task['reminders'][0]['id']}/snooze", minutes=1)

    undone = alice.at("tasks").post(f"/api/activity/{snoozed.headers['taskora-activity']}/undo")

    assert undone.status_code == 200, undone.text
    assert now(alice, task)["reminders"] == task["reminders"]
    assert pending(alice, task) == [datetime(2040, 3, 26, 6, 45, tzinfo=UTC)]
