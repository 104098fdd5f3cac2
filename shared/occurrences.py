"""The next occurrences of series, as their templates say, in places that are still there."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from shared import db, entities, families, kept_reminders, moments
from shared import series as stored
from shared.changes import Change
from shared.documents import Document
from shared.entities import Told
from shared.events import TaskRecurred
from shared.kinds import LIST, NO_OCCURRENCE, OPEN, TAG, TASK
from shared.recurrence import Slot

sql = db.queries(__file__, "occurrences")


@dataclass(slots=True)
class Successor:
    """What shall come after an occurrence that ends."""

    of: Document
    series: Document
    slot: Slot
    recurrence_id: str
    ordinal: int
    missed: dict[str, Any]
    since: datetime | None = None  # when it should have come, if nobody saw to it then

    @property
    def id(self) -> UUID:
        """Who makes it anew makes the same. A series that goes by completion may come to the same slot twice."""
        of = f" {self.ordinal}" if self.series["kind"] == "after_completion" else ""
        return uuid5(UUID(self.series["id"]), f"{self.recurrence_id}{of}")


async def make(tx: Change, successors: Sequence[Successor]) -> dict[UUID, str]:
    """With what was below those that they follow."""
    if not successors:
        return {}
    fitting, taken = await _Fitting.look(tx, successors)
    ids = await _free(tx, [each.id for each in successors], taken)
    wanted: dict[UUID, Document] = {}
    told: dict[UUID, Told] = {}
    late: dict[UUID, datetime] = {}
    for id, each in zip(ids, successors, strict=True):
        family = {id: _occurrence(each, fitting)}
        family |= _copies(each, id, family[id], fitting)
        wanted |= family
        told[id] = Told(TaskRecurred, {"missed": each.missed})
        if each.since:
            late |= dict.fromkeys(family, each.since)
        await asyncio.sleep(0)
    made = await entities.make(tx, TASK, wanted, told)
    if late:
        from shared import planning

        planning.should_have_been(tx, late)
    return made


async def _free(tx: Change, ids: list[UUID], taken: set[UUID]) -> list[UUID]:
    """An id that a successor had which was taken back is not given again: it comes anew."""
    while taken:
        ids = [uuid5(id, "again") if id in taken else id for id in ids]
        taken = {row["id"] for row in await tx.all(sql.taken, user_id=tx.caller.user_id, ids=ids)}
    return ids


@dataclass(slots=True)
class _Fitting:
    """Which of the places that templates name are still there, and what is below those that are followed."""

    inbox: str
    lists: set[str]
    parents: dict[str, Document]
    tags: set[str]
    below: dict[str, list[Document]]  # by what each is part of
    family: set[str]  # the ids of all of those

    @classmethod
    async def look(cls, tx: Change, successors: Sequence[Successor]) -> tuple["_Fitting", set[UUID]]:
        """With those of their ids that are taken; all in one round trip."""
        user_id, inbox = tx.caller.user_id, str(tx.caller.user_id)
        templates = [each.series["template"] for each in successors]
        lists = {UUID(each["list"]) for each in templates if each["list"] != inbox}
        parents = {UUID(each["parent"]) for each in templates if each["parent"]}
        tags = {UUID(tag) for each in templates for tag in each["tags"]}
        asked = {kind: ids for kind, ids in ((LIST, lists), (TASK, parents), (TAG, tags)) if ids}
        taken, family, *rows = await tx.each(
            (sql.taken, {"user_id": user_id, "ids": [each.id for each in successors]}),
            families.reading_below(tx, [UUID(each.of["id"]) for each in successors]),
            *(entities.reading(kind, user_id, ids) for kind, ids in asked.items()),
        )
        there = {kind: {str(row["id"]): row for row in found} for kind, found in zip(asked, rows, strict=True)}
        below: dict[str, list[Document]] = {}
        documents = entities.documents(families.not_too_many(family))
        for task in documents.values():
            below.setdefault(task["parent"], []).append(task)
        outer = {id: json.loads(row["document"]) for id, row in there.get(TASK, {}).items()}
        fitting = cls(
            inbox, {inbox, *there.get(LIST, ())}, outer, set(there.get(TAG, ())), below, set(map(str, documents))
        )
        return fitting, {row["id"] for row in taken}

    def place(self, template: Document) -> Document:
        parent = self.parents.get(template["parent"])
        if parent and parent["status"] in OPEN:
            place = {"parent": template["parent"], "list": parent["list"]}
        else:
            place = {"parent": None, "list": template["list"] if template["list"] in self.lists else self.inbox}
        return place | {"tags": [tag for tag in template["tags"] if tag in self.tags]}


def _occurrence(successor: Successor, fitting: _Fitting) -> Document:
    series, template = successor.series, successor.series["template"]
    return (
        {name: template[name] for name in ("title", "notes", "priority")}
        | fitting.place(template)
        | stored.dates(series, successor.slot.local)
        | {"status": "todo", "completed_at": None, "position": successor.of["position"]}
        | {
            "series": series["id"],
            "slot": successor.recurrence_id,
            "ordinal": successor.ordinal,
            "follows": successor.of["id"],
            "skipped_at": None,
            "recurrence": stored.said(series),
        }
    )


def _copies(successor: Successor, id: UUID, occurrence: Document, fitting: _Fitting) -> dict[UUID, Document]:
    """Its subtasks, all open again and at the same distance. One that repeats by itself comes once, and repeats not."""
    distance = successor.slot.day - stored.day(successor.of["slot"])
    came: set[str] = set()
    copies: dict[UUID, Document] = {}
    line = [(successor.of["id"], id)]
    for original, parent in line:
        for task in sorted(fitting.below.get(original, ()), key=lambda task: task["ordinal"] or 0):
            if task["series"] and (task["follows"] in fitting.family or task["series"] in came):
                continue
            came.add(task["series"])
            copy = uuid5(id, task["id"])
            shifted: Document = {name: _shifted(task[name], distance) for name in ("due", "start")}
            shifted["reminders"] = kept_reminders.shifted(task["reminders"], distance)
            place = {"parent": str(parent), "list": occurrence["list"]}
            open_again = {"status": "todo", "completed_at": None}
            copies[copy] = task | open_again | shifted | place | NO_OCCURRENCE
            line.append((task["id"], copy))
    return copies


def _shifted(text: str | None, distance: timedelta) -> str | None:
    return text and moments.later(text, distance)
