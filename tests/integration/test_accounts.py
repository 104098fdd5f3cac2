"""Registering, logging in, logging out here and everywhere, and asking who is signed in."""

import hashlib
import json
import signal
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import httpx
import psycopg
import pytest
from redis import Redis

from functions.accounts.passwords import MOST_WAITING
from shared.shapes import User
from tests.newcomers import PASSWORD, a_network, an_email, browser, log_in, register
from tests.world import Door, Function, World, eventually

SIGNED_IN = ["user.registered", "user.logged_in"]


@pytest.fixture(scope="module")
def accounts(world: World) -> Function:
    return world.function("accounts")


@pytest.fixture
def newcomer(accounts: Function) -> Iterator[httpx.Client]:
    with browser(accounts) as client:
        yield client


def events_of(world: World, user: dict[str, str]) -> list[str]:
    rows = world.rows("SELECT sequence, type FROM events WHERE user_id = %s ORDER BY sequence", user["id"])
    assert [number for number, _ in rows] == list(range(1, len(rows) + 1))
    return [str(kind) for _, kind in rows]


# Registering


def test_whoever_registers_is_signed_in_and_announced(newcomer: httpx.Client, world: World, door: Door) -> None:
    email = an_email()

    answer = register(newcomer, email, name="Alice", zone="Europe/Berlin")

    user = answer.json()
    assert answer.status_code == 201
    assert user == {**user, "email": email, "name": "Alice", "zone": "Europe/Berlin"}
    assert set(user) == set(User.__annotations__)
    assert newcomer.get("/api/me").json() == user
    assert events_of(world, user) == SIGNED_IN
    eventually(lambda: door.about(f"user/{user['id']}") == SIGNED_IN, "the broker has both events")


def test_the_name_may_be_left_out_and_the_zone_is_then_utc(newcomer: httpx.Client) -> None:
    user = register(newcomer, an_email()).json()

    assert (user["name"], user["zone"]) == ("", "UTC")


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(newcomer: httpx.Client) -> None:
    cookie = register(newcomer, an_email()).headers["set-cookie"]

    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=2592000"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


@pytest.mark.parametrize(
    "said",
    [
        {"x-forwarded-proto": "https"},
        {"x-forwarded-proto": "http", "origin": "https://taskora.test", "x-forwarded-host": "taskora.test"},
    ],
)
def test_behind_https_the_cookie_never_travels_without_it(accounts: Function, said: dict[str, str]) -> None:
    with browser(accounts, **said) as client:
        cookie = register(client, an_email()).headers["set-cookie"]

    assert "Secure" in cookie.split("; ")


def test_an_email_address_has_one_account_whatever_its_case(newcomer: httpx.Client, world: World) -> None:
    email = an_email()
    register(newcomer, email)

    again = register(newcomer, f"  {email.upper()} ")

    assert again.status_code == 409
    assert again.headers["content-type"] == "application/problem+json"
    assert world.rows("SELECT count(*) FROM users WHERE lower(email) = %s", email) == [(1,)]


def test_an_email_address_is_kept_as_it_was_typed(newcomer: httpx.Client) -> None:
    email = f"A\uff4cice.Straße-{uuid4().hex}@Example.org"

    user = register(newcomer, email).json()

    assert user["email"] == email
    assert log_in(newcomer, email.upper().replace("\uff2c", "l")).json() == user


def test_two_registrations_at_once_make_one_account(newcomer: httpx.Client, world: World) -> None:
    email = an_email()

    with ThreadPoolExecutor(2) as people, somebody_registering(world, email, waiting=2):
        answers = [people.submit(register, newcomer, email) for _ in range(2)]

    assert sorted(answer.result().status_code for answer in answers) == [201, 409]
    assert world.rows("SELECT count(*) FROM users WHERE email = %s", email) == [(1,)]


