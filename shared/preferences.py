"""What somebody wants to be told, how and when; and what holds for who never said."""

import json
from datetime import time
from typing import Any, Literal
from uuid import UUID

from shared import db, digests, entities
from shared.changes import Change
from shared.events import PreferencesChanged
from shared.reminders import QuietHours
from shared.shapes import Preferences

sql = db.queries(__file__, "preferences")

Channel = Literal["push", "email"]

# A reminder is worth a moment and no mail; a digest is only made for who has asked for it.
UNSAID: Preferences = {
    "channels": {
        "reminder": {"push": True, "email": False},
        "digest": {"push": True, "email": True},
        "overdue": {"push": True, "email": True},
        "webhook": {"push": True, "email": True},
    },
    "quiet_hours": None,
    "default_reminders": {"timed": None, "all_day": None},
    "daily_digest": None,
    "overdue_digest": None,
    "version": 0,
}


async def of(tx: db.Transaction, user_id: UUID) -> Preferences:
    row = await tx.first(sql.document, user_id=user_id)
    return read(row["document"] if row else None)


def read(document: str | None) -> Preferences:
    """What an older release kept has what came after it from everybody's."""
    said: dict[str, Any] = json.loads(document or "{}")
    kept: Preferences = {**UNSAID, **said, "channels": {**UNSAID["channels"], **said.get("channels", {})}}  # type: ignore[typeddict-item]
    return kept


async def change(tx: Change, before: Preferences, wanted: dict[str, Any]) -> Preferences:
    """Make them what they shall be, and the digests' times follow. Asking for what is so already changes nothing."""
    after: Preferences = {**before, **wanted}  # type: ignore[typeddict-item]
    differs = {name: [value, wanted[name]] for name, value in before.items() if wanted.get(name, value) != value}
    if not differs:
        return before
    after["version"] += 1
    document = json.dumps(after, ensure_ascii=False)
    await tx.run(sql.keep, user_id=tx.caller.user_id, document=document, version=after["version"], updated_at=tx.now)
    if differs.keys() & {"daily_digest", "overdue_digest"}:
        times = {"digest": after["daily_digest"], "overdue": after["overdue_digest"]}
        await digests.plan(tx, times, await entities.users_zone(tx))
    tx.emit(PreferencesChanged, tx.caller.user_id, document, differs)
    return after


def quiet_hours(said: Preferences, zone: str) -> QuietHours | None:
    hours = said["quiet_hours"]
    return hours and QuietHours(time.fromisoformat(hours["start"]), time.fromisoformat(hours["end"]), zone)
