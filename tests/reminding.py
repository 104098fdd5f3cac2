"""Reminders as they stand in the ledger, and what their people hear of them."""

from typing import Any
from uuid import UUID

from shared.ids import new_id
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
