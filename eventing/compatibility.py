"""Who reads events of the last release reads those of now: `python -m eventing.compatibility` says where not.

`released/` holds the schemas as they were published last; `python -m eventing.compatibility release` puts there those
of now. The rule, which eventing/README.md explains: what a schema of now allows, that of then has allowed as well.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

HERE = Path(__file__).parent
RELEASED, SCHEMAS = HERE / "released", HERE / "schemas"
FILE = re.compile(r"(?P<event>.+)\.v(?P<version>\d+)\.json")

Schema: TypeAlias = dict[str, Any]

WHERE = ("x-topic", "x-key")
SAYS_NOTHING = {"$schema", "$id", "$defs", "title", "description", "default", "examples", "x-extensible-enum", *WHERE}
AS_IT_WAS = ("format", "pattern")
AT_LEAST = ("minimum", "exclusiveMinimum", "minLength", "minItems")
AT_MOST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
COMPARED = {"type", "enum", "const", "properties", "required", "additionalProperties", "items", "prefixItems"}
KNOWN = {*SAYS_NOTHING, *AS_IT_WAS, *AT_LEAST, *AT_MOST, *COMPARED, "$ref", "anyOf"}


def main(words: list[str]) -> None:
    faults = list(broken(read(RELEASED), read(SCHEMAS)))
    if faults:
        sys.exit("\n".join(faults))
    if words == ["release"]:
        release()


def release() -> None:
    for path in RELEASED.glob("*.json"):
        path.unlink()
    for path in SCHEMAS.glob("*.json"):
        (RELEASED / path.name).write_text(path.read_text())


def read(folder: Path) -> dict[str, Schema]:
    return {path.name: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}


def broken(then: dict[str, Schema], now: dict[str, Schema]) -> Iterator[str]:
    """What somebody who knows what was said then would not understand now, or not hear."""
    for file, before in then.items():
        if after := now.get(file):
            faults = [*moved(before, after), *Comparison(before, after).widened(before, after, "data")]
        elif successor := _next_version(file, now):
            faults = list(moved(before, successor))
        else:
            faults = ["is no longer said"]
        yield from (f"{file}: {fault}" for fault in faults)


def _next_version(file: str, now: dict[str, Schema]) -> Schema | None:
    known = FILE.fullmatch(file)
    for other, schema in now.items():
        found = FILE.fullmatch(other)
        if known and found and found["event"] == known["event"] and int(found["version"]) > int(known["version"]):
            return schema
    return None


def moved(before: Schema, after: Schema) -> Iterator[str]:
    for name in WHERE:
        if before.get(name) != after.get(name):
            yield f"{name} was {before.get(name)} and is {after.get(name)}"


class Comparison:
    def __init__(self, before: Schema, after: Schema) -> None:
        self._before, self._after = before.get("$defs", {}), after.get("$defs", {})

    def widened(self, then: Schema, now: Schema, at: str) -> list[str]:
        """Where data of now could be what data of then was not."""
        then, now = _meant(then, self._before), _meant(now, self._after)
        if unknown := (then.keys() | now.keys()) - KNOWN:
            return [f"{at} says {', '.join(sorted(unknown))}, which nothing here compares"]
        if "anyOf" in now:
            return [fault for one in now["anyOf"] for fault in self.widened(then, one, at)]
        if "anyOf" in then:  # of those that it was one of, the one that it is nearest to
            return min((self.widened(one, now, at) for one in then["anyOf"]), key=len)
        return [*_values(then, now, at), *self._fields(then, now, at), *self._elements(then, now, at)]

    def _fields(self, then: Schema, now: Schema, at: str) -> Iterator[str]:
        for name in then.get("required", []):
            if name not in now.get("required", []):
                yield f"{at}.{name} may be missing"
        for name, field in then.get("properties", {}).items():
            if name in now.get("properties", {}):
                yield from self.widened(field, now["properties"][name], f"{at}.{name}")
            elif name not in then.get("required", []):
                yield f"{at}.{name} is gone"
        if isinstance(others := then.get("additionalProperties"), dict):
            given = now.get("additionalProperties")
            yield from self.widened(others, given if isinstance(given, dict) else {}, f"{at}.*")
            for name in now.get("properties", {}).keys() - then.get("properties", {}).keys():
                yield from self.widened(others, now["properties"][name], f"{at}.{name}")

    def _elements(self, then: Schema, now: Schema, at: str) -> Iterator[str]:
        if "items" in then:
            yield from self.widened(then["items"], now.get("items", {}), f"{at}[]")
        for place, element in enumerate(then.get("prefixItems", [])):
            given = now.get("prefixItems", [])
            yield from self.widened(element, given[place] if place < len(given) else {}, f"{at}[{place}]")


def _meant(schema: Schema, names: dict[str, Schema]) -> Schema:
    return names[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _values(then: Schema, now: Schema, at: str) -> Iterator[str]:
    fitting = {"number": ("number", "integer")}.get(then.get("type", ""), (then.get("type"),))
    if "type" in then and now.get("type") not in fitting:
        yield f"{at} was {then['type']} and is {now.get('type', 'anything')}"
    if before := _one_of(then):
        after = _one_of(now)
        for value in after or ["anything"]:
            if value not in before:
                yield f"{at} may be {value}"
    for name in AS_IT_WAS:
        if name in then and now.get(name) != then[name]:
            yield f"{at} was of {name} {then[name]}"
    for names, sign in ((AT_LEAST, 1), (AT_MOST, -1)):
        for name in names:
            if name in then and (name not in now or now[name] * sign < then[name] * sign):
                yield f"{at} had a {name} of {then[name]}"


def _one_of(schema: Schema) -> list[Any]:
    values: list[Any] = [schema["const"]] if "const" in schema else schema.get("enum", [])
    return values


if __name__ == "__main__":
    main(sys.argv[1:])