@contextmanager
def somebody_registering(world: World, email: str, waiting: int) -> Iterator[None]:
    """Who gives up once so many wait for what becomes of it: a race is forced, not hoped for."""
    with psycopg.connect(world.owner_url) as connection:
        connection.execute(
            "INSERT INTO users (id, email, email_key, password_hash, name, zone, created_at)"
            " VALUES (%s, %s, %s, '-', '', 'UTC', now())",
            [uuid4(), email, email],
        )
        yield
        eventually(lambda: world.waiting_for_locks() >= waiting, f"{waiting} wait for the address")
        connection.rollback()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "alice"),
        ("email", "alice@"),
        ("email", "alice@localhost"),
        ("email", "@example.org"),
        ("email", "a b@example.org"),
        ("email", "a@b@example.org"),
        ("email", "alice@example..org"),
        ("email", "alice\u202e@example.org"),
        ("email", "alice\0@example.org"),
        ("email", "alice\uff20example@example.org"),  # one @ more in its normal form
        ("email", "alice@example.org\uff0e"),
        ("email", "alice@" + "\u3316" * 60 + ".org"),  # six times as long in its normal form
        ("email", "alice@example.org,bob"),  # two, where a mail's header is read
        ("email", "alice@example.org(of"),
        ("email", "alice@example.org\uff0cbob"),  # also these are commas
        ("email", "=?utf-8?q?a=0D=0ABcc:b=40evil.test?=@example.org"),  # lines of their own, when it is read there
        ("email", "a" * 65 + "@example.org"),
        ("email", "alice@" + "a" * 250 + ".org"),
        ("email", None),
        ("password", "too short"),
        ("password", "x" * 1001),
        ("password", 1234567890),
        ("name", "x" * 201),
        ("name", "Alice\0"),
        ("zone", "Mars/Olympus"),
        ("zone", "../../etc/passwd"),
        ("zone", "Europe"),
        ("zone", "x" * 41),
        ("zone", ""),
        ("admin", True),
    ],
)
def test_a_registration_that_cannot_be_is_refused_by_field(newcomer: httpx.Client, field: str, value: object) -> None:
    body = {"email": an_email(), "password": PASSWORD, field: value}

    answer = newcomer.post("/api/auth/register", json=body)

    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(f"{field}: ")
    assert "set-cookie" not in answer.headers


# Logging in


def test_whoever_knows_the_password_is_signed_in(newcomer: httpx.Client, accounts: Function, world: World) -> None:
    email = an_email()
    user = register(newcomer, email).json()

    with browser(accounts) as other:
        answer = log_in(other, email.upper())
        who = other.get("/api/me").json()

    assert (answer.status_code, answer.json(), who) == (200, user, user)
    assert events_of(world, user) == [*SIGNED_IN, "user.logged_in"]


def test_a_password_is_the_same_however_its_characters_are_composed(newcomer: httpx.Client) -> None:
    email = an_email()
    newcomer.post("/api/auth/register", json={"email": email, "password": "Schlu\u0308sselbund"})

    assert log_in(newcomer, email, "Schl\u00fcsselbund").status_code == 200


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(newcomer: httpx.Client) -> None:
    email = an_email()
    register(newcomer, email)

    wrong, unknown = log_in(newcomer, email, "not the password"), log_in(newcomer, an_email())

    for answer in (wrong, unknown):
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"
        assert "www-authenticate" not in answer.headers
        assert "set-cookie" not in answer.headers
    assert {**wrong.json(), "request_id": ""} == {**unknown.json(), "request_id": ""}


def test_an_unknown_address_costs_as_much_work_as_a_known_one(accounts: Function, newcomer: httpx.Client) -> None:
    before = hashes(newcomer)

    log_in(newcomer, an_email())

    assert hashes(newcomer) == before + 1


def hashes(client: httpx.Client) -> int:
    lines = client.get("/metrics").text.splitlines()
    return sum(int(line.split()[-1]) for line in lines if line.startswith("password_hashes_total"))


