"""The API as its own document tells it, for tests that go through every operation there is."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx
import yaml

from functions import openapi_things
from tests.people import Person
from tests.world import ROOT

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Place:
    """Where a request names an id: in the path, the query, or somewhere in the body."""

    where: str
    name: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.where} {'.'.join(self.name)}"


@dataclass(frozen=True)
class Operation:
    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def said(self) -> dict[str, Any]:
        said: dict[str, Any] = document()["paths"][self.path][self.method]
        return said

    @property
    def function(self) -> str:
        return functions_by_route()[self.method.upper(), self.path]

    @property
    def is_stream(self) -> bool:
        return "text/event-stream" in self.said["responses"].get("200", {}).get("content", {})

    @property
    def path_parameters(self) -> list[str]:
        return [each["name"] for each in self.said.get("parameters", []) if each["in"] == "path"]

    @property
    def body(self) -> dict[str, Any] | None:
        """What a request of this kind may say, as the document's example has it."""
        if "requestBody" not in self.said:
            return None
        body: dict[str, Any] = deepcopy(example_of(self._body_schema()))
        return body

    @property
    def needs(self) -> set[str]:
        """The kinds of ids without which it cannot be asked."""
        said = json.dumps(self.body)
        return {*self.path_parameters, *(kind for example, kind in EXAMPLES_IDS.items() if example in said)}

    def _body_schema(self) -> dict[str, Any]:
        schema: dict[str, Any] = self.said["requestBody"]["content"]["application/json"]["schema"]
        return schema

    def places(self) -> Iterator[Place]:
        """Every place where an id may stand."""
        for parameter in self.said.get("parameters", []):
            if parameter["in"] == "path" or (parameter["in"] == "query" and _is_id(parameter["schema"])):
                yield Place(parameter["in"], (parameter["name"],))
        if "requestBody" in self.said:
            yield from (Place("body", name) for name in _ids_in(self._body_schema(), ()))

    def ask(
        self, person: Person, ids: dict[str, str], place: Place | None = None, id: str = "", alone: bool = False
    ) -> httpx.Response:
        """With the person's own `ids` in the path and in the example's body, and this id in this place.

        `alone`: nothing else of the example is said, which may not go together with it.
        """
        address, query, body = self.path, {}, self.body
        if body is not None:
            body = json.loads(_with_ids(json.dumps(body), ids))
        for name in self.path_parameters:
            address = address.replace(f"{{{name}}}", id if place == Place("path", (name,)) else ids[name])
        if place and place.where == "query":
            query[place.name[0]] = id
        if place and place.where == "body":
            assert body is not None
            if alone:
                required = resolved(self._body_schema()).get("required", [])
                body = {name: value for name, value in body.items() if name in required}
            _put(body, place.name, id)
        return person.at(self.function).request(self.method, address, params=query, json=body)


EXAMPLES_IDS = {
    openapi_things.TASK_ID: "task_id",
    openapi_things.LIST_ID: "list_id",
    openapi_things.TAG_ID: "tag_id",
}


def _with_ids(text: str, ids: dict[str, str]) -> str:
    for example, kind in EXAMPLES_IDS.items():
        text = text.replace(example, ids.get(kind, example))
    return text


@cache
def document() -> dict[str, Any]:
    """As it is written; that it is what the code says is tried by itself (tests/contract/test_generated.py)."""
    found: dict[str, Any] = json.loads((ROOT / "frontend/public/api/openapi.json").read_text())
    return found


def operations() -> list[Operation]:
    found = document()["paths"]
    return [Operation(method, path) for path, kinds in found.items() for method in METHODS if method in kinds]


@cache
def functions_by_route() -> dict[tuple[str, str], str]:
    table = yaml.safe_load((ROOT / "knative/base/routes.yaml").read_text())["routes"]
    return {(method, route["path"]): route["function"] for route in table for method in route["methods"]}


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        found: dict[str, Any] = document()
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        return resolved(found)
    return schema


def example_of(schema: dict[str, Any]) -> Any:
    schema = resolved(schema)
    for example in schema.get("examples", ()):
        return example
    for chosen in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        return example_of(chosen)
    raise AssertionError(f"there is no example of {schema.get('title', schema)}")


def _is_id(schema: dict[str, Any]) -> bool:
    schema = resolved(schema)
    if any(_is_id(each) for each in (*schema.get("anyOf", ()), *schema.get("oneOf", ()))):
        return True
    if "items" in schema:
        return _is_id(schema["items"])
    return str(schema.get("format", "")).startswith("uuid")


def _ids_in(schema: dict[str, Any], name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    schema = resolved(schema)
    for each in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from _ids_in(each, name)
    if "items" in schema:
        yield from _ids_in(schema["items"], (*name, "0"))
    for property, inner in schema.get("properties", {}).items():
        yield from _ids_in(inner, (*name, property))
    if str(schema.get("format", "")).startswith("uuid"):
        yield name


def _put(body: Any, name: tuple[str, ...], id: str) -> None:
    """`a.0.b`: in the object at `a`, which is a list of them."""
    key, *rest = name
    if not rest:
        body[key] = id
    elif rest[0] == "0":
        if rest[1:]:
            inner: dict[str, Any] = {}
            _put(inner, tuple(rest[1:]), id)
            body[key] = [inner]
        else:
            body[key] = [id]
    else:
        if not isinstance(body.get(key), dict):
            body[key] = {}
        _put(body[key], tuple(rest), id)
