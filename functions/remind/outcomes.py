"""What becomes of reminders whose time has come: what their user is told, and how. No database, no clock."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Literal, TypeAlias
from uuid import UUID

from shared.notices import About, Notice

LATE = timedelta(minutes=1)  # whoever has saved something so long ago may not be there any more
TOO_LATE = timedelta(days=1)  # the page still shows it
GATHERED = "late/"  # so begin the keys of notices that tell of all at once
APART = 5  # missed ones that somebody is told of one by one; of more, all at once

State: TypeAlias = Literal["fired", "expired", "cancelled"]


@dataclass(frozen=True, slots=True)
class Due:
    """A row of the ledger."""

    task_id: UUID
    reminder_id: UUID
    fire_at: datetime
    planned_at: datetime

    @property
    def expected_at(self) -> datetime:
        """What was due already when it was saved fires at once, and is not late."""
        return max(self.fire_at, self.planned_at)

    @property
    def is_immediate(self) -> bool:
        return self.fire_at <= self.planned_at

    @property
    def key(self) -> str:
        return f"reminder/{self.task_id}/{self.reminder_id}/{self.fire_at.isoformat()}"


@dataclass(frozen=True, slots=True)
class Task:
    """As it is now."""

    id: UUID
    title: str
    due: str | None
    zone: str | None
    is_open: bool
    is_urgent: bool

    @property
    def said(self) -> dict[str, str | None]:
        """As its document has it."""
        return {"title": self.title, "due": self.due, "zone": self.zone}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of reminders of one task; or of no task, and then there is nothing but the notice."""

    state: State
    due: Sequence[Due]
    task: Task | None = None
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """What one user missed, as far as more is due than is looked at now.

    `before`: what was due then was missed. `tasks`: how many there are of it, if that is known. `told_at`: when they
    were last told of more than was looked at then; what had been missed by then was counted.
    """

    before: datetime
    tasks: int | None = None
    told_at: datetime | None = None

    def has(self, due: Due) -> bool:
        return due.expected_at < self.before

    def was_told(self, due: Due) -> bool:
        return self.told_at is not None and self.has(due) and due.expected_at < self.told_at


def decide(due: Sequence[Due], tasks: Mapping[UUID, Task], now: datetime, missing: Missed) -> Iterator[Outcome]:
    """Of everything of one user that is due; those of one task are told together.

    After an outage nobody is rung for one by one: each is in the page, and one notice names them all. What was due
    when somebody looked already, and had to wait, is told as it would have been in time.
    """
    open_ones = {id: task for id, task in tasks.items() if task.is_open}
    caught_up = {
        each for each in due if each.task_id in open_ones and missing.has(each) and now - each.expected_at <= TOO_LATE
    }
    untold = {each for each in caught_up if not missing.was_told(each)}
    missed: list[tuple[Task, Sequence[Due]]] = []
    for task_id, group in groupby(sorted(due, key=_place), key=_task_id):
        task, those = open_ones.get(task_id), list(group)
        if task is None:
            yield Outcome("cancelled", those)
            continue
        if expired := [each for each in those if now - each.expected_at > TOO_LATE]:
            yield Outcome("expired", expired, task, _notice(task, expired, now, silent=True))
        if fired := [each for each in those if now - each.expected_at <= TOO_LATE]:
            was_told = caught_up.issuperset(fired) and untold.isdisjoint(fired)
            is_gathered = len(untold) > APART and not untold.isdisjoint(fired)
            if is_gathered:
                missed.append((task, fired))
            yield Outcome("fired", fired, task, _notice(task, fired, now, silent=is_gathered or was_told))
    if missed:
        yield Outcome("fired", (), None, _of_all(missed, now, missing.tasks))


def _place(due: Due) -> tuple[UUID, datetime, UUID]:
    return due.task_id, due.fire_at, due.reminder_id


def _task_id(due: Due) -> UUID:
    return due.task_id


def _notice(task: Task, due: Sequence[Due], now: datetime, silent: bool) -> Notice:
    return Notice(
        key=due[0].key,
        kind="reminder",
        about=[_about(task, due)],
        planned_at=min(each.expected_at for each in due),
        urgent=_is_urgent(task, due, now),
        silent=silent,
    )


def _of_all(missed: Sequence[tuple[Task, Sequence[Due]]], now: datetime, total: int | None) -> Notice:
    in_order = sorted(missed, key=lambda one: one[1][0].fire_at)
    return Notice(
        key=f"{GATHERED}{in_order[0][1][0].key}",
        kind="reminder",
        about=[_about(task, due) for task, due in in_order],
        planned_at=min(each.expected_at for _, due in missed for each in due),
        total=max(total or 0, len(in_order)),
        urgent=any(_is_urgent(task, due, now) for task, due in missed),
    )


def _about(task: Task, due: Sequence[Due]) -> About:
    return About(task.id, task.title, task.due, task.zone, [each.reminder_id for each in due])


def _is_urgent(task: Task, due: Sequence[Due], now: datetime) -> bool:
    """Whoever saves what is due already is there to see it, whatever the hour; and may be gone after an outage."""
    return task.is_urgent or any(each.is_immediate and now - each.expected_at <= LATE for each in due)
