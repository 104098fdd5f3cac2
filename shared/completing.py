"""Every way to the end of an occurrence, and back: what follows it comes in the same transaction, exactly once.

- Who ends the occurrence at the head of its series makes the next one: when it was done or skipped says which, and
  nothing else does, so it is the same one whoever makes it, and whenever.
- What is cancelled is skipped. What ends with the task above it is not followed: there is no place for it.
- Who opens one again takes the next one back, if nobody has touched that. Else this one stands alone.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID, uuid5

from shared import db, entities, families, kept_reminders, moments, recurrence
from shared import series as stored
from shared.changes import Change
from shared.entities import Document, Told
from shared.events import TaskRecurred
from shared.kinds import LIST, NO_OCCURRENCE, OCCURRENCE, OPEN, SERIES, TAG, TASK
from shared.recurrence import Series, Slot

sql = db.queries(__file__, "completing")

SHOWN = 10  # missed slots


@dataclass(slots=True)
class Successor:
    """What shall come after an occurrence that ends."""

    of: Document
    series: Document
    slot: Slot
    recurrence_id: str
    ordinal: int
    missed: dict[str, Any]

    @property
    def id(self) -> UUID:
        """Who makes it anew makes the same. A series that goes by completion may come to the same slot twice."""
        of = f" {self.ordinal}" if self.series["kind"] == "after_completion" else ""
        return uuid5(UUID(self.series["id"]), f"{self.recurrence_id}{of}")


@dataclass(slots=True)
class Following:
    """What else a change does, because of occurrences that end in it or are opened again."""

    successors: list[Successor] = field(default_factory=list)
    series: dict[UUID, families.Pair] = field(default_factory=dict)


async def follow(tx: Change, changing: dict[UUID, families.Pair]) -> Following:
    """Says in `changing` what becomes of the occurrences among them, and what has to be made once they have changed."""
    ending = {id: pair for id, pair in changing.items() if _ends_at_head(*pair)}
    opening = {id: pair for id, pair in changing.items() if pair[0]["series"] and _opens(*pair)}
    following = Following()
    named = {UUID(before["series"]) for before, _ in (*ending.values(), *opening.values())}
    user_id = tx.caller.user_id
    series, [user] = await tx.each(entities.reading(SERIES, user_id, named), entities.asking_zone(user_id))
    there = entities.documents(series)
    tx.zone = zone = str(user["zone"])
    for before, after in ending.values():
        _end(tx, changing, following, there.get(UUID(before["series"])), (before, after), zone)
        await asyncio.sleep(0)  # others have their turn: there may be hundreds
    if opening:
        await _open(tx, changing, following, there, opening, zone)
    return following


def _ends_at_head(before: Document, after: Document) -> bool:
    return bool(before["recurrence"]) and after["status"] not in OPEN


def _opens(before: Document, after: Document) -> bool:
    return before["status"] not in OPEN and after["status"] in OPEN


def _end(
    tx: Change,
    changing: Mapping[UUID, families.Pair],
    following: Following,
    series: Document | None,
    pair: families.Pair,
    zone: str,
) -> None:
    before, after = pair
    above = changing.get(UUID(after["parent"])) if after["parent"] else None
    after |= {name: before[name] for name in OCCURRENCE} | {"recurrence": None}
    if series is None or (above and above[1]["status"] not in OPEN):
        return
    is_skipped = after["status"] == "cancelled"
    ended_at = _moment(tx, before, after)
    if is_skipped:
        after["skipped_at"] = ended_at.isoformat()
    if series["state"] != "active":
        return
    means, slot = stored.meant(series, zone), stored.local(before["slot"])
    found = recurrence.following(means, slot, ended_at, before["ordinal"], is_skipped)
    if found is None:
        following.series[UUID(series["id"])] = (series, series | {"state": "ended"})
        return
    assert found.ordinal is not None
    slots = _missed(means, slot, found.missed)
    first = found.ordinal - found.missed
    missed = {"count": found.missed, "slots": slots, "ordinals": list(range(first, first + len(slots)))}
    name = found.slot.recurrence_id(means.zone)
    following.successors.append(Successor(before, series, found.slot, name, found.ordinal, missed))


def _moment(tx: Change, before: Document, after: Document) -> datetime:
    """Now, or else when it was: of what nobody has followed since."""
    if after["completed_at"]:
        return datetime.fromisoformat(after["completed_at"])
    return tx.now if before["status"] in OPEN else datetime.fromisoformat(before["skipped_at"] or before["updated_at"])


def _missed(series: Series, slot: date | datetime, count: int) -> list[str]:
    if not count:
        return []
    behind = recurrence.slots(series.rule, series.start, series.zone).after(series.moment(slot))
    return [each.recurrence_id(series.zone) for each in islice(behind, min(count, SHOWN))]


async def _open(
    tx: Change,
    changing: dict[UUID, families.Pair],
    following: Following,
    there: Mapping[UUID, Document],
    opening: Mapping[UUID, families.Pair],
    zone: str,
) -> None:
    named = [UUID(before["series"]) for before, _ in opening.values()]
    rows = await tx.all(sql.successors, user_id=tx.caller.user_id, ids=list(opening), series=named)
    heads = {row["series_id"]: json.loads(row["document"])["id"] for row in rows if row["follows"] is None}
    after_it = {row["follows"]: row for row in rows if row["follows"] is not None}
    for id, (before, after) in opening.items():
        after |= {name: before[name] for name in OCCURRENCE} | {"skipped_at": None}
        row, series = after_it.get(id), there.get(UUID(before["series"]))
        if series is None or before["recurrence"]:
            continue
        successor: Document = json.loads(row["document"]) if row else {}
        if row and row["untouched"] and UUID(successor["id"]) not in changing:
            changing[UUID(successor["id"])] = (successor, successor | {"deleted": True})
            for below, task in (await families.below(tx, [UUID(successor["id"])])).items():
                changing[below] = (task, task | {"deleted": True})
            after["recurrence"] = successor["recurrence"]
            if successor["series"] != before["series"]:  # the segment that it was resumed in: this is its head now
                after |= {"series": successor["series"], "ordinal": 0}
        elif row is None and UUID(before["series"]) not in heads:
            _take_up(following, series, before, after, tx.now, zone)


async def let_go(tx: Change, id: UUID) -> None:
    """What came after this one follows it no more."""
    rows = await tx.all(sql.successors, user_id=tx.caller.user_id, ids=[id], series=[])
    successors = [json.loads(row["document"]) for row in rows]
    alone = {UUID(each["id"]): (each, each | {"follows": None}) for each in successors}
    await families.become(tx, alone, is_all=False)


def _take_up(
    following: Following, series: Document, before: Document, after: Document, now: datetime, zone: str
) -> None:
    """It was the last one of its series, or is again. Whoever ended the series meant it."""
    if series["state"] == "ended":
        ended_at = datetime.fromisoformat(before["completed_at"] or before["skipped_at"] or now.isoformat())
        means = stored.meant(series, zone)
        if recurrence.following(means, stored.local(before["slot"]), ended_at, before["ordinal"]) is not None:
            return
        again = series | {"state": "active"}
        following.series[UUID(series["id"])] = (series, again)
        series = again
    after["recurrence"] = stored.said(series)


def first_of(series: Document, slot: Slot, last: Document, users_zone: str) -> Following:
    """Of a segment that goes on after this occurrence, which was the last one before."""
    zone, nothing = series["zone"] or users_zone, {"count": 0, "slots": [], "ordinals": []}
    return Following([Successor(last, series, slot, slot.recurrence_id(zone), 1, nothing)])


async def make(tx: Change, following: Following) -> dict[UUID, str]:
    """Once those before them have ended."""
    if following.series:
        await entities.change(tx, SERIES, following.series)
    if not following.successors:
        return {}
    fitting, taken = await _Fitting.look(tx, following.successors)
    ids = await _free(tx, [each.id for each in following.successors], taken)
    wanted: dict[UUID, Document] = {}
    told: dict[UUID, Told] = {}
    for id, each in zip(ids, following.successors, strict=True):
        wanted[id] = _occurrence(each, fitting)
        told[id] = Told(TaskRecurred, {"missed": each.missed})
        wanted |= _copies(each, id, wanted[id], fitting)
        await asyncio.sleep(0)
    return await entities.make(tx, TASK, wanted, told)


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
    async def look(cls, tx: Change, successors: list[Successor]) -> tuple["_Fitting", set[UUID]]:
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
