"""Signing in at an OpenID provider: a real one, and one that lies."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest
from joserfc.jwk import OctKey, RSAKey

from tests import openid_provider
from tests.authenticator import switch_on
from tests.newcomers import PASSWORD, Newcomer, an_email, browser, log_in, register
from tests.openid_provider import Liar, Provider
from tests.world import Function, World

HERE = "http://taskora.test"
CALLBACK = f"{HERE}/api/auth/oidc/callback"

Start = Callable[..., Function]


@pytest.fixture(scope="module")
def start(world: World) -> Iterator[Start]:
    with ExitStack() as started:

        def starting(issuer: str, **changed: str) -> Function:
            ours = {"OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": "taskora", "OIDC_CLIENT_SECRET": "between the two"}
            function = world.start("accounts", OIDC_NAME="Example", **ours | {"PUBLIC_URL": HERE} | changed)
            started.callback(function.kill)
            return function

        yield starting


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    with openid_provider.running(tmp_path_factory.mktemp("openid"), CALLBACK) as provider:
        yield provider


@pytest.fixture(scope="module")
def accounts(start: Start, provider: Provider) -> Function:
    return start(provider.url)


@pytest.fixture
def visitor(accounts: Function) -> Iterator[httpx.Client]:
    with browser(accounts) as client:
        yield client


def entrance(visitor: httpx.Client) -> str:
    answer = visitor.get("/api/auth/oidc")
    assert answer.status_code == 302, answer.text
    return str(answer.headers["location"])


def come_back(visitor: httpx.Client, url: str) -> str:
    """Where the page opens again."""
    assert url.startswith(CALLBACK), url
    answer = visitor.get(url.removeprefix(HERE))
    assert answer.status_code == 302, answer.text
    return str(answer.headers["location"])


def sign_in(visitor: httpx.Client, provider: Provider, subject: str) -> str:
    return come_back(visitor, provider.signed_in(entrance(visitor), subject))


def somebody(provider: Provider, **claims: object) -> tuple[str, str]:
    subject, email = uuid4().hex, an_email()
    provider.has(subject, **{"email": email, "email_verified": True, "name": "Ada"} | claims)
    return subject, email


# With a real provider


def test_the_page_is_told_how_somebody_may_sign_in(visitor: httpx.Client, world: World) -> None:
    assert visitor.get("/api/auth/methods").json() == {"password": True, "oidc": {"name": "Example"}}
    with browser(world.function("accounts")) as elsewhere:
        assert elsewhere.get("/api/auth/methods").json() == {"password": True, "oidc": None}
        assert elsewhere.get("/api/auth/oidc").status_code == 404
        assert elsewhere.get("/api/auth/oidc/callback?code=x").status_code == 404


def test_whoever_signs_in_for_the_first_time_has_an_account(
    visitor: httpx.Client, provider: Provider, world: World
) -> None:
    subject, email = somebody(provider)

    assert sign_in(visitor, provider, subject) == "/"

    me = visitor.get("/api/me").json()
    assert (me["email"], me["name"], me["has_password"]) == (email, "Ada", False)
    rows = world.rows("SELECT type FROM events WHERE user_id = %s ORDER BY sequence", me["id"])
    assert rows == [("user.registered",), ("user.logged_in",)]


def test_the_providers_word_proves_the_address(visitor: httpx.Client, provider: Provider, world: World) -> None:
    subject, email = somebody(provider)

    sign_in(visitor, provider, subject)

    assert world.rows("SELECT address_proven_at = created_at FROM users WHERE email = %s", email) == [(True,)]


def test_whoever_comes_again_is_the_same_whatever_the_address_is_by_then(
    accounts: Function, visitor: httpx.Client, provider: Provider
) -> None:
    subject, email = somebody(provider)
    sign_in(visitor, provider, subject)
    provider.has(subject, email=an_email(), email_verified=False)

    with browser(accounts) as again:
        assert sign_in(again, provider, subject) == "/"
        assert again.get("/api/me").json() == visitor.get("/api/me").json()
        assert again.get("/api/me").json()["email"] == email


def test_what_the_browser_carries_is_out_of_reach_and_gone_afterwards(
    visitor: httpx.Client, provider: Provider
) -> None:
    subject, _ = somebody(provider)
    answer = visitor.get("/api/auth/oidc")
    cookie = answer.headers["set-cookie"]
    asked = parse_qs(urlsplit(answer.headers["location"]).query)

    assert {"HttpOnly", "SameSite=lax", "Path=/api/auth/oidc", "Max-Age=600"} <= set(cookie.split("; "))
    assert asked["code_challenge_method"] == ["S256"]
    assert not any(value in cookie for name in ("state", "nonce", "code_challenge") for value in asked[name])
    come_back(visitor, provider.signed_in(answer.headers["location"], subject))
    assert "oidc" not in visitor.cookies


def test_the_same_answer_is_good_once(visitor: httpx.Client, accounts: Function, provider: Provider) -> None:
    subject, _ = somebody(provider)
    url = provider.signed_in(entrance(visitor), subject)
    carried = visitor.cookies["oidc"]
    assert come_back(visitor, url) == "/"

    with browser(accounts) as again:
        again.cookies.set("oidc", carried)
        assert come_back(again, url) == "/?sign-in=refused"
        assert again.get("/api/me").status_code == 401


def test_another_browsers_answer_signs_nobody_in(visitor: httpx.Client, accounts: Function, provider: Provider) -> None:
    """Who is made to follow somebody else's link does not end up in that one's account."""
    subject, _ = somebody(provider)
    url = provider.signed_in(entrance(visitor), subject)

    with browser(accounts) as empty, browser(accounts) as busy:
        entrance(busy)
        assert come_back(empty, url) == "/?sign-in=expired"
        assert come_back(busy, url) == "/?sign-in=refused"
        assert {client.get("/api/me").status_code for client in (empty, busy)} == {401}


@pytest.mark.parametrize("carried", ["", "x", "gAAAAA"])
def test_what_is_not_our_own_cookie_is_none(visitor: httpx.Client, provider: Provider, carried: str) -> None:
    subject, _ = somebody(provider)
    url = provider.signed_in(entrance(visitor), subject)
    visitor.cookies.clear()
    visitor.cookies.set("oidc", carried)

    assert come_back(visitor, url) == "/?sign-in=expired"


def test_a_code_for_somebody_elses_verifier_is_refused(
    visitor: httpx.Client, accounts: Function, provider: Provider
) -> None:
    """A code that was caught on its way is worth nothing in another browser's sign-in."""
    subject, _ = somebody(provider)
    caught = parse_qs(urlsplit(provider.signed_in(entrance(visitor), subject)).query)["code"][0]

    with browser(accounts) as thief:
        state = parse_qs(urlsplit(entrance(thief)).query)["state"][0]
        assert come_back(thief, f"{CALLBACK}?code={caught}&state={state}") == "/?sign-in=refused"
        assert thief.get("/api/me").status_code == 401


