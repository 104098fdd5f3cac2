"""Tell somebody something: the row that the page shows, and the event by which it leaves the house.

Both are of the caller's transaction, so that they are there if and only if what they are about has happened.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from shared import db
from shared.changes import Change
from shared.events import NotificationCreated
from shared.ids import new_id
from shared.shapes import NoticedWebhook

sql = db.queries(__file__, "notices")

NAMED = 50  # tasks; of more, the page has the list
TITLE = 500  # characters

Kind = Literal["reminder", "digest", "overdue", "webhook"]


@dataclass(frozen=True, slots=True)
class About:
    """A task, as it is now: whoever reads this later wants to know what was meant."""

    task: UUID
    title: str
    due: str | None = None  # as the task's document has it
    zone: str | None = None
    reminders: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """`key`: what it is said for. With a key that was there before, nothing is said.

    `planned_at`: when it was to be said; what comes later is late. `urgent`: quiet hours do not hold it back, as when
    it is about what is urgent, or when somebody is there and has just asked for it. `silent`: only the page shows it.
    """

    key: str
    kind: Kind
    about: Sequence[About]
    planned_at: datetime
    total: int | None = None  # of tasks, where not all are named
    urgent: bool = False
    silent: bool = False
    webhook: NoticedWebhook | None = None


async def add(tx: Change, notices: Sequence[Notice]) -> dict[str, UUID]:
    """The ids of those that are new, by their keys; numbered in the order they were given."""
    added = await add_together(tx, [(tx, notice) for notice in notices], tx.now)
    return {key: id for (_, key), id in added.items()}


async def add_together(
    tx: db.Transaction, told: Iterable[tuple[Change, Notice]], now: datetime
) -> dict[tuple[UUID, str], UUID]:
    """The same for several users, whose changes are all in this transaction: by user and key."""
    changes: dict[UUID, Change] = {}
    wanted: dict[tuple[UUID, str], dict[str, object]] = {}
    for change, notice in told:
        user_id = change.caller.user_id
        changes[user_id] = change
        wanted.setdefault((user_id, notice.key), _as_row(notice) | _whose(change))
    rows = await tx.all(sql.add, wanted=json.dumps(list(wanted.values())), now=now)
    for row in sorted(rows, key=lambda row: int(row["sequence"])):
        changes[row["user_id"]].emit(NotificationCreated, row["id"], row["document"], {})
    return {(row["user_id"], row["key"]): row["id"] for row in rows}


def _whose(change: Change) -> dict[str, object]:
    return {"user_id": str(change.caller.user_id), "last": change.last_number}


def _as_row(notice: Notice) -> dict[str, object]:
    return {
        "id": str(new_id()),
        "key": notice.key,
        "kind": notice.kind,
        "task_ids": [str(about.task) for about in notice.about],
        "tasks": [
            {
                "id": str(about.task),
                "title": about.title[:TITLE],
                "due": about.due,
                "zone": about.zone,
                "reminders": [str(reminder) for reminder in about.reminders],
            }
            for about in notice.about[:NAMED]
        ],
        "total": len(notice.about) if notice.total is None else notice.total,
        "planned_at": notice.planned_at.isoformat(),
        "urgent": notice.urgent,
        "silent": notice.silent,
        "webhook": notice.webhook,
    }
