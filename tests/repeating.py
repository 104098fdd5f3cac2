"""Tasks that repeat, as tests speak of them."""

import json
from typing import Any

import httpx

from tests.families import Task, url
from tests.people import Person


def has_occurrence(person: Person, title: str = "Stand up", rule: str = "FREQ=DAILY", **fields: Any) -> Task:
    said = {"due": "2040-03-26T09:00:00", "recurrence": {"rule": rule}} | fields
    return person.has_task(title, **said)


def completed(person: Person, task: Task, **said: Any) -> Any:
    answer = person.at("complete").post(url(task, "/complete"), json=said or None)
    assert answer.status_code == 200, answer.text
    return answer.json()


def posted(person: Person, path: str, **said: Any) -> Any:
    answer = person.at("complete").post(path, json=said or None)
    assert answer.status_code == 200, answer.text
    return answer.json()


def occurrences(person: Person, task: Task) -> list[tuple[str, str, int]]:
    """Of all its segments: due, status and ordinal, the first one first."""
    rows = person.world.rows(
        "SELECT tasks.document::json ->> 'due', tasks.status, ordinal FROM tasks JOIN series"
        "    ON series.user_id = tasks.user_id AND series.id = series_id"
        " WHERE tasks.user_id = %s AND tasks.deleted_at IS NULL"
        "   AND root = (SELECT root FROM series WHERE user_id = %s AND id = %s) ORDER BY slot, ordinal",
        person.id, person.id, task["series"],
    )  # fmt: skip
    return [(str(due), str(status), int(str(ordinal))) for due, status, ordinal in rows]


def everything(person: Person, *others: str) -> dict[str, Task]:
    """What there is, but for what each change renews; of other tables, too, where they are named."""
    found = {}
    for table in ("tasks", "series", *others):
        rows = person.world.rows(
            f"SELECT document FROM {table} WHERE user_id = %s AND deleted_at IS NULL",  # noqa: S608
            person.id,
        )
        for (text,) in rows:
            document = json.loads(str(text))
            found[document["id"]] = {k: v for k, v in document.items() if k not in ("version", "updated_at")}
    return found


def undone(person: Person, answer: httpx.Response) -> httpx.Response:
    undo = person.at("tasks").post(f"/api/activity/{answer.headers['taskora-activity']}/undo")
    assert undo.status_code == 200, undo.text
    return undo
