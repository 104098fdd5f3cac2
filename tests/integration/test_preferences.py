"""Everybody is told things as they want it, and as is sensible until they say so."""

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from tests.people import Person

UNSAID: dict[str, Any] = {
    "channels": {
        "reminder": {"push": True, "email": False},
        "digest": {"push": True, "email": True},
        "overdue": {"push": True, "email": True},
        "webhook": {"push": True, "email": True},
    },
    "quiet_hours": None,
    "default_reminders": {"timed": None, "all_day": None},
    "daily_digest": None,
    "overdue_digest": None,
}
OWN: dict[str, Any] = {
    "channels": {
        "reminder": {"push": True, "email": True},
        "digest": {"push": False, "email": True},
        "overdue": {"push": False, "email": False},
        "webhook": {"push": True, "email": False},
    },
    "quiet_hours": {"start": "22:00", "end": "07:00"},
    "default_reminders": {
        "timed": {"kind": "before", "minutes": 30},
        "all_day": {"kind": "days_before", "days": 1, "at": "18:00"},
    },
    "daily_digest": "07:30",
    "overdue_digest": "18:00",
}


def wanted(person: Person, headers: dict[str, str] | None = None, **said: Any) -> httpx.Response:
    return person.at("notify").put("/api/preferences", json=said, headers=headers)


def by_default(**reminder: Any) -> dict[str, Any]:
    return {"default_reminders": {"timed": reminder}}


def next_digests(person: Person) -> dict[str, datetime]:
    rows = person.world.rows("SELECT kind, next_at FROM digests WHERE user_id = %s", person.id)
    found = {str(kind): at for kind, at in rows if isinstance(at, datetime)}
    return {kind: at.astimezone(ZoneInfo(person.zone)) for kind, at in found.items()}


def test_who_never_said_anything_has_what_is_sensible(alice: Person) -> None:
    answer = alice.at("notify").get("/api/preferences")

    assert (answer.json(), answer.headers["etag"]) == (UNSAID | {"version": 0}, '"0"')


def test_what_was_said_is_kept_and_is_an_event(alice: Person, mallory: Person) -> None:
    answer = wanted(alice, **OWN)

    assert (answer.status_code, answer.json()) == (200, OWN | {"version": 1})
    assert alice.at("notify").get("/api/preferences").json() == OWN | {"version": 1}
    assert mallory.at("notify").get("/api/preferences").json()["version"] == 0
    [(number, topic, subject, data)] = alice.world.rows(
        "SELECT sequence, topic, subject, data FROM events WHERE user_id = %s", alice.id
    )
    assert isinstance(data, dict)
    assert (number, topic, subject) == (1, "user-events", f"preferences/{alice.id}")
    assert data["preferences"] == OWN | {"version": 1}
    assert data["changes"]["daily_digest"] == [None, "07:30"]


def test_what_is_left_out_is_as_it_is_for_everybody(alice: Person) -> None:
    wanted(alice, **OWN)

    answer = wanted(alice, channels={"reminder": {"email": True}})

    expected = UNSAID["channels"] | {"reminder": {"push": True, "email": True}}
    assert answer.json() == UNSAID | {"channels": expected, "version": 2}


def test_a_default_reminder_is_said_and_kept_as_a_tasks_own(alice: Person) -> None:
    said = {"kind": "days_before", "days": 1, "at": "18:00:00"}

    answer = wanted(alice, default_reminders={"timed": said, "all_day": said})

    task = alice.has_task("Stand up", due="2040-03-26T09:00:00", reminders=[said])
    [own] = task["reminders"]
    assert answer.json()["default_reminders"]["all_day"] | {"id": own["id"]} == own
    assert answer.json()["default_reminders"]["timed"]["at"] == "18:00"


def test_to_want_what_is_so_already_changes_nothing(alice: Person) -> None:
    assert wanted(alice, **UNSAID).json()["version"] == 0
    assert wanted(alice, **OWN).json() == wanted(alice, **OWN).json()

    assert len(alice.events()) == 1


