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
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from shared import db, entities, families, occurrences, recurrence
from shared import series as stored
from shared.changes import Change
from shared.documents import Document
from shared.kinds import OCCURRENCE, OPEN, SERIES
from shared.occurrences import Successor
from shared.recurrence import Series, Slot

sql = db.queries(__file__, "completing")

SHOWN = 10  # missed slots


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
    since = None if before["status"] in OPEN else ended_at
    following.successors.append(Successor(before, series, found.slot, name, found.ordinal, missed, since))


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


async def is_followed(tx: Change, id: UUID) -> bool:
    return bool(await tx.all(sql.successors, user_id=tx.caller.user_id, ids=[id], series=[]))


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
    return await occurrences.make(tx, following.successors)
