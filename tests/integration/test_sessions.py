"""People see where they are signed in, and end what is not theirs or no longer needed."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from shared.ids import new_id
from tests.newcomers import Newcomer, browser
from tests.world import World

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def alice(world: World) -> Iterator[Newcomer]:
    with browser(world.function("accounts"), **{"user-agent": FIREFOX, "x-forwarded-for": "2001:DB8::17"}) as client:
        yield Newcomer(world, client)


def open_sessions(client: httpx.Client) -> list[dict[str, Any]]:
    answer = client.get("/api/me/sessions")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_a_session_says_where_it_began_and_which_one_is_this(alice: Newcomer) -> None:
    with alice.elsewhere(**{"user-agent": "curl/8\t" + "x" * 300, "x-forwarded-for": "not an address"}) as other:
        seen = {session["current"]: session for session in open_sessions(other)}

    assert seen[False] == seen[False] | {"user_agent": FIREFOX, "address": "2001:db8::17"}
    assert seen[False]["began_at"] == seen[False]["last_seen_at"] < seen[False]["expires_at"]
    assert seen[True]["user_agent"].startswith("curl/8")
    assert (len(seen[True]["user_agent"]), seen[True]["address"]) == (200, "")


def test_a_session_that_is_used_is_seen_and_costs_no_write_each_time(alice: Newcomer, world: World) -> None:
    [before] = open_sessions(alice.browser)
    world.rows("UPDATE sessions SET last_seen_at = now() - interval '14 minutes' WHERE user_id = %s", alice.id)
    forget_copies(world, alice)
    [not_yet] = open_sessions(alice.browser)

    world.rows("UPDATE sessions SET last_seen_at = now() - interval '16 minutes' WHERE user_id = %s", alice.id)
    forget_copies(world, alice)
    [seen] = open_sessions(alice.browser)

    assert not_yet["last_seen_at"] < before["last_seen_at"] < seen["last_seen_at"]


def forget_copies(world: World, alice: Newcomer) -> None:
    from redis import Redis

    with Redis.from_url(world.valkey.url) as client:
        client.set(f"epoch:{alice.id}", new_id().hex, ex=600)


def test_a_session_is_ended_from_another_at_once(alice: Newcomer, world: World) -> None:
    with alice.elsewhere() as other, browser(world.function("tasks"), token=other.cookies["session"]) as at_tasks:
        [lost] = [session["id"] for session in open_sessions(other) if session["current"]]
        assert at_tasks.get("/api/tasks").status_code == 200  # from now on there is a copy in Redis

        answer = alice.browser.delete(f"/api/me/sessions/{lost}")

        assert answer.status_code == 204
        assert "set-cookie" not in answer.headers
        assert (at_tasks.get("/api/tasks").status_code, other.get("/api/me").status_code) == (401, 401)
    assert [session["current"] for session in open_sessions(alice.browser)] == [True]
    assert (alice.events()[-1], alice.changes()) == ("user.logged_out", {"session": [lost, None]})


def test_ending_this_very_session_is_logging_out(alice: Newcomer) -> None:
    [this] = open_sessions(alice.browser)

    assert alice.browser.delete(f"/api/me/sessions/{this['id']}").status_code == 204

    assert "session" not in alice.browser.cookies


def test_an_expired_session_is_not_shown(alice: Newcomer, world: World) -> None:
    with alice.elsewhere() as other:
        world.rows(
            "UPDATE sessions SET expires_at = now() - interval '1 second'"
            " WHERE user_id = %s AND id <> (SELECT id FROM sessions WHERE user_id = %s ORDER BY id DESC LIMIT 1)",
            alice.id, alice.id,
        )  # fmt: skip

        assert [session["current"] for session in open_sessions(other)] == [True]


def test_a_session_of_somebody_else_is_none(alice: Newcomer, world: World) -> None:
    [hers] = open_sessions(alice.browser)
    with browser(world.function("accounts")) as client:
        mallory = Newcomer(world, client)
        answers = [mallory.browser.delete(f"/api/me/sessions/{id}") for id in (hers["id"], new_id())]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert alice.browser.get("/api/me").status_code == 200
    assert mallory.events() == ["user.registered", "user.logged_in"]
