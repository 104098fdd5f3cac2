"""Each minute the clock wakes those who have work, and nobody else."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
import tzdata

from shared.db import queries
from tests.deliveries import Delivery, event, tick, work_due
from tests.happenings import said_of
from tests.people import Person
from tests.world import Door, Function, World

CLOCK = Path(__file__).parents[2] / "functions/clock/main.py"


@pytest.fixture
def world(quiet_world: World) -> World:
    """Nobody has anything to do."""
    quiet_world.rows(
        "TRUNCATE users, tasks, events, outbox, answers, dead_letters, activity, activity_chain, chain_heads CASCADE"
    )
    quiet_world.rows("UPDATE last_tidied SET day = '-infinity'")
    quiet_world.rows("UPDATE sealed_until SET moment = '-infinity'")
    quiet_world.rows("UPDATE zone_data SET version = %s, again_at = NULL", tzdata.IANA_VERSION)
    quiet_world.door.posted.clear()
    return quiet_world


@pytest.fixture
def clock(world: World) -> Function:
    return world.function("clock")


def woken(door: Door) -> list[str]:
    return [posted.headers["ce-work"] for posted in list(door.posted) if "ce-work" in posted.headers]


def ago(**time: float) -> datetime:
    return datetime.now(UTC) - timedelta(**time)


NOW = ago()
LATER = ago(days=-1)


def has_event(
    person: Person,
    due: datetime | None = None,  # published, otherwise
    refusal: str | None = None,
    happened: datetime | None = None,
) -> None:
    person.world.rows(
        "WITH counted AS (UPDATE counters SET value = value + 1 WHERE user_id = %s RETURNING value)"
        ", waiting AS (INSERT INTO outbox (user_id, sequence, next_attempt_at, refusal)"
        " SELECT %s, value, %s::timestamptz, %s FROM counted WHERE %s)"
        " INSERT INTO events (user_id, sequence, id, topic, type, source, subject, data, happened_at)"
        " SELECT %s, value, gen_random_uuid(), 'task-events', 'task.created', '/taskora/tasks', 'task/1', %s,"
        " %s FROM counted",
        person.id, person.id, due, refusal, due is not None, person.id, said_of("task.created"), happened or ago(),
    )  # fmt: skip


def has_letter(world: World, transient: bool, due: datetime = NOW, delivered: datetime | None = None) -> None:
    world.rows(
        "INSERT INTO dead_letters (source, id, subscriber, type, headers, data, reason, transient, next_attempt_at,"
        " delivered_at) VALUES ('s', gen_random_uuid(), 'audit', 't', '{}', '', '503: ', %s, %s, %s)",
        transient, due, delivered,
    )  # fmt: skip


def test_when_nobody_has_work_nobody_is_woken(alice: Person, clock: Function, world: World, door: Door) -> None:
    has_event(alice)
    has_event(alice, due=LATER)
    has_event(alice, due=NOW, refusal="the broker answered 400")
    has_letter(world, transient=False)
    has_letter(world, transient=True, due=LATER)
    has_letter(world, transient=True, delivered=NOW)

    assert tick().to(clock).status_code == 204

    assert woken(door) == []


def test_an_event_that_was_left_unpublished_wakes_relay(alice: Person, clock: Function, door: Door) -> None:
    has_event(alice, due=NOW)

    assert tick().to(clock).status_code == 204

    assert woken(door) == ["outbox"]


def test_a_dead_letter_that_is_due_wakes_relay(world: World, clock: Function, door: Door) -> None:
    has_letter(world, transient=True)

    assert tick().to(clock).status_code == 204

    assert woken(door) == ["outbox"]


def test_an_entry_that_history_lacks_for_ten_minutes_wakes_audit(alice: Person, clock: Function, door: Door) -> None:
    has_event(alice, happened=ago(minutes=9))
    assert tick().to(clock).status_code == 204
    assert woken(door) == []

    has_event(alice, happened=ago(minutes=1))
    time_passes(alice.world)
    assert tick().to(clock).status_code == 204
    assert woken(door) == ["history"]


def test_an_occurrence_that_nobody_followed_wakes_complete(
    alice: Person, clock: Function, world: World, door: Door
) -> None:
    alice.has_task("Stand up", recurrence={"rule": "FREQ=DAILY"})
    world.rows("DELETE FROM outbox")
    assert tick().to(clock).status_code == 204
    assert "successors" not in woken(door)

    world.rows("UPDATE tasks SET status = 'done', completed_at = now()")
    assert tick().to(clock).status_code == 204
    assert "successors" in woken(door)

    door.posted.clear()
    assert work_due("successors").to(world.function("complete")).status_code == 204
    world.rows("DELETE FROM outbox")
    assert tick().to(clock).status_code == 204
    assert "successors" not in woken(door)


def time_passes(world: World) -> None:
    """Two minutes of it, for the first event and for the clock's own mark."""
    world.rows("UPDATE events SET happened_at = happened_at - interval '2 minutes' WHERE sequence = 1")
    world.rows("UPDATE sealed_until SET moment = moment - interval '2 minutes'")