def test_logging_in_renews_a_hash_made_with_older_parameters(newcomer: httpx.Client, world: World) -> None:
    from argon2 import PasswordHasher

    email = an_email()
    register(newcomer, email)
    older = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    world.rows("UPDATE users SET password_hash = %s WHERE email = %s", older, email)

    first, second = log_in(newcomer, email), log_in(newcomer, email)

    [(renewed,)] = world.rows("SELECT password_hash FROM users WHERE email = %s", email)
    assert (first.status_code, second.status_code) == (200, 200)
    assert str(renewed).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_more_passwords_at_once_than_can_be_checked_are_refused_for_now(accounts: Function, world: World) -> None:
    with browser(accounts) as client, ThreadPoolExecutor(50) as people, checking_takes_long(accounts, world):
        client.timeout = httpx.Timeout(100)  # those who wait do so for a whole crowd
        answers = [people.submit(log_in, client, an_email()) for _ in range(50)]
        refused = at_once(answers, 50 - (MOST_WAITING - 2))

    assert {answer.status_code for answer in refused} == {503}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)
    assert {answer.result().status_code for answer in answers} == {401, 503}


@contextmanager
def checking_takes_long(accounts: Function, world: World) -> Iterator[None]:
    """Two passwords that take seconds to check hold up all others: a race is forced, and that it met is shown."""
    slow = f"$argon2id$v=19$m=19456,t=160,p=1${'A' * 22}${'A' * 43}"
    email = an_email()
    with browser(accounts) as client, ThreadPoolExecutor(2) as people:
        register(client, email)
        world.rows("UPDATE users SET password_hash = %s WHERE email = %s", slow, email)
        before = hashes(client)
        held = [people.submit(log_in, client, email) for _ in range(2)]
        eventually(lambda: hashes(client) == before + 2, "both are being checked")
        yield
        assert not any(answer.done() for answer in held), "nobody was refused while these two were being checked"


def at_once(answers: list["Future[httpx.Response]"], count: int) -> list[httpx.Response]:
    """Those that are there while the others wait."""
    eventually(lambda: sum(answer.done() for answer in answers) >= count, f"{count} are answered at once")
    return [answer.result() for answer in answers if answer.done()]


# Rate limits


@dataclass
class Owner:
    """Somebody with an account, and the browser in which it was made."""

    browser: httpx.Client
    email: str

    @property
    def guesses(self) -> str:
        return f"attempts:email:{hashlib.sha256(self.email.encode()).hexdigest()}"


@pytest.fixture
def owner(newcomer: httpx.Client) -> Owner:
    email = an_email()
    assert register(newcomer, email).status_code == 201
    return Owner(newcomer, email)


def test_after_ten_wrong_passwords_an_address_has_to_wait_there(
    owner: Owner, stranger: httpx.Client, accounts: Function
) -> None:
    statuses = [log_in(stranger, owner.email, f"guess number {number}").status_code for number in range(10)]
    right = log_in(stranger, owner.email.upper())

    assert statuses == [401] * 10
    assert right.status_code == 429
    assert 0 < int(right.headers["retry-after"]) <= 300
    with browser(accounts) as elsewhere:
        assert log_in(elsewhere, owner.email).status_code == 200


def test_from_all_networks_together_an_address_has_two_hundred_guesses(
    owner: Owner, accounts: Function, world: World
) -> None:
    counted_before(world, f"{owner.guesses}:networks", 199)

    with browser(accounts) as one, browser(accounts) as other:
        statuses = [log_in(client, owner.email, "a guess").status_code for client in (one, other)]

    assert statuses == [401, 429]
    assert log_in(owner.browser, owner.email).status_code == 200  # nobody is kept out of where they were before


def test_what_one_network_is_refused_is_not_counted_for_all(owner: Owner, stranger: httpx.Client, world: World) -> None:
    assert [log_in(stranger, owner.email, "a guess").status_code for _ in range(12)] == [401] * 10 + [429] * 2

    with Redis.from_url(world.valkey.url) as client:
        assert client.get(f"{owner.guesses}:networks") == b"10"


@pytest.mark.parametrize(
    "forged",
    ["", ".", "..", "x", "{name}.{mark}.", "{name}.{mark}.{seal}0", "0{name}.{mark}.{seal}", "{name}.0{mark}.{seal}"],
)
def test_a_browser_is_known_by_what_was_given_to_it(
    owner: Owner, stranger: httpx.Client, world: World, forged: str
) -> None:
    counted_before(world, f"{owner.guesses}:networks", 200)
    name, mark, seal = owner.browser.cookies["device"].split(".")

    stranger.cookies.set("device", forged.format(name=name, mark=mark, seal=seal))

    assert log_in(stranger, owner.email).status_code == 429


