"""A password is changed by whoever knows it, and whoever knew the old one is out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.newcomers import PASSWORD, Newcomer, browser, log_in
from tests.world import World, eventually

NEW = "another good password"


@pytest.fixture
def alice(world: World) -> Iterator[Newcomer]:
    with browser(world.function("accounts")) as client:
        yield Newcomer(world, client)


def change(alice: Newcomer, current: str | None = PASSWORD, new: str = NEW) -> int:
    said = {"new_password": new} | ({} if current is None else {"current_password": current})
    return alice.browser.post("/api/me/password", json=said).status_code


def test_with_a_new_password_all_other_sessions_end_and_this_one_stays(alice: Newcomer) -> None:
    with alice.elsewhere() as other:
        assert other.get("/api/me").status_code == 200

        assert change(alice) == 204

        assert (other.get("/api/me").status_code, alice.browser.get("/api/me").status_code) == (401, 200)
    assert (alice.can_log_in(PASSWORD), alice.can_log_in(NEW)) == (False, True)
    assert alice.events() == ["user.registered", *["user.logged_in"] * 2, "user.password_changed", "user.logged_in"]


def test_what_the_event_says_holds_no_password(alice: Newcomer, world: World) -> None:
    change(alice)

    [(data,)] = world.rows(
        "SELECT data::text FROM events WHERE user_id = %s AND type = 'user.password_changed'", alice.id
    )
    assert alice.changes() == {"sessions": [1, 1]}
    assert not [secret for secret in (PASSWORD, NEW, "argon2") if secret in str(data)]


@pytest.mark.parametrize("current", ["not the password", "", None])
def test_without_the_current_password_there_is_no_new_one(alice: Newcomer, current: str | None) -> None:
    said = {"new_password": NEW} | ({} if current is None else {"current_password": current})

    answer = alice.browser.post("/api/me/password", json=said)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["current_password"]
    assert alice.can_log_in(PASSWORD)


@pytest.mark.parametrize("new", ["too short", "x" * 1001, 12345678910, None])
def test_a_new_password_is_as_good_as_a_newcomers(alice: Newcomer, new: object) -> None:
    answer = alice.browser.post("/api/me/password", json={"current_password": PASSWORD, "new_password": new})

    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("new_password: ")


def test_guesses_are_counted_with_those_at_the_same_browsers_door(alice: Newcomer) -> None:
    guesses = [change(alice, f"guess number {number}") for number in range(5)]
    guesses += [log_in(alice.browser, alice.email, f"guess number {number}").status_code for number in range(5)]

    assert guesses == [422] * 5 + [401] * 5
    assert change(alice) == 429
    assert log_in(alice.browser, alice.email).status_code == 429


def test_of_two_changes_at_once_the_second_finds_another_password(alice: Newcomer, world: World) -> None:
    with ThreadPoolExecutor(2) as clicks, world.everyone_waits_for(alice.id, waiting=2):
        answers = [clicks.submit(change, alice, PASSWORD, f"new password {name}") for name in "ab"]

    assert sorted(answer.result() for answer in answers) == [204, 422]


def test_a_log_in_under_way_with_the_old_password_comes_to_nothing(alice: Newcomer, world: World) -> None:
    """It was right when it was checked: forced by holding back what follows."""
    with (
        browser(world.function("accounts")) as intruder,
        ThreadPoolExecutor(1) as clicks,
        world.everyone_waits_for(alice.id, waiting=1),
    ):
        answer = clicks.submit(log_in, intruder, alice.email)
        eventually(lambda: world.waiting_for_locks() == 1, "the password was right, and the log-in goes on")
        world.rows("UPDATE users SET password_hash = 'another' WHERE id = %s", alice.id)

    assert answer.result().status_code == 401
    assert alice.events() == ["user.registered", "user.logged_in"]


def test_who_has_no_password_gets_one_after_logging_in_again(alice: Newcomer, world: World) -> None:
    world.rows("UPDATE users SET password_hash = NULL WHERE id = %s", alice.id)
    world.rows("UPDATE sessions SET created_at = now() - interval '11 minutes' WHERE user_id = %s", alice.id)
    assert (change(alice, current=None), alice.can_log_in(PASSWORD)) == (403, False)

    world.rows("UPDATE sessions SET created_at = now() - interval '9 minutes' WHERE user_id = %s", alice.id)

    assert (change(alice, current=None), alice.can_log_in(NEW)) == (204, True)