def test_audit_is_woken_until_the_history_has_it(alice: Person, clock: Function, world: World, door: Door) -> None:
    has_event(alice, happened=ago(minutes=11))
    for _ in range(2):
        assert tick().to(clock).status_code == 204
    assert woken(door) == ["history", "history"]

    world.rows("INSERT INTO chain_heads (user_id, sequence) VALUES (%s, 1)", alice.id)
    assert tick().to(clock).status_code == 204
    assert woken(door) == ["history", "history"]


def test_what_the_history_has_is_not_looked_through_again(alice: Person, clock: Function, world: World) -> None:
    minutes_ago = "SELECT extract(minute FROM now() - moment) FROM sealed_until"
    has_event(alice, happened=ago(minutes=11))
    world.rows("UPDATE sealed_until SET moment = now() - interval '20 minutes'")
    assert tick().to(clock).status_code == 204
    assert world.rows(minutes_ago) == [(20,)]

    world.rows("INSERT INTO chain_heads (user_id, sequence) VALUES (%s, 1)", alice.id)
    assert tick().to(clock).status_code == 204
    assert world.rows(minutes_ago) == [(10,)]


def test_a_history_that_has_everything_wakes_nobody(alice: Person, clock: Function, door: Door) -> None:
    has_event(alice, happened=ago(minutes=11))
    alice.world.rows("INSERT INTO chain_heads (user_id, sequence) VALUES (%s, 1)", alice.id)

    assert tick().to(clock).status_code == 204

    assert woken(door) == []


OLD = {
    "an expired session": "UPDATE sessions SET expires_at = now() - interval '1 second'",
    "an answer of yesterday": "INSERT INTO answers SELECT id, 'key', '', 204, '{}', '', now() - interval '25 hours'"
    " FROM users",
    "a notification of long ago": "INSERT INTO notifications (user_id, id, sequence, key, kind, task_ids, tasks, total,"
    " planned_at, urgent, silent, created_at) SELECT id, id, 1, 'key', 'digest', '{}', '[]', 0, now(), false, false,"
    " now() - interval '91 days' FROM users",
    "a reminder of long ago": "WITH task AS (INSERT INTO tasks (user_id, id, title, notes, status, priority, list_id,"
    " tags, position, created_at, updated_at, version) SELECT id, id, 'New', '', 'todo', 'none', id, '{}', 'a0', now(),"
    " now(), 1 FROM users RETURNING id) INSERT INTO firings (user_id, task_id, reminder_id, fire_at, planned_at, state,"
    " settled_at) SELECT id, id, id, now(), now(), 'fired', now() - interval '91 days' FROM task",
    "a task deleted long ago": "INSERT INTO tasks (user_id, id, title, notes, status, priority, list_id, tags,"
    " position, created_at, updated_at, deleted_at, version) SELECT id, id, 'Old', '', 'todo', 'none', id, '{}', 'a0',"
    " now(), now(), now() - interval '31 days', 1 FROM users",
    "a list deleted long ago": "INSERT INTO lists (user_id, id, name, name_key, position, archived, created_at,"
    " updated_at, deleted_at, version) SELECT id, gen_random_uuid(), 'Old', 'old', 'a0', false, now(), now(),"
    " now() - interval '31 days', 1 FROM users",
    "a series deleted long ago": "INSERT INTO series (user_id, id, root, segment, rule, start, kind, missed, state,"
    " template, created_at, updated_at, deleted_at, version) SELECT id, id, id, 1, 'FREQ=DAILY', '2026-11-20', 'fixed',"
    " 'skip', 'active', '{}', now(), now(), now() - interval '31 days', 1 FROM users",
    "a tag deleted long ago": "INSERT INTO tags (user_id, id, name, name_key, created_at, updated_at, deleted_at,"
    " version) SELECT id, id, 'Old', 'old', now(), now(), now() - interval '31 days', 1 FROM users",
    "a filter deleted long ago": "INSERT INTO filters (user_id, id, name, query, position, created_at, updated_at,"
    " deleted_at, version) SELECT id, id, 'Old', 'today', 'a0', now(), now(), now() - interval '31 days', 1 FROM users",
    "a comment deleted long ago": "WITH task AS (INSERT INTO tasks (user_id, id, title, notes, status, priority,"
    " list_id, tags, position, created_at, updated_at, version)"
    " SELECT id, id, 'New', '', 'todo', 'none', id, '{}', 'a0', now(), now(), 1 FROM users RETURNING id)"
    " INSERT INTO comments (user_id, id, task_id, text, html, created_at, updated_at, deleted_at, version)"
    " SELECT id, id, id, 'Hm', 'Hm', now(), now(), now() - interval '31 days', 1 FROM task",
    "a dead letter delivered long ago": "UPDATE dead_letters SET delivered_at = now() - interval '31 days'",
    "an event of last month": "WITH sealed AS (INSERT INTO chain_heads (user_id, sequence) SELECT id, 1 FROM users)"
    " UPDATE events SET happened_at = now() - interval '31 days'",
}


