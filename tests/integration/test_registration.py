"""Where accounts are confirmed by mail, registering tells nobody who has one, and takes a mailbox and a password."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage

import httpx
import pytest

from tests.deliveries import work_due
from tests.newcomers import PASSWORD, Newcomer, an_email, browser, log_in, register
from tests.post_office import PostOffice, text_of
from tests.world import Function, World


@pytest.fixture(scope="module")
def accounts(world: World) -> Iterator[Function]:
    accounts = world.start("accounts", REGISTRATION="by-mail")
    yield accounts
    accounts.kill()


@pytest.fixture
def newcomer(accounts: Function) -> Iterator[httpx.Client]:
    with browser(accounts) as client:
        yield client


@pytest.fixture
def alice(world: World) -> Iterator[Newcomer]:
    with browser(world.function("accounts")) as client:
        yield Newcomer(world, client)


def letter_to(email: str, notify: Function, office: PostOffice) -> EmailMessage:
    assert work_due("mails").to(notify).status_code == 204
    return office.letters_to(email)[-1]


def token_in(letter: EmailMessage) -> str:
    return text_of(letter).partition("https://here.test/confirm#token=")[2].split()[0]


def confirm(client: httpx.Client, token: str, password: str = PASSWORD) -> httpx.Response:
    return client.post("/api/auth/register/confirm", json={"token": token, "password": password})


def accounts_of(world: World, email: str) -> object:
    return world.rows("SELECT count(*) FROM users WHERE email = %s", email)[0][0]


def test_an_account_is_there_when_its_mail_is_opened_with_its_password(
    newcomer: httpx.Client, notify: Function, office: PostOffice, world: World
) -> None:
    email, said = an_email(), {"name": "Ada", "zone": "Europe/London", "locale": "en-GB", "week_start": "sunday"}

    asked = register(newcomer, email, **said)
    assert (asked.status_code, "set-cookie" in asked.headers, accounts_of(world, email)) == (202, False, 0)
    letter = letter_to(email, notify, office)
    answer = confirm(newcomer, token_in(letter))

    assert letter["Subject"] == "Confirm your Taskora account"
    assert answer.status_code == 201
    assert answer.json() == answer.json() | said | {"email": email}
    assert newcomer.get("/api/me").json() == answer.json()
    assert log_in(newcomer, email).status_code == 200


def test_who_opened_the_mail_has_proven_the_address(
    newcomer: httpx.Client, notify: Function, office: PostOffice, world: World
) -> None:
    """So that what they set up afterwards is theirs: a new password takes no second factor from them."""
    email = an_email()
    register(newcomer, email)

    assert confirm(newcomer, token_in(letter_to(email, notify, office))).status_code == 201

    assert world.rows("SELECT address_proven_at = created_at FROM users WHERE email = %s", email) == [(True,)]


def test_who_has_an_account_is_told_so_and_nobody_else_is(
    alice: Newcomer, newcomer: httpx.Client, notify: Function, office: PostOffice
) -> None:
    known, unknown = register(newcomer, alice.email.upper()), register(newcomer, an_email())

    assert known.status_code == unknown.status_code == 202
    assert known.content == unknown.content
    assert set(known.headers) == set(unknown.headers)
    letter = letter_to(alice.email, notify, office)
    assert letter["Subject"] == "You have a Taskora account already"
    assert "token" not in text_of(letter)
    assert alice.can_log_in(PASSWORD)


def test_for_a_known_address_is_done_what_is_done_for_an_unknown_one(
    alice: Newcomer, newcomer: httpx.Client, world: World
) -> None:
    for email in (alice.email, an_email()):
        register(newcomer, email)

    rows = world.rows(
        "SELECT kind, user_id, token_hash, attempts, outcome, left(password_hash, 31) FROM account_mails"
        " JOIN registrations USING (id) ORDER BY requested_at DESC LIMIT 2"
    )
    assert rows == [("registration", None, None, 0, None, "$argon2id$v=19$m=19456,t=2,p=1$")] * 2


def test_whoever_opens_somebody_elses_mail_by_mistake_makes_no_account_for_them(
    newcomer: httpx.Client, notify: Function, office: PostOffice, world: World
) -> None:
    """An intruder registered with a password of theirs; the mailbox's owner opens the link and knows another."""
    email = an_email()
    register(newcomer, email)

    answer = confirm(newcomer, token_in(letter_to(email, notify, office)), "the owner's password")

    assert (answer.status_code, accounts_of(world, email)) == (401, 0)


