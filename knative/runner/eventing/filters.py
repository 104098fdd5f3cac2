"""Trigger filters: which events a Trigger wants. An attribute that is absent matches nothing."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Attributes = Mapping[str, str]
Filter = Callable[[Attributes], bool]


def all_of(dialects: Iterable[Mapping[str, Any]]) -> Filter:
    """What every one of the filters lets pass; no filter lets everything pass."""
    filters = tuple(one(dialect) for dialect in dialects)
    return lambda attributes: all(passes(attributes) for passes in filters)


def one(dialect: Mapping[str, Any]) -> Filter:
    [(name, wanted)] = dialect.items()
    match name:
        case "exact":
            return _each(wanted, str.__eq__)
        case "prefix":
            return _each(wanted, str.startswith)
        case "suffix":
            return _each(wanted, str.endswith)
        case "all":
            return all_of(wanted)
        case "any":
            filters = tuple(one(element) for element in wanted)
            return lambda attributes: any(passes(attributes) for passes in filters)
        case "not":
            inner = one(wanted)
            return lambda attributes: not inner(attributes)
    raise ValueError(f"the filter {name!r} is not supported by the runner")


def _each(wanted: Mapping[str, str], matches: Callable[[str, str], bool]) -> Filter:
    pairs = tuple(wanted.items())
    return lambda attributes: all(name in attributes and matches(attributes[name], value) for name, value in pairs)
