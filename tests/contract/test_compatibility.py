"""Who has learned to read events from the last release reads what this one says."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from eventing import compatibility

Schemas = dict[str, Any]
Planted = Callable[[Schemas], object]

TASK, NOTICE, DUE = "task.updated.v1.json", "notification.created.v1.json", "reminder.due.v1.json"


@pytest.fixture
def released() -> Schemas:
    return compatibility.read(compatibility.RELEASED)


def of(schemas: Schemas, file: str, shape: str) -> Any:
    return schemas[file]["$defs"][shape]["properties"]


def without(schemas: Schemas, field: str) -> None:
    del of(schemas, TASK, "Task")[field]
    schemas[TASK]["$defs"]["Task"]["required"].remove(field)


def in_next_version(schemas: Schemas, **besides: str) -> None:
    schemas["task.updated.v2.json"] = {**schemas.pop(TASK), "properties": {}, "required": [], **besides}


BROKEN: list[tuple[str, Planted]] = [
    ("is no longer said", lambda now: now.pop(TASK)),
    ("data.task.title may be missing", lambda now: without(now, "title")),
    ("data.task.title may be missing", lambda now: now[TASK]["$defs"]["Task"]["required"].remove("title")),
    ("data.operation may be missing", lambda now: now[TASK]["required"].remove("operation")),
    ("data.task.version was integer", lambda now: of(now, TASK, "Task")["version"].update(type="string")),
    ("data.task.title was string", lambda now: of(now, TASK, "Task")["title"].pop("type")),
    (
        "data.task.title was string and is null",
        lambda now: of(now, TASK, "Task").update(title={"anyOf": [{"type": "string"}, {"type": "null"}]}),
    ),
    ("data.task.status may be waiting", lambda now: of(now, TASK, "Task")["status"]["enum"].append("waiting")),
    ("data.task.status may be anything", lambda now: of(now, TASK, "Task")["status"].pop("enum")),
    (
        "data.task.reminders[].kind may be earlier",
        lambda now: of(now, TASK, "BeforeDue")["kind"].update(const="earlier"),
    ),
    ("data.task.tags[] was string", lambda now: of(now, TASK, "Task")["tags"].update(items={"type": "object"})),
    ("data.changes.*", lambda now: now[TASK]["properties"]["changes"].update(additionalProperties={"type": "string"})),
    (
        "data.changes.due was array",
        lambda now: now[TASK]["properties"]["changes"].update(properties={"due": {"type": "string"}}),
    ),
    ("x-topic was task-events", lambda now: now[TASK].update({"x-topic": "user-events"})),
    ("x-key was user", lambda now: now[TASK].update({"x-key": "function"})),
    ("says oneOf", lambda now: of(now, TASK, "Task")["title"].update(oneOf=[])),
    ("x-topic was task-events", lambda now: in_next_version(now, **{"x-topic": "chat-events"})),
]


def test_what_this_release_says_is_understood_by_who_knows_the_last(released: Schemas) -> None:
    assert list(compatibility.broken(released, compatibility.read(compatibility.SCHEMAS))) == []


@pytest.mark.parametrize(("fault", "plant"), BROKEN, ids=lambda each: each if isinstance(each, str) else "")
def test_what_they_would_not_understand_is_found(fault: str, plant: Planted, released: Schemas) -> None:
    now = deepcopy(released)
    plant(now)

    found = list(compatibility.broken(released, now))

    assert found
    assert all(TASK in each for each in found)
    assert fault in " ".join(found)


@pytest.mark.parametrize(
    "plant",
    [
        lambda now: now[TASK].update(required=[*now[TASK]["required"], "reason"]),
        lambda now: now[TASK]["properties"].update(reason={"type": "string"}),
        lambda now: of(now, TASK, "Task").update(estimate={"type": "integer"}),
        lambda now: of(now, TASK, "Task")["status"]["enum"].remove("cancelled"),
        lambda now: of(now, TASK, "Task").update(due={"type": "string"}),
        lambda now: of(now, TASK, "Task")["created_at"].update(format="date-time"),
        lambda now: of(now, DUE, "ScheduledReminder")["fire_at"].update(minLength=20),
        lambda now: of(now, NOTICE, "Notification")["late"].update(type="integer"),
        lambda now: of(now, NOTICE, "Notification")["kind"]["x-extensible-enum"].append("webhook"),
        lambda now: now.update({"task.estimated.v1.json": {}}),
        lambda now: in_next_version(now),
    ],
)
def test_what_they_understand_all_the_same_is_left_alone(plant: Planted, released: Schemas) -> None:
    now = deepcopy(released)

    plant(now)

    assert list(compatibility.broken(released, now)) == []


@pytest.mark.parametrize("bound", [("format", "uuid", "date"), ("minLength", 3, 2), ("maxItems", 3, 4)])
def test_a_bound_stays_or_is_narrowed(bound: tuple[str, Any, Any], released: Schemas) -> None:
    name, then, wider = bound
    of(released, TASK, "Task")["title"][name] = then
    for now in ({name: wider}, {}):
        schemas = deepcopy(released)
        of(schemas, TASK, "Task")["title"] = {"type": "string"} | now

        assert len(list(compatibility.broken(released, schemas))) == 1


def test_nothing_that_may_grow_is_closed() -> None:
    for path in compatibility.SCHEMAS.glob("*.json"):
        assert '"additionalProperties": false' not in path.read_text(), path.name


def test_a_release_is_kept_only_if_the_last_one_is_understood(
    released: Schemas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("released", "schemas"):
        (tmp_path / name).mkdir()
        monkeypatch.setattr(compatibility, {"released": "RELEASED", "schemas": "SCHEMAS"}[name], tmp_path / name)
    then, now, new = (tmp_path / each for each in ("released/a.v1.json", "schemas/a.v1.json", "released/b.v1.json"))
    then.write_text(json.dumps({"type": "string"}))
    (tmp_path / "schemas/b.v1.json").write_text("{}")

    now.write_text(json.dumps({"type": "integer"}))
    with pytest.raises(SystemExit, match="data was string and is integer"):
        compatibility.main(["release"])
    assert not new.exists()

    now.write_text(json.dumps({"type": "string", "maxLength": 5}))
    compatibility.main([])
    assert not new.exists()
    compatibility.main(["release"])
    assert new.exists()
    assert then.read_text() == now.read_text()
