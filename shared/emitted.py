"""What is emitted: an event with its data, and the name by which all that was done with it can be undone."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared import envelope, logs, publishing
from shared.callers import Caller
from shared.config import settings
from shared.events import EventType

ACTIVITY = "taskora-activity"  # of every answer to a change: the first event of its operation, by which it is undone


@dataclass(frozen=True, slots=True)
class Emitted:
    id: UUID
    event_type: EventType
    subject: str
    data: str


def in_columns(events: Sequence[Emitted]) -> dict[str, object]:
    return {
        "ids": [event.id for event in events],
        "topics": [event.event_type.topic for event in events],
        "types": [event.event_type.name for event in events],
        "subjects": [event.subject for event in events],
        "data": [event.data for event in events],
    }


def named(activity: UUID | None) -> dict[str, str]:
    return {ACTIVITY: str(activity)} if activity else {}


def name(activity: UUID) -> None:
    """In the answer to the request that this is done for."""
    if context := logs.context.get():
        context.headers.append((ACTIVITY.encode(), str(activity).encode()))


def data_around(
    caller: Caller, event_type: EventType, changes: dict[str, Any], besides: Mapping[str, Any] | None = None
) -> tuple[str, str]:
    """What stands before and behind the entity's document in an event's data."""
    fact = {
        "changes": changes,
        "actor": {"user": str(caller.user_id), "via": caller.via, "token": caller.token_id and str(caller.token_id)},
        "operation": str(caller.operation),
    }
    if besides:
        fact |= besides
    return f'{{"{event_type.entity}":', f",{as_json(fact)[1:]}"


as_json = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps would make an encoder each time


def stored(caller: Caller, event: Emitted, sequence: int, now: datetime, hooked: bool) -> publishing.Stored:
    event_type = event.event_type
    named = envelope.attributes(
        caller.user_id, sequence, event.subject, now, event_type.schema, caller.traceparent, hooked
    )
    sent = envelope.Envelope(str(event.id), source(), event_type.name, named, event.data.encode())
    return publishing.Stored(caller.user_id, sequence, event_type.topic, sent)


def source() -> str:
    return f"/taskora/{settings().service}"
