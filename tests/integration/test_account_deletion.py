"""Who deletes an account is gone at once, and in the end everywhere: only the seals of the history stay."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import psycopg
import pytest
from psycopg.rows import dict_row

from functions.audit.main import sql as audit_sql
from tests.deliveries import Delivery, tick, work_due
from tests.newcomers import PASSWORD, Newcomer, browser, log_in, register
from tests.push_service import Browser
from tests.world import Door, Function, World, eventually

STAY = {"activity", "activity_chain", "chain_heads"}
PROVES = "activity_anchors"  # of a history from which something was removed


@pytest.fixture(scope="module")
def world(quiet_world: World) -> World:
    """In which nobody else waits for being erased."""
    return quiet_world


@pytest.fixture
def alice(world: World) -> Iterator[Newcomer]:
    with browser(world.function("accounts")) as client:
        yield Newcomer(world, client)


def delete(client: httpx.Client, password: str | None = PASSWORD) -> httpx.Response:
    return client.request("DELETE", "/api/me", json={} if password is None else {"password": password})


def published(alice: Newcomer) -> bool:
    waiting = "SELECT count(*) FROM outbox WHERE user_id = %s"
    return alice.world.rows(waiting, alice.id) == [(0,)]


def sealed(alice: Newcomer) -> None:
    """Everything that was published comes to audit."""
    eventually(lambda: published(alice), "the broker has all of it")
    audit = alice.world.function("audit")
    for event in list(alice.world.door.posted):
        if event.headers.get("ce-partitionkey") == alice.id:
            assert Delivery(event.headers, event.data).to(audit).status_code == 204


def tables(world: World) -> dict[str, str]:
    """Every table that says whose its rows are, with the column that does."""
    rows = world.rows(
        "SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition"
        " AND NOT attisdropped"
        " AND (attname = 'user_id' OR (relname, attname) = ('users', 'id'))"
    )
    return {str(table): str(column) for table, column in rows}


def rows_of(world: World, user_id: str) -> set[str]:
    """The tables in which there is something of this user."""
    return {
        table
        for table, column in tables(world).items()
        if world.rows(f"SELECT count(*) FROM {table} WHERE {column} = %s", user_id) != [(0,)]  # noqa: S608
    }


def lives_a_little(alice: Newcomer) -> None:
    """So that there is something in every table."""
    world = alice.world
    with alice.at("tasks") as tasks:
        task = tasks.post(
            "/api/tasks",
            json={
                "title": "Buy milk",
                "recurrence": {"rule": "FREQ=DAILY"},
                "reminders": [{"kind": "days_before", "days": 0}],
            },
            headers={"idempotency-key": alice.id},
        ).json()
    alice.browser.post("/api/tokens", json={"name": "script", "scopes": ["tasks:read"]})
    world.rows("INSERT INTO identities VALUES ('https://login.test', %s, %s, now())", alice.id, alice.id)
    world.rows("INSERT INTO second_factors (user_id, secret) VALUES (%s, 'secret')", alice.id)
    world.rows("INSERT INTO recovery_codes VALUES (%s, '')", alice.id)
    insert = " (user_id, id, {}, created_at, updated_at, version) VALUES (%s, gen_random_uuid(), {}, now(), now(), 1)"
    world.rows("INSERT INTO tags" + insert.format("name, name_key", "'home', 'home'"), alice.id)
    world.rows("INSERT INTO filters" + insert.format("name, query, position", "'mine', 'today', 'a0'"), alice.id)
    world.rows("INSERT INTO comments" + insert.format("task_id, text, html", "%s, 'Hm.', ''"), alice.id, task["id"])
    world.rows("INSERT INTO zone_changes VALUES (%s, now(), %s)", alice.id, task["id"])
    with alice.at("notify") as notify:
        assert notify.put("/api/preferences", json={"daily_digest": "07:30"}).status_code == 200
        browsers = Browser("https://push.example.org").subscription()
        assert notify.post("/api/push/subscriptions", json=browsers).status_code == 201
    world.rows(
        "WITH told AS (INSERT INTO notifications (user_id, id, sequence, key, kind, task_ids, tasks, total, planned_at,"
        " urgent, silent, created_at) VALUES (%s, gen_random_uuid(), 1, 'key', 'digest', '{}', '[]', 0, now(), false,"
        " false, now()) RETURNING user_id, id)"
        " INSERT INTO deliveries (user_id, notification_id, channel, id, deliver_at, outcome)"
        " SELECT user_id, id, 'push', id, now(), 'sent' FROM told",
        alice.id,
    )
    with alice.at("webhooks") as webhooks:
        hook = webhooks.post("/api/webhooks", json={"url": "https://hooks.example.org/"}).json()
        assert webhooks.post(f"/api/webhooks/{hook['id']}/ping").status_code == 202
    with alice.at("chat") as chat:
        assert chat.post("/api/chat/messages", json={"text": "hello"}).status_code == 201
    with browser(world.function("accounts")) as client:
        assert client.post("/api/auth/reset", json={"email": alice.email}).status_code == 202
    world.rows("UPDATE account_mails SET user_id = %s WHERE email = %s", alice.id, alice.email)
    world.rows(
        "INSERT INTO dead_letters (source, id, subscriber, type, headers, data, reason, transient, next_attempt_at)"
        " VALUES ('s', %s, 'audit', 't', json_build_object('ce-partitionkey', %s::text), '', '503: ', false, now())",
        alice.id, alice.id,
    )  # fmt: skip


def test_nobody_can_do_anything_with_a_deleted_account(alice: Newcomer, world: World, door: Door) -> None:
    made = alice.browser.post("/api/tokens", json={"name": "script", "scopes": ["tasks:read"]}).json()
    with (
        alice.elsewhere() as other,
        alice.at("tasks") as tasks,
        world.function("tasks").client(authorization=f"Bearer {made['token']}") as program,
    ):
        assert (tasks.get("/api/tasks").status_code, program.get("/api/tasks").status_code) == (200, 200)

        answer = delete(alice.browser)

        assert (answer.status_code, "session" in alice.browser.cookies) == (204, False)
        for client, path in ((other, "/api/me"), (tasks, "/api/tasks"), (program, "/api/tasks")):
            assert client.get(path).status_code == 401
        assert not alice.can_log_in(PASSWORD)
    assert alice.events()[-1] == "user.deleted"
    eventually(lambda: door.about(f"user/{alice.id}")[-1:] == ["user.deleted"], "the broker has its last event")


def test_its_last_event_holds_nothing_personal(alice: Newcomer, world: World) -> None:
    delete(alice.browser)

    [(data,)] = world.rows("SELECT data::text FROM events WHERE user_id = %s AND type = 'user.deleted'", alice.id)

    assert alice.email not in str(data)
    assert "Alice" not in str(data)


def test_the_address_is_free_at_once_and_whoever_takes_it_finds_nothing(alice: Newcomer, world: World) -> None:
    lives_a_little(alice)
    delete(alice.browser)

    with browser(world.function("accounts")) as client:
        newcomer = register(client, alice.email).json()
        with browser(world.function("tasks"), token=client.cookies["session"]) as tasks:
            assert tasks.get("/api/tasks").json()["items"] == []
        assert log_in(client, alice.email).json()["id"] == newcomer["id"] != alice.id


@pytest.mark.parametrize("password", ["not the password", "", None])
def test_it_takes_the_password(alice: Newcomer, password: str | None) -> None:
    answer = delete(alice.browser, password)

    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, ["password"])
    assert alice.browser.get("/api/me").status_code == 200


def test_without_a_password_it_takes_a_log_in_of_minutes_ago(alice: Newcomer, world: World) -> None:
    world.rows("UPDATE users SET password_hash = NULL WHERE id = %s", alice.id)
    world.rows("UPDATE sessions SET created_at = now() - interval '11 minutes' WHERE user_id = %s", alice.id)
    assert delete(alice.browser, None).status_code == 403

    world.rows("UPDATE sessions SET created_at = now() - interval '9 minutes' WHERE user_id = %s", alice.id)
    assert delete(alice.browser, None).status_code == 204


def test_a_program_cannot_delete_its_user(alice: Newcomer, world: World) -> None:
    made = alice.browser.post("/api/tokens", json={"name": "script", "scopes": ["tasks:write", "profile:read"]}).json()
    with world.function("accounts").client(authorization=f"Bearer {made['token']}") as program:
        assert delete(program).status_code == 403


def test_what_is_under_way_when_the_account_goes_comes_to_nothing(alice: Newcomer, world: World) -> None:
    """A task that was asked for before, and waits until the deletion has committed."""
    with alice.at("tasks") as tasks, ThreadPoolExecutor(2) as people:
        tasks.get("/api/tasks")
        with world.everyone_waits_for(alice.id, waiting=2):
            gone = people.submit(delete, alice.browser)
            eventually(lambda: world.waiting_for_locks() == 1, "the deletion waits")
            task = people.submit(tasks.post, "/api/tasks", json={"title": "Too late"})

    assert (gone.result().status_code, task.result().status_code) == (204, 401)
    assert alice.events()[-1] == "user.deleted"


def test_everything_is_erased_but_the_seals(alice: Newcomer, world: World) -> None:
    lives_a_little(alice)
    with browser(world.function("accounts")) as client:
        bob = Newcomer(world, client)
        lives_a_little(bob)
        come_and_go = {"activity_details", "outbox", PROVES}
        assert rows_of(world, alice.id) | STAY | come_and_go == set(tables(world))
        delete(alice.browser)
        sealed(alice)
        sealed(bob)
        bobs = {table: count(world, table, bob.id) for table in tables(world)}

        assert work_due("erasure").to(world.function("tidy")).status_code == 204

        assert rows_of(world, alice.id) == STAY
        assert world.rows("SELECT count(*) FROM dead_letters WHERE id = %s", alice.id) == [(0,)]
        assert {table: count(world, table, bob.id) for table in tables(world)} == bobs
    assert verdict(world, alice) == (None, None)


def count(world: World, table: str, user_id: str) -> object:
    return world.rows(f"SELECT count(*) FROM {table} WHERE {tables(world)[table]} = %s", user_id)  # noqa: S608


def verdict(world: World, alice: Newcomer) -> tuple[Any, Any]:
    """As `GET /api/activity/verify` finds it, for somebody who can ask no more."""
    with psycopg.connect(world.owner_url, row_factory=dict_row) as connection:
        found = connection.execute(audit_sql.verify.encode(), {"user_id": alice.id}).fetchone()
    assert found
    return found["bad"], found["reason"]


def test_a_history_without_its_account_can_still_be_seen_to_be_changed(alice: Newcomer, world: World) -> None:
    delete(alice.browser)
    sealed(alice)
    assert work_due("erasure").to(world.function("tidy")).status_code == 204

    world.rows("UPDATE activity SET type = 'user.logged_out' WHERE user_id = %s AND sequence = 2", alice.id)

    assert verdict(world, alice) == (2, "the entry was changed")


def test_details_that_are_missing_of_somebody_who_is_there_are_found(alice: Newcomer, world: World) -> None:
    sealed(alice)
    world.rows("DELETE FROM activity_details WHERE user_id = %s AND sequence = 1", alice.id)

    assert verdict(world, alice) == (1, "its detail is missing")


def test_nothing_is_erased_before_the_history_has_sealed_the_last_event(alice: Newcomer, world: World) -> None:
    delete(alice.browser)
    eventually(lambda: published(alice), "the broker has all of it")

    assert work_due("erasure").to(world.function("tidy")).status_code == 204

    assert "events" in rows_of(world, alice.id)


def test_nothing_is_erased_before_the_broker_has_the_last_event(alice: Newcomer, world: World) -> None:
    delete(alice.browser)
    sealed(alice)
    world.rows(
        "INSERT INTO outbox SELECT user_id, sequence, now() FROM events WHERE user_id = %s AND type = 'user.deleted'",
        alice.id,
    )

    assert work_due("erasure").to(world.function("tidy")).status_code == 204

    assert "events" in rows_of(world, alice.id)


def test_an_event_that_comes_once_more_brings_nothing_back(alice: Newcomer, world: World) -> None:
    delete(alice.browser)
    sealed(alice)
    assert work_due("erasure").to(world.function("tidy")).status_code == 204

    sealed(alice)

    assert rows_of(world, alice.id) == STAY
    assert verdict(world, alice) == (None, None)


def test_a_life_of_many_rows_is_erased_in_small_steps(alice: Newcomer, world: World) -> None:
    delete(alice.browser)
    sealed(alice)
    world.rows(
        "INSERT INTO answers SELECT %s, number::text, '', 204, '{}', '', now() FROM generate_series(1, 2500) AS number",
        alice.id,
    )

    assert work_due("erasure").to(world.function("tidy")).status_code == 204

    assert rows_of(world, alice.id) == STAY


def test_the_clock_wakes_tidy_until_it_is_done(alice: Newcomer, world: World, door: Door) -> None:
    clock, tidy = world.function("clock"), world.function("tidy")
    delete(alice.browser)
    assert not wakes_for_erasure(clock, door)

    sealed(alice)
    assert wakes_for_erasure(clock, door)
    assert work_due("erasure").to(tidy).status_code == 204
    assert not wakes_for_erasure(clock, door)


def wakes_for_erasure(clock: Function, door: Door) -> bool:
    seen = len(door.posted)
    assert tick().to(clock).status_code == 204
    return "erasure" in [posted.headers.get("ce-work") for posted in door.posted[seen:]]


@pytest.mark.parametrize("statement", ["SELECT * FROM accounts_to_erase", "DELETE FROM activity_details"])
def test_tidy_has_no_other_way_to_a_users_rows(world: World, statement: str) -> None:
    with psycopg.connect(world.tidy_url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())


def test_a_function_cannot_erase(world: World) -> None:
    url = world.environment["DATABASE_URL"]
    with psycopg.connect(url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT erase_accounts(1)")
