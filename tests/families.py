"""Tasks above and below each other, as tests speak of them."""

from typing import Any

import httpx

from shared import positions
from shared.ids import new_id
from tests.people import Person

Task = dict[str, Any]


def url(task: Task, rest: str = "") -> str:
    return f"/api/tasks/{task['id']}{rest}"


def now(person: Person, task: Task) -> Task:
    answer = person.at("tasks").get(url(task))
    assert answer.status_code == 200, answer.text
    found: Task = answer.json()
    return found


def patched(person: Person, task: Task, **fields: Any) -> Task:
    answer = person.at("tasks").patch(url(task), json=fields)
    assert answer.status_code == 200, answer.text
    changed: Task = answer.json()
    return changed


def has_list(person: Person, name: str = "Work") -> str:
    list_id = new_id()
    person.world.rows(
        "INSERT INTO lists (user_id, id, name, name_key, position, archived, created_at, updated_at, version)"
        " VALUES (%s, %s, %s, lower(%s), 'a1', false, now(), now(), 1)",
        person.id, list_id, name, name,
    )  # fmt: skip
    return str(list_id)


def line(person: Person, *titles: str, **fields: Any) -> list[Task]:
    """Each below the one before."""
    tasks: list[Task] = []
    for title in titles:
        tasks.append(person.has_task(title, parent=tasks[-1]["id"] if tasks else None, **fields))
    return tasks


def has_many(person: Person, parent: Task, number: int, notes: str = "") -> None:
    """Below this task, and in the database at once."""
    person.world.rows(
        "INSERT INTO tasks (user_id, id, title, notes, status, priority, list_id, parent_id, tags, position,"
        "                   created_at, updated_at, version)"
        " SELECT %s, gen_random_uuid(), number::text, %s, 'todo', 'none', %s, %s, '{}', place, now(), now(), 1"
        "   FROM unnest(%s::text[]) WITH ORDINALITY AS placed (place, number)",
        person.id, notes, person.id, parent["id"], positions.between(None, None, number),
    )  # fmt: skip
    person.world.rows("ANALYZE tasks")  # as autovacuum does before long; plans for a few tasks are no plans for these


def has_line(person: Person, above: Task, number: int) -> None:
    """Each below the one before, the first below this task: 1, 2, 3 …"""
    person.world.rows(
        "INSERT INTO tasks (user_id, id, title, notes, status, priority, list_id, parent_id, tags, position,"
        "                   created_at, updated_at, version)"
        " SELECT %s, md5(%s || number)::uuid, number::text, '', 'todo', 'none', %s,"
        "        CASE WHEN number = 1 THEN %s::uuid ELSE md5(%s || (number - 1))::uuid END, '{}', 'a0', now(), now(), 1"
        "   FROM generate_series(1, %s) AS number",
        person.id, above["id"], person.id, above["id"], above["id"], number,
    )  # fmt: skip
    person.world.rows("ANALYZE tasks")


def last_operation(person: Person) -> list[tuple[str, str]]:
    """Type and title of the events of what was done last."""
    rows = person.world.rows(
        "SELECT type, data -> 'task' ->> 'title' FROM events WHERE user_id = %s AND data ->> 'operation' ="
        " (SELECT data ->> 'operation' FROM events WHERE user_id = %s ORDER BY sequence DESC LIMIT 1)"
        " ORDER BY sequence",
        person.id, person.id,
    )  # fmt: skip
    return [(str(kind), str(title)) for kind, title in rows]


def field_at_fault(answer: httpx.Response) -> str:
    assert answer.status_code == 422, answer.text
    [fault] = answer.json()["errors"]
    return str(fault["field"])


def subtasks(person: Person, task: Task, **asked: Any) -> Any:
    answer = person.at("tasks").get(url(task, "/subtasks"), params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def titles(page: Any) -> list[str]:
    return [task["title"] for task in page["items"]]
