"""How often somebody may ask: said with each answer, counted for all processes together, and sane without Redis."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from uuid import UUID, uuid4

import httpx
import pytest
from redis import Redis

from shared.sessions import new_api_token, new_token, token_hash
from tests.newcomers import Newcomer, a_network, browser
from tests.people import Person
from tests.world import ROOT, Function, World, eventually

FEW = "read=5/60 write=3/60"
NOWHERE = "redis://127.0.0.1:1"

Start = Callable[..., Function]


@pytest.fixture(scope="module")
def start(world: World) -> Iterator[Start]:
    with ExitStack() as started:

        def starting(**changed: str) -> Function:
            function = world.start("tasks", **{"RATE_LIMITS": FEW} | changed)
            started.callback(function.kill)
            return function

        yield starting


@pytest.fixture(scope="module")
def tasks(start: Start) -> Function:
    return start()


def left(answer: httpx.Response) -> tuple[str, int, int]:
    """What the answer says is left of which limit, and for how many seconds."""
    said = re.fullmatch(r'"([a-z-]+)";r=(\d+);t=(\d+)', answer.headers["ratelimit"])
    assert said
    return said[1], int(said[2]), int(said[3])


def test_each_answer_says_the_limit_and_what_is_left_of_it(alice: Person, tasks: Function) -> None:
    browser = alice.browsing(tasks)

    answers = [browser.get("/api/tasks"), browser.get(f"/api/tasks/{uuid4()}"), browser.get("/api/tasks?limit=0")]

    assert [answer.status_code for answer in answers] == [200, 404, 422]
    assert [left(answer)[:2] for answer in answers] == [("read", 4), ("read", 3), ("read", 2)]
    assert all(0 < left(answer)[2] <= 60 for answer in answers)
    assert {answer.headers["ratelimit-policy"] for answer in answers} == {'"read";q=5;w=60'}


def test_whoever_asks_too_often_is_told_when_to_come_back(alice: Person, mallory: Person, tasks: Function) -> None:
    browser = alice.browsing(tasks)
    assert [browser.get("/api/tasks").status_code for _ in range(5)] == [200] * 5

    refused = browser.get("/api/tasks")

    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/problem+json"
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert left(refused)[:2] == ("read", 0)
    assert mallory.browsing(tasks).get("/api/tasks").status_code == 200


def test_reading_and_writing_are_counted_apart(alice: Person, tasks: Function) -> None:
    browser = alice.browsing(tasks)
    made = [browser.post("/api/tasks", json={"title": "Tea"}).status_code for _ in range(4)]

    assert made == [201] * 3 + [429]
    assert browser.get("/api/tasks").status_code == 200


def test_a_program_uses_up_nothing_of_its_users_page(alice: Person, tasks: Function) -> None:
    body = {"name": "Sync", "scopes": ["tasks:read"]}
    tokens = [alice.at("accounts").post("/api/tokens", json=body).json()["token"] for _ in range(2)]
    with tasks.client() as client:
        statuses = [
            client.get("/api/tasks", headers={"authorization": f"Bearer {tokens[number % 2]}"}).status_code
            for number in range(6)
        ]

    assert statuses == [200] * 5 + [429]
    assert left(alice.browsing(tasks).get("/api/tasks")) == ("read", 4, 60)


def test_processes_count_together(alice: Person, tasks: Function, start: Start) -> None:
    other = start()
    for _ in range(5):
        alice.browsing(tasks).get("/api/tasks")

    assert alice.browsing(other).get("/api/tasks").status_code == 429


def test_a_process_tells_the_others_of_some_at_a_time_and_of_none_that_did_not_ask(
    alice: Person, start: Start, world: World
) -> None:
    browser = alice.browsing(start(RATE_LIMITS="read=500/60"))
    with Redis.from_url(world.valkey.url, decode_responses=True) as client:
        for asked in range(1, 120):
            assert 500 - left(browser.get("/api/tasks"))[1] == asked
            told = int(client.get(f"rate:read:session:{alice.id}") or 0)
            assert asked - max(1, asked // 8) <= told <= asked


def test_a_process_hears_of_what_others_counted_when_it_tells_its_own(alice: Person, start: Start) -> None:
    one, other = (alice.browsing(start(RATE_LIMITS="read=300/60")) for _ in range(2))
    for _ in range(20):
        one.get("/api/tasks")

    counted = [300 - left(other.get("/api/tasks"))[1] for _ in range(3)]

    assert counted[0] == 1
    assert 20 <= counted[-1] <= 23


def test_what_is_open_to_all_is_counted_once_each_time(start: Start, world: World) -> None:
    accounts = world.start("accounts", RATE_LIMITS="open=500/60")
    with accounts.client(**{"x-forwarded-for": f"{a_network()}::1"}) as program:
        counted = [500 - left(program.get("/api/auth/methods"))[1] for _ in range(12)]
    accounts.kill()

    assert counted == list(range(1, 13))


def test_after_its_time_it_is_forgotten(alice: Person, start: Start, world: World) -> None:
    browser = alice.browsing(start(RATE_LIMITS="read=5/2"))
    until(429, browser)
    with Redis.from_url(world.valkey.url) as client:
        assert client.ttl(f"rate:read:session:{alice.id}") <= 2

    until(200, browser)


def until(status: int, browser: httpx.Client) -> None:
    eventually(lambda: browser.get("/api/tasks").status_code == status, f"{status} is answered")


def test_whoever_tries_tokens_is_kept_from_trying_and_nobody_else_of_that_network(
    alice: Person, start: Start, world: World
) -> None:
    tasks = start(RATE_LIMITS="unknown-network=3/60")
    made = {"name": "Sync", "scopes": ["tasks:read"]}
    fresh = alice.at("accounts").post("/api/tokens", json=made).json()["token"]
    good = [{"cookie": f"session={alice.token}"}, {"authorization": f"Bearer {fresh}"}]
    forged = [{"cookie": f"session={new_token(alice.id)}"}, {"authorization": f"Bearer {new_api_token(alice.id)}"}]
    network = a_network()
    with tasks.client(**{"x-forwarded-for": f"{network}::1"}) as client:
        assert client.get("/api/tasks", headers=good[0]).status_code == 200
        forget_copy(world, alice)

        tried = [client.get("/api/tasks", headers=forged[number % 2]).status_code for number in range(6)]

        assert tried == [401] * 3 + [429] * 3
        assert [client.get("/api/tasks", headers=shown).status_code for shown in good] == [200, 200]
    with tasks.client(**{"x-forwarded-for": f"{a_network()}::1"}) as elsewhere:
        assert elsewhere.get("/api/tasks", headers=forged[0]).status_code == 401


def forget_copy(world: World, alice: Person) -> None:
    with Redis.from_url(world.valkey.url) as client:
        assert client.delete(f"session:{token_hash(alice.token).hex()}") == 1


def test_whoever_signs_in_is_known_at_once_and_no_more_once_signed_out(start: Start, world: World) -> None:
    address = {"x-forwarded-for": f"{a_network()}::1"}
    tasks = start(RATE_LIMITS="unknown-network=1/60")
    with tasks.client(**address) as client:
        tried = [client.get("/api/tasks", headers={"cookie": f"session={new_token(uuid4())}"}) for _ in range(2)]
    with browser(world.function("accounts"), **address) as door:
        alice = Newcomer(world, door)
        with browser(tasks, token=alice.token, **address) as hers:
            assert [answer.status_code for answer in tried] == [401, 429]
            assert hers.get("/api/tasks").status_code == 200

            alice.browser.post("/api/auth/logout").raise_for_status()

            assert [hers.get("/api/tasks").status_code for _ in range(2)] == [401, 429]


@pytest.mark.parametrize("most", [5, 500])  # each told to Redis, or some at a time
def test_nobody_uses_up_what_is_another_persons(alice: Person, start: Start, most: int) -> None:
    """A token begins with its user's id, which is no secret: with another's id and a guess nothing is counted."""
    tasks = start(RATE_LIMITS=f"read={most}/60")
    alice.browsing(tasks).get("/api/tasks")
    with tasks.client() as client:
        for _ in range(6):
            assert client.get("/api/tasks", headers={"cookie": f"session={new_token(alice.id)}"}).status_code == 401
            forged = {"authorization": f"Bearer {new_api_token(alice.id)}"}
            assert client.get("/api/tasks", headers=forged).status_code == 401

    assert left(alice.browsing(tasks).get("/api/tasks"))[1] == most - 2


@pytest.mark.parametrize(
    ("function", "method", "path", "name"),
    [
        ("tasks", "GET", "/api/tasks/search?q=x", "search"),
        ("tasks", "POST", "/api/tasks/bulk", "bulk"),
        ("tasks", "POST", f"/api/tasks/{UUID(int=7)}/duplicate", "bulk"),
        ("tasks", "PATCH", "/api/tasks/x", "write"),
        ("sync", "GET", "/api/changes", "read"),
        ("accounts", "GET", "/api/auth/methods", "open"),
        ("accounts", "POST", "/api/auth/reset/confirm", "open"),
        ("accounts", "POST", "/api/auth/register/confirm", "open"),
    ],
)
def test_what_costs_otherwise_is_counted_otherwise(
    alice: Person, function: str, method: str, path: str, name: str
) -> None:
    assert left(alice.at(function).request(method, path))[0] == name


def test_without_redis_each_process_counts_for_itself(alice: Person, mallory: Person, start: Start) -> None:
    own = start(REDIS_URL=NOWHERE)

    answers = [alice.browsing(own).get("/api/tasks") for _ in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 60
    assert mallory.browsing(own).get("/api/tasks").status_code == 200


def test_without_redis_nobody_is_locked_out_for_good(alice: Person, start: Start) -> None:
    own = start(REDIS_URL=NOWHERE, RATE_LIMITS="read=1/1")
    browser = alice.browsing(own)
    statuses = [browser.get("/api/tasks").status_code for _ in range(2)]

    while browser.get("/api/tasks").status_code == 429:
        statuses.append(429)  # bounded by the test's own time

    assert statuses[:2] == [200, 429]


def test_what_is_configured_wrongly_stops_the_start_by_name(world: World) -> None:
    for wrong in ("read=5", "read=0/60", "reads=5/60", "read=5/60,write=3/60", "read=5/60 x"):
        environment = {
            **world.environment,
            "K_SERVICE": "tasks",
            "FUNCTION_SOURCE": "functions/tasks/main.py",
            "RATE_LIMITS": wrong,
        }
        command = [sys.executable, "-m", "shared.entry"]
        ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30)
        assert ended.returncode == 1
        assert "RATE_LIMITS" in ended.stderr
        assert "Traceback" not in ended.stderr
