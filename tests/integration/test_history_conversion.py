"""A history from before there were months is whole behind the change to them, whoever writes meanwhile."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.rows import dict_row

from functions.audit.main import sql as audit
from shared.ids import new_id
from tests.world import ROOT, World, eventually

CHANGE = "0025_history.sql"
Connection = psycopg.Connection[dict[str, Any]]


@pytest.fixture
def database(world: World) -> Iterator[str]:
    """As the release before has it."""
    name = f"before_{uuid4().hex}"
    world.rows(f"CREATE DATABASE {name}")
    url = world.owner_url.replace(world.database, name)
    with connected(url) as owner:
        for file in schema():
            if file.name < CHANGE:
                owner.execute(file.read_bytes())
    yield url
    world.rows(f"DROP DATABASE {name} WITH (FORCE)")


def schema() -> list[Path]:
    return sorted((ROOT / "shared/schema").glob("*.sql"))


def connected(url: str) -> Connection:
    return psycopg.connect(url, autocommit=True, row_factory=dict_row)


def change(url: str) -> None:
    with connected(url) as owner:
        for file in schema():
            if file.name >= CHANGE:
                with owner.transaction():
                    owner.execute(file.read_bytes())


def record(owner: Connection, person: UUID, sequence: int, type: str = "task.updated", **said: Any) -> None:
    actor = {"user": str(person), "via": "api", "token": "t"}
    owner.execute(
        "SELECT record_activity(%s, %s, %s, %s, 'task/1', now(), %s)",
        [person, sequence, new_id(), type, json.dumps(said | {"actor": actor})],
    )


def verdict(owner: Connection, person: UUID) -> tuple[Any, Any, Any]:
    found = owner.execute(audit.verify.encode(), {"user_id": person}).fetchone()
    assert found
    return found["head"], found["bad"], found["reason"]


def test_nothing_of_it_is_lost_or_sealed_anew(database: str) -> None:
    person = uuid4()
    with connected(database) as owner:
        for sequence in (1, 2, 3, 5):
            record(owner, person, sequence, "comment.created", comment={"task": str(person)})
        before, seals = everything(owner)

    change(database)

    with connected(database) as owner:
        after = everything(owner)
        found = {"via": "api", "token": "t", "tasks": [str(person)]}
        assert after == ([entry | found for entry in before], seals)
        assert verdict(owner, person) == (3, None, None)
        record(owner, person, 4)  # 5 waited for it, across the change
        record(owner, person, 5)
        record(owner, person, 6)
        assert verdict(owner, person) == (6, None, None)


def everything(owner: Connection) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What there is of entries and of seals, but for the month it is in."""
    select = "SELECT to_jsonb(kept) - 'recorded_at' AS kept FROM"
    tables = ("(activity NATURAL JOIN activity_details) AS kept", "activity_chain AS kept")
    entries, links = (owner.execute(f"{select} {table} ORDER BY sequence".encode()).fetchall() for table in tables)
    return [row["kept"] for row in entries], [row["kept"] for row in links]


@pytest.mark.parametrize(
    "tampered",
    [
        "UPDATE activity SET via = 'web' WHERE sequence = 2",
        "UPDATE activity SET token = NULL WHERE sequence = 2",
        "UPDATE activity SET tasks = '{a}' WHERE sequence = 2",
        "UPDATE activity SET type = 'task.deleted' WHERE sequence = 2",
        "UPDATE activity SET recorded_at = now() WHERE sequence = 2",
        "UPDATE activity_details SET detail = '{}' WHERE sequence = 2",
    ],
)
def test_what_is_touched_in_it_is_found(database: str, tampered: str) -> None:
    person = uuid4()
    with connected(database) as owner:
        for sequence in (1, 2, 3):
            record(owner, person, sequence)

    change(database)

    with connected(database) as owner:
        owner.execute(tampered.encode())
        assert verdict(owner, person)[1] == 2


def test_who_records_meanwhile_waits_and_loses_nothing(database: str, world: World) -> None:
    """One is in the middle of it when the change comes, another comes while the change waits for the first."""
    person, other = uuid4(), uuid4()
    with connected(database) as writing, connected(database) as late, ThreadPoolExecutor(2) as others:
        record(writing, person, 1)
        record(late, other, 1)
        writing.execute("BEGIN")
        record(writing, person, 2)
        changing = others.submit(change, database)
        eventually(lambda: waiting(database) == 1, "the change waits for it")
        recording = others.submit(record, late, other, 2)
        eventually(lambda: waiting(database) == 2, "and another one for the change")
        record(writing, person, 3)
        writing.execute("COMMIT")
        recording.result()
        changing.result()
        for connection, whose in ((writing, person), (late, other)):  # they go on as they began
            record(connection, whose, 4 if whose == person else 3)
        assert verdict(writing, person) == (4, None, None)
        assert verdict(writing, other) == (3, None, None)


@pytest.mark.parametrize("again", [1, 3], ids=["that is sealed", "that waits"])
def test_what_comes_again_at_that_moment_is_still_one_entry(database: str, again: int) -> None:
    """It waits in a function of the release before, which would look for it in one month alone."""
    person = uuid4()
    with connected(database) as writing, connected(database) as late, ThreadPoolExecutor(2) as others:
        record(writing, person, 1)
        record(writing, person, 3)
        writing.execute("BEGIN; SELECT FROM activity")
        changing = others.submit(change, database)
        eventually(lambda: waiting(database) == 1, "the change waits for who reads")
        recording = others.submit(record, late, person, again)
        eventually(lambda: waiting(database) == 2, "and another one for the change")
        writing.execute("COMMIT")
        changing.result()
        assert isinstance(recording.exception(), psycopg.errors.SerializationFailure)  # so it is delivered again
        for sequence in (again, 2, 4):
            record(late, person, sequence)
        assert verdict(late, person) == (4, None, None)


def waiting(url: str) -> int:
    with connected(url) as owner:
        [row] = owner.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        ).fetchall()
        return int(row["count"])


def test_the_release_before_fills_what_never_came(database: str) -> None:
    """Its function knows nothing of months."""
    person = uuid4()
    change(database)
    with connected(database) as owner:
        record(owner, person, 1)
        with owner.transaction():
            owner.execute("SELECT FROM chain_heads WHERE user_id = %s FOR UPDATE", [person])
            owner.execute(
                "WITH entry AS (INSERT INTO activity (user_id, sequence, id, type, subject, happened_at, detail_hash,"
                " filled) VALUES (%s, 2, gen_random_uuid(), 'task.updated', 'task/1', now(), sha256('{}'), true)"
                " RETURNING *) INSERT INTO activity_details (user_id, sequence, detail)"
                " SELECT user_id, sequence, '{}' FROM entry",
                [person],
            )
            owner.execute("SELECT extend_chain(%s)", [person])
        assert verdict(owner, person) == (2, None, None)
