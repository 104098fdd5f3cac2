"""What is done to tasks, and what follows from it for those below and above them.

- A subtask is in its parent's list, and goes where its parent goes.
- A task that ends, done or cancelled, ends all below it that are open. Its last subtask does not end a parent.
- What is open has nothing above it that has ended: who opens a subtask, or puts an open one there, opens those above.
- What is deleted goes with all below it.
- What repeats is followed by its next occurrence when it ends (shared/completing.py).
"""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import LiteralString, TypeAlias
from uuid import UUID

from shared import db, entities
from shared.changes import Change
from shared.documents import Document
from shared.kinds import OCCURRENCE, OPEN, TASK
from shared.problems import Conflict, Invalid, Problem

sql = db.queries(__file__, "families")

Pair: TypeAlias = tuple[Document, Document]  # what a task is now, and what it shall be

MOST = 5_000  # tasks in one change
HEAVIEST = 16_000_000  # bytes of their documents: each becomes an event, and all of them are held in memory

REFUSALS: dict[str, Problem] = {
    "tasks_list": Invalid.at("list", "there is no such list."),
    "tasks_parent": Invalid.at(
        "parent", "there is no such task in this list; leave out the list to be in the parent's."
    ),
    "tasks_children": Invalid.at("list", "its subtasks are in another list."),
    "tasks_cycle": Invalid.at("parent", "a task cannot be below itself; choose one that is not among its subtasks."),
    "tasks_open_occurrence": Conflict("Another occurrence of this task is open already."),
    "tasks_occurrence": Conflict("There is this occurrence of the task already."),
    "tasks_successor": Conflict("There is a next occurrence of this task already."),
    "tasks_tags": Invalid.at("tags", "one of these tags does not exist; see GET /api/tags."),
}


async def become(
    tx: Change, wanted: Mapping[UUID, Pair], at: datetime | None = None, is_all: bool = True
) -> dict[UUID, str]:
    """Make the tasks what they shall be, and their families and series what follows: with `is_all` nothing comes after.

    `at`: when they and those below were done, if that is not now. Returns all that are different now.
    """
    await settle(tx, [after for _, after in wanted.values()])
    done_at = (at or tx.now).isoformat()
    for before, after in wanted.values():
        after["completed_at"] = (before["completed_at"] or done_at) if after["status"] == "done" else None
        for name in OCCURRENCE:  # one statement writes them for all, where they are different of one
            after.setdefault(name, before[name])
        if after["status"] == "done":  # after all
            after["skipped_at"] = None
    follow = await _following(tx, wanted, done_at)
    entering = [after for before, after in wanted.values() if _comes_open(before, after)]
    for id, (before, opened) in (await _closed_above(tx, entering)).items():
        if id not in wanted:
            _, after = follow.get(id, (before, before))
            follow[id] = (before, after | opened)
    return await _changed(tx, {**wanted, **follow}, is_all)


async def _changed(tx: Change, changing: dict[UUID, Pair], is_all: bool) -> dict[UUID, str]:
    """With what follows for their series, where tasks repeat that end or are opened again."""
    with db.refusals(REFUSALS):
        if not any(before["series"] and _begins_or_ends(before, after) for before, after in changing.values()):
            return await entities.change(tx, TASK, changing, is_all)
        from shared import completing

        following = await completing.follow(tx, changing)
        changed = await entities.change(tx, TASK, changing)
        return changed | await completing.make(tx, following)


async def delete(tx: Change, tasks: Mapping[UUID, Document], is_all: bool = True) -> dict[UUID, str]:
    """These and all below them; with `is_all` that is all of the change."""
    family = {**tasks, **await below(tx, tasks)}
    if minding := [id for id, task in family.items() if task["reminders"]]:
        from shared import planning

        planning.give_up(tx, minding)
    return await entities.delete(tx, TASK, family, is_all)


async def open_above(tx: Change, new: Iterable[Document]) -> dict[UUID, str]:
    closed = await _closed_above(tx, new)
    opening = {id: (before, before | opened) for id, (before, opened) in closed.items()}
    return await _changed(tx, opening, is_all=False)