def test_whoever_turns_back_there_is_back_on_the_page(visitor: httpx.Client) -> None:
    state = parse_qs(urlsplit(entrance(visitor)).query)["state"][0]

    assert come_back(visitor, f"{CALLBACK}?error=access_denied&state={state}") == "/?sign-in=cancelled"


# Whose account it is


def test_an_account_is_never_found_by_its_address(
    visitor: httpx.Client, accounts: Function, provider: Provider
) -> None:
    """Somebody may have made it beforehand with another's address, and would know the password ever after."""
    subject, email = somebody(provider)
    with browser(accounts) as intruder:
        register(intruder, email)

        assert sign_in(visitor, provider, subject) == "/?sign-in=address-taken"
        assert visitor.get("/api/me").status_code == 401


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email_verified": "true"}, {"email": "no address"}])
def test_nobody_takes_an_address_that_is_not_confirmed(
    visitor: httpx.Client, provider: Provider, world: World, claims: dict[str, Any]
) -> None:
    subject, email = somebody(provider, **claims)

    assert sign_in(visitor, provider, subject) == "/?sign-in=address-unconfirmed"
    assert world.rows("SELECT count(*) FROM users WHERE email = %s", email) == [(0,)]


@pytest.fixture
def ada(accounts: Function, world: World) -> Iterator[Newcomer]:
    with browser(accounts) as client:
        yield Newcomer(world, client)


