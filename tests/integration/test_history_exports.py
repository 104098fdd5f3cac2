"""A month of the history, exported as the guide says, is proved as the guide says: by its files alone."""

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from tests.deliveries import Fact
from tests.histories import deliver, happened
from tests.people import Person
from tests.world import ROOT, Function, World

GUIDE = (ROOT / "knative/README.md").read_text("utf-8")
PARTS = ("before", "rest", f"{datetime.now(UTC):%Y_%m}")  # the rest: nobody made months then


@pytest.fixture
def audit(world: World) -> Function:
    return world.function("audit")


def exported(world: World, month: str, to: Path) -> Path:
    """By the command of the guide, without psql around it."""
    found = re.search(r"(COPY \(\n  SELECT \* FROM activity_.*?HEADER\))", GUIDE, re.DOTALL)
    assert found
    file = to / f"{month}.csv"
    copy = found[1].replace("2026_11", month).encode()
    with psycopg.connect(world.owner_url) as owner, owner.cursor().copy(copy) as rows:
        file.write_bytes(b"".join(rows))
    return file


def proof(*files: Path) -> list[str]:
    found = re.search(r"```python\n(import csv.*?)```", GUIDE, re.DOTALL)
    assert found
    said = subprocess.run(
        [sys.executable, "-c", found[1], *map(str, files)], capture_output=True, text=True, timeout=60, check=True
    )
    return said.stdout.splitlines()


def has_history(person: Person, audit: Function) -> None:
    happened(person, 1, "2019-02-15 12:00+00", recorded_at="-infinity")
    happened(person, 2, "2019-03-15 12:00+02")
    happened(person, 3, "2019-03-16 12:00:00.000001+02")
    comment = {"task": str(person.id), "text": 'Süße \U0001f95b, "frisch"\nund\tkalt'}
    deliver([Fact(person.id, 4, via="api", token="7"), Fact(person.id, 5, "comment.created", thing=comment)], audit)


def lines_about(person: Person, lines: list[str]) -> list[str]:
    return [line.removeprefix(f"{person.id} ") for line in lines if line.startswith(str(person.id))]


def head(person: Person) -> str:
    [(sequence, seal)] = person.world.rows(
        "SELECT sequence, encode(hash, 'hex') FROM chain_heads WHERE user_id = %s", person.id
    )
    return f"{sequence} {seal}"


def test_what_nobody_touched_ends_with_the_seal_of_the_history(
    alice: Person, world: World, audit: Function, tmp_path: Path
) -> None:
    has_history(alice, audit)
    world.rows("DELETE FROM activity_details WHERE user_id = %s AND sequence = 3", alice.id)  # as if erased

    files = [exported(world, part, tmp_path) for part in PARTS]

    assert lines_about(alice, proof(*files)) == [head(alice)]


@pytest.mark.parametrize(
    "touched",
    [
        "UPDATE activity SET subject = 'task/9' WHERE user_id = %s AND sequence = 3",
        "UPDATE activity SET via = 'chat' WHERE user_id = %s AND sequence = 3",
        "UPDATE activity_details SET detail = '{\"a\": 1}' WHERE user_id = %s AND sequence = 3",
        "UPDATE activity_chain SET previous = hash WHERE user_id = %s AND sequence = 3",
    ],
)
def test_what_somebody_touched_is_named(
    alice: Person, world: World, audit: Function, tmp_path: Path, touched: str
) -> None:
    has_history(alice, audit)
    world.rows(touched, alice.id)

    assert lines_about(alice, proof(exported(world, "rest", tmp_path)))[0] == "3 is not as it was"
