"""Whoever forgot a password sets another by a link, and nobody learns from it who has an account."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from statistics import median

import httpx
import pytest
from redis import Redis

from tests.authenticator import begin, switch_on
from tests.deliveries import work_due
from tests.newcomers import PASSWORD, Newcomer, an_email, browser, log_in
from tests.post_office import PostOffice, text_of
from tests.world import Door, Function, World, eventually

NEW = "another good password"


@pytest.fixture
def alice(world: World) -> Iterator[Newcomer]:
    with browser(world.function("accounts")) as client:
        yield Newcomer(world, client)


def ask(client: httpx.Client, email: str) -> httpx.Response:
    return client.post("/api/auth/reset", json={"email": email})


def confirm(client: httpx.Client, token: str, password: str = NEW) -> httpx.Response:
    return client.post("/api/auth/reset/confirm", json={"token": token, "new_password": password})


def token_for(alice: Newcomer, client: httpx.Client, notify: Function, office: PostOffice) -> str:
    assert work_due("mails").to(notify).status_code == 204  # what was asked for before is sent before
    before = len(office.letters_to(alice.email))
    assert ask(client, alice.email.upper()).status_code == 202
    assert work_due("mails").to(notify).status_code == 204
    letter = office.letters_to(alice.email)[before]
    return text_of(letter).partition("#token=")[2].split()[0]


def test_the_link_sets_a_new_password_and_everybody_is_out(
    alice: Newcomer, stranger: httpx.Client, notify: Function, office: PostOffice
) -> None:
    token = token_for(alice, stranger, notify, office)

    answer = confirm(stranger, token)

    assert (answer.status_code, answer.content) == (204, b"")
    assert "session" not in stranger.cookies
    assert alice.browser.get("/api/me").status_code == 401
    assert alice.events()[-2:] == ["user.password_reset_requested", "user.password_changed"]
    assert alice.changes() == {"sessions": [1, 0]}
    assert (alice.can_log_in(PASSWORD), alice.can_log_in(NEW)) == (False, True)
    assert work_due("mails").to(notify).status_code == 204
    assert [letter["Subject"] for letter in office.letters_to(alice.email)][1:] == ["Your Taskora password was changed"]


def test_whoever_changes_a_password_is_told_so_by_mail(alice: Newcomer, notify: Function, office: PostOffice) -> None:
    said = {"current_password": PASSWORD, "new_password": NEW}
    assert alice.browser.post("/api/me/password", json=said).status_code == 204

    assert work_due("mails").to(notify).status_code == 204

    assert office.letter_to(alice.email)["Subject"] == "Your Taskora password was changed"


def test_what_programs_were_let_in_with_is_no_good_any_more(
    alice: Newcomer, stranger: httpx.Client, notify: Function, office: PostOffice
) -> None:
    made = alice.browser.post("/api/tokens", json={"name": "script", "scopes": ["tasks:read"]}).json()
    with alice.world.function("tasks").client(authorization=f"Bearer {made['token']}") as program:
        assert program.get("/api/tasks").status_code == 200

        assert confirm(stranger, token_for(alice, stranger, notify, office)).status_code == 204

        assert program.get("/api/tasks").status_code == 401


def test_whoever_linked_the_account_to_theirs_is_out_too(
    alice: Newcomer, stranger: httpx.Client, notify: Function, office: PostOffice, world: World
) -> None:
    """Somebody may have made it with another's address and left an entrance open."""
    world.rows("INSERT INTO identities VALUES ('https://login.test', %s, %s, now())", alice.id, alice.id)

    assert confirm(stranger, token_for(alice, stranger, notify, office)).status_code == 204

    assert world.rows("SELECT FROM identities WHERE user_id = %s", alice.id) == []
    assert alice.events()[-2:] == ["user.identity_changed", "user.password_changed"]


def test_whoever_set_a_password_by_a_link_logs_in_whatever_others_guess(
    alice: Newcomer, stranger: httpx.Client, notify: Function, office: PostOffice, world: World
) -> None:
    guesses = f"attempts:email:{sha256(alice.email.encode()).hexdigest()}:networks"
    with Redis.from_url(world.valkey.url) as client:
        client.set(guesses, 200, ex=3600)
    assert log_in(stranger, alice.email).status_code == 429

    assert confirm(stranger, token_for(alice, stranger, notify, office)).status_code == 204

    assert log_in(stranger, alice.email, NEW).status_code == 200


def test_a_second_factor_from_before_the_address_was_proven_goes_with_it(
    alice: Newcomer, stranger: httpx.Client, notify: Function, office: PostOffice
) -> None:
    """Whoever made the account with somebody else's address would keep its owner out."""
    switch_on(alice)

    assert confirm(stranger, token_for(alice, stranger, notify, office)).status_code == 204

    assert alice.events()[-2:] == ["user.second_factor_changed", "user.password_changed"]
    assert alice.can_log_in(NEW)


def test_a_second_factor_made_since_is_asked_for_as_ever(
    alice: Newcomer, stranger: httpx.Client, notify: Function, office: PostOffice
) -> None:
    assert confirm(stranger, token_for(alice, stranger, notify, office)).status_code == 204
    assert log_in(alice.browser, alice.email, NEW).status_code == 200
    switch_on(alice, NEW)

    assert confirm(stranger, token_for(alice, stranger, notify, office), "a third password").status_code == 204

    answer = log_in(stranger, alice.email, "a third password")
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/CodeRequired")