def begin_link(person: Newcomer) -> str:
    answer = person.browser.post("/api/me/identity", json={"password": PASSWORD})
    assert answer.status_code == 200, answer.text
    url: str = answer.json()["url"]
    return url


def test_an_account_is_linked_from_within_and_then_has_two_entrances(
    ada: Newcomer, visitor: httpx.Client, provider: Provider
) -> None:
    subject, _ = somebody(provider)

    assert come_back(ada.browser, provider.signed_in(begin_link(ada), subject)) == "/?sign-in=linked"

    assert ada.browser.get("/api/me/identity").json() == {"name": "Example", "linked": True}
    assert ada.events()[-1] == "user.identity_changed"
    assert sign_in(visitor, provider, subject) == "/"
    assert visitor.get("/api/me").json()["id"] == ada.id
    assert log_in(visitor, ada.email).status_code == 200


def test_linking_takes_the_password_and_our_own_page(ada: Newcomer) -> None:
    wrong = ada.browser.post("/api/me/identity", json={"password": "not the password"})
    foreign = ada.browser.post("/api/me/identity", json={"password": PASSWORD}, headers={"origin": "https://evil.test"})

    assert (wrong.status_code, foreign.status_code) == (422, 403)


def test_linking_takes_a_code_where_there_is_a_second_factor(ada: Newcomer, provider: Provider) -> None:
    authenticator, _ = switch_on(ada)
    said = [{}, {"code": authenticator.wrong()}, {"code": authenticator.code()}, {"code": authenticator.code()}]

    answers = [ada.browser.post("/api/me/identity", json={"password": PASSWORD} | code) for code in said]

    assert [answer.status_code for answer in answers] == [422, 422, 200, 422]
    assert [answer.json()["errors"][0]["field"] for answer in answers if answer.is_error] == ["code"] * 3
    subject, _ = somebody(provider)
    assert come_back(ada.browser, provider.signed_in(answers[2].json()["url"], subject)) == "/?sign-in=linked"


def test_a_link_is_made_only_for_whoever_began_it(
    ada: Newcomer, visitor: httpx.Client, accounts: Function, provider: Provider
) -> None:
    subject, _ = somebody(provider)
    url = provider.signed_in(begin_link(ada), subject)
    with browser(accounts) as other:
        register(other, an_email())
        other.cookies.set("oidc", ada.browser.cookies["oidc"])

        assert come_back(other, url) == "/?sign-in=refused"
    assert sign_in(visitor, provider, subject) == "/"
    assert visitor.get("/api/me").json()["id"] != ada.id


def test_one_identity_opens_one_account(ada: Newcomer, visitor: httpx.Client, provider: Provider) -> None:
    subject, _ = somebody(provider)
    sign_in(visitor, provider, subject)

    assert come_back(ada.browser, provider.signed_in(begin_link(ada), subject)) == "/?sign-in=refused"
    assert not ada.browser.get("/api/me/identity").json()["linked"]


def test_the_last_way_in_is_not_closed(ada: Newcomer, visitor: httpx.Client, provider: Provider) -> None:
    subject, other = somebody(provider)[0], somebody(provider)[0]
    come_back(ada.browser, provider.signed_in(begin_link(ada), subject))
    sign_in(visitor, provider, other)

    assert ada.browser.delete("/api/me/identity").status_code == 204
    assert ada.browser.delete("/api/me/identity").status_code == 409
    assert visitor.delete("/api/me/identity").status_code == 409
    assert not ada.browser.get("/api/me/identity").json()["linked"]


# With one that lies


@pytest.fixture(scope="module")
def liar() -> Iterator[Liar]:
    liar = Liar()
    yield liar
    liar.close()


@pytest.fixture(scope="module")
def deceived(start: Start, liar: Liar) -> Function:
    return start(liar.url)


@pytest.fixture
def victim(deceived: Function, liar: Liar) -> Iterator[httpx.Client]:
    liar.header, liar.signs_with = {"alg": "RS256", "kid": "1"}, None
    with browser(deceived) as client:
        yield client


def lied_to(victim: httpx.Client, liar: Liar, header: dict[str, str] | None = None, **claims: object) -> str:
    asked = liar.hears(entrance(victim))
    liar.claims |= {"sub": uuid4().hex, "email": an_email()} | claims
    liar.header |= header or {}
    return come_back(victim, f"{CALLBACK}?code=x&state={asked['state']}")


