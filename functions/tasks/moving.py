"""Put tasks where they shall stand among others: the manual order.

A key is made between those of the two neighbours, as they are once this user's other changes are done. So the order of
all others stays as it is, whoever moves what at the same time. Where keys have grown long, the neighbours get new ones.
"""

import json
from collections.abc import Mapping
from typing import Any, LiteralString
from uuid import UUID

from fastapi import APIRouter, Response

from functions.tasks.bodies import Patch, Place
from shared import db, entities, families, positions, versions, web
from shared.callers import SignedIn
from shared.changes import Change
from shared.documents import Document
from shared.families import Pair
from shared.kinds import TASK
from shared.problems import Invalid
from shared.routes import Straight
from shared.shapes import Task
from shared.versions import IfMatch

sql = db.queries(__file__, "moving")
router = APIRouter(route_class=Straight)

LONGEST = 50  # of a key, in characters; some hundred moves to one and the same place make it that long
WINDOWS = (0, 16, 256, 4_000)  # so many neighbours on either side get new keys, until there is room


@router.post("/api/tasks/{task_id}/move", response_model=Task)
async def move(task_id: UUID, place: Place, caller: SignedIn, if_match: IfMatch = None) -> Response:
    """Put a task where it shall stand in the manual order, and perhaps into another list or below another task.

    `before` or `after` another task means beside it: in its list, and below what it is below. `at` means the first or
    the last place of a list, or of a parent's subtasks: those that are named, or those the task is in already. Without
    any of these three it comes last. All subtasks go along; what else that means for them, PATCH says.

    No other task changes its place among the others, also when several are moved at the same time.
    """
    async with versions.change(caller, TASK, task_id, if_match) as (tx, current):
        changed = await families.become(tx, await placed(tx, {task_id: current}, place))
        document = changed.get(task_id) or json.dumps(current)
        answer = tx.answer_with(document)
    return web.respond(answer)


async def placed(tx: Change, tasks: Mapping[UUID, Document], place: Place) -> dict[UUID, Pair]:
    """The tasks as they shall stand there, in this order; and the neighbours that get new keys for it."""
    beside = await _beside(tx, tasks, place)
    there = _group(place, beside)
    wanted = {
        id: (current, there.applied_to(current).as_document(reminders=current["reminders"]))
        for id, current in tasks.items()
    }
    await families.settle(tx, [after for _, after in wanted.values()])
    groups = {(after["list"], after["parent"]) for _, after in wanted.values()}
    if len(groups) > 1:
        raise Invalid("These tasks are in different places: name the list, or the parent, that they shall go to.")
    [group] = groups
    keys, others = await _keys(Siblings(tx, *group, list(tasks)), place, beside, list(wanted.values()))
    for (_, after), key in zip(wanted.values(), keys, strict=True):
        after["position"] = key
    return wanted | await _renewed(tx, others)


async def behind(tx: Change, task: Document) -> tuple[str, dict[UUID, Pair]]:
    """A key right behind this task, and the neighbours that get new keys for it."""
    place = Place(after=UUID(task["id"]))
    siblings = Siblings(tx, task["list"], task["parent"], [])
    [key], others = await _keys(siblings, place, task, [({}, task)])
    return key, await _renewed(tx, others)


async def _renewed(tx: Change, keys: Mapping[UUID, str]) -> dict[UUID, Pair]:
    found = await entities.read(tx, TASK, tx.caller.user_id, list(keys)) if keys else {}
    return {id: (task, task | {"position": keys[id]}) for id, task in found.items()}


async def _beside(tx: Change, tasks: Mapping[UUID, Document], place: Place) -> Document | None:
    id = place.before or place.after
    if id is None:
        return None
    if id in tasks:
        raise Invalid.at(place.side, "a task cannot stand beside itself.")
    found = await entities.read(tx, TASK, tx.caller.user_id, [id])
    if id not in found:
        raise Invalid.at(place.side, "there is no such task.")
    for field in {"list", "parent"} & place.model_fields_set:
        said = getattr(place, field)
        if (said and str(said)) != found[id][field]:
            raise Invalid.at(field, f"the task of `{place.side}` is elsewhere; leave this out.")
    return found[id]


def _group(place: Place, beside: Document | None) -> Patch:
    """Which list and parent they shall have, as a patch."""
    said: dict[str, Any] = place.model_dump(include={"list", "parent"}, exclude_unset=True)
    return Patch(**({"list": beside["list"], "parent": beside["parent"]} if beside else said))


class Siblings:
    """Those among which something shall stand."""

    def __init__(self, tx: Change, list: str, parent: str | None, moved: list[UUID]) -> None:
        self._tx = tx
        self._among: LiteralString = sql.below_parent if parent else sql.in_list
        self._values = {"user_id": tx.caller.user_id, "list": UUID(list), "moved": moved}
        if parent:
            self._values["parent"] = UUID(parent)

    async def around(self, place: Place, beside: Document | None, limit: int) -> tuple[list[db.Row], list[db.Row]]:
        """So many before the place and behind it, on either side those nearest to it first."""
        here = [] if beside is None else [{"id": UUID(beside["id"]), "position": beside["position"]}]
        if place.after:
            return [*here, *await self._some(sql.before, beside, limit)], await self._some(sql.behind, beside, limit)
        if place.before:
            return await self._some(sql.before, beside, limit), [*here, *await self._some(sql.behind, beside, limit)]
        if place.at == "first":
            return [], await self._some(sql.behind, None, limit)
        return await self._some(sql.before, None, limit), []

    async def _some(self, statement: LiteralString, beside: Document | None, limit: int) -> list[db.Row]:
        start = {"position": beside and beside["position"], "id": beside and UUID(beside["id"])}
        return await self._tx.all(statement.replace("{siblings}", self._among), **self._values, **start, limit=limit)


async def _keys(
    siblings: Siblings, place: Place, beside: Document | None, wanted: list[Pair]
) -> tuple[list[str], dict[UUID, str]]:
    """One for each, in order, and new ones for neighbours where there is no room between them."""
    for window in WINDOWS:
        before, behind = await siblings.around(place, beside, window + 1)
        low = before[window]["position"] if len(before) > window else None
        high = behind[window]["position"] if len(behind) > window else _before_what_comes(low)
        if low is not None and high is not None and low >= high:
            continue
        if window == 0 and _stands_there(wanted, low, high):
            return [after["position"] for _, after in wanted], {}
        renewed = [*reversed(before[:window]), *behind[:window]]
        split = len(before[:window])
        keys = positions.between(low, high, len(renewed) + len(wanted))
        if max(map(len, keys)) <= LONGEST:
            own = slice(split, split + len(wanted))
            others = keys[: own.start] + keys[own.stop :]
            return keys[own], {row["id"]: key for row, key in zip(renewed, others, strict=True)}
    raise Invalid(
        f"More than {WINDOWS[-1]:,} tasks stand in one and the same place. Move some of them elsewhere first."
    )


def _before_what_comes(low: str | None) -> str | None:
    """Behind all others, but before those that are created later."""
    last = positions.last()
    return last if low is None or low < last else None


def _stands_there(wanted: list[Pair], low: str | None, high: str | None) -> bool:
    if len(wanted) > 1:
        return False  # their order may be another one
    [(before, after)] = wanted
    is_between = (low is None or low < after["position"]) and (high is None or after["position"] < high)
    return is_between and (before["list"], before["parent"]) == (after["list"], after["parent"])
