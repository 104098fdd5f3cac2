"""A notification as a letter, to whoever wants one of its kind."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from functions.notify import unsubscribing, wording
from functions.notify.letters import Letter, page
from shared import db

SUBJECT = 150  # characters
WHY = {
    "reminder": "You get this because a reminder of yours asked for it, and your preferences for a mail.",
    "digest": "You get this because your preferences ask for a daily digest.",
    "overdue": "You get this because your preferences ask for a digest of what is overdue.",
}


def letter(id: UUID, user_id: UUID, about: db.Row) -> Letter:
    """`id` names it: its repeat is the same letter."""
    said: dict[str, Any] = json.loads(about["document"])
    zone, kind = about["zone"], about["kind"]
    headline = wording.headline(said)
    late = wording.lateness(said, zone)
    return Letter(
        id,
        about["email"],
        datetime.fromisoformat(said["created_at"]),
        (f"Reminder: {headline}" if kind == "reminder" and said["total"] == 1 else headline)[:SUBJECT],
        (f"{headline}:", *([f"{late}."] if late else []), WHY[kind]),
        page(),
        points=wording.points(said, zone),
        unsubscribe=unsubscribing.link(user_id, kind),
    )