def test_a_browser_is_known_for_one_address(owner: Owner, stranger: httpx.Client, world: World) -> None:
    another = an_email()
    counted_before(world, f"attempts:email:{hashlib.sha256(another.encode()).hexdigest()}:networks", 200)

    assert log_in(owner.browser, another).status_code == 429


def test_a_known_browser_guesses_no_more_than_another_wherever_it_is(owner: Owner, accounts: Function) -> None:
    statuses = []
    for _ in range(11):
        with browser(accounts) as carried:
            carried.cookies.set("device", owner.browser.cookies["device"])
            statuses.append(log_in(carried, owner.email, "a guess").status_code)

    assert statuses == [401] * 10 + [429]


def test_logging_in_again_begins_no_new_count(owner: Owner) -> None:
    answer = log_in(owner.browser, owner.email)

    assert [cookie.partition("=")[0] for cookie in answer.headers.get_list("set-cookie")] == ["session"]


def test_whoever_knew_a_former_password_is_a_stranger(owner: Owner, stranger: httpx.Client, world: World) -> None:
    assert log_in(stranger, owner.email).status_code == 200
    said = {"current_password": PASSWORD, "new_password": "another good password"}
    assert owner.browser.post("/api/me/password", json=said).status_code == 204
    counted_before(world, f"{owner.guesses}:networks", 200)

    assert log_in(stranger, owner.email).status_code == 429
    assert log_in(owner.browser, owner.email, "another good password").status_code == 200


def test_a_known_browser_is_not_kept_out_by_its_network(owner: Owner, accounts: Function, world: World) -> None:
    network = a_network()
    counted_before(world, f"attempts:network:{network}::/64", 100)

    with browser(accounts, **{"x-forwarded-for": f"{network}::1"}) as hers:
        refused = log_in(hers, owner.email)
        hers.cookies.set("device", owner.browser.cookies["device"])
        known = log_in(hers, owner.email)

    assert (refused.status_code, known.status_code) == (429, 200)


@pytest.mark.parametrize("other", ["ALICE", "al\u0130ce", "\uff21lice", "a\u2112ice"])
def test_no_other_spelling_of_an_address_has_guesses_of_its_own(newcomer: httpx.Client, other: str) -> None:
    domain = f"@{uuid4().hex}.example.org"
    register(newcomer, "alice" + domain)
    for number in range(10):
        log_in(newcomer, "alice" + domain, f"guess number {number}")

    assert log_in(newcomer, other + domain).status_code in (401, 429)


def test_right_passwords_are_never_too_many(newcomer: httpx.Client) -> None:
    email = an_email()
    register(newcomer, email)

    assert {log_in(newcomer, email).status_code for _ in range(12)} == {200}


def test_guesses_at_once_do_not_slip_through(newcomer: httpx.Client, accounts: Function, world: World) -> None:
    email = an_email()

    with ThreadPoolExecutor(20) as people, checking_takes_long(accounts, world):
        guesses = [people.submit(log_in, newcomer, email) for _ in range(20)]
        refused = at_once(guesses, 10)

    assert [answer.status_code for answer in refused] == [429] * 10
    assert sorted(guess.result().status_code for guess in guesses) == [401] * 10 + [429] * 10


def test_one_network_may_not_try_one_address_after_another(accounts: Function, world: World) -> None:
    network = a_network()
    counted_before(world, f"attempts:network:{network}::/64", 99)

    with (
        browser(accounts, **{"x-forwarded-for": f"{network}::1, 10.0.0.7"}) as one,
        browser(accounts, **{"x-forwarded-for": f"{network}::2, 10.0.0.8"}) as neighbour,
        browser(accounts) as elsewhere,
    ):
        statuses = [log_in(client, an_email()).status_code for client in (one, neighbour, elsewhere)]

    assert statuses == [401, 429, 401]


def test_an_address_that_has_an_account_is_not_registered_again_and_again(newcomer: httpx.Client) -> None:
    email = an_email()
    statuses = [register(newcomer, email).status_code for _ in range(10)]
    before = hashes(newcomer)

    one_more = register(newcomer, email)

    assert statuses == [201] + [409] * 9
    assert one_more.status_code == 429
    assert 0 < int(one_more.headers["retry-after"]) <= 300
    assert hashes(newcomer) == before
    assert log_in(newcomer, email).status_code == 200


