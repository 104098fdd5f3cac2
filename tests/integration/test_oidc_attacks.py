"""What a forger tries at the OpenID sign-in, and the one guard against each: without it, it was seen to succeed.

The provider is one that goes along with it, so that nothing but our own guard is in the way.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from joserfc.jwk import RSAKey

from tests import guards
from tests.guards import Edit
from tests.newcomers import Newcomer, an_email, browser
from tests.openid_provider import Liar
from tests.world import Function, World

HERE = "http://taskora.test"
PROVIDER = "functions/accounts/provider.py"


@dataclass
class Scene:
    """Alice signs in at her provider; Mallory tries to come between."""

    world: World
    function: Function
    provider: Liar
    browsers: ExitStack = field(default_factory=ExitStack)

    def browser(self) -> httpx.Client:
        return self.browsers.enter_context(browser(self.function))

    def entrance(self, visitor: httpx.Client) -> str:
        return str(visitor.get("/api/auth/oidc").headers["location"])

    def signs_in(self, visitor: httpx.Client, **claims: object) -> bool:
        """With what the provider says being true but for these."""
        asked = self.provider.hears(self.entrance(visitor))
        self.provider.claims |= {"sub": uuid4().hex, "email": an_email()} | claims
        return self.is_in(visitor, asked["state"])

    def is_in(self, visitor: httpx.Client, state: str) -> bool:
        visitor.get(f"/api/auth/oidc/callback?code=x&state={state}")
        return visitor.get("/api/me").status_code == 200


@dataclass(frozen=True)
class Attack:
    name: str
    succeeds: Callable[[Scene], bool]
    guard: Edit


def another_sites_answer_ends_somebodys_sign_in(scene: Scene) -> bool:
    """Alice goes on in Mallory's account."""
    alice = scene.browser()
    scene.provider.hears(scene.entrance(alice))
    return scene.is_in(alice, state="mallorys")


def an_answer_is_said_again(scene: Scene) -> bool:
    return scene.signs_in(scene.browser(), nonce="of another sign-in")


def a_caught_code_is_used(scene: Scene) -> bool:
    """The provider gave it to Alice, and would put any nonce into its answer."""
    alice, mallory = scene.browser(), scene.browser()
    asked = scene.provider.hears(scene.entrance(mallory))
    answer = scene.provider.claims
    scene.provider.hears(scene.entrance(alice))
    scene.provider.claims = answer | {"sub": uuid4().hex, "email": an_email()}
    return scene.is_in(mallory, asked["state"])


def an_answer_to_another_site_is_shown(scene: Scene) -> bool:
    return scene.signs_in(scene.browser(), aud="mallorys-site")


def another_issuer_speaks(scene: Scene) -> bool:
    return scene.signs_in(scene.browser(), iss="https://login.evil.test")


def somebody_else_signs(scene: Scene) -> bool:
    scene.provider.signs_with = RSAKey.generate_key(2048, parameters={"kid": "1"})
    return scene.signs_in(scene.browser())


def an_account_is_taken_over_by_its_address(scene: Scene) -> bool:
    """Mallory has Alice's address there by now."""
    alice, mallory = Newcomer(scene.world, scene.browser()), scene.browser()
    scene.signs_in(mallory, email=alice.email)
    return bool(mallory.get("/api/me").json().get("id") == alice.id)


ATTACKS = [
    Attack(
        "another site's answer ends somebody's OpenID sign-in",
        another_sites_answer_ends_somebodys_sign_in,
        Edit(
            "functions/accounts/oidc.py",
            'if not secrets.compare_digest(sign_in.state.encode(), (state or "").encode()):',
            "if False:",
        ),
    ),
    Attack(
        "an OpenID answer is said again",
        an_answer_is_said_again,
        Edit(PROVIDER, '        nonce={"essential": True, "value": sign_in.nonce},\n', ""),
    ),
    Attack(
        "an OpenID code that was caught on its way is used",
        a_caught_code_is_used,
        Edit(
            PROVIDER,
            '        "code_challenge": sign_in.challenge,\n        "code_challenge_method": "S256",\n',
            "",
        ),
    ),
    Attack(
        "an OpenID answer to another site is shown to us",
        an_answer_to_another_site_is_shown,
        Edit(PROVIDER, '        aud={"essential": True, "value": settings().oidc_client_id},\n', ""),
    ),
    Attack(
        "another OpenID issuer speaks for ours",
        another_issuer_speaks,
        Edit(PROVIDER, '        iss={"essential": True, "value": issuer},\n', ""),
    ),
    Attack(
        "somebody else signs an OpenID answer",
        somebody_else_signs,
        Edit(
            PROVIDER,
            "        token = jwt.decode(str(id_token), KeySet.import_key_set(keys), algorithms=ALGORITHMS)",
            "        import json, types\n        from base64 import urlsafe_b64decode\n"
            "        content = urlsafe_b64decode(str(id_token).split('.')[1] + '==')\n"
            "        token = types.SimpleNamespace(claims=json.loads(content))",
        ),
    ),
    Attack(
        "an account is taken over by its address at a provider",
        an_account_is_taken_over_by_its_address,
        Edit(
            "functions/accounts/oidc.py",
            "    if known is None:\n        return await _register(request, who)",
            "    if known is None:\n"
            "        async with db.single() as tx:\n"
            "            person = await tx.one(accounts.by_email, email_key=normal_form(who.email))\n"
            '        known = {"user_id": person["id"]}',
        ),
    ),
]


@pytest.fixture(scope="module")
def provider() -> Iterator[Liar]:
    provider = Liar()
    yield provider
    provider.close()


@pytest.fixture(scope="module")
def ours(provider: Liar) -> dict[str, str]:
    said = {"OIDC_ISSUER": provider.url, "OIDC_CLIENT_ID": "taskora", "OIDC_CLIENT_SECRET": "between the two"}
    return said | {"PUBLIC_URL": HERE}


@pytest.fixture(scope="module")
def guarded(world: World, ours: dict[str, str]) -> Iterator[Function]:
    function = world.start("accounts", **ours)
    yield function
    function.kill()


@pytest.fixture(params=ATTACKS, ids=lambda attack: attack.name)
def attack(request: pytest.FixtureRequest, provider: Liar) -> Iterator[Attack]:
    chosen: Attack = request.param
    yield chosen
    provider.signs_with = None


@pytest.fixture
def unguarded(attack: Attack, world: World, ours: dict[str, str], tmp_path: Path) -> Iterator[Function]:
    code = guards.copy_of_the_code(tmp_path)
    guards.apply(attack.guard, code)
    function = world.start_from(code, "accounts", **ours)
    yield function
    function.kill()


def test_whoever_does_nothing_wrong_comes_in(world: World, guarded: Function, provider: Liar) -> None:
    scene = Scene(world, guarded, provider)
    with scene.browsers:
        assert scene.signs_in(scene.browser())


def test_it_is_prevented(attack: Attack, world: World, guarded: Function, provider: Liar) -> None:
    scene = Scene(world, guarded, provider)
    with scene.browsers:
        assert not attack.succeeds(scene)


def test_without_its_guard_it_succeeds(attack: Attack, world: World, unguarded: Function, provider: Liar) -> None:
    scene = Scene(world, unguarded, provider)
    with scene.browsers:
        assert attack.succeeds(scene)
