"""A series as it is stored: what it means, what its occurrences are, and how it begins and goes on.

Of its occurrences one is at the head, and has `recurrence`: when that one ends, another one follows. No other has it.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from shared import entities, kept_reminders, moments, recurrence, zones
from shared.changes import Change
from shared.documents import Document
from shared.ids import new_id
from shared.kinds import NO_OCCURRENCE, SERIES
from shared.problems import Invalid
from shared.recurrence import Rule, Series, Slot

SAID = ("rule", "start", "zone", "kind", "missed", "state")
CARRIED = ("title", "notes", "priority", "list", "parent", "tags")

State = Literal["active", "paused", "ended"]


def said(series: Document) -> Document:
    """What the occurrence at its head shows of it."""
    return {name: series[name] for name in SAID}


def meant(series: Document, users_zone: str) -> Series:
    rule, start = recurrence.parse(series["rule"]), local(series["start"])
    return Series(rule, start, series["zone"] or users_zone, series["kind"], series["missed"])


def local(text: str) -> date | datetime:
    """A slot as it was written: of an hour that comes twice, the second one says its offset."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def day(text: str) -> date:
    return date.fromisoformat(text[:10])


def written(slot: date | datetime) -> str:
    """As tasks are due: a date, or a local time."""
    return slot.replace(fold=0, tzinfo=None).isoformat() if isinstance(slot, datetime) else slot.isoformat()


def template(task: Document, slot: str) -> Document:
    start_days = (date.fromisoformat(task["start"]) - day(slot)).days if task["start"] else None
    return {name: task[name] for name in CARRIED} | {
        "start_days": start_days,
        "reminders": kept_reminders.carried(task["reminders"], day(slot)),
    }


def dates(series: Document, slot: date | datetime) -> Document:
    """When the occurrence of this slot is due, may be started and is reminded of."""
    due, days = written(slot), series["template"]["start_days"]
    start = None if days is None else moments.later(due[:10], timedelta(days))
    reminders = kept_reminders.brought(series["template"]["reminders"], due[:10])
    return {"due": due, "zone": series["zone"] if "T" in due else None, "start": start, "reminders": reminders}


async def begin(tx: Change, task: Document, asked: Document, before: Document | None = None) -> Document:
    """A series that begins with this task, and the task as its first occurrence: due at the first slot.

    `before`: the segment that it goes on from. `asked` has rule, kind, missed and zone.
    """
    users_zone = await entities.users_zone(tx)
    zone = task["zone"] if "T" in (task["due"] or "") else None
    if asked["zone"] is not None:
        with Invalid.within("recurrence"):
            zone = zones.zone_named(asked["zone"])
    elif zone is not None:
        zones.zone_named(zone)
    due = task["due"] or zones.wall_clock(tx.now, zone or users_zone).date().isoformat()
    start = moments.local(due, "due")
    is_timed = isinstance(start, datetime)
    with Invalid.within("recurrence"):
        rule = recurrence.parse(asked["rule"]).ending_with(start, zone)
        rule, first = recurrence.settled(_clamping(rule, start), start, zone or users_zone)
    id = new_id()
    series: Document = {
        "root": before["root"] if before else str(id),
        "segment": before["segment"] + 1 if before else 1,
        "rule": str(rule),
        "start": first.isoformat(),
        "zone": zone,
        "kind": asked["kind"],
        "missed": asked["missed"],
        "state": "active",
    }
    shifted = {}
    if task["start"]:
        shifted["start"] = moments.later(task["start"], day(series["start"]) - day(due))
    occurrence = task | shifted | {"due": written(first), "zone": zone if is_timed else None}
    series["template"] = template(occurrence, series["start"])
    await entities.make(tx, SERIES, {id: series})
    place = {"series": str(id), "slot": series["start"], "ordinal": 1, "recurrence": said(series)}
    follows = task["follows"] if before else None
    return NO_OCCURRENCE | occurrence | {"follows": follows, "skipped_at": None} | place


def _clamping(rule: Rule, start: date) -> Rule:
    """A day that not every month has is the last one of those, and says so."""
    days = rule.explicit(start).by_month_day if rule.freq in ("MONTHLY", "YEARLY") else rule.by_month_day
    return replace(rule, clamps=rule.clamps or any(day > 28 for day in days))


async def read(tx: Change, id: UUID | str) -> Document:
    found = await entities.read(tx, SERIES, tx.caller.user_id, [UUID(str(id))])
    if not found:
        raise entities.missing(SERIES, UUID(str(id)))
    return found[UUID(str(id))]


async def become(tx: Change, series: Document, state: State) -> Document:
    after = series | {"state": state}
    await entities.change(tx, SERIES, {UUID(series["id"]): (series, after)})
    return after


def remaining(series: Document, occurrence: Document, is_moved: bool) -> str:
    """Its rule from this occurrence on: those before it are counted.

    Of the 31st it knows by its start; where it begins anew in a shorter month, and was not moved there, it says so.
    """
    rule, slot = recurrence.parse(series["rule"]), local(occurrence["slot"])
    explicit = rule.explicit(local(series["start"]))
    if series["kind"] == "fixed" and not is_moved and explicit != rule.explicit(slot):
        rule = explicit
    return str(rule if rule.count is None else replace(rule, count=max(1, rule.count - occurrence["ordinal"] + 1)))


def behind(series: Document, last: Document, now: datetime, users_zone: str) -> Slot | None:
    """What comes next after a pause: neither before now nor before the last occurrence there was."""
    means, ordinal = meant(series, users_zone), last["ordinal"]
    if means.rule.count is not None and ordinal >= means.rule.count:
        return None
    if means.kind == "after_completion":
        done_at = last["completed_at"] or last["skipped_at"]
        for at in (datetime.fromisoformat(done_at) if done_at else now, now):
            found = recurrence.following(means, local(last["slot"]), at, ordinal)
            if found and found.slot.moment > means.moment_of(now):
                return found.slot
        return None
    endless = recurrence.slots(replace(means.rule, count=None), means.start, means.zone)
    return next(endless.after(max(means.moment(local(last["slot"])), means.moment_of(now))), None)


def segment(series: Document, last: Document, slot: Slot) -> tuple[UUID, Document]:
    """In which it goes on with this slot, without those that there were in a pause."""
    rule = recurrence.parse(series["rule"]).explicit(local(series["start"]))
    if series["kind"] == "after_completion":
        rule = recurrence.parse(series["rule"])
    if rule.count is not None:
        rule = replace(rule, count=rule.count - last["ordinal"])
    start = {"start": written(slot.local), "segment": series["segment"] + 1, "state": "active"}
    return new_id(), series | start | {"rule": str(rule)}
