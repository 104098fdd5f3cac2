"""People with webhooks, and the function that looks after these."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests.deliveries import Delivery, event, work_due
from tests.endpoint import Endpoint, Heard
from tests.people import Person
from tests.world import Function, World

Trusted = tuple[ssl.SSLContext, Path]


@contextmanager
def started(world: World, trusted: Trusted, **settings: str) -> Iterator[Function]:
    """One that reaches the endpoints of tests, which are where nobody else's are asked."""
    given = {"REACHABLE_NETWORKS": "127.0.0.0/8", "SSL_CERT_FILE": str(trusted[1])} | settings
    function = world.start("webhooks", **given)
    yield function
    if function.process.returncode is None:
        function.kill()


@dataclass
class Webhook:
    person: Person
    function: Function
    endpoint: Endpoint
    path: str
    shown: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.shown["id"])

    @property
    def secret(self) -> str:
        return str(self.shown["secret"])

    @property
    def heard(self) -> list[Heard]:
        return self.endpoint.at(self.path)

    @property
    def types(self) -> list[str]:
        return [each.event["type"] for each in self.heard]

    @property
    def address(self) -> str:
        return f"/api/webhooks/{self.id}"

    def asked(self, method: str, path: str = "", **said: Any) -> httpx.Response:
        return self.person.browsing(self.function).request(method, f"{self.address}{path}", **said)

    def now(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.asked("GET").json()
        return answer

    def deliveries(self, **query: str) -> list[dict[str, Any]]:
        """Newest first."""
        items: list[dict[str, Any]] = self.asked("GET", "/deliveries", params=query).json()["items"]
        return items

    def the_delivery(self) -> dict[str, Any]:
        [one] = self.deliveries()
        return one


def has_webhook(person: Person, function: Function, endpoint: Endpoint, **fields: Any) -> Webhook:
    path = f"/hooks/{uuid4().hex}"
    answer = person.browsing(function).post("/api/webhooks", json={"url": f"{endpoint.origin}{path}", **fields})
    assert answer.status_code == 201, answer.text
    return Webhook(person, function, endpoint, path, answer.json())


def last_event(person: Person, **changed: str | None) -> Delivery:
    """As its Trigger delivers it."""
    [(id, sequence, kind, subject, data)] = person.world.rows(
        "SELECT id, sequence, type, subject, data::text FROM events WHERE user_id = %s ORDER BY sequence DESC LIMIT 1",
        person.id,
    )
    named = {"id": str(id), "partitionkey": str(person.id), "sequence": str(sequence), "subject": str(subject)}
    unsigned = event(str(kind), **named, webhooks="yes").having(**changed)
    return Delivery(unsigned.headers, str(data).encode()).signed()


def rings(person: Person, function: Function) -> None:
    assert last_event(person).to(function).status_code == 204


def is_due(function: Function) -> None:
    assert work_due("hooks").to(function).status_code == 204


def time_passes(world: World) -> None:
    """Whatever waits for its time, has waited for it."""
    world.rows("UPDATE webhook_deliveries SET next_attempt_at = now() WHERE state = 'pending'")
    world.rows("UPDATE webhooks SET due_at = now(), rests_until = NULL WHERE due_at IS NOT NULL")
    world.rows("UPDATE webhooks SET held_until = now() WHERE holder IS NOT NULL")
