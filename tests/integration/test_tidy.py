"""Tidy removes what is too old, in small steps, and has the right to nothing else."""

import json
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import psycopg
import pytest

from shared.ids import new_id
from tests.deliveries import event, work_due
from tests.happenings import said_of
from tests.people import Person
from tests.world import Door, Function, World, eventually


@pytest.fixture
def world(quiet_world: World) -> World:
    quiet_world.door.posted.clear()
    return quiet_world


@pytest.fixture
def tidy(world: World) -> Function:
    return world.function("tidy")


def count(person: Person, table: str) -> int:
    statements = {
        "sessions": "SELECT count(*) FROM sessions WHERE user_id = %s",
        "answers": "SELECT count(*) FROM answers WHERE user_id = %s",
        "tasks": "SELECT count(*) FROM tasks WHERE user_id = %s",
        "lists": "SELECT count(*) FROM lists WHERE user_id = %s",
        "tags": "SELECT count(*) FROM tags WHERE user_id = %s",
        "filters": "SELECT count(*) FROM filters WHERE user_id = %s",
        "comments": "SELECT count(*) FROM comments WHERE user_id = %s",
        "events": "SELECT count(*) FROM events WHERE user_id = %s",
        "second_factors": "SELECT count(*) FROM second_factors WHERE user_id = %s",
        "dead_letters": "SELECT count(*) FROM dead_letters WHERE source = %s::text",
    }
    [(number,)] = person.world.rows(statements[table], person.id)
    return int(str(number))


def has_sessions(person: Person, number: int, expires_in: str) -> None:
    person.world.rows(
        "INSERT INTO sessions SELECT %s, id, uuid_send(id), now() - interval '40 days', now() + %s::interval"
        " FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, %s)) AS made",
        person.id, expires_in, number,
    )  # fmt: skip


def has_answer(person: Person, age: str) -> None:
    person.world.rows(
        "INSERT INTO answers SELECT %s, gen_random_uuid(), '', 204, '{}', '', now() - %s::interval", person.id, age
    )


def has_deleted_task(person: Person, age: str | None, parent: UUID | None = None) -> UUID:
    task_id = new_id()
    person.world.rows(
        "INSERT INTO tasks (user_id, id, title, notes, status, priority, list_id, tags, position, created_at,"
        " updated_at, deleted_at, version)"
        " VALUES (%s, %s, 'Old', '', 'todo', 'none', %s, '{}', 'a0', now(), now(), now() - %s::interval, 1)",
        person.id, task_id, person.id, age,
    )  # fmt: skip
    person.world.rows(
        "UPDATE tasks SET parent_id = %s WHERE id = %s", parent, task_id
    )  # nothing new is in what is gone
    return task_id


def has_comments(person: Person, task: UUID, number: int, age: str | None = None) -> None:
    person.world.rows(
        "INSERT INTO comments (user_id, id, task_id, text, html, created_at, updated_at, deleted_at, version)"
        " SELECT %s, gen_random_uuid(), %s, 'Hm', 'Hm', now(), now(), now() - %s::interval, 1"
        "   FROM generate_series(1, %s)",
        person.id, task, age, number,
    )  # fmt: skip


def has_deleted_things(person: Person, age: str | None) -> None:
    person.world.rows(
        "INSERT INTO lists (user_id, id, name, name_key, position, archived, created_at, updated_at,"
        " deleted_at, version)"
        " SELECT %s, gen_random_uuid(), 'Old', 'old', 'a0', false, now(), now(), now() - %s::interval, 1",
        person.id, age,
    )  # fmt: skip
    person.world.rows(
        "INSERT INTO tags (user_id, id, name, name_key, created_at, updated_at, deleted_at, version)"
        " SELECT %s, gen_random_uuid(), 'Old', gen_random_uuid(), now(), now(), now() - %s::interval, 1",
        person.id, age,
    )  # fmt: skip
    person.world.rows(
        "INSERT INTO filters (user_id, id, name, query, position, created_at, updated_at, deleted_at, version)"
        " SELECT %s, gen_random_uuid(), 'Old', 'today', 'a0', now(), now(), now() - %s::interval, 1",
        person.id, age,
    )  # fmt: skip


