"""Make a task repeat, change that from one of its occurrences on, or have it repeat no more."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from fastapi import Query

from functions.tasks import reminding
from functions.tasks.bodies import Repeat, TaskPatch
from shared import families
from shared.callers import Caller
from shared.changes import Change
from shared.documents import Document
from shared.kinds import OCCURRENCE, is_open
from shared.problems import Invalid

if TYPE_CHECKING:
    from functions.tasks.quick_add.reading import Reading

Scope = Annotated[
    Literal["this", "future"],
    Query(description="Of a task that repeats: this occurrence alone, or all from this one on"),
]
NEW: Document = {"kind": "fixed", "missed": "skip", "zone": None}


def asked_by(recurrence: Repeat | None, reading: "Reading | None", caller: Caller) -> Document | None:
    """How a new task shall repeat, by its own field or as it was typed."""
    if reading and reading.due.rule:
        if recurrence:
            raise Invalid.at("recurrence", "the text of quick_add says already how it repeats; leave one out.")
        kind = "after_completion" if reading.due.from_completion else "fixed"
        return NEW | {"rule": str(reading.due.rule), "kind": kind}
    return None if recurrence is None else NEW | _said(recurrence, caller)


def _said(recurrence: Repeat, caller: Caller) -> Document:
    """Where the rule does not say when weeks begin and it matters, they do as they do now for the user: for good."""
    said = recurrence.model_dump(exclude_unset=True)
    rule = said["rule"].upper()
    if caller.week_start != "monday" and "FREQ=WEEKLY" in rule and "INTERVAL" in rule and "WKST" not in rule:
        said["rule"] += f";WKST={caller.week_start[:2].upper()}"
    return said


async def begun(tx: Change, task: Document, asked: Document, before: Document | None = None) -> Document:
    if not is_open(task):
        raise Invalid.at("recurrence", "a task that is done or cancelled does not repeat; leave it open.")
    from shared import series

    await families.settle(tx, [task])  # those that follow go where it goes
    return await series.begin(tx, task, asked, before)


async def patched(tx: Change, current: Document, asked: TaskPatch, scope: str) -> Document:
    """The whole task after the patch, and its series with it."""
    after = (
        current
        | asked.applied_to(current).as_document(reminders=current["reminders"])
        | {"completed_at": current["completed_at"]}
    )
    if "reminders" not in asked.model_fields_set:
        after = reminding.where_it_gets_a_date(tx.caller, current, after)
    if "recurrence" in asked.model_fields_set:
        if asked.recurrence is None:
            return await no_more(tx, current, after)
        return await _from_now_on(tx, current, after, asked.recurrence)
    return await replaced(tx, current, after, scope)


async def replaced(tx: Change, current: Document, after: Document, scope: str) -> Document:
    """Other fields, of this occurrence or of those to come as well."""
    if scope == "this" or not current["series"]:
        return after
    if not current["recurrence"]:
        await _refuse_what_is_followed(tx, current)
        return after
    if not is_open(after):
        raise Invalid.at("status", "it is done or skipped on its own; leave out scope, and the next one comes.")
    return await _from_now_on(tx, current, after)


async def _refuse_what_is_followed(tx: Change, occurrence: Document) -> None:
    """What has ended is history, and what is open again has another one at the head of its series."""
    from shared import completing

    if not is_open(occurrence) or await completing.is_followed(tx, UUID(occurrence["id"])):
        raise Invalid.at("scope", "another occurrence goes on from here; change that, or leave out scope for this one.")


async def no_more(tx: Change, current: Document, after: Document) -> Document:
    if not current["recurrence"]:
        return after
    from shared import series

    await series.become(tx, await series.read(tx, current["series"]), "ended")
    return after | {name: current[name] for name in OCCURRENCE} | {"recurrence": None}


async def _from_now_on(tx: Change, current: Document, after: Document, recurrence: Repeat | None = None) -> Document:
    """In a segment of its own, which begins with this occurrence."""
    asked = _said(recurrence, tx.caller) if recurrence else {}
    if not current["recurrence"]:
        if current["series"]:
            await _leave_series(tx, current)
        return await begun(tx, after, NEW | asked)
    from shared import series

    before = await series.read(tx, current["series"])
    kept = {name: before[name] for name in ("kind", "missed", "zone")}
    if after["zone"] != current["zone"]:
        kept["zone"] = after["zone"]
    is_moved = after["due"] != current["due"]
    if recurrence is None or recurrence.rule == before["rule"]:
        asked["rule"] = series.remaining(before, current, is_moved)
    due = after["due"] if is_moved else series.written(series.local(current["slot"]))
    await series.become(tx, before, "ended")
    occurrence = await begun(tx, after | {"due": due}, kept | asked, before)
    if not is_moved and occurrence["due"] == due:
        occurrence |= {name: after[name] for name in ("due", "zone", "start")}
    return occurrence


async def _leave_series(tx: Change, current: Document) -> None:
    """It stands alone there. What came after it does so, too: another one will follow it now."""
    if not is_open(current):
        raise Invalid.at("recurrence", "this occurrence has ended; open it again first, and then say how it repeats.")
    from shared import completing

    await completing.let_go(tx, UUID(current["id"]))


async def deleted(tx: Change, tasks: Mapping[UUID, Document], scope: str = "this") -> dict[UUID, str]:
    """An occurrence that another one would follow is skipped: it is cancelled, and the next one comes.

    With those that follow, it is deleted, and its series ends.
    """
    heads = {id: task for id, task in tasks.items() if task["recurrence"] and is_open(task)}
    if scope == "future":
        for task in tasks.values():
            if task["series"] and not task["recurrence"]:
                await _refuse_what_is_followed(tx, task)
    if not heads:
        return await families.delete(tx, tasks)
    changed: dict[UUID, str] = {}
    if scope == "future":
        ended = {id: (task, await no_more(tx, task, task)) for id, task in heads.items()}
        changed |= await families.become(tx, ended, is_all=False)
        return changed | await families.delete(tx, tasks, is_all=False)
    if others := tasks.keys() - heads.keys():
        changed |= await families.delete(tx, {id: tasks[id] for id in others}, is_all=False)
        heads = {id: task for id, task in heads.items() if id not in changed}
    skipped = {id: (task, task | {"status": "cancelled"}) for id, task in heads.items()}
    return changed | await families.become(tx, skipped, is_all=False)