def test_nobody_overwrites_what_they_have_not_seen(alice: Person) -> None:
    wanted(alice, **OWN)

    answer = wanted(alice, {"if-match": '"0"'})

    assert (answer.status_code, answer.json()["current"]["version"]) == (412, 1)
    assert wanted(alice, {"if-match": '"1"'}).status_code == 200


def test_what_an_older_release_kept_has_what_came_later_from_everybodys(alice: Person) -> None:
    wanted(alice, **OWN)
    kept: dict[str, Any] = {"channels": {"reminder": {"push": False, "email": True}}, "version": 1}
    alice.world.rows("UPDATE preferences SET document = %s WHERE user_id = %s", json.dumps(kept), alice.id)

    said = alice.at("notify").get("/api/preferences").json()

    channels = UNSAID["channels"] | kept["channels"]
    assert said == UNSAID | {"channels": channels, "version": 1}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"quiet_hours": {"start": "22:00", "end": "22:00"}}, "quiet_hours"),
        ({"quiet_hours": {"start": "24:00", "end": "07:00"}}, "quiet_hours.start"),
        ({"daily_digest": "7:30"}, "daily_digest"),
        ({"daily_digest": "07:30:15"}, "daily_digest"),
        ({"daily_digest": "\u0660\u0667:\u0663\u0660"}, "daily_digest"),
        ({"channels": {"reminder": {"fax": True}}}, "channels.reminder.fax"),
        ({"channels": {"advertising": {"email": True}}}, "channels.advertising"),
        ({"default_reminders": {"all_day": {"kind": "before", "minutes": 5}}}, "default_reminders.all_day.kind"),
        (
            {"default_reminders": {"timed": {"kind": "days_before", "days": 1, "at": "24:00"}}},
            "default_reminders.timed.days_before.at",
        ),
        (
            {"default_reminders": {"timed": {"kind": "before", "minutes": 10**8}}},
            "default_reminders.timed.before.minutes",
        ),
        ({"default_reminders": {"timed": {"kind": "absolute", "at": "2040-01-01T09:00"}}}, "default_reminders.timed"),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(alice: Person, said: dict[str, Any], field: str) -> None:
    answer = wanted(alice, **said)

    assert answer.status_code == 422
    assert field in [error["field"] for error in answer.json()["errors"]]


def test_a_program_reads_them_and_only_a_person_changes_them(alice: Person) -> None:
    new = {"name": "all", "scopes": ["tasks:read", "tasks:write", "profile:read"]}
    token = alice.at("accounts").post("/api/tokens", json=new).json()["token"]
    with alice.world.function("notify").client(authorization=f"Bearer {token}") as program:
        assert program.get("/api/preferences").status_code == 200
        assert program.put("/api/preferences", json={}).status_code == 403


def test_a_digest_is_planned_for_its_time_where_its_user_is(alice: Person) -> None:
    wanted(alice, daily_digest="07:30", overdue_digest="18:00")

    planned = next_digests(alice)

    assert {kind: f"{at:%H:%M}" for kind, at in planned.items()} == {"digest": "07:30", "overdue": "18:00"}
    assert all(0 < (at - datetime.now(UTC)).total_seconds() <= 25 * 3600 for at in planned.values())


def test_a_digest_moves_with_its_user_and_ends_when_it_is_not_wanted(alice: Person) -> None:
    wanted(alice, daily_digest="07:30", overdue_digest="18:00")
    alice.at("accounts").patch("/api/me", json={"zone": "Pacific/Auckland"}).raise_for_status()
    alice.zone = "Pacific/Auckland"
    assert {kind: f"{at:%H:%M}" for kind, at in next_digests(alice).items()} == {"digest": "07:30", "overdue": "18:00"}

    wanted(alice, daily_digest=None, overdue_digest="19:00")

    assert {kind: f"{at:%H:%M}" for kind, at in next_digests(alice).items()} == {"overdue": "19:00"}
