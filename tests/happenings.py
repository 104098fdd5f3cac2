"""What happens to somebody, and how it comes to `sync`: committed changes, their events, and pages that listen."""

import json
from collections.abc import Callable
from typing import Any

import redis

from knative.local.stores import Valkey
from shared import envelope
from shared.envelope import Envelope
from shared.ids import new_id
from shared.sessions import new_token, token_hash
from tests.people import Person
from tests.streams import Page
from tests.world import ROOT, Door, Function, Posted, World, eventually

NEVER = 3600
Tuned = Callable[..., Function]  # tuned({"watch.EVERY": NEVER}, REDIS_URL=...)


def opened(person: Person, at: Function, last_event_id: object = None, query: str = "") -> Page:
    return Page(at.url, person.token, last_event_id, query)


def deliver(event: Posted | Envelope, at: Function) -> int:
    """As a Trigger does it."""
    headers = event.headers if isinstance(event, Posted) else event.headers()
    with at.client() as trigger:
        return trigger.post("/events", headers=headers, content=event.data).status_code


def announced(door: Door, task: dict[str, Any], event_type: str = "task.created") -> Posted:
    """The event as the broker has it."""
    subject = f"task/{task['id']}"
    eventually(lambda: event_type in door.about(subject), f"the broker has {event_type}")
    return next(event for event in door.posted if event.subject == subject and event.type == event_type)


def happen(person: Person, times: int = 1, notes: str = "", indent: int | None = None) -> list[Envelope]:
    """Changes that are committed, and their events as a broker would deliver them; nobody has heard of them yet."""
    task = new_id()
    fact = {"task": {"id": str(task), "notes": notes}, "changes": {}, "actor": {}, "operation": "-"}
    data = json.dumps(fact, indent=indent)
    rows = person.world.rows(
        """WITH counted AS (UPDATE counters SET value = value + %s WHERE user_id = %s RETURNING value)
           INSERT INTO events (user_id, sequence, id, topic, type, source, subject, happened_at, data)
           SELECT %s, value + 1 - turn, gen_random_uuid(), 'task-events', 'task.updated', '/taskora/tasks', %s, now(),
                  %s
             FROM counted, generate_series(1, %s) AS turn
        RETURNING sequence, id""",
        times, person.id, person.id, f"task/{task}", data, times,
    )  # fmt: skip
    return [
        signed(
            person.world, "task.updated", data.encode(),
            id=str(id), partitionkey=str(person.id), sequence=str(sequence), subject=f"task/{task}",
        )
        for sequence, id in sorted((int(str(sequence)), str(id)) for sequence, id in rows)
    ]  # fmt: skip


def said_of(event_type: str) -> str:
    """As the catalogue's example has it: what a test leaves in the outbox, another test's relay publishes."""
    example = json.loads((ROOT / "eventing/examples" / f"{event_type}.v1.json").read_text())
    return json.dumps(example["data"])


def signed(world: World, type: str, data: bytes, id: str = "an id", key: str = "", **attributes: str) -> Envelope:
    event = Envelope(id, "/taskora/tasks", type, attributes, data)
    signature = envelope._signature(event, (key or world.environment["EVENT_SIGNING_KEYS"]).encode())
    return Envelope(id, "/taskora/tasks", type, attributes | {"signature": signature}, data)


def sees_one(page: Page, person: Person, at: Function) -> None:
    """Beginning to listen counts as a bell. After this, the next change needs one of its own."""
    [event] = happen(person)
    deliver(event, at)
    page.until_number(1)


def another_session(person: Person) -> str:
    token = new_token(person.id)
    person.world.rows(
        "INSERT INTO sessions (user_id, id, token_hash, created_at, expires_at)"
        " VALUES (%s, %s, %s, now(), now() + interval '1 day')",
        person.id, new_id(), token_hash(token),
    )  # fmt: skip
    return token


def hears(valkey: Valkey, person: Person) -> bool:
    with redis.Redis.from_url(valkey.url) as client:
        return dict(client.pubsub_numsub(f"bell:{person.id}")) == {f"bell:{person.id}".encode(): 1}
