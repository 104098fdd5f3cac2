"""People are told things, as the functions do that have something to say."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from shared import changes, notices
from shared.callers import Caller
from shared.ids import new_id
from shared.notices import About, Notice
from tests.deliveries import Delivery, event
from tests.inside import a_function_of, run
from tests.people import Person


def add(person: Person, *wanted: Notice) -> dict[str, UUID]:
    async def added() -> dict[str, UUID]:
        async with changes.change(Caller(person.id, session_id=None, via="system")) as tx:
            return await notices.add(tx, wanted)

    with a_function_of(person.world):
        made: dict[str, UUID] = run(added())
    return made


def reminder(task: dict[str, Any], key: str = "", late: float = 0, **fields: Any) -> Notice:
    about = About(UUID(task["id"]), task["title"], task["due"], task["zone"], [new_id()])
    planned_at = datetime.now(UTC) - timedelta(seconds=late)
    return Notice(key or str(new_id()), "reminder", [about], planned_at, **fields)


def tell(person: Person, title: str = "Stand up", late: float = 0, **fields: Any) -> UUID:
    """A reminder of a task that is there."""
    due = {name: fields.pop(name) for name in ("due", "zone") if name in fields}
    [id] = add(person, reminder(person.has_task(title, **due), late=late, **fields)).values()
    return id


def said(person: Person, id: UUID) -> Delivery:
    """The event of a notification, as its Trigger delivers it."""
    [(event_id, sequence, data)] = person.world.rows(
        "SELECT id, sequence, data::text FROM events WHERE user_id = %s AND subject = %s"
        " AND type = 'notification.created'",
        person.id, f"notification/{id}",
    )  # fmt: skip
    whose = {"partitionkey": str(person.id), "sequence": str(sequence), "subject": f"notification/{id}"}
    unsigned = event("notification.created", id=str(event_id), **whose)
    return Delivery(unsigned.headers, str(data).encode()).signed()


def quiet_now() -> dict[str, str]:
    """In Berlin, where people are."""
    now = datetime.now(ZoneInfo("Europe/Berlin"))
    return {"start": f"{now - timedelta(hours=1):%H:%M}", "end": f"{now + timedelta(hours=2):%H:%M}"}