@pytest.mark.parametrize("what", OLD)
def test_what_is_too_old_wakes_tidy_once_a_day(
    what: str, alice: Person, clock: Function, world: World, door: Door
) -> None:
    has_event(alice)
    has_letter(world, transient=False, delivered=NOW)
    assert tick().to(clock).status_code == 204
    assert woken(door) == []

    world.rows(OLD[what])
    assert tick().to(clock).status_code == 204
    assert woken(door) == ["day"]

    world.rows("UPDATE last_tidied SET day = (now() AT TIME ZONE 'UTC')::date")
    assert tick().to(clock).status_code == 204
    assert woken(door) == ["day"]


def test_an_old_event_that_nobody_may_remove_does_not_wake_tidy(alice: Person, clock: Function, door: Door) -> None:
    has_event(alice, happened=ago(days=31))
    alice.world.rows("INSERT INTO chain_heads (user_id, sequence) VALUES (%s, 1)", alice.id)
    has_event(alice, happened=ago(days=31), due=NOW, refusal="no")

    alice.world.rows("UPDATE events SET happened_at = now() WHERE sequence = 1")
    assert tick().to(clock).status_code == 204

    assert "day" not in woken(door)


def test_what_the_clock_says_is_signed_and_the_same_when_a_tick_comes_twice(
    alice: Person, clock: Function, world: World, door: Door
) -> None:
    has_event(alice, due=NOW)
    the_same = tick()

    for delivery in (the_same, the_same, tick()):
        assert delivery.to(clock).status_code == 204

    first, second, another = door.posted
    assert first.topic == "system-events"
    assert first.headers["ce-type"] == "work.due"
    assert first.headers["ce-dataschema"] == "/eventing/schemas/work.due.v1.json"
    assert first.headers["ce-id"].endswith("/outbox")
    assert first.headers["ce-id"] == second.headers["ce-id"] != another.headers["ce-id"]
    unsigned = Delivery({name: value for name, value in first.headers.items() if name.startswith("ce-")}, first.data)
    assert unsigned.signed().headers["ce-signature"] == first.headers["ce-signature"]


@pytest.mark.parametrize("answer", [404, 429, 500, 503])
def test_a_tick_comes_again_when_the_broker_does_not_take_the_work(
    alice: Person, clock: Function, door: Door, answer: int
) -> None:
    has_event(alice, due=NOW)
    door.answers = answer

    assert tick().to(clock).status_code == 503

    door.answers = 202
    assert tick().to(clock).status_code == 204
    assert woken(door) == ["outbox"]


def test_a_tick_comes_again_when_the_broker_is_away(alice: Person, world: World) -> None:
    has_event(alice, due=NOW)
    clock = world.start("clock", BROKER_INGRESS_URL="http://127.0.0.1:9/taskora")
    try:
        assert tick().to(clock).status_code == 503
    finally:
        clock.kill()


def test_while_the_database_is_away_the_tick_is_kept_for_later(alice: Person, clock: Function, world: World) -> None:
    has_event(alice, due=NOW)
    world.postgres.stop()
    try:
        away = tick().to(clock)
    finally:
        world.postgres.start_again()

    assert away.status_code == 503
    assert tick().to(clock).status_code == 204
    assert woken(world.door) == ["outbox"]


def test_what_is_no_tick_wakes_nobody(alice: Person, clock: Function, door: Door) -> None:
    has_event(alice, due=NOW)

    assert event("task.created").to(clock).status_code == 204
    assert Delivery({"content-type": "application/json"}).to(clock).status_code == 422

    assert woken(door) == []


def test_of_a_long_ledger_of_reminders_it_reads_what_is_due_alone(alice: Person, world: World) -> None:
    task = alice.has_task("Stand up")
    world.rows(
        "INSERT INTO firings (user_id, task_id, reminder_id, fire_at, planned_at, state, settled_at)"
        " SELECT %s, %s, gen_random_uuid(), now() + make_interval(hours => n), now(),"
        "        CASE WHEN n > 0 THEN 'pending' ELSE 'fired' END, CASE WHEN n > 0 THEN NULL ELSE now() END"
        " FROM generate_series(-9000, 3000) AS n WHERE n <> 0",
        alice.id, task["id"],
    )  # fmt: skip
    world.rows("ANALYZE firings")

    with psycopg.connect(world.owner_url) as connection:
        said = connection.execute(
            "EXPLAIN ANALYZE " + queries(str(CLOCK)).due,
            {"horizon": 135, "zone_data": tzdata.IANA_VERSION, "history_days": 400},
        ).fetchall()
        connection.rollback()
    reads = [line for (line,) in said if re.search(r"Scan .*\bon firings", line) and "never executed" not in line]

    assert {re.sub(r".* using (\w+) .*", r"\1", line) for line in reads} == {"firings_due", "firings_age"}
