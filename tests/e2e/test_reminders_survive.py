"""Reminders come in time through clock, broker and remind, also when remind is killed as it holds its delivery."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.installation import Installation
from tests.load.bench_idle import awake
from tests.world import eventually

MAKE = """
WITH person AS (
    INSERT INTO users (id, email, email_key, password_hash, name, zone, created_at)
    VALUES (gen_random_uuid(), 'a@example.org', 'a@example.org', '-', '', 'UTC', now())
    RETURNING id
), counter AS (
    INSERT INTO counters (user_id) SELECT id FROM person
), task AS (
    INSERT INTO tasks (user_id, id, title, notes, status, priority, list_id, tags, position, created_at, updated_at,
                       version)
    SELECT id, gen_random_uuid(), 'Stand up', '', 'todo', 'none', id, '{}', 'a' || n, now(), now(), 1
      FROM person, generate_series(1, 20) AS n
    RETURNING user_id, id
)
INSERT INTO firings (user_id, task_id, reminder_id, fire_at, planned_at)
SELECT user_id, id, gen_random_uuid(), now() + interval '80 s' + make_interval(secs => row_number() OVER ()), now()
  FROM task
"""

FIRED = "SELECT extract(epoch FROM settled_at - fire_at)::float8 AS late FROM firings WHERE state = 'fired'"


@pytest.fixture
def taskora(tmp_path: Path) -> Iterator[Installation]:
    with Installation.running(tmp_path) as installation:
        yield installation


@pytest.mark.timeout(400)  # it waits for the minute, and for twenty firings a second apart
def test_who_is_killed_while_holding_has_a_successor_in_time(taskora: Installation) -> None:
    taskora.rows("DELETE FROM firings")
    taskora.rows(MAKE)
    eventually(lambda: "remind" in awake(), "the clock has woken it", within=80)
    eventually(lambda: len(taskora.rows(FIRED)) >= 5, "it fires", within=120)

    killed = awake()["remind"]
    os.kill(killed, signal.SIGKILL)

    eventually(lambda: len(taskora.rows(FIRED)) == 20, "all have fired", within=60)
    assert max(row["late"] for row in taskora.rows(FIRED)) < 5
    assert awake().get("remind") != killed
    assert [row["many"] for row in taskora.rows("SELECT count(*) AS many FROM notifications")] == [20]
