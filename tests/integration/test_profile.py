"""What people say about themselves is theirs to change, and what depends on it changes with it."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from shared.ids import new_id
from tests.newcomers import Newcomer, an_email, browser, register
from tests.world import Door, World, eventually


@pytest.fixture
def alice(world: World) -> Iterator[Newcomer]:
    with browser(world.function("accounts")) as client:
        yield Newcomer(world, client)


def test_a_profile_has_what_a_page_needs_and_a_newcomer_need_not_say(alice: Newcomer) -> None:
    assert {field: alice.user[field] for field in ("locale", "week_start", "theme", "has_password")} == {
        "locale": "en",
        "week_start": "monday",
        "theme": "system",
        "has_password": True,
    }


def test_whoever_registers_may_say_it_at_once(world: World) -> None:
    said = {"name": "Ada", "zone": "Europe/London", "locale": "en-GB", "week_start": "sunday", "theme": "dark"}

    with browser(world.function("accounts")) as client:
        user = register(client, an_email(), **said).json()

    assert user == user | said


def test_what_a_patch_names_changes_and_the_rest_stays(alice: Newcomer, door: Door) -> None:
    answer = alice.browser.patch("/api/me", json={"name": " Alice B. ", "week_start": "saturday", "theme": "dark"})

    wanted = alice.user | {"name": "Alice B.", "week_start": "saturday", "theme": "dark"}
    assert (answer.status_code, answer.json()) == (200, wanted)
    assert alice.browser.get("/api/me").json() == wanted
    assert alice.changes() == {
        "name": ["Alice", "Alice B."],
        "week_start": ["monday", "saturday"],
        "theme": ["system", "dark"],
    }
    eventually(lambda: door.about(f"user/{alice.id}")[-1:] == ["user.profile_changed"], "the broker has heard of it")


def test_null_sets_back_to_what_a_newcomer_has(alice: Newcomer) -> None:
    alice.browser.patch("/api/me", json={"locale": "de", "week_start": "sunday"})

    user = alice.browser.patch("/api/me", json={"name": None, "zone": None, "locale": None, "week_start": None}).json()

    assert user == alice.user | {"name": "", "zone": "UTC"}


@pytest.mark.parametrize("patch", [{}, {"name": "Alice", "zone": "Europe/Berlin"}])
def test_what_is_so_already_is_no_event(alice: Newcomer, patch: dict[str, str]) -> None:
    answer = alice.browser.patch("/api/me", json=patch)

    assert (answer.status_code, answer.json()) == (200, alice.user)
    assert alice.events() == ["user.registered", "user.logged_in"]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("de", "de"),
        ("PT-br", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("sl-IT-nedis", "sl-IT-nedis"),
        ("DE-1996", "de-1996"),
        ("th-TH-u-ca-BUDDHIST-nu-thai", "th-TH-u-ca-buddhist-nu-thai"),
        ("en-x-Us-ours", "en-x-us-ours"),
    ],
)
def test_a_language_is_written_as_bcp_47_writes_it(alice: Newcomer, said: str, written: str) -> None:
    assert alice.browser.patch("/api/me", json={"locale": said}).json()["locale"] == written


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("locale", ""),
        ("locale", "english please"),
        ("locale", "de_DE"),
        ("locale", "de-"),
        ("locale", "x"),
        ("locale", "de-u"),
        ("locale", "de-u-co-u-ca"),
        ("locale", "\u0131d"),
        ("locale", "de" * 18),
        ("week_start", "Monday"),
        ("week_start", 0),
        ("theme", "purple"),
        ("name", "x" * 201),
        ("zone", "Mars/Olympus"),
        ("email", "other@example.org"),
        ("id", str(new_id())),
        ("has_password", False),
    ],
)
def test_a_profile_that_cannot_be_is_refused_by_field(alice: Newcomer, field: str, value: object) -> None:
    answer = alice.browser.patch("/api/me", json={"theme": "dark", field: value})

    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(f"{field}: ")
    assert alice.browser.get("/api/me").json() == alice.user


def test_in_another_zone_a_floating_time_is_another_instant(alice: Newcomer) -> None:
    with alice.at("tasks") as tasks:
        floating = made(tasks, "Stand up", due="2040-03-01T09:00:00")
        in_tokyo = made(tasks, "Call Tokyo", due="2040-03-01T09:00:00", zone="Asia/Tokyo")
        a_day = made(tasks, "Rest", due="2040-03-01")
        done = made(tasks, "Come", due="2040-03-01T09:00:00", status="done")

        alice.browser.patch("/api/me", json={"zone": "America/New_York"})

        now = tasks.get(f"/api/tasks/{floating['id']}").json()
        assert (floating["due_at"], now["due_at"]) == ("2040-03-01T08:00:00.000000Z", "2040-03-01T14:00:00.000000Z")
        assert now["version"] == floating["version"] + 1
        assert [tasks.get(f"/api/tasks/{task['id']}").json() for task in (in_tokyo, a_day, done)] == [
            in_tokyo,
            a_day,
            done,
        ]
        assert alice.events()[-2:] == ["user.profile_changed", "task.updated"]
        assert alice.changes() == {"due_at": [floating["due_at"], now["due_at"]]}
        reopened = tasks.patch(f"/api/tasks/{done['id']}", json={"status": "todo"}).json()
    assert reopened["due_at"] == now["due_at"]


def made(tasks: httpx.Client, title: str, **fields: str) -> dict[str, Any]:
    answer = tasks.post("/api/tasks", json={"title": title, **fields})
    assert answer.status_code == 201, answer.text
    task: dict[str, Any] = answer.json()
    return task