def has_letter(person: Person, delivered: str | None) -> None:
    person.world.rows(
        "INSERT INTO dead_letters (source, id, subscriber, type, headers, data, reason, transient, next_attempt_at,"
        " delivered_at, received_at) VALUES (%s, gen_random_uuid(), 'audit', 't', '{}', '', '', true, now(),"
        " now() - %s::interval, now() - interval '90 days')",
        str(person.id), delivered,
    )  # fmt: skip


def has_event(person: Person, age: str, published: bool = True) -> None:
    person.world.rows(
        "WITH counted AS (UPDATE counters SET value = value + 1 WHERE user_id = %s RETURNING value)"
        ", waiting AS (INSERT INTO outbox SELECT %s, value, now() FROM counted WHERE NOT %s)"
        " INSERT INTO events (user_id, sequence, id, topic, type, source, subject, data, happened_at)"
        " SELECT %s, value, gen_random_uuid(), 'task-events', 'task.created', '/taskora/tasks', 'task/1', %s,"
        " now() - %s::interval FROM counted",
        person.id, person.id, published, person.id, said_of("task.created"), age,
    )  # fmt: skip


def has_notification(person: Person, age: str) -> UUID:
    notification_id = new_id()
    person.world.rows(
        "INSERT INTO notifications (user_id, id, sequence, key, kind, task_ids, tasks, total, planned_at, urgent,"
        " silent, created_at)"
        " SELECT %s, %s, 1 + (SELECT count(*) FROM notifications WHERE user_id = %s), %s, 'digest', '{}', '[]', 0,"
        " now(), false, false, now() - %s::interval",
        person.id, notification_id, person.id, age, age,
    )  # fmt: skip
    person.world.rows(
        "INSERT INTO deliveries (user_id, notification_id, channel, id, deliver_at, outcome)"
        " VALUES (%s, %s, 'push', gen_random_uuid(), now(), 'sent')",
        person.id, notification_id,
    )  # fmt: skip
    return notification_id


def has_history_up_to(person: Person, sequence: int) -> None:
    person.world.rows("INSERT INTO chain_heads (user_id, sequence) VALUES (%s, %s)", person.id, sequence)


def test_what_is_too_old_goes_and_the_rest_stays(alice: Person, tidy: Function) -> None:
    has_sessions(alice, 2, "-1 second")
    has_answer(alice, "25 hours")
    has_answer(alice, "23 hours")
    has_deleted_task(alice, "31 days")
    has_deleted_task(alice, "29 days")
    has_deleted_task(alice, None)
    has_letter(alice, "31 days")
    has_letter(alice, "29 days")
    has_letter(alice, None)
    has_event(alice, "31 days")
    has_event(alice, "29 days")
    has_history_up_to(alice, 2)

    assert work_due("day").to(tidy).status_code == 204

    assert count(alice, "sessions") == 1  # the one she is signed in with
    assert count(alice, "answers") == 1
    assert count(alice, "tasks") == 2
    assert count(alice, "dead_letters") == 2
    assert alice.events() == [(2, "task.created", "task/1")]


def test_what_somebody_was_told_goes_after_three_months_with_what_became_of_it(alice: Person, tidy: Function) -> None:
    old, young = has_notification(alice, "91 days"), has_notification(alice, "89 days")

    assert work_due("day").to(tidy).status_code == 204

    for table in ("notifications", "deliveries"):
        column = {"notifications": "id", "deliveries": "notification_id"}[table]
        ids = alice.world.rows(f"SELECT {column} FROM {table} WHERE user_id = %s", alice.id)  # noqa: S608
        assert ids == [(young,)] != [(old,)]


def test_what_became_of_a_reminder_goes_after_three_months_and_what_is_ahead_stays(
    alice: Person, tidy: Function
) -> None:
    task, old, young, ahead = has_deleted_task(alice, None), *(new_id() for _ in range(3))
    for id, state, age in ((old, "fired", "91 days"), (young, "cancelled", "89 days"), (ahead, "pending", None)):
        alice.world.rows(
            "INSERT INTO firings (user_id, task_id, reminder_id, fire_at, planned_at, state, settled_at)"
            " VALUES (%s, %s, %s, now() - interval '91 days', now(), %s, now() - %s::interval)",
            alice.id, task, id, state, age,
        )  # fmt: skip

    assert work_due("day").to(tidy).status_code == 204

    left = alice.world.rows("SELECT reminder_id FROM firings WHERE user_id = %s", alice.id)
    assert sorted(left) == sorted([(young,), (ahead,)])


