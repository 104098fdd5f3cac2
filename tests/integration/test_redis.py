"""Redis as every request asks it: all over one connection."""

import json
import socket
from collections.abc import Sequence
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from redis import Redis

from shared.sessions import token_hash
from tests.people import Person
from tests.world import Function, World, eventually

AT_ONCE = 1000


def request(person: Person) -> bytes:
    """Refused once it is known who asks, so that the database has no part in it."""
    return f"GET /api/tasks?limit=0 HTTP/1.1\r\nhost: x\r\ncookie: session={person.token}\r\n\r\n".encode()


def at_once(function: Function, people: Sequence[Person]) -> set[bytes]:
    """What they are answered who ask at the same instant."""
    address = urlsplit(function.url).hostname, urlsplit(function.url).port
    with ExitStack() as open_connections:
        callers = [open_connections.enter_context(socket.create_connection(address, timeout=20)) for _ in people]
        for caller, person in zip(callers, people, strict=True):
            caller.sendall(request(person))
        return {caller.recv(4096).split()[1] for caller in callers}


def test_a_thousand_at_once_are_known_without_the_database(alice: Person, world: World) -> None:
    own = world.start("tasks")
    assert alice.at("tasks").get("/api/tasks").status_code == 200  # from now on there is a copy in Redis

    assert at_once(own, [alice] * AT_ONCE) == {b"422"}

    assert away(own) == []
    own.kill()


def test_a_thousand_at_once_are_known_although_redis_has_forgotten_them(world: World) -> None:
    crowd = [Person(world, f"p{number}") for number in range(AT_ONCE)]
    own = world.start("tasks")

    assert at_once(own, crowd) == {b"422"}

    own.kill()


def test_a_connection_that_redis_closed_is_not_noticed(alice: Person, world: World) -> None:
    tasks = world.function("tasks")
    browser = alice.at("tasks")
    assert browser.get("/api/tasks").status_code == 200
    seen = len(away(tasks))

    with Redis.from_url(world.valkey.url) as client:
        client.client_kill_filter(_type="normal", skipme=True)

    assert browser.get("/api/tasks").status_code == 200
    assert len(away(tasks)) == seen


def test_an_address_may_name_a_database(alice: Person, world: World) -> None:
    address = urlsplit(world.valkey.url)._replace(path="/3").geturl()
    own = world.start("tasks", REDIS_URL=address)
    with own.client(cookie=f"session={alice.token}") as client:
        assert client.get("/api/tasks").status_code == 200

    with Redis.from_url(address) as third:
        assert third.exists(f"session:{token_hash(alice.token).hex()}")
    own.kill()


def test_a_redis_that_refuses_us_is_left_alone(alice: Person, world: World) -> None:
    own = world.start("tasks", REDIS_URL=urlsplit(world.valkey.url)._replace(path="/99").geturl())
    with own.client(cookie=f"session={alice.token}") as client:
        assert client.get("/api/tasks").status_code == 200

    assert "DB index" in away(own)[0]
    with Redis.from_url(world.valkey.url) as here:
        eventually(lambda: "select" not in {each["cmd"] for each in here.client_list()}, "no connection is left open")
    own.kill()


@pytest.mark.parametrize("foreign", ["unix:///run/redis.sock", "redis://localhost?db=3", "valkey://localhost"])
def test_an_address_of_another_kind_is_named_and_people_can_work(foreign: str, alice: Person, world: World) -> None:
    own = world.start("tasks", REDIS_URL=foreign)
    with own.client(cookie=f"session={alice.token}") as client:
        assert client.get("/api/tasks").status_code == 200

    assert "REDIS_URL" in away(own)[0]
    own.kill()


def away(function: Function) -> list[str]:
    return [line for line in function.lines() if line.startswith("{") and "redis is away" in json.loads(line)["event"]]


def test_who_asks_again_is_known_without_asking_redis(alice: Person, world: World) -> None:
    own = world.start("tasks")
    with own.client(cookie=f"session={alice.token}") as client, Redis.from_url(world.valkey.url) as redis:
        for _ in range(3):  # known from the database, from Redis, from here
            assert client.get("/api/tasks").status_code == 200
        before = reads_in(redis)

        assert {client.get("/api/tasks").status_code for _ in range(20)} == {200}

        assert reads_in(redis) - before <= 10  # a second is short on a busy machine
    own.kill()


@pytest.mark.parametrize("changed", ["epoch:{user}", "session:{hash}"])
def test_what_changes_in_redis_is_not_believed_a_moment_longer(changed: str, alice: Person, world: World) -> None:
    key = changed.format(user=alice.id, hash=token_hash(alice.token).hex())
    own = world.start("tasks")
    with own.client(cookie=f"session={alice.token}") as client, Redis.from_url(world.valkey.url) as redis:
        for _ in range(3):
            assert client.get("/api/tasks").status_code == 200
        world.rows("DELETE FROM sessions WHERE user_id = %s", alice.id)
        assert client.get("/api/tasks").status_code == 200  # a copy lives on when nobody says that it ended

        redis.set(key, '["another epoch", "another id"]')

        # The news may come a moment after; without it, the process would go on for a second.
        eventually(lambda: client.get("/api/tasks").status_code == 401, "the process has heard of it", within=0.5)
    own.kill()


def reads_in(redis: Redis) -> int:
    """So often sessions were asked for since it began."""
    calls: int = redis.info("commandstats")["cmdstat_mget"]["calls"]
    return calls
