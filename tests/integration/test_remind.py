"""When a reminder fires is said without anything being stored."""

from typing import Any

import httpx
import pytest

from tests.cases import cases
from tests.people import Person

TASK = {"due": "2027-02-10T09:00:00", "zone": "Europe/Paris", "all_day": False, "status": "open", "urgent": False}
ASKED: dict[str, Any] = {
    "task": TASK,
    "reminder": {"kind": "before", "minutes": 15},
    "saved_at": "2027-02-01T08:00:00Z",
    "quiet_hours": None,
}


def previewed(person: Person, **asked: Any) -> httpx.Response:
    return person.at("remind").post("/api/reminders/preview", json=asked)


@cases("reminders")
def test_a_preview_says_when_a_reminder_fires_and_is_delivered(alice: Person, case: dict[str, Any]) -> None:
    answer = previewed(alice, **{name: case[name] for name in ASKED})

    assert answer.json() == case["expected"]


def test_what_has_no_zone_is_where_its_user_is(alice: Person) -> None:
    answer = previewed(alice, **ASKED | {"task": TASK | {"zone": None}})

    assert (alice.zone, answer.json()["fire_at"]) == ("Europe/Berlin", "2027-02-10T07:45:00Z")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"task": TASK | {"due": "soon"}}, "task.due: a date like"),
        ({"task": TASK | {"due": "9999-01-01"}}, "task.due: a year"),
        ({"task": TASK | {"due": "2027-02-10"}}, "task.due: a date if the task is all-day"),
        ({"task": TASK | {"zone": "Mars/Olympus"}}, "zone: an IANA time zone"),
        ({"task": TASK | {"status": "asleep"}}, "task.status: "),
        ({"task": TASK | {"due": "2027-02-10", "all_day": True}}, "reminder.kind: an all-day task has no minutes"),
        ({"reminder": {"kind": "later"}}, "reminder: "),
        ({"reminder": {"kind": "before"}}, "reminder.before.minutes: "),
        ({"reminder": {"kind": "before", "minutes": 10**9}}, "reminder.before.minutes: "),
        ({"reminder": {"kind": "days_before", "days": 1, "at": "25:00"}}, "reminder.at: a time of day"),
        ({"reminder": {"kind": "absolute", "at": "2027-02-10"}}, "reminder.at: a local time"),
        ({"reminder": {"kind": "absolute", "at": "2027-02-10T09:00:00Z"}}, "reminder.at: a date like"),
        ({"saved_at": "2027-02-01T08:00:00"}, "saved_at: an instant like"),
        ({"quiet_hours": {"start": "22:00", "end": "7"}}, "quiet_hours.end: a time of day"),
    ],
)
def test_what_is_no_reminder_is_refused_by_the_field_at_fault(alice: Person, asked: dict[str, Any], said: str) -> None:
    answer = previewed(alice, **ASKED | asked)

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["detail"].startswith(said)


def test_a_stranger_hears_nothing(alice: Person) -> None:
    with httpx.Client(base_url=alice.at("remind").base_url) as stranger:
        assert stranger.post("/api/reminders/preview", json=ASKED).status_code == 401
