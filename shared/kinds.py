"""The kinds of things a user has, and how the parts of its row follow from its document."""

from collections.abc import Mapping
from typing import LiteralString
from uuid import UUID

from shared import due, events, words
from shared.changes import Change
from shared.documents import Announcement, Document, Kind, Pair, Part, Place
from shared.events import EventType
from shared.names import name_key

OPEN = ("todo", "in_progress")


def task_text(task: Document, _: str | None) -> Document:
    words_of = words.of_task(task["title"], task["notes"])
    return {"title": task["title"], "notes": task["notes"], "words": words_of}


def task_state(task: Document, users_zone: str | None) -> Document:
    when = due.parse(task["due"], task["zone"])
    at = when.instant(users_zone, task.get("slot"))
    return {
        "status": task["status"],
        "completed_at": task["completed_at"],
        "priority": task["priority"],
        "due_on": when.on and when.on.isoformat(),
        "due_time": when.at and when.at.isoformat(),
        "zone": when.zone,
        "due_at": at and at.isoformat(),
        "start_on": task["start"],
    }


def task_place(task: Document, _: str | None) -> Document:
    return {"list_id": task["list"], "parent_id": task["parent"], "position": task["position"]}


OCCURRENCE = ("series", "slot", "ordinal", "follows", "skipped_at", "recurrence")  # what only such tasks have
NO_OCCURRENCE: Document = dict.fromkeys(OCCURRENCE)


def occurrence_row(task: Document, _: str | None) -> Document:
    return {"series_id": task.get("series")} | {name: task.get(name) for name in OCCURRENCE[1:]}


def happened_to_task(before: Document, after: Document) -> EventType:
    if after["status"] == "done" and before["status"] != "done":
        return events.TaskCompleted
    if before["status"] == "done" and after["status"] != "done":
        return events.TaskReopened
    return events.TaskUpdated


def list_row(list_: Document, _: str | None) -> Document:
    named = {"name": list_["name"], "name_key": name_key(list_["name"])}
    return named | {"color": list_["color"], "position": list_["position"], "archived": list_["archived"]}


def misfit_below(task: Document, parent: Document) -> str | None:
    """A subtask is in its parent's list, and nothing is open below what has ended."""
    if task["list"] != parent["list"]:
        return "list"
    return "status" if is_open(task) and not is_open(parent) else None


def is_open(task: Document) -> bool:
    return task["status"] in OPEN


def tag_row(tag: Document, _: str | None) -> Document:
    return {"name": tag["name"], "name_key": name_key(tag["name"]), "color": tag["color"]}


def comment_row(comment: Document, _: str | None) -> Document:
    return {"text": comment["text"], "html": comment["html"], "words": words.of_comment(comment["text"])}


def as_it_is(*names: LiteralString) -> Part:
    """The columns are called as the fields are."""
    return Part(frozenset(names), names, lambda document, _: {name: document[name] for name in names})


async def firings_of_tasks(tx: Change, changing: Mapping[UUID, Pair], past: bool) -> list[Announcement]:
    """What has no reminders, and had none, costs nothing."""
    minding = {
        id: (before, after)
        for id, (before, after) in changing.items()
        if after.get("reminders") or (before and before.get("reminders"))
    }
    if not minding:
        return []
    from shared import planning

    return await planning.plan(tx, minding, past)


TASK = Kind(
    "task",
    "tasks",
    (
        Part(frozenset({"title", "notes"}), ("title", "notes", "words"), task_text),
        Part(
            # What comes back, from among the done or the deleted, is due where its user is now.
            frozenset({"status", "completed_at", "priority", "due", "zone", "start", "deleted"}),
            ("status", "completed_at", "priority", "due_on", "due_time", "zone", "due_at", "start_on"),
            task_state,
            in_zone=True,
        ),
        Part(frozenset({"list", "parent", "position"}), ("list_id", "parent_id", "position"), task_place),
        as_it_is("tags"),
        as_it_is("reminders"),
        Part(
            frozenset(OCCURRENCE),
            ("series_id", "slot", "ordinal", "follows", "skipped_at", "recurrence"),
            occurrence_row,
        ),
    ),
    events.TaskCreated,
    events.TaskUpdated,
    events.TaskDeleted,
    events.TaskRestored,
    is_floating=lambda task: due.parse(task["due"], task["zone"]).is_floating,
    happened=happened_to_task,
    others=(events.TaskCompleted, events.TaskReopened, events.TaskRecurred),
    derived=frozenset({"due_at"}),  # from when it is due and the user's zone, which may be another by now
    places=(
        Place("list", "list_id", of="list"),
        Place("parent", "parent_id", of="task", minds=frozenset({"list", "status"}), misfit=misfit_below),
        Place("tags", "tags", of="tag", several=True),
        Place("series", "series_id", of="series"),
    ),
    follows="follows",
    announces=firings_of_tasks,
)
SERIES = Kind(
    "series",
    "series",
    (as_it_is("root", "segment", "rule", "start", "zone", "kind", "missed", "state", "template"),),
    events.SeriesCreated,
    events.SeriesUpdated,
    events.SeriesDeleted,
    events.SeriesRestored,
)
LIST = Kind(
    "list",
    "lists",
    (
        Part(
            frozenset({"name", "color", "position", "archived"}),
            ("name", "name_key", "color", "position", "archived"),
            list_row,
        ),
    ),
    events.ListCreated,
    events.ListUpdated,
    events.ListDeleted,
    events.ListRestored,
)
TAG = Kind(
    "tag",
    "tags",
    (Part(frozenset({"name", "color"}), ("name", "name_key", "color"), tag_row),),
    events.TagCreated,
    events.TagUpdated,
    events.TagDeleted,
    events.TagRestored,
    key="name_key",
)
FILTER = Kind(
    "filter",
    "filters",
    (as_it_is("name", "query", "color", "position"),),
    events.FilterCreated,
    events.FilterUpdated,
    events.FilterDeleted,
    events.FilterRestored,
)
COMMENT = Kind(
    "comment",
    "comments",
    (Part(frozenset({"text", "html"}), ("text", "html", "words"), comment_row),),
    events.CommentCreated,
    events.CommentUpdated,
    events.CommentDeleted,
    events.CommentRestored,
    places=(Place("task", "task_id", of="task", unseen=True),),
)

KINDS = {
    kind.name: kind for kind in (LIST, TAG, FILTER, SERIES, TASK, COMMENT)
}  # each behind those that its places are of