def test_registering_with_somebodys_address_keeps_no_link_from_them(alice: Newcomer, newcomer: httpx.Client) -> None:
    """An intruder uses up the mails that an address may have of one kind; what its owner asks for is of another."""
    assert [register(newcomer, alice.email).status_code for _ in range(6)] == [202] * 5 + [429]

    assert newcomer.post("/api/auth/reset", json={"email": alice.email}).status_code == 202


def test_passwords_for_a_link_are_not_guessed(newcomer: httpx.Client, notify: Function, office: PostOffice) -> None:
    email = an_email()
    register(newcomer, email)
    token = token_in(letter_to(email, notify, office))

    statuses = [confirm(newcomer, token, f"guess {number}").status_code for number in range(11)]

    assert statuses == [401] * 10 + [429]


def test_a_link_makes_one_account(
    newcomer: httpx.Client, accounts: Function, notify: Function, office: PostOffice, world: World
) -> None:
    email = an_email()
    register(newcomer, email)
    first = token_in(letter_to(email, notify, office))
    register(newcomer, email)
    second = token_in(letter_to(email, notify, office))

    with browser(accounts) as other, ThreadPoolExecutor(2) as clicks:
        answers = list(clicks.map(confirm, (newcomer, other), (first, second)))

    assert sorted(answer.status_code for answer in answers) == [201, 422]
    assert [confirm(newcomer, token).status_code for token in (first, second)] == [422, 422]
    assert accounts_of(world, email) == 1


def test_a_link_is_good_for_a_day(newcomer: httpx.Client, notify: Function, office: PostOffice, world: World) -> None:
    email = an_email()
    register(newcomer, email)
    token = token_in(letter_to(email, notify, office))
    lives = "SELECT expires_at - now() BETWEEN '23:59' AND '24:00' FROM account_mails WHERE email = %s"
    assert world.rows(lives, email) == [(True,)]

    world.rows("UPDATE account_mails SET expires_at = now() WHERE email = %s", email)

    assert (confirm(newcomer, token).status_code, accounts_of(world, email)) == (422, 0)


def test_a_link_to_a_new_password_confirms_no_account_nor_the_other_way_round(
    alice: Newcomer, newcomer: httpx.Client, notify: Function, office: PostOffice
) -> None:
    email = an_email()
    register(newcomer, email)
    assert newcomer.post("/api/auth/reset", json={"email": alice.email}).status_code == 202
    to_confirm = token_in(letter_to(email, notify, office))
    to_reset = text_of(letter_to(alice.email, notify, office)).partition("#token=")[2].split()[0]

    wrong = newcomer.post("/api/auth/reset/confirm", json={"token": to_confirm, "new_password": "mine from now on"})

    assert (wrong.status_code, confirm(newcomer, to_reset).status_code) == (422, 422)


def test_nobodys_mailbox_is_flooded(newcomer: httpx.Client) -> None:
    email = an_email()

    statuses = [register(newcomer, email).status_code for _ in range(6)]

    assert statuses == [202] * 5 + [429]


def test_how_accounts_are_made_is_one_of_two_ways(world: World) -> None:
    with pytest.raises(AssertionError, match="REGISTRATION is at-once or by-mail"):
        world.start("accounts", REGISTRATION="maybe")
