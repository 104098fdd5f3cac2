"""The operator's command on this machine: from a dead letter to its delivery, through everything that runs."""

import json
import subprocess

import psycopg
import pytest
import yaml

from shared.ids import new_id
from tests.deliveries import Fact
from tests.e2e.conftest import PYTHON, House, eventually

READY = "Taskora is at"


def make_dead_letters(house: House, **arguments: str) -> "subprocess.CompletedProcess[str]":
    words = [f"{name}={value}" for name, value in arguments.items()]
    return subprocess.run(
        ["make", "--silent", "dead-letters", f"PYTHON={PYTHON}", *words],
        cwd=house.folder,
        capture_output=True,
        text=True,
        timeout=90,
    )


def settings(house: House) -> dict[str, str]:
    for secret in yaml.safe_load_all((house.data / "secrets.yaml").read_text()):
        if secret["metadata"]["name"] == "taskora":
            found: dict[str, str] = secret["stringData"]
    return found


def test_without_a_taskora_the_remedy_is_named(house: House) -> None:
    asked = make_dead_letters(house)

    assert asked.returncode != 0
    assert "Start it with `make run`." in asked.stderr


@pytest.mark.timeout(300)
def test_a_dead_letter_is_seen_replayed_and_delivered_within_a_minute(house: House) -> None:
    with house.make_run() as run:
        run.says(READY)
        here = settings(house)
        with psycopg.connect(here["DATABASE_URL"], autocommit=True) as database:
            poison = Fact(new_id(), 1).delivery.signed(here["EVENT_SIGNING_KEYS"].encode())
            letter = poison.headers["ce-id"]
            database.execute(
                "INSERT INTO dead_letters (source, id, subscriber, type, headers, data, reason, transient,"
                " next_attempt_at) VALUES ('/taskora/tasks', %s, 'audit', 'task.updated', %s, %s, '422: no', false,"
                " now())",
                [letter, json.dumps(poison.headers), poison.data],
            )

            assert letter in make_dead_letters(house).stdout
            assert "1 due" in make_dead_letters(house, ARGS="replay --reason 422").stdout
            delivered = "SELECT 1 FROM dead_letters WHERE delivered_at IS NOT NULL"
            eventually(lambda: database.execute(delivered).fetchone() is not None, 120, run.said)

            assert make_dead_letters(house).stdout == "No dead letters.\n"
            assert database.execute("SELECT id::text FROM activity").fetchall() == [(letter,)]
