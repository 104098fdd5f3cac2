"""API tokens: what a program shows in its user's place, and what it can and cannot do with it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from fastapi.routing import APIRoute

from functions.openapi import http_apps
from shared.callers import SCOPES, signed_in
from tests.people import Person
from tests.world import Door, World, eventually

ALL = sorted(SCOPES)


def has_token(person: Person, *scopes: str, **fields: Any) -> dict[str, Any]:
    body = {"name": "Backup", "scopes": scopes or ALL, **fields}
    answer = person.at("accounts").post("/api/tokens", json=body)
    assert answer.status_code == 201, answer.text
    token: dict[str, Any] = answer.json()
    return token


@contextmanager
def program(world: World, function: str, token: str, **headers: str) -> Iterator[httpx.Client]:
    """It has the token, and nothing that a browser would send."""
    with world.function(function).client(authorization=f"Bearer {token}", **headers) as client:
        yield client


# Having them


def test_a_token_is_said_once_and_kept_as_a_hash(alice: Person, world: World) -> None:
    created = has_token(alice, "tasks:write", "tasks:read", expires_in_days=30)

    [listed] = alice.at("accounts").get("/api/tokens").json()["items"]
    assert created == {**listed, "token": created["token"]}
    assert created["token"].startswith("tsk_")
    assert (listed["name"], listed["scopes"]) == ("Backup", ["tasks:read", "tasks:write"])
    life = datetime.fromisoformat(listed["expires_at"]) - datetime.fromisoformat(listed["created_at"])
    assert life == timedelta(days=30)
    [(row,)] = world.rows("SELECT row_to_json(tokens)::text FROM tokens WHERE user_id = %s", alice.id)
    assert created["token"] not in str(row)


def test_the_answer_with_the_token_is_kept_by_nobody_on_the_way(alice: Person, world: World) -> None:
    key = {"idempotency-key": uuid4().hex}
    body = {"name": "Backup", "scopes": ["tasks:read"]}

    answer = alice.at("accounts").post("/api/tokens", json=body, headers=key)

    assert answer.headers["cache-control"] == "no-store"
    assert world.rows("SELECT count(*) FROM answers WHERE user_id = %s", alice.id) == [(0,)]


def test_whom_it_belongs_to_hears_of_it_and_the_token_is_told_nobody(alice: Person, door: Door) -> None:
    created = has_token(alice, "tasks:read")
    alice.at("accounts").delete(f"/api/tokens/{created['id']}")

    told = ["user.token_created", "user.token_revoked"]
    assert [kind for _, kind, _ in alice.events()] == told
    eventually(lambda: door.about(f"user/{alice.id}") == told, "both are published")
    for event in door.posted:
        assert created["token"] not in event.data.decode()
    [of_it] = [event for event in door.posted if event.subject == f"user/{alice.id}" and event.type == told[0]]
    assert json.loads(of_it.data)["changes"]["token"][1]["name"] == "Backup"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "x" * 101),
        ("name", "Back\0up"),
        ("scopes", []),
        ("scopes", ["tasks:admin"]),
        ("scopes", "tasks:read"),
        ("expires_in_days", 0),
        ("expires_in_days", 3651),
        ("expires_in_days", "30"),
        ("expires_at", "2020-01-01T00:00:00Z"),
        ("expires_at", "2400-01-01T00:00:00Z"),
        ("expires_at", "2040-01-01T00:00:00"),
        ("expires_at", "soon"),
    ],
)
def test_a_token_that_cannot_be_is_refused_by_field(alice: Person, field: str, value: object) -> None:
    body = {"name": "Backup", "scopes": ["tasks:read"], field: value}

    answer = alice.at("accounts").post("/api/tokens", json=body)

    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(field)


def test_it_ends_at_a_moment_or_after_days_and_not_both(alice: Person) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    body = {"name": "Backup", "scopes": ["tasks:read"], "expires_at": tomorrow, "expires_in_days": 1}

    assert alice.at("accounts").post("/api/tokens", json=body).status_code == 422


def test_somebody_elses_token_is_no_token(alice: Person, mallory: Person) -> None:
    created = has_token(alice, "tasks:read")

    assert mallory.at("accounts").delete(f"/api/tokens/{created['id']}").status_code == 404
    assert mallory.at("accounts").get("/api/tokens").json() == {"items": []}
    assert len(alice.at("accounts").get("/api/tokens").json()["items"]) == 1


def test_a_hundred_are_enough(alice: Person, world: World) -> None:
    world.rows(
        "INSERT INTO tokens (user_id, id, token_hash, name, scopes, created_at)"
        " SELECT %s, gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), 'x', '{}', now()"
        " FROM generate_series(1, 99)",
        alice.id,
    )
    has_token(alice, "tasks:read")

    one_more = alice.at("accounts").post("/api/tokens", json={"name": "Backup", "scopes": ["tasks:read"]})

    assert one_more.status_code == 409


# Using them


def test_a_program_with_a_token_acts_for_its_user_and_says_so(alice: Person, world: World) -> None:
    created = has_token(alice, "tasks:write")

    with program(world, "tasks", created["token"]) as client:
        answer = client.post("/api/tasks", json={"title": "Water the plants"})

    assert answer.status_code == 201
    [(actor,)] = world.rows("SELECT data->>'actor' FROM events WHERE user_id = %s AND type = 'task.created'", alice.id)
    assert json.loads(str(actor)) == {"user": str(alice.id), "via": "api", "token": created["id"]}


@pytest.mark.parametrize(
    ("function", "path", "scope"),
    [
        ("tasks", "/api/tasks", "tasks:read"),
        ("audit", "/api/activity", "activity:read"),
        ("sync", "/api/changes", "activity:read"),
        ("accounts", "/api/me", "profile:read"),
        ("webhooks", "/api/webhooks", "webhooks:read"),
    ],
)
def test_reading_takes_the_scope_of_what_is_read(
    alice: Person, world: World, function: str, path: str, scope: str
) -> None:
    right, others = has_token(alice, scope), has_token(alice, *(SCOPES - {scope}))

    with program(world, function, right["token"]) as client:
        assert client.get(path).status_code == 200
    with program(world, function, others["token"]) as client:
        refused = client.get(path)

    assert refused.status_code == 403
    assert scope in refused.json()["detail"]
    assert refused.headers["www-authenticate"] == f'Bearer error="insufficient_scope", scope="{scope}"'


def test_whoever_may_read_may_not_write(alice: Person, world: World) -> None:
    task = alice.has_task("Water the plants")
    created = has_token(alice, *(SCOPES - {"tasks:write"}))

    with program(world, "tasks", created["token"]) as client:
        answers = [
            client.post("/api/tasks", json={"title": "Another"}),
            client.patch(f"/api/tasks/{task['id']}", json={"title": "Another"}),
            client.delete(f"/api/tasks/{task['id']}"),
        ]

    assert [answer.status_code for answer in answers] == [403] * 3
    assert all("tasks:write" in answer.json()["detail"] for answer in answers)


def test_no_token_can_change_who_may_enter(alice: Person, world: World) -> None:
    created = has_token(alice)

    with program(world, "accounts", created["token"]) as client:
        answers = [
            client.get("/api/tokens"),
            client.post("/api/tokens", json={"name": "Another", "scopes": ["tasks:read"]}),
            client.delete(f"/api/tokens/{created['id']}"),
            client.post("/api/auth/logout"),
            client.post("/api/auth/logout-everywhere"),
        ]

    assert [answer.status_code for answer in answers] == [403] * len(answers)
    assert all("session" in answer.json()["detail"] for answer in answers)


def test_a_stream_opens_with_a_token_and_ends_with_it(alice: Person, world: World) -> None:
    created = has_token(alice, "activity:read")

    with program(world, "sync", created["token"]) as client, client.stream("GET", "/api/events/stream") as stream:
        said = stream.iter_lines()
        assert any(line == "event: hello" for line in said)
        alice.at("accounts").delete(f"/api/tokens/{created['id']}")

        assert stream.status_code == 200
        for _ in said:
            pass  # until it ends


def test_when_it_was_used_last_is_told_by_the_hour(alice: Person, world: World) -> None:
    created = has_token(alice, "tasks:read")
    with program(world, "tasks", created["token"]) as client:
        client.get("/api/tasks")

    [listed] = alice.at("accounts").get("/api/tokens").json()["items"]

    used = datetime.fromisoformat(listed["last_used_at"])
    assert timedelta(0) <= datetime.now(UTC) - used < timedelta(hours=1, seconds=20)
    assert (used.minute, used.second, used.microsecond) == (0, 0, 0)


# What is refused


def refused(answer: httpx.Response) -> bool:
    assert answer.headers["content-type"] == "application/problem+json"
    return (answer.status_code, answer.headers.get("www-authenticate")) == (401, 'Bearer error="invalid_token"')


def test_a_revoked_token_opens_nothing_from_that_moment(alice: Person, world: World) -> None:
    created = has_token(alice, "tasks:read")
    with program(world, "tasks", created["token"]) as client:
        assert client.get("/api/tasks").status_code == 200  # from now on there is a copy in Redis

        assert alice.at("accounts").delete(f"/api/tokens/{created['id']}").status_code == 204

        assert refused(client.get("/api/tasks"))
    assert alice.at("accounts").delete(f"/api/tokens/{created['id']}").status_code == 404


def test_revoking_one_leaves_the_others_and_the_session(alice: Person, world: World) -> None:
    one, other = has_token(alice, "tasks:read"), has_token(alice, "tasks:read")

    alice.at("accounts").delete(f"/api/tokens/{one['id']}")

    with program(world, "tasks", other["token"]) as client:
        assert client.get("/api/tasks").status_code == 200
    assert alice.at("tasks").get("/api/tasks").status_code == 200


def test_an_expired_token_opens_nothing_and_no_copy_outlives_it(alice: Person, world: World) -> None:
    created = has_token(alice, "tasks:read")
    world.rows("UPDATE tokens SET expires_at = now() + interval '2 seconds' WHERE user_id = %s", alice.id)

    with program(world, "tasks", created["token"]) as client:
        assert client.get("/api/tasks").status_code == 200
        eventually(lambda: client.get("/api/tasks").status_code != 200, "it has expired", within=10)

        assert refused(client.get("/api/tasks"))


@pytest.mark.parametrize("said", ["", "tsk_", "tsk_x", "garbage", "tsk_" + "A" * 60, "tsk_ü"])
def test_what_is_no_token_is_refused(world: World, said: str) -> None:
    with program(world, "tasks", "x") as client:
        assert refused(client.get("/api/tasks", headers={b"authorization": f"Bearer {said}".rstrip().encode()}))


def test_a_mistyped_token_is_refused_without_asking_anybody(alice: Person, world: World) -> None:
    token = has_token(alice, "tasks:read")["token"]
    own = world.start("tasks", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none", REDIS_URL="redis://127.0.0.1:1")

    with own.client() as client:
        for wrong in (token[:-1], token + "A", token[:20] + ("a" if token[20] == "b" else "b") + token[21:]):
            assert refused(client.get("/api/tasks", headers={"authorization": f"Bearer {wrong}"}))
        assert client.get("/api/tasks", headers={"authorization": f"Bearer {token}"}).status_code == 503
    own.kill()


def test_a_session_is_no_token_and_a_token_is_no_session(alice: Person, world: World) -> None:
    token = has_token(alice)["token"]

    with program(world, "tasks", alice.token) as client:
        assert refused(client.get("/api/tasks"))
    with world.function("tasks").client(cookie=f"session={token}") as client:
        assert client.get("/api/tasks").status_code == 401


def test_a_bad_token_is_not_made_good_by_a_cookie(alice: Person, world: World) -> None:
    weak = has_token(alice, "profile:read")["token"]

    with program(world, "tasks", "tsk_wrong", cookie=f"session={alice.token}") as client:
        assert refused(client.get("/api/tasks"))
    with program(world, "tasks", weak, cookie=f"session={alice.token}") as client:
        assert client.get("/api/tasks").status_code == 403


def test_a_token_counts_before_a_cookie(alice: Person, mallory: Person, world: World) -> None:
    mallory.has_task("Mine")
    token = has_token(alice, "tasks:read")["token"]

    with program(world, "tasks", token, cookie=f"session={mallory.token}") as client:
        assert client.get("/api/tasks").json()["items"] == []


def test_a_password_for_somebody_else_does_not_disturb_a_session(alice: Person, world: World) -> None:
    with world.function("tasks").client(authorization="Basic eDp5", cookie=f"session={alice.token}") as client:
        assert client.get("/api/tasks").status_code == 200


# Redis away


def test_without_redis_tokens_open_and_revoked_ones_do_not(alice: Person, world: World) -> None:
    good, gone = has_token(alice, "tasks:read"), has_token(alice, "tasks:read")
    alice.at("accounts").delete(f"/api/tokens/{gone['id']}")
    own = world.start("tasks", REDIS_URL="redis://127.0.0.1:1")

    with own.client() as client:
        statuses = [
            client.get("/api/tasks", headers={"authorization": f"Bearer {token['token']}"}).status_code
            for token in (good, gone)
        ]

    assert statuses == [200, 401]
    own.kill()


def test_whoever_waits_for_the_hour_to_be_told_does_not_wait(alice: Person, world: World) -> None:
    """Somebody else holds the row: the request is answered all the same."""
    created = has_token(alice, "tasks:read")
    with psycopg.connect(world.owner_url) as connection, program(world, "tasks", created["token"]) as client:
        connection.execute("UPDATE tokens SET last_used_at = NULL WHERE user_id = %s", [alice.id])

        assert client.get("/api/tasks", timeout=5).status_code == 200


# The document


def test_the_document_says_what_each_route_takes() -> None:
    from functions.openapi import document

    paths = document()["paths"]

    assert paths["/api/tasks"]["get"]["security"] == [{"session": []}, {"token": ["tasks:read"]}]
    assert paths["/api/tokens"]["post"]["security"] == [{"session": []}]
    assert paths["/api/auth/login"]["post"].get("security", []) == []


def test_whatever_lets_tokens_in_is_about_something_they_can_have() -> None:
    known = {scope.partition(":")[0] for scope in SCOPES}
    letting_in = {
        app.about
        for app in http_apps().values()
        for route in app.routes
        if isinstance(route, APIRoute) and signed_in in {needed.call for needed in route.dependant.dependencies}
    }

    assert {"tasks", "activity", "profile"} <= letting_in <= known
