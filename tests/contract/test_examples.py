"""Each event has an example: what a running Taskora has published, and what its schema says."""

import json
from typing import Any

import pytest

from eventing import catalogue
from shared.events import EVENT_TYPES, EventType
from tests import judge

EACH = pytest.mark.parametrize("event_type", EVENT_TYPES.values(), ids=lambda each: str(each.name))


@EACH
def test_an_example_is_what_the_schema_says(event_type: EventType) -> None:
    said = catalogue.example(event_type)
    assert said, f"python -m tests.life {event_type.name}"

    assert list(judge.faults_of(event_type, said["data"])) == []


@EACH
def test_an_example_is_called_what_it_is_and_where_it_belongs(event_type: EventType) -> None:
    said = dict(catalogue.example(event_type) or {})
    headers = {f"ce-{name}": value for name, value in said.items() if name != "data"}

    assert judge.faults(event_type.topic, headers, json.dumps(said["data"]).encode()) == []
    assert said["type"] == event_type.name


@EACH
def test_who_made_an_example_is_in_the_catalogue(event_type: EventType) -> None:
    said = catalogue.example(event_type) or {}
    function = said["source"].removeprefix("/taskora/")

    makers = catalogue.producers(event_type)

    assert f"`{function}`" in makers or [maker for maker in makers if maker.startswith("`shared/")]


@pytest.mark.parametrize(
    ("plant", "fault"),
    [
        ({"type": "task.dreamt"}, "task.dreamt is not in the catalogue"),
        ({"topic": "user-events"}, "task.updated: it is said on user-events"),
        ({"dataschema": "/eventing/schemas/task.created.v1.json"}, "task.updated: its schema is"),
        ({"sequence": "0"}, "task.updated: it has no number"),
        ({"subject": "list/1"}, "task.updated: it is about list/1"),
        ({"data": {}}, 'task.updated: : "task" is a required property'),
        ({"data": {"operation": 7}}, 'task.updated: operation: 7 is not of type "string"'),
    ],
)
def test_what_is_not_as_the_catalogue_has_it_is_found(plant: dict[str, Any], fault: str) -> None:
    said = catalogue.example(EVENT_TYPES["task.updated"])
    assert said
    planted = {"topic": "task-events", **said, **plant}
    headers = {f"ce-{name}": value for name, value in planted.items() if name not in ("topic", "data")}

    found = judge.faults(planted["topic"], headers, json.dumps(planted["data"]).encode())

    assert fault in " ".join(found)


def test_no_example_is_left_of_what_is_no_longer_said() -> None:
    files = {path.name for path in (catalogue.HERE / "examples").iterdir()}

    assert files == {event_type.schema.rpartition("/")[2] for event_type in EVENT_TYPES.values()}
