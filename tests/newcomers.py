"""People who come in through the front door: they register, log in, and have a password."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from tests.world import Function, World

PASSWORD = "correct horse battery staple"


@contextmanager
def browser(function: Function, *, token: str | None = None, **headers: str) -> Iterator[httpx.Client]:
    """As the gateway passes requests on: from an address of its own, so that no test uses up another's attempts."""
    passed_on = {
        "origin": "http://taskora.test",
        "x-forwarded-host": "taskora.test",
        "x-forwarded-for": f"{a_network()}::1",
    }
    with function.client(**passed_on | headers) as client:
        if token:
            client.cookies.set("session", token)
        yield client


def a_network() -> str:
    return f"2001:db8:a{uuid4().hex[:3]}:a{uuid4().hex[:3]}"


def an_email() -> str:
    return f"alice-{uuid4().hex}@example.org"


def register(client: httpx.Client, email: str, **fields: str) -> httpx.Response:
    return client.post("/api/auth/register", json={"email": email, "password": PASSWORD, **fields})


def log_in(client: httpx.Client, email: str, password: str = PASSWORD) -> httpx.Response:
    return client.post("/api/auth/login", json={"email": email, "password": password})


@dataclass
class Newcomer:
    """Somebody with an account, and the browser in which it was made."""

    world: World
    browser: httpx.Client
    email: str = field(default_factory=an_email)

    def __post_init__(self) -> None:
        answer = register(self.browser, self.email, name="Alice", zone="Europe/Berlin")
        assert answer.status_code == 201, answer.text
        self.user: dict[str, Any] = answer.json()
        self.id = self.user["id"]

    @property
    def token(self) -> str:
        return self.browser.cookies["session"]

    @contextmanager
    def elsewhere(self, password: str = PASSWORD, **headers: str) -> Iterator[httpx.Client]:
        """Another browser in which the same person logs in."""
        with browser(self.world.function("accounts"), **headers) as client:
            assert log_in(client, self.email, password).status_code == 200
            yield client

    @contextmanager
    def at(self, function: str) -> Iterator[httpx.Client]:
        """This person's browser, talking to another function."""
        with browser(self.world.function(function), token=self.token) as client:
            yield client

    def can_log_in(self, password: str) -> bool:
        with browser(self.world.function("accounts")) as client:
            return log_in(client, self.email, password).status_code == 200

    def events(self) -> list[str]:
        rows = self.world.rows("SELECT sequence, type FROM events WHERE user_id = %s ORDER BY sequence", self.id)
        assert [number for number, _ in rows] == list(range(1, len(rows) + 1))
        return [str(kind) for _, kind in rows]

    def changes(self) -> dict[str, Any]:
        """What the last event says is different."""
        [(data,)] = self.world.rows(
            "SELECT data -> 'changes' FROM events WHERE user_id = %s ORDER BY sequence DESC LIMIT 1", self.id
        )
        assert isinstance(data, dict)
        return data
