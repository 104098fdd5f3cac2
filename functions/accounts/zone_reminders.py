"""Reminders of tasks whose clocks are others now fire when these show their time.

What was ahead and has thereby passed is told at once, and all of it together, in the order of its time.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from shared import db, notices, planning
from shared.changes import Change
from shared.documents import Document
from shared.events import ReminderDue, ReminderScheduled
from shared.notices import About, Notice
from shared.planning import Firing

sql = db.queries(__file__, "zone_reminders")

Instants = dict[str, set[datetime]]  # of each reminder


async def follow(tx: Change, tasks: Mapping[UUID, Document], users_zone: str) -> None:
    """What was given up is not taken up again."""
    waiting: dict[UUID, Instants] = {}
    fired: dict[UUID, Instants] = {}
    for row in await tx.all(sql.known, user_id=tx.caller.user_id, ids=list(tasks)):
        state = waiting if row["waits"] else fired
        state.setdefault(row["task_id"], {}).setdefault(str(row["reminder_id"]), set()).add(row["fire_at"])
    wanted: dict[UUID, list[Firing]] = {}
    passed: dict[UUID, list[Firing]] = {}
    for id in waiting.keys() | fired.keys():
        waits, past = waiting.get(id, {}), fired.get(id, {})
        firings = planning.planned((None, tasks[id]), users_zone, tx.now, past=False) or []
        are = [each for each in firings if _is_ahead(each, waits, past, tx.now)]
        if {(each.reminder, each.fire_at) for each in are} != {(own, at) for own, some in waits.items() for at in some}:
            wanted[id] = are
            passed[id] = [each for each in firings if each not in are and _has_passed(each, waits, past)]
    if wanted:
        planning.keep(tx, wanted, tasks)
        _announce(tx, tasks, wanted)
        told = [(id, some) for id, some in passed.items() if some]
        await _tell(tx, tasks, dict(sorted(told, key=lambda one: (min(each.fire_at for each in one[1]), one[0]))))


def _is_ahead(firing: Firing, waiting: Instants, fired: Instants, now: datetime) -> bool:
    """What has fired fires again where its time is still to come."""
    id, at = firing.reminder, firing.fire_at
    return at in waiting.get(id, ()) or (at > now and (id in waiting or id in fired))


def _has_passed(firing: Firing, waiting: Instants, fired: Instants) -> bool:
    return firing.reminder in waiting and firing.fire_at not in fired.get(firing.reminder, ())


def _announce(tx: Change, tasks: Mapping[UUID, Document], wanted: Mapping[UUID, list[Firing]]) -> None:
    for id, some in wanted.items():
        if soon := {each.reminder: each.fire_at for each in some if each.fire_at <= tx.now + planning.HORIZON}:
            tx.emit(ReminderScheduled, id, planning.reminded(id, tasks[id], soon), {})


async def _tell(tx: Change, tasks: Mapping[UUID, Document], passed: Mapping[UUID, list[Firing]]) -> None:
    if not passed:
        return
    about = [
        About(id, task["title"], task["due"], task["zone"], [UUID(each.reminder) for each in some])
        for id, some in passed.items()
        for task in (tasks[id],)
    ]
    is_urgent = tx.caller.via != "system" or any(tasks[id]["priority"] == "urgent" for id in passed)
    notice = Notice(f"zones/{tx.caller.operation}", "reminder", about, planned_at=tx.now, urgent=is_urgent)
    [notification_id] = (await notices.add(tx, [notice])).values()
    those = [(id, each) for id, some in passed.items() for each in some]
    tx.later(
        sql.settle,
        user_id=tx.caller.user_id,
        now=tx.now,
        notification_id=notification_id,
        task_ids=[id for id, _ in those],
        reminder_ids=[each.reminder for _, each in those],
        fire_ats=[each.fire_at for _, each in those],
    )
    for id, some in passed.items():
        document = planning.reminded(id, tasks[id], {each.reminder: each.fire_at for each in some})
        tx.emit(ReminderDue, id, document, {}, {"notification": str(notification_id)})
