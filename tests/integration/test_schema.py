"""What a task cannot be, no statement leaves behind, whoever says it: the table itself refuses."""

from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest

from tests.people import Person


def updated(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    connection.execute(
        "UPDATE tasks SET title = odd.title, status = odd.status, priority = odd.priority, due_on = odd.due_on,"
        " due_time = odd.due_time, zone = odd.zone, due_at = odd.due_at, completed_at = odd.completed_at"
        " FROM odd WHERE tasks.id = odd.id"
    )


def inserted(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    connection.execute("UPDATE odd SET id = gen_random_uuid()")
    connection.execute("INSERT INTO tasks SELECT * FROM odd")


def copied(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    connection.execute("UPDATE odd SET id = gen_random_uuid()")
    [odd] = connection.execute("SELECT * FROM odd").fetchall()
    with connection.cursor().copy("COPY tasks FROM STDIN") as rows:
        rows.write_row(odd)


@pytest.mark.parametrize("done", [updated, inserted, copied])
@pytest.mark.parametrize(
    "wrong",
    [
        "title = ''",
        "status = 'lost'",
        "priority = 'some'",
        "zone = 'Europe/Berlin'",
        "due_time = '09:00', due_at = now()",
        "due_on = now(), due_time = '09:00'",
        "due_on = now(), due_at = now()",
        "status = 'done'",
        "completed_at = now()",
    ],
)
def test_a_task_that_cannot_be_is_refused(
    alice: Person, wrong: str, done: Callable[["psycopg.Connection[tuple[object, ...]]"], None]
) -> None:
    task = alice.has_task("Buy milk")

    with psycopg.connect(alice.world.owner_url) as connection:
        connection.execute("CREATE TEMP TABLE odd AS SELECT * FROM tasks WHERE id = %s", (task["id"],))
        connection.execute(b"UPDATE odd SET " + wrong.encode())
        with pytest.raises(psycopg.errors.CheckViolation):
            done(connection)


@pytest.mark.parametrize("number", [1, 2], ids=["below itself", "below each other"])
def test_nothing_comes_in_a_circle_even_if_it_is_deleted_at_once(alice: Person, number: int) -> None:
    ids = [uuid4() for _ in range(number)]

    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        alice.world.rows(
            "INSERT INTO tasks (user_id, id, title, notes, status, priority, list_id, parent_id, tags, position,"
            "                   created_at, updated_at, deleted_at, version)"
            " SELECT %s, id, 'Old', '', 'todo', 'none', %s, parent_id, '{}', 'a0', now(), now(), now(), 1"
            "   FROM unnest(%s::uuid[], %s::uuid[]) AS circle (id, parent_id)",
            alice.id, alice.id, ids, ids[::-1],
        )  # fmt: skip
