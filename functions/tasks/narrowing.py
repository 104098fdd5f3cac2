"""What the parameters of a list mean, as one condition. Imported with the first list that says something."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from functions.tasks.orders import instant
from shared import moments
from shared.callers import Caller
from shared.filters import tree
from shared.filters.conditions import Condition
from shared.filters.language import parse
from shared.filters.spans import Clock, Instant, On
from shared.filters.terms import RECURRING, REMINDING
from shared.filters.times import WEEKDAYS

STATUS = {"status", "completed_from", "completed_to"}  # parameters that say of which status tasks are,
LIST = {"lists", "archived"}  # and in which lists
FIELDS: tuple[tree.Field, ...] = ("due", "start", "created", "updated", "completed")


def narrowed(caller: Caller, said: Mapping[str, Any], now: datetime) -> Condition:
    """To the tasks that all of it means."""
    if "lists" in said:
        said = {**said, "lists": [caller.user_id if each == "inbox" else each for each in said["lists"]]}
    nodes = tuple(meant(name, value, said) for name, value in said.items())
    return Condition(tree.And(nodes), Clock(now, caller.zone, WEEKDAYS[caller.week_start]))


def meant(name: str, value: Any, said: Mapping[str, Any]) -> tree.Node:
    """What a filter only implies, a parameter may say otherwise."""
    if name == "filter":
        return parse(value, of_any_status=not STATUS.isdisjoint(said), of_any_list=not LIST.isdisjoint(said))
    return NODES[name](value)


def starting(field: tree.Field, text: str) -> tree.Node:
    return tree.Within(field, tree.Edge(span_at(text)), None)


def ending(field: tree.Field, text: str) -> tree.Node:
    return tree.Within(field, None, tree.Edge(span_at(text), behind=True))


def only(node: tree.Node, wanted: bool) -> tree.Node:
    return node if wanted else tree.Not(node)


def span_at(text: str) -> On | Instant:
    """A day, in the user's zone, or an instant."""
    try:
        span = On(date.fromisoformat(text)) if moments.DAY.fullmatch(text) else Instant(instant(text))
    except ValueError:
        raise ValueError("a day like 2026-11-20, or an instant like 2026-11-20T09:30:00Z") from None
    if not 1970 <= (span.day if isinstance(span, On) else span.instant).year <= 9000:
        raise ValueError("a year from 1970 to 9000")
    return span


NODES: dict[str, Callable[[Any], tree.Node]] = {
    "status": lambda among: tree.Status(tuple(among)),
    "priority": lambda among: tree.Priority(tuple(among)),
    "lists": lambda ids: tree.InLists(tuple(ids)),
    "tags_any": lambda ids: tree.Tagged("any", tuple(ids)),
    "tags_all": lambda ids: tree.Tagged("all", tuple(ids)),
    "tags_none": lambda ids: tree.Not(tree.Tagged("any", tuple(ids))),
    "parent": lambda id: tree.Missing("parent") if id == "none" else tree.ChildOf(id),
    **{f"{field}_from": partial(starting, field) for field in FIELDS},
    **{f"{field}_to": partial(ending, field) for field in FIELDS},
    "overdue": partial(only, tree.Overdue()),
    "no_date": partial(only, tree.Missing("due")),
    "archived": partial(only, tree.Archived()),
    "recurring": partial(only, RECURRING),
    "has_reminder": partial(only, REMINDING),
}
