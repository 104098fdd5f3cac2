"""The kinds of things a user has, and how a document of each becomes its row."""

from collections.abc import Callable

from shared import due, events, words
from shared.entities import Document, Kind, Place
from shared.events import EventType
from shared.names import name_key

OPEN = ("todo", "in_progress")


def task_row(task: Document, users_zone: str | None) -> Document:
    when = due.parse(task["due"], task["zone"])
    at = when.instant(users_zone)
    return {
        "title": task["title"],
        "notes": task["notes"],
        "status": task["status"],
        "priority": task["priority"],
        "due_on": when.on and when.on.isoformat(),
        "due_time": when.at and when.at.isoformat(),
        "zone": when.zone,
        "due_at": at and at.isoformat(),
        "start_on": task["start"],
        "list_id": task["list"],
        "parent_id": task["parent"],
        "tags": task["tags"],
        "position": task["position"],
        "completed_at": task["completed_at"],
        "words": words.of_task(task["title"], task["notes"]),
    }


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


def just(*columns: str) -> Callable[[Document, str | None], Document]:
    """The columns are called as the fields are."""
    return lambda document, _: {column: document[column] for column in columns}


TASK = Kind(
    "task",
    "tasks",
    ("title", "notes", "status", "priority", "due_on", "due_time", "zone", "due_at", "start_on", "list_id", "parent_id",
     "tags", "position", "completed_at", "words"),
    events.TaskCreated,
    events.TaskUpdated,
    events.TaskDeleted,
    events.TaskRestored,
    task_row,
    is_floating=lambda task: due.parse(task["due"], task["zone"]).is_floating,
    happened=happened_to_task,
    others=(events.TaskCompleted, events.TaskReopened),
    derived=frozenset({"due_at"}),  # from when it is due and the user's zone, which may be another by now
    places=(
        Place("list", "list_id", of="list"),
        Place("parent", "parent_id", of="task", minds=frozenset({"list", "status"}), misfit=misfit_below),
        Place("tags", "tags", of="tag", several=True),
    ),
)  # fmt: skip
LIST = Kind(
    "list",
    "lists",
    ("name", "name_key", "color", "position", "archived"),
    events.ListCreated,
    events.ListUpdated,
    events.ListDeleted,
    events.ListRestored,
    list_row,
)
TAG = Kind(
    "tag",
    "tags",
    ("name", "name_key", "color"),
    events.TagCreated,
    events.TagUpdated,
    events.TagDeleted,
    events.TagRestored,
    tag_row,
    key="name_key",
)
FILTER = Kind(
    "filter",
    "filters",
    ("name", "query", "color", "position"),
    events.FilterCreated,
    events.FilterUpdated,
    events.FilterDeleted,
    events.FilterRestored,
    just("name", "query", "color", "position"),
)
COMMENT = Kind(
    "comment",
    "comments",
    ("text", "html", "words"),
    events.CommentCreated,
    events.CommentUpdated,
    events.CommentDeleted,
    events.CommentRestored,
    comment_row,
    places=(Place("task", "task_id", of="task", unseen=True),),
)

KINDS = {kind.name: kind for kind in (LIST, TAG, FILTER, TASK, COMMENT)}  # each behind those that its places are of