def test_what_became_of_a_webhooks_delivery_goes_after_a_month(alice: Person, tidy: Function, world: World) -> None:
    hook = alice.at("webhooks").post("/api/webhooks", json={"url": "https://hooks.example.org/"}).json()["id"]
    old, young = (alice.at("webhooks").post(f"/api/webhooks/{hook}/ping").json()["id"] for _ in range(2))
    for id, age in ((old, "31 days"), (young, "29 days")):
        world.rows("UPDATE webhook_deliveries SET made_at = now() - %s::interval WHERE id = %s", age, id)

    assert work_due("day").to(tidy).status_code == 204

    assert [str(id) for (id,) in world.rows("SELECT id FROM webhook_deliveries WHERE user_id = %s", alice.id)] == [
        young
    ]


def test_what_was_deleted_goes_when_nobody_can_restore_it_any_more(alice: Person, tidy: Function) -> None:
    for age in ("31 days", "30 days 10 minutes", "29 days", None):
        has_deleted_things(alice, age)

    assert work_due("day").to(tidy).status_code == 204

    assert [count(alice, table) for table in ("lists", "tags", "filters")] == [1 + 3, 3, 3]  # and her Inbox


def test_a_task_takes_its_family_and_its_comments_with_it(alice: Person, tidy: Function) -> None:
    parent = has_deleted_task(alice, "31 days")
    has_deleted_task(alice, "31 days", parent)
    younger = has_deleted_task(alice, "29 days", parent)
    has_comments(alice, parent, 1500)
    has_comments(alice, parent, 3, "32 days")
    has_comments(alice, younger, 2)
    has_comments(alice, younger, 1, "31 days")

    assert work_due("day").to(tidy).status_code == 204

    assert alice.world.rows("SELECT id FROM tasks WHERE user_id = %s", alice.id) == [(younger,)]
    assert count(alice, "comments") == 2
    said = [json.loads(line) for line in tidy.lines() if '"tidied"' in line]
    assert [each["rows"] for each in said if each["kind"] == "comments"][-1:] == [1504]  # none left to go with a task


def test_an_event_stays_until_the_broker_has_it_and_history_has_sealed_it(alice: Person, tidy: Function) -> None:
    has_event(alice, "90 days")
    has_event(alice, "90 days", published=False)
    has_event(alice, "90 days")
    has_event(alice, "90 days")
    has_history_up_to(alice, 3)

    assert work_due("day").to(tidy).status_code == 204

    assert [number for number, *_ in alice.events()] == [2, 4]


def test_an_event_of_somebody_without_a_history_stays(alice: Person, tidy: Function) -> None:
    has_event(alice, "90 days")

    assert work_due("day").to(tidy).status_code == 204

    assert count(alice, "events") == 1


def test_more_than_one_batch_goes_in_one_step(alice: Person, tidy: Function) -> None:
    has_sessions(alice, 2500, "-1 day")

    assert work_due("day").to(tidy).status_code == 204

    assert count(alice, "sessions") == 1


@pytest.mark.parametrize(
    ("confirmed", "age", "left"), [(None, "25 hours", 0), (None, "23 hours", 1), ("now", "9 days", 1)]
)
def test_an_authenticator_that_was_begun_and_not_set_up_is_forgotten_after_a_day(
    alice: Person, tidy: Function, confirmed: str | None, age: str, left: int
) -> None:
    begun = (
        "INSERT INTO second_factors (user_id, secret, confirmed_at, begun_at) VALUES (%s, '', %s, now() - %s::interval)"
    )
    alice.world.rows(begun, alice.id, confirmed, age)

    assert work_due("day").to(tidy).status_code == 204

    assert count(alice, "second_factors") == left


def test_an_authenticator_that_is_set_up_this_moment_stays(alice: Person, tidy: Function, world: World) -> None:
    begun = "INSERT INTO second_factors (user_id, secret, begun_at) VALUES (%s, '', now() - interval '25 hours')"
    world.rows(begun, alice.id)
    with ThreadPoolExecutor(1) as dispatcher, psycopg.connect(world.owner_url) as confirming:
        confirming.execute("UPDATE second_factors SET confirmed_at = now() WHERE user_id = %s", [alice.id])
        tidied = dispatcher.submit(work_due("day").to, tidy)
        eventually(lambda: world.waiting_for_locks() == 1, "tidy waits for it")
        confirming.commit()

    assert tidied.result().status_code == 204
    assert count(alice, "second_factors") == 1


