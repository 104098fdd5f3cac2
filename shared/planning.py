"""When a task's reminders fire, as it is and was: what the ledger shall hold from a change of the task on.

- What fires is what is open, there, and in no series that is paused.
- What had been due before fires at once, if this change brought it about: a reminder that is new or another one, or
  another due date. What a task has that comes back, from among the done or the deleted, stays untold.
- What is not to come any more is superseded if the task still reminds of itself, else cancelled.
- What fired at an instant does not fire again for it.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from shared import db, entities, moments, work
from shared.changes import Change
from shared.documents import Announcement, Document, Pair
from shared.events import ReminderScheduled
from shared.kept_reminders import firings
from shared.kinds import is_open

sql = db.queries(__file__, "planning")

HORIZON = timedelta(seconds=work.HORIZON)  # what comes before that is announced


@dataclass(frozen=True, slots=True)
class Firing:
    reminder: str
    fire_at: datetime
    at_once: bool  # though its time has come already
    is_new: bool


def is_live(task: Document) -> bool:
    recurrence = task.get("recurrence")
    return is_open(task) and not entities.is_deleted(task) and not (recurrence and recurrence["state"] == "paused")


def planned(pair: Pair, users_zone: str, now: datetime, past: bool = True) -> list[Firing] | None:
    """All that shall be from now on; None: this change leaves it as it is. `past`: what has been due fires at once."""
    before, after = pair
    lived, lives = before is not None and is_live(before), is_live(after)
    were = firings(before, users_zone) if before else {}
    are = firings(after, users_zone)
    said = by_id(before or {})
    comes_back = not lived or bool(after.get("recurrence") and not (before and before.get("recurrence")))
    if lives == lived and not (lives and comes_back) and (were, said) == (are, by_id(after)):
        return None
    if not lives:
        return []
    brought = {each["id"] for each in after["reminders"] if said.get(each["id"]) != each}
    return [
        Firing(
            reminder=id,
            fire_at=at,
            at_once=past and at <= now and (id in brought or were.get(id) != at),
            is_new=comes_back or were.get(id) != at,
        )
        for id, at in are.items()
    ]


def by_id(task: Document) -> dict[str, Document]:
    return {each["id"]: each for each in task.get("reminders", ())}


async def plan(tx: Change, changing: Mapping[UUID, Pair], past: bool) -> list[Announcement]:
    """With what follows in this transaction. What is told at once, or within minutes, is to be announced."""
    zone = await entities.users_zone(tx)
    wanted: dict[UUID, list[Firing]] = {}
    for id, pair in changing.items():
        found = planned(pair, zone, tx.now, past)
        if found is not None:
            wanted[id] = found
    if not wanted:
        return []
    keep(tx, wanted, {id: after for id, (_, after) in changing.items()}, any(before for before, _ in changing.values()))
    return [
        Announcement(
            ReminderScheduled, id, reminded(id, changing[id][1], {each.reminder: each.fire_at for each in soon})
        )
        for id, some in wanted.items()
        if (
            soon := [
                each for each in some if each.at_once or (each.is_new and tx.now < each.fire_at <= tx.now + HORIZON)
            ]
        )
    ]


def keep(
    tx: Change, wanted: Mapping[UUID, Sequence[Firing]], tasks: Mapping[UUID, Document], some_were: bool = True
) -> None:
    """That these tasks have these and no others. `some_were`: there may be others."""
    rows = [
        {"task_id": str(id), "reminder_id": each.reminder, "fire_at": each.fire_at.isoformat(), "at_once": each.at_once}
        for id, some in wanted.items()
        for each in some
    ]
    keeping = {"user_id": tx.caller.user_id, "now": tx.now, "wanted": json.dumps(rows)}
    if some_were:
        of = [{"task_id": str(id), "goes_on": is_live(tasks[id])} for id in wanted]
        tx.later(sql.retire, **keeping, tasks=json.dumps(of))
    if rows:
        tx.later(sql.plan, **keeping)


def should_have_been(tx: Change, since: Mapping[UUID, datetime]) -> None:
    """Planned then, of tasks that this change makes later than they should have come: what they tell by now is late."""
    tx.later(sql.should_have_been, user_id=tx.caller.user_id, ids=list(since), moments=list(since.values()))


def give_up(tx: Change, ids: Collection[UUID]) -> None:
    """Of tasks that are deleted, or to be reminded of no more."""
    tx.later(sql.give_up, user_id=tx.caller.user_id, now=tx.now, ids=list(ids))


def reminded(id: UUID, task: Document, fire_at: Mapping[str, datetime]) -> str:
    """What the events of reminders are about."""
    about: dict[str, Any] = {"task": str(id), "title": task["title"], "due": task["due"], "zone": task["zone"]}
    about["reminders"] = [{"id": own, "fire_at": moments.shown(at)} for own, at in fire_at.items()]
    return json.dumps(about, ensure_ascii=False)
