"""PostgreSQL, Redis or a connection goes away and comes back: what is answered meanwhile, and that it passes.

These tests have stores of their own, because they stop them.
"""

import json
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from shared import pool
from tests.people import Person
from tests.world import Door, Function, World, eventually

PASSWORD = "correct horse battery staple"
INSIDE = ("Traceback", 'File "', ".py", "psycopg", "127.0.0.1", "postgres", "SELECT", "INSERT", "relation", "redis")
A_MOMENT = 6.0  # seconds that nobody waits longer for, on a busy machine


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(tmp_path_factory.mktemp("stormy"), durable=True, forks=True) as world:
        yield world


@pytest.fixture
def tasks(world: World) -> Function:
    return world.function("tasks")


@pytest.fixture
def accounts(world: World) -> Function:
    return world.function("accounts")


@contextmanager
def postgres_killed(world: World) -> Iterator[None]:
    world.postgres.kill()
    try:
        yield
    finally:
        world.postgres.start_again()


@contextmanager
def postgres_paused(world: World) -> Iterator[None]:
    sessions = [int(str(pid)) for (pid,) in world.rows("SELECT pid FROM pg_stat_activity")]
    with stopped(world.postgres.process.pid, *sessions):
        yield


@contextmanager
def redis_killed(world: World) -> Iterator[None]:
    world.valkey.kill()
    try:
        yield
    finally:
        world.valkey.start_again()


@contextmanager
def redis_paused(world: World) -> Iterator[None]:
    with stopped(world.valkey.process.pid):
        yield


@contextmanager
def stopped(*pids: int) -> Iterator[None]:
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def for_now(answer: httpx.Response) -> dict[str, Any]:
    """A 503 that says when to come back, and nothing of what we are made of."""
    assert answer.status_code == 503, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) > 0
    assert [word for word in INSIDE if word in answer.text] == []
    problem: dict[str, Any] = answer.json()
    assert problem["request_id"] == answer.headers["x-request-id"]
    return problem


def logged(function: Function, request_id: str) -> list[dict[str, Any]]:
    """Everything a function wrote about a request, once it has written its last line of it."""

    def lines() -> list[dict[str, Any]]:
        return [json.loads(line) for line in function.lines() if request_id in line]

    eventually(lambda: any(line["event"] == "request" for line in lines()), "the request is logged")
    return lines()


def log_in(accounts: Function, email: str, password: str = PASSWORD) -> httpx.Response:
    with accounts.client(**{"x-forwarded-for": "192.0.2.1"}) as client:
        return client.post("/api/auth/login", json={"email": email, "password": password})


def registered(accounts: Function) -> str:
    email = f"alice-{uuid4().hex}@example.org"
    with accounts.client() as client:
        answer = client.post("/api/auth/register", json={"email": email, "password": PASSWORD})
    assert answer.status_code == 201, answer.text
    return email


def create(person: Person, title: str) -> httpx.Response:
    return person.at("tasks").post("/api/tasks", json={"title": title})


def rename(person: Person, task_id: str, title: str) -> httpx.Response:
    return person.at("tasks").patch(f"/api/tasks/{task_id}", json={"title": title})


def all_at_once(*requests: Callable[[], httpx.Response]) -> list[httpx.Response]:
    with ThreadPoolExecutor(len(requests)) as people:
        return [answer.result() for answer in [people.submit(request) for request in requests]]


# PostgreSQL


def test_without_postgres_everybody_hears_when_to_come_back(
    alice: Person, world: World, tasks: Function, accounts: Function
) -> None:
    task = alice.has_task("Buy milk")
    email = registered(accounts)

    with postgres_killed(world):
        began = time.monotonic()
        answers = all_at_once(
            lambda: alice.at("tasks").get("/api/tasks"),
            lambda: alice.at("tasks").get(f"/api/tasks/{task['id']}"),
            lambda: create(alice, "Buy bread"),
            lambda: alice.at("tasks").patch(f"/api/tasks/{task['id']}", json={"title": "Buy bread"}),
            lambda: alice.at("tasks").delete(f"/api/tasks/{task['id']}"),
            lambda: alice.at("accounts").get("/api/me"),
            lambda: alice.at("accounts").post("/api/auth/logout"),
            lambda: log_in(accounts, email),
        )
        took = time.monotonic() - began
        healthy = httpx.get(f"{tasks.url}/health").status_code
        ready = httpx.get(f"{tasks.url}/ready")

    for answer in answers:
        for_now(answer)
    assert took < A_MOMENT
    assert healthy == 200
    assert (ready.status_code, ready.json()["database"]) == (503, False)

    assert alice.at("tasks").get("/api/tasks").json()["items"] == [task]  # at once, and in the same process
    assert create(alice, "Buy bread").status_code == 201
    assert log_in(accounts, email).status_code == 200
    assert tasks.process.poll() is None