def test_one_network_may_not_make_one_account_after_another(accounts: Function, world: World) -> None:
    network = a_network()
    counted_before(world, f"registrations:network:{network}::/64", 199)

    with (
        browser(accounts, **{"x-forwarded-for": f"{network}::1"}) as one,
        browser(accounts, **{"x-forwarded-for": f"{network}::2"}) as neighbour,
        browser(accounts) as elsewhere,
    ):
        statuses = [register(client, an_email()).status_code for client in (one, neighbour, elsewhere)]

    assert statuses == [201, 429, 201]


def test_a_registration_that_we_could_not_make_does_not_count(newcomer: httpx.Client, world: World) -> None:
    email = an_email()
    counted_before(world, f"registrations:email:{hashlib.sha256(email.encode()).hexdigest()}", 9)
    with ThreadPoolExecutor(1) as people, somebody_registering(world, email, waiting=0):
        answer = people.submit(register, newcomer, email)
        eventually(lambda: world.waiting_for_locks() == 1, "the registration has begun")
        world.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        assert answer.result().status_code == 503

    assert register(newcomer, email).status_code == 201


def counted_before(world: World, key: str, count: int) -> None:
    with Redis.from_url(world.valkey.url) as client:
        client.set(key, count, ex=300)


# Logging out


def test_logging_out_ends_this_session_at_once_in_every_process(
    newcomer: httpx.Client, accounts: Function, world: World
) -> None:
    email = an_email()
    user = register(newcomer, email).json()
    token = newcomer.cookies["session"]
    with browser(accounts) as other, browser(world.function("tasks"), token=token) as at_tasks:
        log_in(other, email)
        assert at_tasks.get("/api/tasks").status_code == 200  # from now on there is a copy in Redis

        answer = newcomer.post("/api/auth/logout")

        assert answer.status_code == 204
        assert "session" not in newcomer.cookies
        assert at_tasks.get("/api/tasks").status_code == 401
        assert other.get("/api/me").status_code == 200
    assert events_of(world, user)[-1] == "user.logged_out"


def test_logging_out_everywhere_ends_every_session_at_once(
    newcomer: httpx.Client, accounts: Function, world: World
) -> None:
    email = an_email()
    user = register(newcomer, email).json()
    with browser(accounts) as other, browser(world.function("tasks")) as at_tasks:
        log_in(other, email)
        at_tasks.cookies.set("session", other.cookies["session"])
        assert at_tasks.get("/api/tasks").status_code == 200

        assert newcomer.post("/api/auth/logout-everywhere").status_code == 204

        assert at_tasks.get("/api/tasks").status_code == 401
        assert other.get("/api/me").status_code == 401
        assert events_of(world, user) == [*SIGNED_IN, "user.logged_in", "user.logged_out"]
        assert log_in(other, email).status_code == 200


def test_logging_out_twice_is_said_once(newcomer: httpx.Client, accounts: Function, world: World) -> None:
    user = register(newcomer, an_email()).json()
    token = newcomer.cookies["session"]

    with (
        browser(accounts, token=token) as again,
        ThreadPoolExecutor(2) as clicks,
        world.everyone_waits_for(user["id"], waiting=2),
    ):
        answers = [clicks.submit(client.post, "/api/auth/logout") for client in (newcomer, again)]

    assert [answer.result().status_code for answer in answers] == [204, 204]
    assert events_of(world, user) == [*SIGNED_IN, "user.logged_out"]


def test_a_copy_made_while_logging_out_does_not_bring_the_session_back(newcomer: httpx.Client, world: World) -> None:
    """The row was read before the log-out, the copy arrives after it: forced by putting the old copy back."""
    from redis import Redis

    register(newcomer, an_email())
    token = newcomer.cookies["session"]
    newcomer.get("/api/me")
    with Redis.from_url(world.valkey.url) as client, browser(world.function("tasks"), token=token) as at_tasks:
        copies = [key for key in client.scan_iter("session:*") if at_tasks.get("/api/tasks").status_code == 200]
        kept = {key: client.get(key) for key in copies}

        newcomer.post("/api/auth/logout")
        for key, copy in kept.items():
            assert copy is None or client.set(key, copy, ex=60)

        assert at_tasks.get("/api/tasks").status_code == 401


