"""A stream ends with the session or the API token it was opened with, however that one ends."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import httpx
import pytest

from knative.local.stores import Valkey
from shared.sessions import token_hash
from tests.happenings import NEVER, Tuned, another_session, happen, opened
from tests.integration.test_password_reset import confirm, token_for
from tests.newcomers import PASSWORD, Newcomer, browser
from tests.people import Person
from tests.post_office import PostOffice
from tests.streams import Page, Refused
from tests.world import Function, World

# Nothing is delivered here and no heads are looked at: a stream ends when the bell says so, or its own time is over.
A_SECOND = 1.0  # in which that is to be


@pytest.fixture(scope="module")
def another(tuned: Tuned) -> Function:
    return tuned({"watch.EVERY": NEVER})


@pytest.fixture
def anna(world: World) -> Iterator[Newcomer]:
    with browser(world.function("accounts")) as client:
        yield Newcomer(world, client)


def log_out(anna: Newcomer, _: httpx.Client) -> httpx.Response:
    return anna.browser.post("/api/auth/logout")


def log_out_everywhere(_: Newcomer, other: httpx.Client) -> httpx.Response:
    return other.post("/api/auth/logout-everywhere")


def end_it_from_another(_: Newcomer, other: httpx.Client) -> httpx.Response:
    [theirs] = [each for each in other.get("/api/me/sessions").json()["items"] if not each["current"]]
    return other.delete(f"/api/me/sessions/{theirs['id']}")


def change_the_password(_: Newcomer, other: httpx.Client) -> httpx.Response:
    said = {"current_password": PASSWORD, "new_password": "another good password"}
    return other.post("/api/me/password", json=said)


def delete_the_account(_: Newcomer, other: httpx.Client) -> httpx.Response:
    return other.request("DELETE", "/api/me", json={"password": PASSWORD})


WAYS: dict[Callable[[Newcomer, httpx.Client], httpx.Response], bool] = {  # and whether the other session lives on
    log_out: True,
    log_out_everywhere: False,
    end_it_from_another: True,
    change_the_password: True,
    delete_the_account: False,
}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_its_streams_end_on_all_processes_before_the_event_of_it_is_delivered(
    anna: Newcomer, by_bell: Function, another: Function, way: Callable[[Newcomer, httpx.Client], httpx.Response]
) -> None:
    token = anna.token
    with (
        anna.elsewhere() as other,
        Page(by_bell.url, other.cookies["session"]) as others,
        Page(by_bell.url, token) as here,
        Page(another.url, token) as there,
    ):
        assert way(anna, other).status_code == 204
        revoked = monotonic()

        for page in (here, there):
            page.until_ended()
            assert page.broke is None
        assert monotonic() - revoked < A_SECOND
        for each in (by_bell, another):
            with pytest.raises(Refused, match="401"):
                Page(each.url, token)
        if WAYS[way]:
            assert not others.ended
        else:
            others.until_ended()


def test_a_password_set_by_mail_ends_all_of_them(
    anna: Newcomer, by_bell: Function, another: Function, stranger: httpx.Client, notify: Function, office: PostOffice
) -> None:
    program = made_token(anna.browser)["token"]
    link = token_for(anna, stranger, notify, office)
    with Page(by_bell.url, anna.token) as here, Page(another.url, program) as there:
        assert confirm(stranger, link).status_code == 204
        revoked = monotonic()

        here.until_ended()
        there.until_ended()
        assert monotonic() - revoked < A_SECOND


def made_token(client: httpx.Client, **fields: object) -> dict[str, Any]:
    answer = client.post("/api/tokens", json={"name": "program", "scopes": ["activity:read"], **fields})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_a_revoked_token_ends_its_streams_and_no_others(alice: Person, by_bell: Function, another: Function) -> None:
    made = made_token(alice.at("accounts"))
    with (
        opened(alice, by_bell) as page,
        Page(by_bell.url, made["token"]) as here,
        Page(another.url, made["token"]) as there,
    ):
        assert alice.at("accounts").delete(f"/api/tokens/{made['id']}").status_code == 204
        revoked = monotonic()

        here.until_ended()
        there.until_ended()
        assert monotonic() - revoked < A_SECOND
        assert not page.ended


@pytest.mark.parametrize("kind", ["sessions", "tokens"])
def test_what_expires_ends_its_streams_at_that_moment(alice: Person, by_bell: Function, kind: str) -> None:
    token = another_session(alice) if kind == "sessions" else made_token(alice.at("accounts"))["token"]
    with opened(alice, by_bell) as staying:
        expires_at = datetime.now(UTC) + timedelta(seconds=1.5)
        hashed = token_hash(token)
        alice.world.rows(f"UPDATE {kind} SET expires_at = %s WHERE token_hash = %s", expires_at, hashed)  # noqa: S608
        with Page(by_bell.url, token) as page:
            page.until_ended()
            assert datetime.now(UTC) >= expires_at
            assert page.broke is None
        assert not staying.ended


def test_a_copy_that_outlived_its_session_opens_nothing_for_long(alice: Person, by_bell: Function) -> None:
    token = another_session(alice)
    with opened(alice, by_bell), Page(by_bell.url, token):
        pass  # from now on there is a copy
    with opened(alice, by_bell):
        # As when Redis was away at that moment.
        alice.world.rows("DELETE FROM sessions WHERE user_id = %s AND token_hash = %s", alice.id, token_hash(token))
        with Page(by_bell.url, token) as page:
            page.until_ended()

    assert page.broke is None


def test_without_redis_it_takes_the_next_look(alice: Person, tuned: Tuned, valkey: Valkey) -> None:
    """Once a second, while changes come late anyway."""
    sync = tuned({"watch.EVERY": NEVER}, REDIS_URL=valkey.url)
    token = another_session(alice)
    with opened(alice, sync) as staying, Page(sync.url, token) as page:
        valkey.kill()
        page.until(lambda: page.named("status") == [{"degraded": True}], "the page knows that changes come late")
        happen(alice)
        page.until_number(1)  # by a look, and what follows takes another
        alice.world.rows("DELETE FROM sessions WHERE user_id = %s AND token_hash = %s", alice.id, token_hash(token))

        page.until_ended()
        assert not staying.ended
