"""Events as they reach a function, signed as the wire has it: written here once more, so that a drift is seen."""

import hashlib
import hmac
import json
from base64 import b64encode
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import httpx

from shared.ids import new_id
from tests.world import NO_AUTHORITIES, Function

KEY = b"the key of the tests"  # as the world has it


@dataclass(frozen=True)
class Delivery:
    """What a Trigger or a KafkaSource posts to /events."""

    headers: dict[str, str]
    data: bytes = b"{}"

    def having(self, **changed: str | None) -> "Delivery":
        """With these attributes instead; None takes one away."""
        named = {f"ce-{name}": value for name, value in changed.items()}
        headers = {name: value for name, value in (self.headers | named).items() if value is not None}
        return Delivery(headers, self.data)

    def signed(self, key: bytes = KEY) -> "Delivery":
        of = {name: unquote(value) for name, value in self.headers.items()}
        named = [of.get(f"ce-{name}", "") for name in ("subject", "partitionkey", "sequence", "work")]
        parts = [of["ce-id"], of["ce-source"], of["ce-type"], *named, of.get("ce-time", "")]
        text = json.dumps([*parts, hashlib.sha256(self.data).hexdigest()])
        return self.having(signature=hmac.new(key, text.encode(), hashlib.sha256).hexdigest())

    def to(self, function: Function) -> httpx.Response:
        url = f"{function.url}/events"
        return httpx.post(url, headers=self.headers, content=self.data, timeout=25, verify=NO_AUTHORITIES)


def event(event_type: str, source: str = "tasks", **attributes: str) -> Delivery:
    headers = {
        "content-type": "application/json",
        "ce-specversion": "1.0",
        "ce-id": str(new_id()),
        "ce-source": f"/taskora/{source}",
        "ce-type": event_type,
        "ce-time": datetime.now(UTC).isoformat(),
    }
    return Delivery(headers).having(**attributes)


def tick() -> Delivery:
    """The minute, as Knative's PingSource says it: nobody signs it."""
    return event("dev.knative.sources.ping", tick="minute").having(
        source="/apis/v1/namespaces/taskora/pingsources/clock"
    )


def work_due(kind: str) -> Delivery:
    return event("work.due", source="clock", work=kind).signed()


def dead(delivery: Delivery, at: str, code: str | None = None, said: bytes | None = None) -> Delivery:
    """As Knative writes a dead letter: what was delivered, with the marks of its way."""
    marks = {
        "knativeerrordest": f"http://{at}.taskora.svc.cluster.local/events",
        "knativeerrorcode": code,
        "knativeerrordata": b64encode(said).decode() if said is not None else None,
        "knativekafkapartition": "0",
        "knativekafkaoffset": "7",
    }
    return delivery.having(**marks)


@dataclass(frozen=True)
class Fact:
    """One numbered event of a user."""

    user_id: UUID
    sequence: int
    type: str = "task.updated"
    subject: str = "task/1"
    changes: dict[str, Any] = field(default_factory=dict)
    id: UUID = field(default_factory=new_id)
    thing: dict[str, Any] = field(default_factory=dict)  # what it is about, as it is now
    via: str = "web"
    token: str | None = None

    @property
    def delivery(self) -> Delivery:
        data = {
            self.type.partition(".")[0]: {"id": self.subject.partition("/")[2]} | self.thing,
            "changes": self.changes,
            "actor": {"user": str(self.user_id), "via": self.via, "token": self.token},
            "operation": str(self.id),
        }
        whose = {"partitionkey": str(self.user_id), "sequence": str(self.sequence)}
        unsigned = event(self.type, id=str(self.id), subject=self.subject, **whose)
        return replace(unsigned, data=json.dumps(data).encode()).signed()
