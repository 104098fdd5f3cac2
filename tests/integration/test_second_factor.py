"""A code from an authenticator beside the password, and recovery codes for its loss."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pyotp
import pytest

from tests.authenticator import Authenticator, begin, switch_on
from tests.newcomers import PASSWORD, Newcomer, browser, log_in
from tests.world import Function, World, eventually


@pytest.fixture
def ada(world: World) -> Iterator[Newcomer]:
    with browser(world.function("accounts")) as client:
        yield Newcomer(world, client)


def enter(client: httpx.Client, person: Newcomer, code: str | None, password: str = PASSWORD) -> httpx.Response:
    return client.post("/api/auth/login", json={"email": person.email, "password": password, "code": code})


def problem(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def while_it_is_switched_on(person: Newcomer, ask: Callable[[], httpx.Response]) -> tuple[int, int]:
    """How that is answered, and what is asked meanwhile: it comes to the lock behind that."""
    world, code = person.world, {"code": begin(person).code()}
    with ThreadPoolExecutor(2) as people, world.everyone_waits_for(person.id, waiting=2):
        switched_on = people.submit(person.browser.post, "/api/me/second-factor/confirm", json=code)
        eventually(lambda: world.waiting_for_locks() == 1, "it is about to be switched on")
        answered = people.submit(ask)  # the password is right, and no code is asked for yet
    return switched_on.result().status_code, answered.result().status_code


# Switching it on


def test_until_a_code_shows_that_it_is_set_up_nothing_is_asked(ada: Newcomer, stranger: httpx.Client) -> None:
    begin(ada)

    assert log_in(stranger, ada.email).status_code == 200
    assert ada.browser.get("/api/me/second-factor").json() == {"enabled": False, "recovery_codes": 0}


def test_with_the_first_code_it_is_on_and_there_are_ten_recovery_codes(ada: Newcomer) -> None:
    _, codes = switch_on(ada)

    assert len(set(codes)) == 10
    assert ada.browser.get("/api/me/second-factor").json() == {"enabled": True, "recovery_codes": 10}
    assert ada.events()[-1] == "user.second_factor_changed"
    assert ada.changes() == {"second_factor": [False, True]}


def test_the_authenticator_learns_whose_it_is(ada: Newcomer) -> None:
    answer = ada.browser.post("/api/me/second-factor", json={"password": PASSWORD})

    of_uri = pyotp.parse_uri(answer.json()["uri"])
    assert (of_uri.name, of_uri.issuer) == (ada.email, "Taskora")
    assert isinstance(of_uri, pyotp.TOTP)
    assert of_uri.secret == answer.json()["secret"]
    assert answer.headers["cache-control"] == "no-store"


def test_it_takes_the_password_to_begin_and_the_right_code_to_end(ada: Newcomer) -> None:
    wrong = ada.browser.post("/api/me/second-factor", json={"password": "not the password"})
    authenticator = begin(ada)
    guessed = ada.browser.post("/api/me/second-factor/confirm", json={"code": authenticator.wrong()})

    assert (wrong.status_code, guessed.status_code) == (422, 422)
    assert guessed.json()["errors"][0]["field"] == "code"
    assert not ada.browser.get("/api/me/second-factor").json()["enabled"]


def test_what_is_on_is_not_begun_anew(ada: Newcomer, stranger: httpx.Client) -> None:
    authenticator, _ = switch_on(ada)

    again = ada.browser.post("/api/me/second-factor", json={"password": PASSWORD})
    confirmed = ada.browser.post("/api/me/second-factor/confirm", json={"code": authenticator.code()})

    assert (again.status_code, confirmed.status_code) == (409, 409)
    assert enter(stranger, ada, authenticator.code()).status_code == 200


def test_neither_secret_nor_codes_can_be_read_from_the_database(ada: Newcomer, world: World) -> None:
    answer = ada.browser.post("/api/me/second-factor", json={"password": PASSWORD})
    secret = answer.json()["secret"]
    codes = ada.browser.post("/api/me/second-factor/confirm", json={"code": Authenticator(secret).code()}).json()[
        "recovery_codes"
    ]

    kept = world.rows(
        "SELECT row_to_json(second_factors)::text FROM second_factors WHERE user_id = %s"
        " UNION ALL SELECT row_to_json(recovery_codes)::text FROM recovery_codes WHERE user_id = %s"
        " UNION ALL SELECT data::text FROM events WHERE user_id = %s",
        ada.id, ada.id, ada.id,
    )  # fmt: skip
    assert len(kept) > 11
    for (text,) in kept:
        assert secret not in str(text)
        assert not any(code in str(text) or code.replace("-", "") in str(text) for code in codes)


# Logging in


def test_the_code_it_was_set_up_with_is_used(ada: Newcomer, stranger: httpx.Client) -> None:
    authenticator = begin(ada)
    ada.browser.post("/api/me/second-factor/confirm", json={"code": authenticator.code()})

    assert problem(enter(stranger, ada, authenticator.code())) == (401, "WrongCode")


def test_without_a_code_it_is_said_that_one_is_needed(ada: Newcomer, stranger: httpx.Client) -> None:
    switch_on(ada)

    answer = log_in(stranger, ada.email)

    assert problem(answer) == (401, "CodeRequired")
    assert "set-cookie" not in answer.headers
    assert stranger.get("/api/me").status_code == 401


def test_who_does_not_know_the_password_does_not_hear_of_the_code(ada: Newcomer, stranger: httpx.Client) -> None:
    authenticator, codes = switch_on(ada)

    answers = [enter(stranger, ada, code, "not the password") for code in (None, authenticator.code(), codes[0])]

    assert [problem(answer) for answer in answers] == [(401, "SignInRequired")] * 3
    assert enter(stranger, ada, codes[0]).status_code == 200


@pytest.mark.parametrize("steps", [0, 1])
def test_password_and_code_sign_in_a_step_too_early_as_well(ada: Newcomer, stranger: httpx.Client, steps: int) -> None:
    authenticator, _ = switch_on(ada)

    answer = enter(stranger, ada, authenticator.code(steps))

    assert answer.status_code == 200
    assert stranger.get("/api/me").json()["id"] == ada.id


@pytest.mark.parametrize("steps", [-3, 3])
def test_a_code_of_another_time_is_none(ada: Newcomer, stranger: httpx.Client, steps: int) -> None:
    authenticator, _ = switch_on(ada)

    assert problem(enter(stranger, ada, authenticator.code(steps))) == (401, "WrongCode")


def test_a_code_is_good_once_and_so_is_none_from_before_it(ada: Newcomer, stranger: httpx.Client) -> None:
    authenticator, _ = switch_on(ada)
    used, before = authenticator.code(1), authenticator.code()
    assert enter(stranger, ada, used).status_code == 200

    assert [problem(enter(stranger, ada, code)) for code in (used, before)] == [(401, "WrongCode")] * 2


def test_who_logs_in_while_it_is_switched_on_is_asked_for_a_code(ada: Newcomer, stranger: httpx.Client) -> None:
    statuses = while_it_is_switched_on(ada, lambda: enter(stranger, ada, None))

    assert statuses == (200, 401)
    assert problem(enter(stranger, ada, None)) == (401, "CodeRequired")


def test_of_two_with_the_same_code_at_once_one_comes_in(ada: Newcomer, world: World) -> None:
    authenticator, codes = switch_on(ada)
    for code in (authenticator.code(), codes[0]):
        accounts = world.function("accounts")
        with browser(accounts) as one, browser(accounts) as other, ThreadPoolExecutor(2) as people:
            with world.everyone_waits_for(ada.id, waiting=2):
                answers = [people.submit(enter, client, ada, code) for client in (one, other)]
            statuses = sorted(answer.result().status_code for answer in answers)

        assert statuses == [200, 401]


def test_codes_cannot_be_guessed(ada: Newcomer, stranger: httpx.Client, world: World) -> None:
    authenticator, codes = switch_on(ada)
    guesses = [enter(stranger, ada, authenticator.wrong()).status_code for _ in range(10)]

    with browser(world.function("accounts")) as elsewhere:
        right = enter(elsewhere, ada, authenticator.code())
        recovered = enter(elsewhere, ada, codes[0])

    assert guesses == [401] * 10
    assert right.status_code == 429
    assert int(right.headers["retry-after"]) > 300
    assert recovered.status_code == 200  # whoever guesses does not lock out whose account it is


def test_codes_that_were_right_are_never_too_many(ada: Newcomer, stranger: httpx.Client) -> None:
    switch_on(ada)

    assert {log_in(stranger, ada.email).status_code for _ in range(12)} == {401}  # and none is a guess


@pytest.mark.parametrize("written", [str, str.upper, lambda code: code.replace("-", " "), lambda code: f" {code} "])
def test_a_recovery_code_signs_in_once_however_it_is_written(
    ada: Newcomer, stranger: httpx.Client, written: Any
) -> None:
    _, codes = switch_on(ada)

    assert enter(stranger, ada, written(codes[3])).status_code == 200
    assert problem(enter(stranger, ada, codes[3])) == (401, "WrongCode")
    assert ada.browser.get("/api/me/second-factor").json()["recovery_codes"] == 9
    said = ada.world.rows("SELECT data -> 'changes' FROM events WHERE user_id = %s", ada.id)
    assert ({"recovery_codes": [10, 9]},) in said


# Switching it off


def test_new_recovery_codes_replace_the_old(ada: Newcomer, stranger: httpx.Client) -> None:
    authenticator, old = switch_on(ada)

    answer = ada.browser.post(
        "/api/me/second-factor/recovery-codes", json={"password": PASSWORD, "code": authenticator.code()}
    )

    assert enter(stranger, ada, old[0]).status_code == 401
    assert enter(stranger, ada, answer.json()["recovery_codes"][0]).status_code == 200


@pytest.mark.parametrize("lacks", ["password", "code"])
def test_it_takes_both_to_switch_it_off(ada: Newcomer, lacks: str) -> None:
    authenticator, _ = switch_on(ada)
    body = {"password": PASSWORD, "code": authenticator.code()}
    wrong = {"password": "not the password", "code": authenticator.wrong()}[lacks]

    answer = ada.browser.post("/api/me/second-factor/off", json=body | {lacks: wrong})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == lacks
    assert ada.browser.get("/api/me/second-factor").json()["enabled"]


def test_switched_off_nothing_is_left_of_it(ada: Newcomer, stranger: httpx.Client, world: World) -> None:
    authenticator, codes = switch_on(ada)
    body = {"password": PASSWORD, "code": authenticator.code()}

    assert ada.browser.post("/api/me/second-factor/off", json=body).status_code == 204

    assert log_in(stranger, ada.email).status_code == 200
    assert ada.changes() == {"session": ada.changes()["session"]}
    assert "user.second_factor_changed" in ada.events()
    assert world.rows("SELECT count(*) FROM recovery_codes WHERE user_id = %s", ada.id) == [(0,)]
    assert ada.browser.post("/api/me/second-factor/off", json=body).status_code == 409
    assert enter(stranger, ada, codes[0]).status_code == 200  # it is asked for no more


# What takes a code, too


def test_deleting_the_account_takes_a_code(ada: Newcomer, stranger: httpx.Client) -> None:
    authenticator, codes = switch_on(ada)

    def delete(**said: str) -> httpx.Response:
        return ada.browser.request("DELETE", "/api/me", json={"password": PASSWORD} | said)

    refused = [delete(), delete(code=authenticator.wrong())]
    assert [(answer.status_code, answer.json()["errors"][0]["field"]) for answer in refused] == [(422, "code")] * 2
    assert enter(stranger, ada, codes[0]).status_code == 200
    assert delete(code=authenticator.code()).status_code == 204
    assert log_in(stranger, ada.email).status_code == 401


def test_who_deletes_the_account_while_it_is_switched_on_is_asked_for_a_code(ada: Newcomer) -> None:
    statuses = while_it_is_switched_on(
        ada, lambda: ada.browser.request("DELETE", "/api/me", json={"password": PASSWORD})
    )

    assert statuses == (200, 422)


# Keys


def test_a_new_key_in_front_opens_what_the_old_one_sealed(ada: Newcomer, world: World) -> None:
    authenticator, _ = switch_on(ada)
    rotated = world.start("accounts", ENCRYPTION_KEYS=f"a new one,{world.environment['ENCRYPTION_KEYS']}")

    with browser(rotated) as client:
        assert enter(client, ada, authenticator.code()).status_code == 200
    rotated.kill()


def test_where_the_key_is_lost_a_recovery_code_still_opens(ada: Newcomer, world: World) -> None:
    authenticator, codes = switch_on(ada)
    forgetful = world.start("accounts", ENCRYPTION_KEYS="quite another one")

    with browser(forgetful) as client:
        assert enter(client, ada, authenticator.code()).status_code == 503
        assert enter(client, ada, codes[0]).status_code == 200
    forgetful.kill()


def test_without_a_key_no_second_factor_is_begun_and_everything_else_works(ada: Newcomer, world: World) -> None:
    keyless: Function = world.start("accounts", ENCRYPTION_KEYS="")

    with browser(keyless, token=ada.token) as client:
        assert client.post("/api/me/second-factor", json={"password": PASSWORD}).status_code == 503
        assert log_in(client, ada.email).status_code == 200
    keyless.kill()
