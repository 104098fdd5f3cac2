"""Whether an event is what the catalogue says of it: judged by its schema, by somebody else's reading of that."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from jsonschema_rs import Draft202012Validator

from eventing import compatibility
from shared.events import EVENT_TYPES, EventType


def faults(topic: str, headers: Mapping[str, str], data: bytes) -> list[str]:
    """Of an event as it comes to the broker's door. `headers` have lower-case names."""
    event_type = EVENT_TYPES.get(headers["ce-type"])
    if event_type is None:
        return [f"{headers['ce-type']} is not in the catalogue"]
    found = [*_misplaced(event_type, topic, headers), *faults_of(event_type, json.loads(data))]
    return [f"{event_type.name}: {fault}" for fault in found]


def faults_of(event_type: EventType, data: Any) -> Iterator[str]:
    schema = event_type.schema.rpartition("/")[2]
    for error in validator(schema).iter_errors(data):
        yield f"{'.'.join(map(str, error.instance_path))}: {error.message}"


@cache
def validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(schemas()[schema], validate_formats=True)


@cache
def schemas() -> dict[str, Any]:
    return compatibility.read(compatibility.SCHEMAS)


def _misplaced(event_type: EventType, topic: str, headers: Mapping[str, str]) -> Iterator[str]:
    if topic != event_type.topic:
        yield f"it is said on {topic}"
    if headers.get("ce-dataschema") != event_type.schema:
        yield f"its schema is {headers.get('ce-dataschema')}"
    if event_type.key == "user":
        UUID(headers["ce-partitionkey"])
        if int(headers["ce-sequence"]) < 1:
            yield "it has no number"
        if not headers.get("ce-subject", "").startswith(f"{event_type.entity}/"):
            yield f"it is about {headers.get('ce-subject')}"
    elif "ce-sequence" in headers:
        yield "it has a number, and is nobody's"