def test_the_day_is_marked_as_tidied(world: World, tidy: Function) -> None:
    world.rows("UPDATE last_tidied SET day = '-infinity'")

    assert work_due("day").to(tidy).status_code == 204

    assert world.rows("SELECT day = (now() AT TIME ZONE 'UTC')::date FROM last_tidied") == [(True,)]


def test_what_one_step_leaves_is_the_next_steps(alice: Person, world: World, door: Door) -> None:
    has_sessions(alice, 1, "-1 day")
    has_deleted_task(alice, "31 days")
    tidy = world.start("tidy")

    with ThreadPoolExecutor(1) as dispatcher, psycopg.connect(world.owner_url) as holder:
        holder.execute("SELECT FROM sessions WHERE user_id = %s FOR UPDATE", [alice.id])
        answer = dispatcher.submit(work_due("day").to, tidy)
        eventually(lambda: world.waiting_for_locks() == 1, "tidy waits for a row")
        tidy.begin_to_end()
        holder.rollback()

    assert answer.result().status_code == 204
    assert tidy.ended() == 0
    assert [posted.headers["ce-work"] for posted in door.posted] == ["day"]
    assert count(alice, "tasks") == 1

    assert work_due("day").to(world.function("tidy")).status_code == 204
    assert count(alice, "tasks") == 0


def test_two_at_once_are_not_in_each_others_way(alice: Person, world: World, tidy: Function) -> None:
    has_sessions(alice, 1500, "-1 day")

    with ThreadPoolExecutor(2) as dispatchers, psycopg.connect(world.owner_url) as holder:
        holder.execute("SELECT FROM sessions WHERE user_id = %s FOR UPDATE", [alice.id])
        answers = [dispatchers.submit(work_due("day").to, tidy) for _ in range(2)]
        eventually(lambda: world.waiting_for_locks() == 2, "both wait for the same rows")
        holder.rollback()

    assert [answer.result().status_code for answer in answers] == [204, 204]
    assert count(alice, "sessions") == 1


def test_work_for_others_and_unsigned_work_remove_nothing(alice: Person, tidy: Function) -> None:
    has_answer(alice, "25 hours")

    assert work_due("outbox").to(tidy).status_code == 204
    assert event("task.created").signed().to(tidy).status_code == 204
    assert event("work.due", work="day").to(tidy).status_code == 422

    assert count(alice, "answers") == 1


MAY_READ_AND_DELETE = {
    "sessions", "answers", "tasks", "series", "lists", "tags", "filters", "comments", "events", "dead_letters",
    "account_mails", "notifications", "firings", "webhook_deliveries",
}  # fmt: skip


def test_tidy_has_the_right_to_remove_what_it_removes_and_to_nothing_else(world: World) -> None:
    rights = world.rows(
        "SELECT relname, privilege FROM pg_class,"
        " unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS privilege"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')"
        " AND has_table_privilege('taskora_tidy', oid, privilege)"
    )

    expected = {(table, right) for table in MAY_READ_AND_DELETE for right in ("SELECT", "DELETE")}
    expected.add(("second_factors", "DELETE"))  # and three columns to see which; not the secrets
    assert set(rights) == expected | {(table, "SELECT") for table in ("chain_heads", "last_tidied", "outbox")}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tasks SET title = 'Mine'",
        "DELETE FROM users",
        "DELETE FROM activity",
        "SELECT * FROM users",
        "SELECT secret FROM second_factors",
        "INSERT INTO events (user_id) SELECT id FROM users",
        "DELETE FROM chain_heads",
        "DELETE FROM last_tidied",
    ],
)
def test_tidy_is_refused_everything_else(world: World, statement: str) -> None:
    with psycopg.connect(world.tidy_url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())


def test_while_the_database_is_away_the_day_is_kept_for_later(alice: Person, tidy: Function, world: World) -> None:
    has_answer(alice, "25 hours")
    world.postgres.stop()
    try:
        away = work_due("day").to(tidy)
    finally:
        world.postgres.start_again()

    assert away.status_code == 503
    assert work_due("day").to(tidy).status_code == 204
    assert count(alice, "answers") == 0
