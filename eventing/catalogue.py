"""The event catalogue and the schemas, of `shared/events.py` and what it names: `python -m eventing.catalogue`."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

from shared import events
from shared.events import EVENT_TYPES, EventType
from shared.kinds import KINDS

HERE = Path(__file__).parent
RENDERED = HERE.parent / "knative" / "overlays" / "local" / "rendered.yaml"
IMPORTS = re.compile(r"^from \S+ import (\([^)]*\)|.*)$", re.MULTILINE)
BEGIN, END = "<!-- catalogue: made by `make generate` -->", "<!-- end of catalogue -->"


def main() -> None:
    made = files()
    for path, text in made.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    for path in (HERE / "schemas").glob("*.json"):
        if path not in made:
            path.unlink()


def files() -> dict[Path, str]:
    """Every generated file and what it should hold."""
    schemas = {
        HERE.parent / event_type.schema.lstrip("/"): json.dumps(schema(event_type), indent=2) + "\n"
        for event_type in EVENT_TYPES.values()
    }
    readme = HERE / "README.md"
    before, _, rest = readme.read_text().partition(BEGIN)
    return schemas | {readme: f"{before}{BEGIN}\n{table()}{END}{rest.partition(END)[2]}"}


def schema(event_type: EventType) -> dict[str, Any]:
    """What the data of this event is, and where it is said. `compatibility` holds it to what was released."""
    made = opened(TypeAdapter(event_type.data).json_schema())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": event_type.schema,
        "title": event_type.name,
        "description": event_type.meaning,
        "x-topic": event_type.topic,
        "x-key": event_type.key,
        **({"examples": [said["data"]]} if (said := example(event_type)) else {}),
        **{key: value for key, value in made.items() if key not in ("title", "description")},
    }


def example(event_type: EventType) -> dict[str, Any] | None:
    """The whole event, as a running Taskora has published it. `tests/life.py` takes them."""
    path = _example_file(event_type)
    said: dict[str, Any] | None = json.loads(path.read_text()) if path.exists() else None
    return said


def keep_example(event_type: EventType, said: dict[str, Any]) -> None:
    _example_file(event_type).write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n")


def _example_file(event_type: EventType) -> Path:
    return HERE / "examples" / Path(event_type.schema).name


def opened(made: Any) -> Any:
    """Of a set that may grow, a schema names the members of now and takes any."""
    if isinstance(made, list):
        return [opened(each) for each in made]
    if not isinstance(made, dict):
        return made
    within = {key: opened(value) for key, value in made.items()}
    if within.pop("x-extensible", False):
        within["x-extensible-enum"] = within.pop("enum")
    return within


def table() -> str:
    heads = ("event", "example", "broker and topic", "key", "it says", "made by", "delivered to")
    lines = [f"| {' | '.join(heads)} |", f"| {' | '.join('---' for _ in heads)} |"]
    for event_type in sorted(EVENT_TYPES.values(), key=lambda each: (each.topic, each.name)):
        file = Path(event_type.schema).name
        cells = [
            f"[`{event_type.name}`](schemas/{file})",
            f"[one](examples/{file})",
            event_type.topic,
            event_type.key,
            event_type.meaning,
            ", ".join(producers(event_type)),
            ", ".join(consumers(event_type)) or "whoever asks",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def producers(event_type: EventType) -> list[str]:
    """Whose code says the event, by its name or by making such a thing: functions, and modules that these share."""
    [name] = [name for name, value in vars(events).items() if value is event_type]
    by_way_of = {
        "SystemFailed": ["event(SystemFailed,"],
        "SystemDeployed": ["event(SystemDeployed,"],
        "SystemDeadLetter": ["event(SystemDeadLetter,"],
        "WorkIsDue": ["work.announce(", "work.ring("],
        "NotificationCreated": ["notices.add"],
        "PreferencesChanged": ["preferences.change("],
    }
    words = by_way_of.get(name, [f"{name},", f"{name})"])  # behind whose name stands what it is about
    made = [kind.name.upper() for kind in KINDS.values() if kind.created is event_type]
    words += [f"make({before}{kind}," for kind in made for before in ("", "tx, ")]
    functions = [(source.parent.name, source) for source in (HERE.parent / "functions").glob("*/*.py")]
    shared = [(f"shared/{source.name}", source) for source in (HERE.parent / "shared").glob("*.py")]
    own = ("shared/events.py", "shared/kinds.py")  # which declare what there is
    said_by = {name for name, source in functions + shared if name not in own and _says(source, words)}
    if any(event_type in kind.event_types and event_type != kind.created for kind in KINDS.values()):
        said_by |= {"shared/entities.py"} if event_type is not events.TaskRecurred else set()
    return [f"`{name}`" for name in sorted(said_by)]


def _says(source: Path, words: list[str]) -> bool:
    return any(word in _without_imports(source) for word in words)


@cache
def _without_imports(source: Path) -> str:
    return IMPORTS.sub("", source.read_text())


def consumers(event_type: EventType) -> list[str]:
    """Who gets it, by the Triggers and KafkaSources."""
    found = set()
    for document in manifests():
        spec = document.get("spec", {})
        if document["kind"] == "Trigger" and spec["broker"] == event_type.topic:
            found |= {_subscriber(spec, each) for each in spec.get("filters", [{}]) if _lets_in(each, event_type)}
        if document["kind"] == "KafkaSource" and event_type.topic in spec["topics"]:
            found.add(f"`{spec['sink']['ref']['name']}`")
    return sorted(found)


@cache
def manifests() -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(RENDERED.read_text()))


def _lets_in(each: dict[str, Any], event_type: EventType) -> bool:
    wanted: str = each.get("exact", {}).get("type", event_type.name)
    return wanted == event_type.name


def _subscriber(spec: dict[str, Any], each: dict[str, Any]) -> str:
    work = each.get("exact", {}).get("work")
    return f"`{spec['subscriber']['ref']['name']}`" + (f" (`work`: {work})" if work else "")


if __name__ == "__main__":
    main()
