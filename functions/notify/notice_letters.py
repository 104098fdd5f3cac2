"""A notification as a letter, to whoever wants one of its kind."""

import json
from datetime import datetime
from typing import Any

from functions.notify import kept, unsubscribing, wording
from functions.notify.letters import Letter, page
from shared import db

SUBJECT = 150  # characters
WHY = {
    "reminder": "You get this because a reminder of yours asked for it, and your preferences for a mail.",
    "digest": "You get this because your preferences ask for a daily digest.",
    "overdue": "You get this because your preferences ask for a digest of what is overdue.",
    "webhook": "You get this because a webhook of yours is switched on no more.",
}


def letter(taken: db.Row) -> Letter:
    """The delivery's id names it: its repeat is the same letter, but that it may say that it is late."""
    said: dict[str, Any] = json.loads(taken["document"])
    zone, kind = taken["zone"], taken["kind"]
    headline, points = wording.headline(said), wording.points(said, zone)
    late = wording.lateness(said, zone, kept.waited(taken))
    return Letter(
        taken["id"],
        taken["email"],
        datetime.fromisoformat(said["created_at"]),
        (f"Reminder: {headline}" if _is_of_one(said) else headline)[:SUBJECT],
        (*_said(said, points), *([f"{late}."] if late else []), WHY[kind]),
        page(),
        points=() if _is_of_one(said) else points,
        unsubscribe=unsubscribing.link(taken["user_id"], kind),
    )


def _said(said: dict[str, Any], points: tuple[str, ...]) -> tuple[str, ...]:
    """What stands above the tasks, or all there is to say where it is about one or none."""
    headline = wording.headline(said)
    if said["kind"] == "webhook":
        return f"{headline}.", f"{wording.why(said)}."
    return points if _is_of_one(said) else (f"{headline}:",)


def _is_of_one(said: dict[str, Any]) -> bool:
    return bool(said["kind"] == "reminder" and said["total"] == 1)