def test_an_outage_uses_up_nobodys_attempts_to_log_in(world: World, accounts: Function) -> None:
    email = registered(accounts)

    with postgres_killed(world):
        answers = [answer for _ in range(2) for answer in all_at_once(*[lambda: log_in(accounts, email)] * 6)]

    assert {answer.status_code for answer in answers} == {503}
    assert log_in(accounts, email).status_code == 200


def test_a_restart_of_postgres_between_two_requests_is_not_noticed(alice: Person, world: World) -> None:
    all_at_once(*[lambda: create(alice, "Buy milk")] * 8)
    eventually(lambda: nothing_unpublished(alice), "all connections are idle")

    world.postgres.stop()
    world.postgres.start_again()

    answers = all_at_once(*[lambda: create(alice, "Buy bread")] * 4)
    assert {answer.status_code for answer in answers} == {201}


def nothing_unpublished(person: Person) -> bool:
    return not person.world.rows("SELECT 1 FROM outbox WHERE user_id = %s", person.id)


def test_a_postgres_that_no_longer_answers_is_given_up(alice: Person, world: World, tasks: Function) -> None:
    all_at_once(*[lambda: create(alice, "Buy milk")] * 8)  # now there are connections that will hang

    with postgres_paused(world):
        began = time.monotonic()
        answers = all_at_once(*[lambda: create(alice, "Buy bread")] * 8)
        took = time.monotonic() - began
        healthy = httpx.get(f"{tasks.url}/health").status_code

    for answer in answers:
        for_now(answer)
    assert took < pool.HELD_AT_MOST + A_MOMENT
    assert healthy == 200
    assert create(alice, "Buy beer").status_code == 201
    # "Try again" does not say that nothing was done: what the server had already been sent, it does when it wakes.
    # Whoever must not do it twice sends an Idempotency-Key. No number is lost by it, and nothing is half done.
    done = alice.world.rows(
        "SELECT sequence, tasks.id IS NOT NULL FROM events"
        "  LEFT JOIN tasks ON tasks.user_id = events.user_id AND subject = 'task/' || tasks.id"
        " WHERE events.user_id = %s ORDER BY sequence",
        alice.id,
    )
    assert done == [(number, True) for number in range(1, len(done) + 1)]
    assert 9 <= len(done) <= 9 + pool.SIZE


def test_whoever_gave_up_waiting_for_postgres_is_in_nobodys_way(alice: Person, world: World) -> None:
    create(alice, "Buy milk")
    with postgres_killed(world), ThreadPoolExecutor(100) as people:
        asked = [people.submit(create, alice, "Buy bread") for _ in range(pool.MOST_QUEUED + 10)]
        for answer in asked:
            for_now(answer.result())

    assert create(alice, "Buy beer").status_code == 201


def test_a_change_whose_connection_ends_is_neither_kept_nor_said(alice: Person, world: World, door: Door) -> None:
    with ThreadPoolExecutor(1) as people, world.everyone_waits_for(alice.id):
        answer = people.submit(create, alice, "Buy milk")
        eventually(lambda: world.waiting_for_locks() == 1, "the change has begun")
        world.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        for_now(answer.result())
        answer = people.submit(create, alice, "Buy bread")

    task = answer.result().json()
    assert alice.at("tasks").get("/api/tasks").json()["items"] == [task]
    assert alice.events() == [(1, "task.created", f"task/{task['id']}")]
    eventually(lambda: door.about(f"task/{task['id']}") == ["task.created"], "only the second is at the broker")


def test_when_all_connections_are_taken_the_next_one_comes_back_later(
    alice: Person, mallory: Person, world: World
) -> None:
    task = alice.has_task("Buy milk")["id"]
    with ThreadPoolExecutor(8) as people, world.everyone_waits_for(alice.id, waiting=pool.SIZE):
        held = [people.submit(rename, alice, task, str(number)) for number in range(pool.SIZE)]
        eventually(lambda: world.waiting_for_locks() == pool.SIZE, "all connections wait")
        began = time.monotonic()
        turned_away = [
            people.submit(rename, alice, task, "once more"),
            *(people.submit(create, mallory, "I") for _ in range(3)),
        ]
        problems = [for_now(answer.result()) for answer in turned_away]
        took = time.monotonic() - began

    assert {problem["detail"] for problem in problems} == {"The service is busy. Try again in a moment."}
    assert pool.WAIT <= took < pool.WAIT + A_MOMENT
    assert {answer.result().status_code for answer in held} == {200}
    assert [number for number, _, _ in alice.events()] == [1, 2, 3, 4, 5]
    assert mallory.events() == []


# Redis


