"""What people say about themselves is theirs to change, and what depends on it changes with it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from tests.deliveries import tick, work_due
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


def test_another_zone_counts_while_the_broker_is_still_silent(alice: Newcomer, door: Door) -> None:
    """So far apart that it is never the same day in both."""
    alice.browser.patch("/api/me", json={"zone": "Pacific/Pago_Pago"})
    today = str(datetime.now(ZoneInfo("Pacific/Kiritimati")).date())
    with alice.at("tasks") as tasks, ThreadPoolExecutor(1) as people:
        tasks.post("/api/tasks", json={"title": "Swim", "due": today}).raise_for_status()
        assert tasks.get("/api/tasks?filter=today").json()["items"] == []
        door.opened.clear()
        try:
            patched = people.submit(alice.browser.patch, "/api/me", json={"zone": "Pacific/Kiritimati"})
            eventually(lambda: tasks.get("/api/tasks?filter=today").json()["items"], "her day has begun")
            assert not patched.done()
        finally:
            door.opened.set()

    assert patched.result().status_code == 200


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
        ("id", "01a1fe0c-a27c-7123-9ede-a813889af089"),
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


NINE_IN_BERLIN = "2040-03-01T08:00:00.000000Z"
NINE_IN_NEW_YORK, NINE_IN_TOKYO = "2040-03-01T14:00:00.000000Z", "2040-03-01T00:00:00.000000Z"


def test_thousands_of_floating_times_follow_some_at_a_time(alice: Newcomer, world: World, door: Door) -> None:
    has_many_at_nine(alice, 2_500)
    accounts = world.function("accounts")

    alice.browser.patch("/api/me", json={"zone": "America/New_York"})

    eventually(lambda: "zones" in works_due(door), "accounts has heard that others follow")
    assert set(instants(alice)) == {(NINE_IN_NEW_YORK, 1_000), (NINE_IN_BERLIN, 1_500)}
    assert work_due("zones").to(accounts).status_code == 204
    assert instants(alice) == [(NINE_IN_NEW_YORK, 2_500)]
    assert alice.events().count("task.updated") == 2_500
    assert alice.changes() == {"due_at": [NINE_IN_BERLIN, NINE_IN_NEW_YORK]}
    assert work_due("zones").to(accounts).status_code == 204
    assert alice.events().count("task.updated") == 2_500


def test_whoever_goes_on_to_another_zone_takes_all_of_them_there(alice: Newcomer, world: World) -> None:
    has_many_at_nine(alice, 1_200)

    for zone in ("America/New_York", "Asia/Tokyo"):
        alice.browser.patch("/api/me", json={"zone": zone})

    assert work_due("zones").to(world.function("accounts")).status_code == 204
    assert instants(alice) == [(NINE_IN_TOKYO, 1_200)]


def test_the_clock_wakes_accounts_for_those_who_still_follow(alice: Newcomer, world: World, door: Door) -> None:
    has_many_at_nine(alice, 1_000)
    alice.browser.patch("/api/me", json={"zone": "Asia/Tokyo"})
    door.posted.clear()

    assert tick().to(world.function("clock")).status_code == 204
    assert "zones" in works_due(door)

    assert work_due("zones").to(world.function("accounts")).status_code == 204
    door.posted.clear()
    assert tick().to(world.function("clock")).status_code == 204
    assert "zones" not in works_due(door)


def has_many_at_nine(person: Newcomer, number: int) -> None:
    person.world.rows(
        "INSERT INTO tasks (user_id, id, title, notes, status, priority, due_on, due_time, due_at, list_id, tags,"
        "                   position, created_at, updated_at, version)"
        " SELECT %s, gen_random_uuid(), 'Stand up', '', 'todo', 'none', '2040-03-01', '09:00', %s, %s, '{}',"
        "        'a0', now(), now(), 1 FROM generate_series(1, %s)",
        person.id, NINE_IN_BERLIN, person.id, number,
    )  # fmt: skip


def instants(person: Newcomer) -> list[tuple[object, ...]]:
    """The instants of this person's tasks as these say them, and how many have each."""
    return person.world.rows(
        "SELECT document::json ->> 'due_at', count(*) FROM tasks WHERE user_id = %s GROUP BY 1", person.id
    )


def works_due(door: Door) -> list[str]:
    return [posted.headers.get("ce-work", "") for posted in list(door.posted)]


def made(tasks: httpx.Client, title: str, **fields: str) -> dict[str, Any]:
    answer = tasks.post("/api/tasks", json={"title": title, **fields})
    assert answer.status_code == 201, answer.text
    task: dict[str, Any] = answer.json()
    return task
