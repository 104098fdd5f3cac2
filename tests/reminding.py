"""Reminders as they stand in the ledger, and what their people hear of them."""

from typing import Any
from uuid import UUID

from shared.ids import new_id
from tests.families import Task
from tests.people import Person


def is_reminded(
    person: Person, task: dict[str, Any], ahead: float = 0, saved: float | None = None, turn: int = 0
) -> UUID:
    """So many seconds from now; `saved` is from now, too, and an hour ago if nobody says otherwise."""
    id = new_id()
    person.world.rows(
        "INSERT INTO firings (user_id, task_id, reminder_id, fire_at, planned_at, turn)"
        " VALUES (%s, %s, %s, clock_timestamp() + make_interval(secs => %s),"
        " clock_timestamp() + make_interval(secs => %s), %s)",
        person.id, task["id"], id, ahead, min(ahead, 0) - 3600 if saved is None else saved, turn,
    )  # fmt: skip
    return id


def told(person: Person) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = person.at("notify").get("/api/notifications").json()["items"]
    return items


def states(person: Person) -> list[str]:
    rows = person.world.rows("SELECT state FROM firings WHERE user_id = %s ORDER BY fire_at", person.id)
    return [str(state) for (state,) in rows]


def ledger(person: Person, task: Task, *states: str) -> list[tuple[str, str]]:
    """When it fires and what became of that, the earliest first."""
    rows = person.world.rows(
        "SELECT to_char(fire_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), state FROM firings"
        " WHERE user_id = %s AND task_id = %s ORDER BY fire_at, reminder_id",
        person.id, task["id"],
    )  # fmt: skip
    return [(str(at), str(state)) for at, state in rows if not states or state in states]


def pending(person: Person, task: Task) -> list[str]:
    return [at for at, _ in ledger(person, task, "pending")]


def fires(person: Person, task: Task) -> None:
    """As what fires does it."""
    person.world.rows(
        "UPDATE firings SET state = 'fired', settled_at = now()"
        " WHERE user_id = %s AND task_id = %s AND state = 'pending'",
        person.id, task["id"],
    )  # fmt: skip


def announced(person: Person) -> list[Any]:
    rows = person.world.rows(
        "SELECT data -> 'reminder' FROM events WHERE user_id = %s AND type = 'reminder.scheduled' ORDER BY sequence",
        person.id,
    )
    return [said for (said,) in rows]