@pytest.mark.parametrize("away", [redis_killed, redis_paused])
def test_without_redis_people_work_and_log_in(
    alice: Person, world: World, accounts: Function, away: Callable[[World], Any]
) -> None:
    alice.has_task("Buy milk")
    email = registered(accounts)

    with away(world):
        slowest = 0.0
        for _ in range(3):
            began = time.monotonic()
            answers = [create(alice, "Buy bread"), alice.at("accounts").get("/api/me"), log_in(accounts, email)]
            slowest = max(slowest, time.monotonic() - began)
            assert [answer.status_code for answer in answers] == [201, 200, 200]

    assert slowest < A_MOMENT
    assert alice.at("tasks").get("/api/tasks").status_code == 200


def test_when_redis_is_back_it_is_used_again(alice: Person, world: World) -> None:
    from redis import Redis

    with redis_killed(world):
        create(alice, "Buy milk")
    with Redis.from_url(world.valkey.url) as client:
        client.flushall()

        def copied() -> bool:
            assert alice.at("tasks").get("/api/tasks").status_code == 200
            return any(client.scan_iter("session:*"))

        eventually(copied, "the session is copied")


def test_without_redis_a_log_out_holds_at_once(alice: Person, world: World) -> None:
    with redis_killed(world):
        create(alice, "Buy milk")

        assert (
            alice.at("accounts").post("/api/auth/logout", headers={"cookie": f"session={alice.token}"}).status_code
            == 204
        )
        assert alice.at("tasks").get("/api/tasks", headers={"cookie": f"session={alice.token}"}).status_code == 401


def test_without_redis_guesses_are_still_counted(world: World, accounts: Function) -> None:
    email = registered(accounts)

    with redis_killed(world):
        statuses = [log_in(accounts, email, f"guess number {number}").status_code for number in range(11)]
        right = log_in(accounts, email)

    assert statuses == [401] * 10 + [429]
    assert right.status_code == 429
    assert 0 < int(right.headers["retry-after"]) <= 300


def test_without_both_everybody_hears_when_to_come_back(alice: Person, world: World) -> None:
    create(alice, "Buy milk")

    with redis_paused(world), postgres_killed(world):
        began = time.monotonic()
        for_now(create(alice, "Buy bread"))
        assert time.monotonic() - began < A_MOMENT

    assert create(alice, "Buy bread").status_code == 201


# What is written down


def test_what_is_refused_for_now_is_logged_once_with_its_cause(alice: Person, world: World, tasks: Function) -> None:
    create(alice, "Buy milk")
    with postgres_killed(world):
        problem = for_now(create(alice, "Buy bread"))

    lines = logged(tasks, problem["request_id"])
    assert [(line["level"], line["event"]) for line in lines] == [
        ("warning", "refused for now"),
        ("info", "request"),
    ]
    assert all(line["request_id"] == problem["request_id"] and line["user_id"] == str(alice.id) for line in lines)
    assert lines[0]["cause"]


def test_a_fault_of_ours_is_500_without_a_glimpse_inside_and_logged_once(
    alice: Person, world: World, tasks: Function
) -> None:
    world.rows("ALTER TABLE tasks RENAME TO elsewhere")
    try:
        answer = create(alice, "something private")
    finally:
        world.rows("ALTER TABLE elsewhere RENAME TO tasks")

    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert [word for word in INSIDE if word in answer.text] == []
    lines = logged(tasks, answer.json()["request_id"])
    assert [(line["level"], line["event"]) for line in lines] == [("error", "unexpected error"), ("info", "request")]
    assert 'Refused: 42P01: relation "tasks" does not exist' in lines[0]["exception"]
    assert "something private" not in json.dumps(lines)
    assert create(alice, "Buy milk").status_code == 201


def test_what_is_not_http_is_a_line_like_ours(tasks: Function) -> None:
    with socket.create_connection(("127.0.0.1", httpx.URL(tasks.url).port or 0)) as line:
        line.sendall(b"this is not HTTP\r\n\r\n")
        assert b"400" in line.recv(100)

    said = [json.loads(line) for line in tasks.lines() if "HTTP" in line]
    assert [(line["level"], line["event"]) for line in said] == [("warning", "a request was not HTTP")]


# The end of a process


def test_a_request_that_was_begun_is_answered_before_the_process_ends(alice: Person, world: World) -> None:
    function = world.start("tasks")
    headers = dict(alice.at("tasks").headers) | {"cookie": f"session={alice.token}"}

    with ThreadPoolExecutor(1) as people, psycopg.connect(world.owner_url) as connection:
        connection.execute("SELECT FROM counters WHERE user_id = %s FOR UPDATE", [alice.id])
        answer = people.submit(
            httpx.post, f"{function.url}/api/tasks", json={"title": "Buy milk"}, headers=headers, timeout=20
        )
        eventually(lambda: world.waiting_for_locks() == 1, "the change has begun")
        function.begin_to_end()
        connection.rollback()

        assert answer.result().status_code == 201
    assert function.ended() == 0
    assert alice.events()[0][1] == "task.created"
    assert nothing_unpublished(alice)
