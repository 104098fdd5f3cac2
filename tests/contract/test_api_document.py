"""The API document is complete: an example of everything, a scope or a session for everything, no two names for one."""

from typing import Any

import jsonschema_rs
import pytest

from shared.events import EVENT_TYPES
from tests import api

OPERATIONS = [pytest.param(operation, id=str(operation)) for operation in api.operations()]


def bodies(operation: api.Operation) -> dict[str, dict[str, Any]]:
    """What is sent and what comes back when all goes well, as schemas."""
    said = operation.said
    found = {"asked": said["requestBody"]["content"]} if "requestBody" in said else {}
    found |= {status: answer.get("content", {}) for status, answer in said["responses"].items() if status < "300"}
    return {name: said["application/json"]["schema"] for name, said in found.items() if "application/json" in said}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_there_is_an_example_of_what_is_asked_and_answered(operation: api.Operation) -> None:
    for schema in bodies(operation).values():
        example = api.example_of(schema)
        whole = {**schema, "components": api.document()["components"]}

        jsonschema_rs.validate(whole, example)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_each_operation_says_what_it_does(operation: api.Operation) -> None:
    assert operation.said["summary"]
    assert operation.said["tags"] == [operation.function]


def test_a_change_may_be_one_of_whatever_events_are_about() -> None:
    about = {event_type.entity for event_type in EVENT_TYPES.values() if event_type.topic != "system-events"}

    assert about <= api.document()["components"]["schemas"]["Change"]["properties"].keys()