@pytest.mark.parametrize("entrance", ["a token", "a second factor"])
def test_whoever_is_put_out_makes_no_other_way_in_at_the_same_moment(
    alice: Newcomer, stranger: httpx.Client, notify: Function, office: PostOffice, world: World, entrance: str
) -> None:
    token = token_for(alice, stranger, notify, office)
    path, said = {
        "a token": ("/api/tokens", {"name": "script", "scopes": ["tasks:read"]}),
        "a second factor": ("/api/me/second-factor/confirm", {"code": begin(alice).code()}),
    }[entrance]
    with ThreadPoolExecutor(2) as people, world.everyone_waits_for(alice.id, waiting=2):
        reset = people.submit(confirm, stranger, token)
        eventually(lambda: world.waiting_for_locks() == 1, "everybody is about to be put out")
        made = people.submit(alice.browser.post, path, json=said)  # the session is good so far

    assert (reset.result().status_code, made.result().status_code) == (204, 401)
    assert alice.can_log_in(NEW)
    assert world.rows("SELECT FROM tokens WHERE user_id = %s", alice.id) == []


def test_who_sets_a_new_password_from_within_takes_all_links_with_it(
    alice: Newcomer, stranger: httpx.Client, notify: Function, office: PostOffice
) -> None:
    """Whoever reads somebody's mail has had one sent."""
    token = token_for(alice, stranger, notify, office)
    said = {"current_password": PASSWORD, "new_password": NEW}
    assert alice.browser.post("/api/me/password", json=said).status_code == 204

    assert confirm(stranger, token, "the intruder's password").status_code == 422
    assert alice.can_log_in(NEW)


def test_a_link_works_once(alice: Newcomer, stranger: httpx.Client, notify: Function, office: PostOffice) -> None:
    token = token_for(alice, stranger, notify, office)

    with ThreadPoolExecutor(2) as clicks, alice.world.everyone_waits_for(alice.id, waiting=2):
        answers = [clicks.submit(confirm, stranger, token, f"new password {name}") for name in "ab"]
    answers_after = confirm(stranger, token)

    assert sorted(answer.result().status_code for answer in answers) == [204, 422]
    assert answers_after.status_code == 422
    assert alice.events().count("user.password_changed") == 1


def test_with_one_link_all_earlier_ones_are_used_up(
    alice: Newcomer, stranger: httpx.Client, notify: Function, office: PostOffice
) -> None:
    first, second = (token_for(alice, stranger, notify, office) for _ in range(2))
    assert confirm(stranger, second).status_code == 204

    assert confirm(stranger, first, "a third password").status_code == 422


def test_a_link_is_good_for_an_hour(
    alice: Newcomer, stranger: httpx.Client, notify: Function, office: PostOffice, world: World
) -> None:
    token = token_for(alice, stranger, notify, office)
    lives = "SELECT expires_at - now() BETWEEN '59 minutes' AND '60 minutes' FROM account_mails WHERE user_id = %s"
    assert world.rows(lives, alice.id) == [(True,)]

    world.rows("UPDATE account_mails SET expires_at = now() WHERE user_id = %s", alice.id)

    assert confirm(stranger, token).status_code == 422
    assert alice.can_log_in(PASSWORD)


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "\0", "\ud7ff"])
def test_a_token_that_was_never_sent_sets_nothing(stranger: httpx.Client, token: str) -> None:
    answer = confirm(stranger, token)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["token"]


def test_a_known_and_an_unknown_address_get_the_same_answer_after_the_same_work(
    alice: Newcomer, stranger: httpx.Client, world: World
) -> None:
    known, unknown = ask(stranger, alice.email), ask(stranger, an_email())

    assert known.status_code == unknown.status_code == 202
    assert known.content == unknown.content
    assert set(known.headers) == set(unknown.headers)
    assert alice.events() == ["user.registered", "user.logged_in"]  # nothing is done for one that is not for the other
    rows = "SELECT kind, user_id, token_hash, attempts, outcome FROM account_mails ORDER BY requested_at DESC LIMIT 2"
    assert world.rows(rows) == [("reset", None, None, 0, None)] * 2


def test_it_takes_as_long_for_a_known_address_as_for_an_unknown_one(alice: Newcomer, world: World) -> None:
    """By turns, against the same machine's noise; each from a network and with an address of its own."""
    known: list[float] = []
    unknown: list[float] = []
    for _ in range(4):
        with browser(world.function("accounts")) as client:
            for email, took in ((alice.email, known), (an_email(), unknown)):
                began = time.perf_counter()
                assert ask(client, email).status_code == 202
                took.append(time.perf_counter() - began)

    assert median(known) < 3 * median(unknown)
    assert median(unknown) < 3 * median(known)


def test_asking_says_that_there_is_work_and_not_for_whom(stranger: httpx.Client, door: Door) -> None:
    seen = len(door.posted)

    ask(stranger, an_email())

    eventually(lambda: "mails" in [posted.headers.get("ce-work") for posted in door.posted[seen:]], "notify is woken")
    [said] = [posted for posted in door.posted[seen:] if posted.headers.get("ce-work") == "mails"]
    assert (said.type, said.data, said.subject) == ("work.due", b"{}", "")


def test_while_the_broker_is_away_asking_works_all_the_same(
    alice: Newcomer, stranger: httpx.Client, notify: Function, office: PostOffice, door: Door
) -> None:
    door.answers = 503

    assert confirm(stranger, token_for(alice, stranger, notify, office)).status_code == 204


def test_nobodys_mailbox_is_flooded(alice: Newcomer, world: World) -> None:
    statuses = []
    for _ in range(7):
        with browser(world.function("accounts")) as client:
            statuses.append(ask(client, alice.email).status_code)

    assert statuses == [202] * 5 + [429] * 2


@pytest.mark.parametrize("path", ["/api/auth/reset", "/api/auth/reset/confirm"])
def test_another_sites_page_can_ask_for_nothing(stranger: httpx.Client, path: str) -> None:
    assert stranger.post(path, json={}, headers={"origin": "https://evil.test"}).status_code == 403
