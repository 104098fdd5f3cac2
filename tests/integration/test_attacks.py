"""What is tried against Taskora, and what prevents it: without its guard each attack was seen to succeed.

The table in .github/SECURITY.md names these attacks; each is tried twice, on the code as it is and on a copy of it in
which the one guard is taken away.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests import guards
from tests.deliveries import Fact
from tests.guards import Edit
from tests.people import PASSWORD, Person
from tests.world import NO_AUTHORITIES, Function, World

Attempt = Callable[["Scene"], bool]


@dataclass
class Scene:
    """Alice, whom it is about; Mallory, who tries; and the function it is tried on."""

    alice: Person
    mallory: Person
    function: Function

    def as_alice(self) -> httpx.Client:
        return self.alice.browsing(self.function)

    def as_mallory(self) -> httpx.Client:
        return self.mallory.browsing(self.function)

    def from_elsewhere(self, **headers: str) -> httpx.Client:
        """Alice's browser, on a page of Mallory's."""
        said = {"cookie": f"session={self.alice.token}", "x-forwarded-host": "taskora.test"} | headers
        return httpx.Client(base_url=self.function.url, headers=said, verify=NO_AUTHORITIES)


@dataclass(frozen=True)
class Attack:
    name: str
    function: str
    succeeds: Attempt
    guard: Edit


def another_sites_form_adds_a_task(scene: Scene) -> bool:
    headers = {"origin": "https://evil.test", "sec-fetch-site": "cross-site"}
    with scene.from_elsewhere(**headers) as browser:
        return browser.post("/api/tasks", json={"title": "Planted"}).status_code == 201


def a_cookie_without_an_origin_adds_a_task(scene: Scene) -> bool:
    with scene.from_elsewhere() as browser:
        return browser.post("/api/tasks", json={"title": "Planted"}).status_code == 201


def another_sites_page_signs_a_visitor_in(scene: Scene) -> bool:
    with scene.from_elsewhere(**{"origin": "https://evil.test", "sec-fetch-site": "cross-site"}) as browser:
        credentials = {"email": scene.mallory.email, "password": PASSWORD}
        return "set-cookie" in browser.post("/api/auth/login", json=credentials).headers


def somebody_elses_task_is_read(scene: Scene) -> bool:
    task = scene.as_alice().post("/api/tasks", json={"title": "Alice's own"}).json()
    return "Alice's own" in scene.as_mallory().get(f"/api/tasks/{task['id']}").text


def a_body_fills_the_memory(scene: Scene) -> bool:
    answer = scene.as_alice().post("/api/tasks", json={"title": "x", "notes": "y" * 3_000_000})
    return answer.status_code != 413


def an_event_of_nobody_is_believed(scene: Scene) -> bool:
    forged = Fact(scene.alice.id, 1, "task.completed", "task/7").delivery.having(signature="00")
    return forged.to(scene.function).status_code == 204


def passwords_are_guessed(scene: Scene) -> bool:
    with scene.function.client(**{"x-forwarded-for": "203.0.113.99"}) as client:
        guesses = [
            client.post("/api/auth/login", json={"email": scene.alice.email, "password": f"guess {number}"})
            for number in range(15)
        ]
    return all(guess.status_code == 401 for guess in guesses)


ATTACKS = [
    Attack(
        "another site's form adds a task",
        "tasks",
        another_sites_form_adds_a_task,
        Edit("shared/callers.py", 'if request.method in CHANGING and page_of(request) != "ours":', "if False:"),
    ),
    Attack(
        "a cookie without an Origin adds a task",
        "tasks",
        a_cookie_without_an_origin_adds_a_task,
        Edit("shared/callers.py", 'if request.method in CHANGING and page_of(request) != "ours":', "if False:"),
    ),
    Attack(
        "another site's page signs a visitor in",
        "accounts",
        another_sites_page_signs_a_visitor_in,
        Edit("shared/callers.py", 'if page_of(request) == "foreign":', "if False:"),
    ),
    Attack(
        "somebody else's task is read",
        "tasks",
        somebody_elses_task_is_read,
        Edit(
            "functions/tasks/queries.sql",
            "WHERE user_id = %(user_id)s AND id = %(id)s AND deleted_at IS NULL;",
            "WHERE %(user_id)s::uuid IS NOT NULL AND id = %(id)s;",
        ),
    ),
    Attack(
        "an event of nobody is believed",
        "audit",
        an_event_of_nobody_is_believed,
        Edit("shared/envelope.py", "if not self.is_signed():", "if False:"),
    ),
    Attack(
        "a body fills the memory",
        "tasks",
        a_body_fills_the_memory,
        Edit("shared/edge.py", "BODY_LIMIT = 1_048_576", "BODY_LIMIT = 100_000_000"),
    ),
]


@pytest.fixture(params=ATTACKS, ids=lambda attack: attack.name)
def attack(request: pytest.FixtureRequest) -> Attack:
    chosen: Attack = request.param
    return chosen


@pytest.fixture
def unguarded(attack: Attack, world: World, tmp_path: Path) -> Iterator[Function]:
    code = guards.copy_of_the_code(tmp_path)
    guards.apply(attack.guard, code)
    function = world.start_from(code, attack.function)
    yield function
    function.kill()


def test_it_is_prevented(attack: Attack, world: World, alice: Person, mallory: Person) -> None:
    assert not attack.succeeds(Scene(alice, mallory, world.function(attack.function)))


def test_without_its_guard_it_succeeds(attack: Attack, unguarded: Function, alice: Person, mallory: Person) -> None:
    assert attack.succeeds(Scene(alice, mallory, unguarded))