def test_the_truth_is_believed(victim: httpx.Client, liar: Liar) -> None:
    assert lied_to(victim, liar) == "/"
    assert victim.get("/api/me").status_code == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another"},
        {"aud": None},
        {"aud": ["another"]},
        {"aud": ["taskora", "another"], "azp": "another"},
        {"iss": "https://another.example.org"},
        {"iss": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"exp": 1},
        {"exp": None},
        {"iat": 2**33},
    ],
)
def test_what_is_not_said_of_this_sign_in_to_us_is_not_believed(
    victim: httpx.Client, liar: Liar, claims: dict[str, Any]
) -> None:
    assert lied_to(victim, liar, **claims) == "/?sign-in=refused"
    assert victim.get("/api/me").status_code == 401


@pytest.mark.parametrize("state", ["", "&state=another", "&state=%00", "&state=\u00fc"])
def test_an_answer_to_another_question_is_not_believed(victim: httpx.Client, liar: Liar, state: str) -> None:
    liar.hears(entrance(victim))

    assert come_back(victim, f"{CALLBACK}?code=x{state}") == "/?sign-in=refused"
    assert victim.get("/api/me").status_code == 401


def test_what_nobody_signed_is_not_believed(victim: httpx.Client, liar: Liar) -> None:
    assert lied_to(victim, liar, {"alg": "none"}) == "/?sign-in=refused"


def test_what_another_key_signed_is_not_believed(victim: httpx.Client, liar: Liar) -> None:
    liar.signs_with = RSAKey.generate_key(2048, parameters={"kid": "1"})

    assert lied_to(victim, liar) == "/?sign-in=refused"


def test_a_public_key_is_no_shared_secret(victim: httpx.Client, liar: Liar) -> None:
    """Taken for one, everybody could sign with it."""
    liar.signs_with = OctKey.import_key(json.dumps(liar.keys()))

    assert lied_to(victim, liar, {"alg": "HS256"}) == "/?sign-in=refused"


def test_a_code_of_another_issuer_is_not_tried(victim: httpx.Client, liar: Liar) -> None:
    asked = liar.hears(entrance(victim))

    there = come_back(victim, f"{CALLBACK}?code=x&state={asked['state']}&iss=https://another.example.org")

    assert there == "/?sign-in=refused"


def test_where_people_come_by_https_no_cookie_travels_without_it(start: Start, liar: Liar) -> None:
    """A browser that is sent to and fro does not say how it comes, and an ingress may not know."""
    with browser(start(liar.url, PUBLIC_URL="https://taskora.test"), **{"x-forwarded-proto": "http"}) as client:
        del client.headers["origin"]
        there = client.get("/api/auth/oidc")
        asked = liar.hears(there.headers["location"])
        liar.claims |= {"sub": uuid4().hex, "email": an_email()}
        carried = {"cookie": there.headers["set-cookie"].partition(";")[0]}
        back = client.get(f"/api/auth/oidc/callback?code=x&state={asked['state']}", headers=carried)

    cookies = [there.headers["set-cookie"], back.headers.get_list("set-cookie")[0]]
    assert [cookie.partition("=")[0] for cookie in cookies] == ["oidc", "session"]
    assert all("Secure" in cookie.split("; ") for cookie in cookies)


def test_a_provider_that_calls_itself_otherwise_is_none(start: Start, liar: Liar) -> None:
    own = start(f"{liar.url}/")
    with browser(own) as client:
        assert client.get("/api/auth/oidc").status_code == 503


def test_a_provider_that_is_away_will_be_back(start: Start) -> None:
    own = start("http://127.0.0.1:1")
    with browser(own) as client:
        answer = client.get("/api/auth/oidc")
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert client.get("/api/auth/methods").status_code == 200


def test_a_provider_that_fails_half_way_sends_the_browser_back(start: Start) -> None:
    failing = Liar()
    with browser(start(failing.url)) as client:
        asked = failing.hears(entrance(client))
        failing.answers = 500

        assert come_back(client, f"{CALLBACK}?code=x&state={asked['state']}") == "/?sign-in=unavailable"
    failing.close()
