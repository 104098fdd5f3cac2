"""Of whom should have been reminded of what, and when: read off the events of each user, in the order of their numbers.

What a task's documents say is what shall be: the planning is done here once more, apart from the product's. Whatever
happened at the same time was put in order by the numbers, so for each reminder it is known whether it came too late to
be called off, or had to be silent.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

Firing = tuple[str, str, datetime]  # task, reminder, when


@dataclass
class Reminded:
    """One user, as far as their events have been read."""

    name: str
    tasks: dict[str, dict[str, Any]] = field(default_factory=dict)
    planned: set[Firing] = field(default_factory=set)
    fired: dict[Firing, datetime] = field(default_factory=dict)  # and when it was said
    told: dict[str, dict[str, Any]] = field(default_factory=dict)  # notices, by id
    said_by: dict[str, list[Firing]] = field(default_factory=dict)  # by the id of the notice that says it
    wrong: list[str] = field(default_factory=list)

    def read(self, event: dict[str, Any]) -> None:
        kind, at, data = event["type"], event["happened_at"], event["data"]
        if kind == "notification.created":
            self._tell(data["notification"], at)
        elif kind == "reminder.due":
            self._fire(data["reminder"], data["notification"], at)
        else:
            self._plan(data["task"] | {"deleted": kind == "task.deleted"}, at)

    def _plan(self, task: dict[str, Any], at: datetime) -> None:
        before = self.tasks.get(task["id"])
        self.tasks[task["id"]] = task
        wanted, were = dict(moments(task)), dict(moments(before)) if before else {}
        said, meant = by_id(task), by_id(before or {})
        self.planned = {firing for firing in self.planned if firing[0] != task["id"] or _is_in(firing, wanted, task)}
        if not is_live(task):
            return
        for reminder, moment in wanted.items():
            # What has been already is told if it is new, and left untold if the task only comes back. A task that
            # repeats gets its user's default reminder, for its next occurrence, even if this one's time has been.
            is_new = were.get(reminder) != moment or meant.get(reminder) != said[reminder]
            firing = (task["id"], reminder, moment)
            if (moment > at or (is_new and not came_by_default(said[reminder], moment))) and firing not in self.fired:
                self.planned.add(firing)

    def _fire(self, reminded: dict[str, Any], notice: str, at: datetime) -> None:
        for each in reminded["reminders"]:
            firing = (reminded["task"], each["id"], datetime.fromisoformat(each["fire_at"]))
            if firing in self.fired:
                self.wrong.append(f"{self.name} was reminded twice: {firing}")
            elif firing not in self.planned:
                self.wrong.append(f"{self.name} was reminded of what was called off before: {firing}")
            elif at < firing[2]:
                self.wrong.append(f"{self.name} was reminded too early: {firing}")
            self.planned.discard(firing)
            self.fired[firing] = at
            self.said_by.setdefault(notice, []).append(firing)

    def _tell(self, notice: dict[str, Any], at: datetime) -> None:
        if notice["id"] in self.told:
            self.wrong.append(f"{self.name} was told twice: {notice}")
        self.told[notice["id"]] = notice | {"at": at}

    def promises_broken(self, until: datetime) -> Iterator[str]:
        yield from self.wrong
        for firing in self.planned:
            if firing[2] <= until:
                yield f"{self.name} was not reminded: {firing}"
        for id, firings in self.said_by.items():
            if not all(_names(self.told.get(id), firing) for firing in firings):
                yield f"{self.name} has no notice that says it: {firings}"
        # Of many that are late one notice tells together, and it tells only of what is said at the same moment.
        together = [notice for id, notice in self.told.items() if id not in self.said_by]
        moments_of_all = [notice["at"] for notice in together]
        said = set(self.fired.values())
        for notice in together:
            if notice["at"] not in said or moments_of_all.count(notice["at"]) > 1:
                yield f"{self.name} was told what did not happen, or once more: {notice}"


def all_reminded(events: Iterable[dict[str, Any]]) -> list[Reminded]:
    everybody: dict[Any, Reminded] = {}
    for event in events:
        everybody.setdefault(event["user_id"], Reminded(str(event["user_id"]))).read(event)
    return list(everybody.values())


def moments(task: dict[str, Any]) -> Iterator[tuple[str, datetime]]:
    """When each of its reminders fires, of those kinds that a rehearsal has."""
    zone = ZoneInfo(task["zone"] or "UTC")
    for each in task["reminders"]:
        match each["kind"]:
            case "before" if task["due"] and "T" in task["due"]:
                due = datetime.fromisoformat(task["due"]).replace(tzinfo=zone)
                yield each["id"], due - timedelta(minutes=each["minutes"])
            case "absolute":
                yield each["id"], datetime.fromisoformat(each["at"]).replace(tzinfo=zone)
            case "snooze":
                yield each["id"], datetime.fromisoformat(each["at"])


def by_id(task: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in task.get("reminders", ())}


def came_by_default(reminder: dict[str, Any], moment: datetime) -> bool:
    """Whoever says a reminder makes its id before its time. The id of a snooze has no time."""
    id = UUID(reminder["id"])
    return id.version == 7 and datetime.fromtimestamp((id.int >> 80) / 1000, UTC) >= moment


def is_live(task: dict[str, Any]) -> bool:
    return task["status"] in ("todo", "in_progress") and not task["deleted"]


def _is_in(firing: Firing, wanted: dict[str, datetime], task: dict[str, Any]) -> bool:
    return is_live(task) and wanted.get(firing[1]) == firing[2]


def _names(notice: dict[str, Any] | None, firing: Firing) -> bool:
    return notice is not None and any(
        task["id"] == firing[0] and firing[1] in task["reminders"] for task in notice["tasks"]
    )
