"""What reminds of a task of which nobody says so: what its user wants of every one that gets a date."""

import json
from datetime import UTC, datetime

from shared.callers import Caller
from shared.documents import Document
from shared.ids import new_id
from shared.kept_reminders import firings


def by_default(caller: Caller, task: Document, repeats: bool = False) -> list[Document]:
    """None of what has been already: but the next occurrence gets it, if the task repeats."""
    if caller.default_reminders is None or not (task["due"] or repeats):
        return []
    wanted = json.loads(caller.default_reminders)["timed" if "T" in (task["due"] or "") else "all_day"]
    if wanted is None:
        return []
    reminder = {"id": str(new_id())} | wanted
    return [reminder] if repeats or are_ahead(caller, task | {"reminders": [reminder]}) else []


def are_ahead(caller: Caller, task: Document) -> bool:
    """Now, when the change is asked for: it may have to wait, and what was to come meanwhile is told at once."""
    now = datetime.now(UTC)
    return any(at > now for at in firings(task, caller.zone).values())


def where_it_gets_a_date(caller: Caller, before: Document, after: Document) -> Document:
    """The task with them, if it had no date before and the change says no reminders."""
    if caller.default_reminders is None or before["due"] or not after["due"] or after["reminders"]:
        return after
    return after | {"reminders": by_default(caller, after)}