async def settle(tx: Change, tasks: Iterable[Document]) -> None:
    """Who has no list is in the parent's, or in the Inbox."""
    homeless = [task for task in tasks if task["list"] is None]
    parents = {UUID(task["parent"]) for task in homeless if task["parent"]}
    rows = await tx.all(sql.lists, user_id=tx.caller.user_id, ids=list(parents)) if parents else []
    lists = {str(row["id"]): str(row["list_id"]) for row in rows}
    for task in homeless:
        task["list"] = lists.get(task["parent"], str(tx.caller.user_id))


async def below(tx: Change, ids: Collection[UUID]) -> dict[UUID, Document]:
    """Everything below these tasks, those nearer to them first."""
    return entities.documents(await bounded(tx, sql.below, ids))


async def these(tx: Change, ids: Collection[UUID]) -> dict[UUID, Document]:
    return entities.documents(await bounded(tx, sql.these, ids))


def reading_below(tx: Change, ids: Collection[UUID]) -> db.Asked:
    """What `below` asks, for a round trip together with others. It is `not_too_many` what comes."""
    return sql.below, _bounds(tx, ids)


async def bounded(tx: Change, statement: LiteralString, ids: Collection[UUID]) -> list[db.Row]:
    """What it finds for these ids, if one change may hold that."""
    return not_too_many(await tx.all(statement, **_bounds(tx, ids)))


def _bounds(tx: Change, ids: Collection[UUID]) -> dict[str, object]:
    return {"user_id": tx.caller.user_id, "ids": list(ids), "most": MOST, "heaviest": HEAVIEST}


def not_too_many(rows: list[db.Row]) -> list[db.Row]:
    if rows and rows[0]["document"] is None:
        raise too_many(rows[0]["number"], rows[0]["bytes"])
    return rows


def too_many(number: int, size: int) -> Invalid:
    return Invalid(
        f"This would change {number:,} tasks of {size / 1e6:.0f} MB at once, subtasks included. One change may hold"
        f" {MOST:,} tasks of {HEAVIEST / 1e6:.0f} MB: change some of the subtasks first, on their own."
    )


async def _closed_above(tx: Change, tasks: Iterable[Document]) -> dict[UUID, Pair]:
    """Those above these open tasks that have ended, and what opens them."""
    parents = {UUID(task["parent"]) for task in tasks if task["parent"] and task["status"] in OPEN}
    if not parents:
        return {}
    rows = await tx.all(sql.closed_above, user_id=tx.caller.user_id, ids=list(parents))
    return {row["id"]: (json.loads(row["document"]), {"status": "todo", "completed_at": None}) for row in rows}


async def _following(tx: Change, wanted: Mapping[UUID, Pair], done_at: str) -> dict[UUID, Pair]:
    """Those below, where tasks go to another list or end."""
    leading = [id for id, (before, after) in wanted.items() if before["list"] != after["list"] or _ends(before, after)]
    if not leading:
        return {}
    settled = {str(id): after for id, (_, after) in wanted.items()}
    ends = {str(id): after["status"] for id, (before, after) in wanted.items() if _ends(before, after)}
    follow = {}
    for id, before in (await below(tx, leading)).items():
        parent = settled.get(before["id"], before)["parent"]
        if parent in ends:
            ends.setdefault(before["id"], ends[parent])
        if id in wanted:
            continue
        after = before | {"list": settled[parent]["list"]}
        if before["status"] in OPEN and parent in ends:
            after["status"] = ends[parent]
            after["completed_at"] = done_at if after["status"] == "done" else None
        settled[before["id"]] = after
        follow[id] = (before, after)
    return follow


def _begins_or_ends(before: Document, after: Document) -> bool:
    """Also what has ended and was not followed yet."""
    return (before["status"] in OPEN) != (after["status"] in OPEN) or bool(
        before["recurrence"] and after["status"] not in OPEN
    )


def _ends(before: Document, after: Document) -> bool:
    return before["status"] in OPEN and after["status"] not in OPEN


def _comes_open(before: Document, after: Document) -> bool:
    return after["status"] in OPEN and (before["status"] not in OPEN or before["parent"] != after["parent"])
