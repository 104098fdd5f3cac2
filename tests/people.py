"""People, as tests speak of them. Alice owns what a test is about; Mallory is signed in and owns nothing of it."""

from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from uuid import UUID

import httpx

from shared.ids import new_id
from shared.sessions import new_token, token_hash
from tests import documented
from tests.world import NO_AUTHORITIES, Function, World

PASSWORD = "correct horse battery staple"
PASSWORD_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$AwVKTSq0938+kaLOv3JEcw$lFvh2nCJMZpJMeooFoRPjxXILlt6kLc+vET7yC0IMQE"  # of the above
)


@dataclass
class Person:
    world: World
    name: str
    zone: str = "Europe/Berlin"
    id: UUID = field(default_factory=new_id)

    def __post_init__(self) -> None:
        self._browsers: dict[str, httpx.Client] = {}
        self._one_at_a_time = Lock()
        self.email = f"{self.name}-{self.id}@example.org".lower()
        self.token = new_token(self.id)
        self.world.rows(
            "INSERT INTO users (id, email, email_key, password_hash, name, zone, created_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, now())",
            self.id, self.email, self.email, PASSWORD_HASH, self.name, self.zone,
        )  # fmt: skip
        self.world.rows("INSERT INTO counters (user_id) VALUES (%s)", self.id)
        self.world.rows(
            "INSERT INTO sessions (user_id, id, token_hash, created_at, expires_at)"
            " VALUES (%s, %s, %s, now(), now() + interval '1 day')",
            self.id, new_id(), token_hash(self.token),
        )  # fmt: skip

    def at(self, function: str) -> httpx.Client:
        """A browser of this person, talking to one function as the gateway does."""
        with self._one_at_a_time:
            running = self.world.function(function)
        return self.browsing(running)

    def browsing(self, function: Function) -> httpx.Client:
        url = function.url
        with self._one_at_a_time:
            if url not in self._browsers:
                self._browsers[url] = client = httpx.Client(base_url=url, timeout=20, verify=NO_AUTHORITIES)
                client.headers.update({"origin": "https://taskora.test", "x-forwarded-host": "taskora.test"})
                client.cookies.set("session", self.token)
                client.event_hooks["response"] = [documented.must_be]
            return self._browsers[url]

    def leave(self) -> None:
        for browser in self._browsers.values():
            browser.close()

    def has_task(self, title: str, **fields: Any) -> dict[str, Any]:
        answer = self.at("tasks").post("/api/tasks", json={"title": title, **fields})
        assert answer.status_code == 201, answer.text
        task: dict[str, Any] = answer.json()
        return task

    def events(self) -> list[tuple[int, str, str]]:
        """Number, type and subject of every event of this person, in order."""
        rows = self.world.rows(
            "SELECT sequence, type, subject FROM events WHERE user_id = %s ORDER BY sequence", self.id
        )
        return [(int(str(number)), str(kind), str(subject)) for number, kind, subject in rows]