def test_a_log_out_counts_at_once_although_redis_was_away_a_moment_ago(
    newcomer: httpx.Client, accounts: Function, world: World
) -> None:
    register(newcomer, an_email())
    with browser(world.function("tasks"), token=newcomer.cookies["session"]) as at_tasks:
        assert at_tasks.get("/api/tasks").status_code == 200  # from now on there is a copy in Redis
        seen = len(accounts.lines())
        world.valkey.process.send_signal(signal.SIGSTOP)
        try:
            newcomer.get("/api/me")
        finally:
            world.valkey.process.send_signal(signal.SIGCONT)
        assert [line for line in accounts.lines()[seen:] if "redis is away" in line], "accounts leaves it alone now"

        newcomer.post("/api/auth/logout")

        assert at_tasks.get("/api/tasks").status_code == 401


# Who am I


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/me"), ("POST", "/api/auth/logout")])
def test_whoever_is_not_signed_in_is_told_so(newcomer: httpx.Client, method: str, path: str) -> None:
    answer = newcomer.request(method, path)

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert "www-authenticate" not in answer.headers


def test_an_expired_session_is_no_session(newcomer: httpx.Client, world: World) -> None:
    user = register(newcomer, an_email()).json()
    world.rows("UPDATE sessions SET expires_at = now() WHERE user_id = %s", user["id"])

    assert newcomer.get("/api/me").status_code == 401


# Other sites


@pytest.mark.parametrize("path", ["/api/auth/register", "/api/auth/login"])
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.test"},
        {"origin": "null"},
        {"origin": "https://taskora.test", "sec-fetch-site": "cross-site"},
        {"origin": "https://taskora.test", "sec-fetch-site": "same-site"},
        {"origin": "https://taskora.test.evil.test"},
        {"origin": "https://taskora.test:444"},
        {"origin": "http://[::1"},
        {"origin": ""},
    ],
)
def test_no_other_site_signs_a_visitor_in(accounts: Function, path: str, headers: dict[str, str]) -> None:
    with browser(accounts, **headers) as client:
        answer = client.post(path, json={"email": an_email(), "password": PASSWORD})

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_program_without_an_origin_may_register_and_log_in(accounts: Function) -> None:
    email = an_email()
    with accounts.client(**{"x-forwarded-for": f"{a_network()}::1"}) as program:
        assert register(program, email).status_code == 201
        assert log_in(program, email).status_code == 200


# What nobody gets to see


def test_password_token_and_hash_are_written_nowhere(
    newcomer: httpx.Client, accounts: Function, world: World, door: Door
) -> None:
    email, key = an_email(), {"idempotency-key": uuid4().hex}
    body = {"email": email, "password": PASSWORD}
    user = newcomer.post("/api/auth/register", json=body, headers=key).json()
    newcomer.post("/api/auth/login", json=body, headers=key)
    newcomer.post("/api/auth/login", json=body | {"password": PASSWORD + "!"}, headers=key)
    newcomer.post("/api/auth/login", json=body | {"extra": PASSWORD}, headers=key)
    token = newcomer.cookies["session"]
    newcomer.post("/api/auth/logout", headers=key)
    eventually(lambda: "user.logged_out" in door.about(f"user/{user['id']}"), "the log-out is published")

    [(password_hash,)] = world.rows("SELECT password_hash FROM users WHERE email = %s", email)
    written = [
        *accounts.lines(),
        *(posted.data.decode() + json.dumps(posted.headers) for posted in door.posted if user["id"] in posted.subject),
        *(str(row) for row in world.rows("SELECT * FROM events WHERE user_id = %s", user["id"])),
        *(str(row) for row in world.rows("SELECT * FROM answers WHERE user_id = %s", user["id"])),
        *(str(row) for row in world.rows("SELECT * FROM sessions WHERE user_id = %s", user["id"])),
    ]
    assert not [line for line in written for secret in (PASSWORD, token, str(password_hash)) if secret in line]
