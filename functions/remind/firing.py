"""Fire what is due: each reminder once, whoever else fires at the same time, and many users' in one transaction.

A reminder fires by leaving the state `pending`, in the transaction that tells its user. So nobody has to hold anything:
who dies has fired it or has not, and the next one finds what is left.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from functions.remind import outcomes
from functions.remind.outcomes import Due, Missed, Outcome, Task
from functions.remind.vigil import vigil
from shared import crowds, db, metrics, notices, planning, work
from shared.crowds import Crowd
from shared.events import ReminderDue
from shared.logs import log

sql = db.queries(__file__, "firing")

SIDE_BY_SIDE = 2  # transactions
AT_ONCE = 500  # reminders of one transaction; with all that somebody has who is behind, some more

Key = tuple[UUID, UUID, UUID, datetime]  # user, task, reminder, when

Missing: TypeAlias = Mapping[UUID, Missed]  # by user, of those who missed any


async def look(until: datetime | None) -> db.Row:
    """How far `ahead` the first one is that is due `until` then: within the horizon, if nobody has said until when."""
    async with db.transaction() as tx:
        tx.later(sql.by_index)
        [row] = await tx.last(sql.next, until=until, horizon=work.HORIZON)
    vigil.looks(row["now"])
    return row


async def fire_due(goes_on: Callable[[], bool]) -> int:
    """All that are due, if nothing else ends it. Of very many, PostgreSQL has some while others are thought about.

    And very many are in their pages before the broker hears of the first: to publish them takes longer than to fire
    them, and whoever is due last would wait for all of it.
    """
    fired = await fire_some()
    if fired >= AT_ONCE:
        more = sum(await work.together(*(_fire_on(goes_on) for _ in range(SIDE_BY_SIDE))))
        if more:
            await work.ring("outbox")
        fired += more
    return fired


async def _fire_on(goes_on: Callable[[], bool]) -> int:
    fired = 0
    while goes_on() and (some := await fire_some(publishes=False)):
        fired += some
    return fired


async def fire_some(publishes: bool = True) -> int:
    """Those that are due, as many as one transaction takes; those left out for a moment are still due. How many."""
    async with crowds.crowd(publishes) as crowd:
        tx = crowd.tx
        tx.later(sql.by_index)
        picked = await tx.all(db.written(sql.pick, most=AT_ONCE), missed_before=vigil.missed_before)
        if not picked:
            return 0
        wanted, missing = await _with_all_of_those_behind(tx, picked)
        if len(wanted) >= AT_ONCE:
            wanted = await _with_all_of_their_tasks(tx, wanted)
        rows = await tx.all(sql.look, **_columns(wanted)) if wanted else []
        if not rows:
            return 0
        now = max(row["now"] for row in rows)
        vigil.looks(now)
        decided = _decide(wanted, rows, now, missing)
        await _tell(crowd, {row["user_id"]: row for row in picked}, decided, now)
    _note(decided, now)
    return len(rows)


async def _with_all_of_those_behind(tx: db.Transaction, picked: Sequence[db.Row]) -> tuple[list[Key], Missing]:
    """Who is told of all at once is told of all, and what these missed. Those for whom this has no room wait."""
    keys = [_key(row) for row in picked]
    late = list({row["user_id"] for row in picked if row["is_missed"]})
    if not late:
        return keys, {}
    rows = await tx.all(sql.behind, user_ids=late, most=AT_ONCE, gathered=outcomes.GATHERED)
    many = {row["user_id"]: row["many"] for row in rows if row["many"] > outcomes.APART}
    with_room: list[UUID] = []
    room = AT_ONCE
    for user_id, number in many.items():
        if number <= room or not with_room:
            with_room.append(user_id)
            room -= number
    missing = {row["user_id"]: Missed(vigil.missed_before, told_at=row["told_at"]) for row in rows}
    for user_id in with_room:
        if many[user_id] >= AT_ONCE:
            asked = {"missed_before": vigil.missed_before, "too_late": outcomes.TOO_LATE.total_seconds()}
            counted = await tx.one(sql.missed, user_id=user_id, **asked)
            missing[user_id] = replace(missing[user_id], tasks=counted["many"])
    if not many:
        return keys, missing
    rest = await tx.all(sql.all_due, user_ids=with_room, most=AT_ONCE)
    return [key for key in keys if key[0] not in many] + [_key(row) for row in rest], missing


async def _with_all_of_their_tasks(tx: db.Transaction, keys: Sequence[Key]) -> list[Key]:
    """Those of one task are told together, also where the last ones that this has room for were some of them."""
    user_ids, task_ids = zip(*{(user_id, task_id): None for user_id, task_id, _, _ in keys}, strict=True)
    rows = await tx.all(sql.due_of, user_ids=user_ids, task_ids=task_ids)
    return [_key(row) for row in rows]


def _decide(keys: Sequence[Key], rows: Iterable[db.Row], now: datetime, missing: Missing) -> dict[UUID, list[Outcome]]:
    due: dict[UUID, list[Due]] = {}
    tasks: dict[UUID, dict[UUID, Task]] = {}
    for row in rows:
        user_id, task_id, reminder_id, fire_at = keys[row["place"] - 1]
        due.setdefault(user_id, []).append(Due(task_id, reminder_id, fire_at, row["planned_at"]))
        tasks.setdefault(user_id, {})[task_id] = Task(
            task_id, row["title"], row["due"], row["zone"], row["is_open"], row["is_urgent"]
        )
    nothing = Missed(vigil.missed_before)
    return {
        user_id: list(outcomes.decide(those, tasks[user_id], now, missing.get(user_id, nothing)))
        for user_id, those in due.items()
    }


async def _tell(
    crowd: Crowd, counters: Mapping[UUID, db.Row], decided: Mapping[UUID, Sequence[Outcome]], now: datetime
) -> None:
    changes = {
        user_id: crowd.change_of(user_id, counters[user_id]["value"], now, counters[user_id]["hooked"])
        for user_id in decided
    }
    wanted = [
        (changes[user_id], outcome.notice)
        for user_id, those in decided.items()
        for outcome in those
        if outcome.notice is not None
    ]
    told = await notices.add_together(crowd.tx, wanted, now)
    settled: list[tuple[Key, str, UUID | None]] = []
    for user_id, those in decided.items():
        for outcome in those:
            id = told.get((user_id, outcome.notice.key)) if outcome.notice else None
            if id and outcome.task and outcome.state == "fired":
                document = planning.reminded(
                    outcome.task.id, outcome.task.said, {str(due.reminder_id): due.fire_at for due in outcome.due}
                )
                changes[user_id].emit(ReminderDue, outcome.task.id, document, {}, {"notification": str(id)})
            settled += [
                ((user_id, due.task_id, due.reminder_id, due.fire_at), outcome.state, id) for due in outcome.due
            ]
    crowd.tx.later(
        sql.settle,
        **_columns([key for key, _, _ in settled]),
        states=[state for _, state, _ in settled],
        notification_ids=[id for _, _, id in settled],
        now=now,
    )


def _note(decided: Mapping[UUID, Sequence[Outcome]], now: datetime) -> None:
    states: Counter[str] = Counter()
    latest = timedelta()
    for outcome in (outcome for those in decided.values() for outcome in those):
        states[outcome.state] += len(outcome.due)
        if outcome.state != "fired":
            continue
        for due in outcome.due:
            late = max(now - due.expected_at, timedelta())
            latest = max(latest, late)
            metrics.observe("reminder_lateness_seconds", late.total_seconds(), channel="in_app")
    for state, many in states.items():
        metrics.count("reminders_settled_total", many, state=state)
    log().info("reminders", **states, late=round(latest.total_seconds(), 3))


def _key(row: db.Row) -> Key:
    return row["user_id"], row["task_id"], row["reminder_id"], row["fire_at"]


def _columns(keys: Sequence[Key]) -> dict[str, object]:
    user_ids, task_ids, reminder_ids, moments = zip(*keys, strict=True)
    return {"user_ids": user_ids, "task_ids": task_ids, "reminder_ids": reminder_ids, "fire_ats": moments}
