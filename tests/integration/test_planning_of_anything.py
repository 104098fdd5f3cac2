"""Whatever becomes of tasks, in whatever order: what waits to remind of them is what the rules say, read anew here.

The stories are those of undo. After each step, all tasks as they were and as they are say which firings there shall be.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.test_undo_of_anything import UNHURRIED, Life, Step, life_in, numbers
from tests.world import World

Document: TypeAlias = dict[str, Any]
Firing: TypeAlias = tuple[str, str, datetime]  # task, reminder, when

STEPS = [
    *["change a task"] * 6, *["go on"] * 4, *["repeat"] * 3, *["remind"] * 4, *["delete a task"] * 2,
    *["restore a task"] * 3, *["undo something"] * 4, "change many tasks", "duplicate a task",
    "delete a list", "move a task",
]  # fmt: skip
stories = st.lists(st.tuples(st.sampled_from(STEPS), numbers, numbers, numbers), min_size=15, max_size=30)
BEGINNING: list[Step] = [
    *[("change a task", number, 1, 3) for number in range(4)],  # due at a time
    *[("change a task", number, number, 9) for number in range(4)],  # and with reminders
    *[("remind", number, 30, 0) for number in range(4)],
    ("create a task", 1, 1, 19),  # a daily one with a reminder
]


def documents(life: Life) -> dict[str, Document]:
    """Of all tasks; those that are deleted say so."""
    rows = life.person.world.rows(
        "SELECT id::text, document::json, deleted_at IS NOT NULL FROM tasks WHERE user_id = %s", life.person.id
    )
    return {str(id): {**document, "deleted": gone} for id, document, gone in rows if isinstance(document, dict)}


def pending(life: Life) -> set[Firing]:
    rows = life.person.world.rows(
        "SELECT task_id::text, reminder_id::text, fire_at FROM firings WHERE user_id = %s AND state = 'pending'",
        life.person.id,
    )
    return {(str(task), str(reminder), at) for task, reminder, at in rows if isinstance(at, datetime)}


def fires_at(task: Document, reminder: Document) -> datetime | None:
    zone, due = ZoneInfo(task["zone"] or "Europe/Berlin"), task["due"]
    if reminder["kind"] == "snooze":
        return datetime.fromisoformat(reminder["at"])
    if reminder["kind"] == "absolute":
        return datetime.fromisoformat(reminder["at"]).replace(tzinfo=zone).astimezone(UTC)
    if reminder["kind"] == "before":
        if task["due_at"] is None:
            return None
        return datetime.fromisoformat(task["due_at"]) - timedelta(minutes=reminder["minutes"])
    if due is None:
        return None
    hour = reminder["at"] or (due[11:] or "09:00")
    day = date.fromisoformat(due[:10]) - timedelta(days=reminder["days"])
    return datetime.combine(day, time.fromisoformat(hour), zone).astimezone(UTC)


def of(task: Document | None) -> dict[str, tuple[Document, datetime]]:
    found = {}
    for reminder in (task or {}).get("reminders", ()):
        at = fires_at(task or {}, reminder)
        if at is not None:
            found[reminder["id"]] = (reminder, at)
    return found


def reminds(task: Document) -> bool:
    paused = (task["recurrence"] or {}).get("state") == "paused"
    return task["status"] in ("todo", "in_progress") and not task["deleted"] and not paused


class Rules:
    def __init__(self, life: Life) -> None:
        self.known, self.waiting = documents(life), pending(life)
        self.fired: set[Firing] = set()

    def fire(self, life: Life) -> None:
        """All that waits, as if its time had come."""
        life.person.world.rows(
            "UPDATE firings SET state = 'fired', settled_at = now() WHERE user_id = %s AND state = 'pending'",
            life.person.id,
        )
        self.fired |= self.waiting
        self.waiting = set()

    def after(self, life: Life, step: str) -> set[Firing]:
        """What waits now, of what waited before."""
        now, tasks = datetime.now(UTC), documents(life)
        waiting: set[Firing] = set()
        for id, task in tasks.items():
            before = self.known.get(id)
            had, has = of(before), of(task)
            is_copy = before is None and step == "duplicate a task"
            ended = (
                before
                and before["recurrence"]
                and not task["recurrence"]
                and life.address.endswith(("/end", "/resume"))
            )
            if not reminds(task) or ended:
                continue
            is_same = (
                before is not None and had == has and reminds(before) and before["recurrence"] == task["recurrence"]
            )
            for reminder, (said, at) in has.items():
                is_brought = not is_copy and had.get(reminder) != (said, at)
                firing = (id, reminder, at)
                if firing in self.waiting or (not is_same and (at > now or is_brought)):
                    waiting.add(firing)
        self.known, self.waiting = tasks, waiting - self.fired
        return self.waiting


@pytest.mark.timeout(400)
@UNHURRIED
@given(stories)
def test_what_waits_is_what_the_rules_say(world: World, story: list[Step]) -> None:
    with life_in(world) as life:
        rules = Rules(life)
        for step in BEGINNING + story:
            if step[3] % 16 == 5:
                rules.fire(life)
            life.takes(step)
            assert pending(life) == rules.after(life, step[0])
