"""The table of routes.yaml: which function answers which method and path."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

from knative.runner.reading import Refused

# Every function has these for those inside; no route may lead to them from outside.
INSIDE_ONLY = frozenset({"/events", "/health", "/metrics", "/ready"})
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

UNSAFE = r"%2[Ff]|%5[Cc]|%00|\\"
_UNSAFE = re.compile(UNSAFE)
_TEMPLATE = re.compile(r"/(?:(?:[A-Za-z0-9._~-]+|\{[a-z_]+\})(?:/(?!$)|$))*")


@dataclass
class _Node:
    """What may follow one segment of a path."""

    literal: dict[str, "_Node"] = field(default_factory=dict)
    parameter: "_Node | None" = None
    functions: dict[str, str] = field(default_factory=dict)  # method -> function


@dataclass(frozen=True)
class Match:
    function: str | None  # None: the path is known, the method is not
    allowed: Collection[str]


class Routes:
    def __init__(self) -> None:
        self._root = _Node()
        self.functions: set[str] = set()

    @classmethod
    def read(cls, file: Path) -> "Routes":
        try:
            table = yaml.safe_load(file.read_text("utf-8"))
        except (OSError, yaml.YAMLError) as error:
            raise Refused([f"{file} cannot be read: {' '.join(str(error).split())}"]) from error
        routes, faults = cls(), []
        for number, route in enumerate((table or {}).get("routes") or [], start=1):
            try:
                routes._add(route)
            except ValueError as error:
                faults.append(f"{file.name}: route {number}: {error}")
        if faults:
            raise Refused(faults)
        return routes

    def _add(self, route: Any) -> None:
        if not isinstance(route, dict) or route.keys() != {"path", "methods", "function"}:
            raise ValueError("it takes path, methods and function, and nothing else")
        path, methods, function = route["path"], route["methods"], route["function"]
        if not isinstance(path, str) or not _TEMPLATE.fullmatch(path):
            raise ValueError(f"{path!r} is no path such as /api/tasks/{{id}}")
        if path in INSIDE_ONLY:
            raise ValueError(f"{path} is for inside only")
        if not isinstance(methods, list) or not methods or set(methods) - METHODS:
            raise ValueError(f"methods must be a list out of {', '.join(sorted(METHODS))}")
        node = self._root
        for segment in path.split("/")[1:]:
            if segment.startswith("{"):
                node.parameter = node = node.parameter or _Node()
            else:
                node = node.literal.setdefault(segment, _Node())
        for method in methods:
            if method in node.functions:
                raise ValueError(f"{method} {path} leads to {node.functions[method]} already")
            node.functions[method] = function
        self.functions.add(function)

    def in_order(self) -> Iterator[tuple[list[str | None], Mapping[str, str]]]:
        """Each path as its segments (None: a parameter) with method -> function; of two that fit, the first counts."""
        yield from _walk(self._root, [])

    def match(self, method: str, path: str) -> Match | None:
        """Find the raw path's function; None when no route has this path."""
        if _UNSAFE.search(path):
            return None  # a slash in disguise would make it another path inside the function
        node = _find(self._root, path.split("/")[1:])
        if node is None or not node.functions:
            return None
        return Match(node.functions.get(method), node.functions.keys())


def _walk(node: _Node, before: list[str | None]) -> Iterator[tuple[list[str | None], Mapping[str, str]]]:
    if node.functions:
        yield before, node.functions
    for segment, inner in node.literal.items():
        yield from _walk(inner, [*before, segment])
    if node.parameter:
        yield from _walk(node.parameter, [*before, None])


def _find(node: _Node, segments: list[str]) -> _Node | None:
    """A written segment goes before a parameter; a parameter is never empty, nor a step up."""
    if not segments:
        return node if node.functions else None
    first, rest = segments[0], segments[1:]
    if (literal := node.literal.get(first)) and (found := _find(literal, rest)):
        return found
    if node.parameter and unquote(first) not in {"", ".", ".."}:
        return _find(node.parameter, rest)
    return None
