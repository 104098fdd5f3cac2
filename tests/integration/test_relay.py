"""Relay publishes what was left behind."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any, LiteralString

import psycopg
import pytest

from shared import publishing
from shared.ids import new_id
from tests.deliveries import Delivery, Fact, event, work_due
from tests.operators import reported
from tests.people import Person
from tests.world import Door, Function, World, eventually


@pytest.fixture
def world(nothing_waits: World) -> World:
    return nothing_waits


@pytest.fixture
def relay(world: World) -> Function:
    return world.function("relay")


def left_behind(person: Person, number: int, door: Door) -> list[dict[str, Any]]:
    """Tasks whose events did not reach the broker, and whose time has come."""
    door.answers = 503
    tasks = [person.has_task(f"Task {n}") for n in range(number)]
    eventually(lambda: all(attempts for attempts, *_ in outbox(person)), "their function has tried")
    door.answers = 202
    make_due(person)
    return tasks


def outbox(person: Person) -> list[tuple[int | None, bool, bool | None, str | None]]:
    """Attempts, whether published, whether due, and the refusal of each event; nothing of one that is published."""
    rows: list[Any] = person.world.rows(
        "SELECT attempts, outbox IS NULL, next_attempt_at <= now(), refusal"
        " FROM events LEFT JOIN outbox USING (user_id, sequence) WHERE user_id = %s ORDER BY sequence",
        person.id,
    )
    return rows


def make_due(person: Person) -> None:
    person.world.rows("UPDATE outbox SET next_attempt_at = now() WHERE user_id = %s", person.id)


def subjects(door: Door) -> list[str]:
    return [posted.subject for posted in list(door.posted) if posted.topic != "system-events"]


def about(tasks: list[dict[str, Any]]) -> list[str]:
    return [f"task/{task['id']}" for task in tasks]


def test_what_was_left_behind_is_published_as_it_was_made(alice: Person, relay: Function, door: Door) -> None:
    [task] = left_behind(alice, 1, door)

    assert work_due("outbox").to(relay).status_code == 204

    [posted] = door.posted
    assert (posted.topic, posted.type, posted.subject) == ("task-events", "task.created", f"task/{task['id']}")
    assert json.loads(posted.data)["task"] == task
    assert posted.headers["ce-dataschema"] == "/eventing/schemas/task.created.v1.json"
    assert posted.headers["ce-source"] == "/taskora/tasks"
    assert Delivery(posted.headers, posted.data).to(alice.world.function("audit")).status_code == 204
    assert outbox(alice) == [(None, True, None, None)]


def test_relay_says_of_an_event_exactly_what_its_maker_says(alice: Person, relay: Function, door: Door) -> None:
    traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    alice.at("tasks").post("/api/tasks", json={"title": "Milk"}, headers={"traceparent": traceparent})
    eventually(lambda: outbox(alice) == [(None, True, None, None)], "its maker has published it and says so")
    alice.world.rows("INSERT INTO outbox SELECT user_id, sequence, now() FROM events WHERE user_id = %s", alice.id)

    assert work_due("outbox").to(relay).status_code == 204

    first, second = door.posted
    assert first.data == second.data
    assert comparable(first.headers) == comparable(second.headers)


def comparable(headers: dict[str, str]) -> dict[str, str]:
    said = {name: value for name, value in headers.items() if name.startswith("ce-")}
    return said | {"ce-time": said["ce-time"].replace("Z", "+00:00")}


def test_an_event_whose_maker_is_still_at_it_is_left_alone(alice: Person, relay: Function, door: Door) -> None:
    door.answers = 503
    alice.has_task("Buy milk")
    eventually(lambda: outbox(alice)[0][0], "its function has tried")
    door.answers = 202

    assert work_due("outbox").to(relay).status_code == 204

    assert subjects(door) == []


def test_while_the_broker_is_away_each_pause_is_longer_than_the_last(
    alice: Person, relay: Function, door: Door
) -> None:
    left_behind(alice, 1, door)
    door.answers = 503
    pauses = []

    for _ in range(4):
        make_due(alice)
        assert work_due("outbox").to(relay).status_code == 204
        [(pause,)] = alice.world.rows("SELECT extract(epoch FROM next_attempt_at - now()) FROM outbox")
        pauses.append(float(str(pause)))

    assert outbox(alice) == [(5, False, False, None)]
    assert all(20 * 2**n * 0.7 < pause < 20 * 2**n * 1.3 for n, pause in enumerate(pauses)), pauses

    door.answers = 202
    make_due(alice)
    assert work_due("outbox").to(relay).status_code == 204
    assert len(subjects(door)) == 1


def test_a_broker_that_cannot_be_reached_is_not_asked_for_each_event(alice: Person, world: World, door: Door) -> None:
    left_behind(alice, 60, door)
    relay = world.start("relay", BROKER_INGRESS_URL="http://127.0.0.1:9/taskora")
    try:
        assert work_due("outbox").to(relay).status_code == 204
    finally:
        relay.kill()

    waiting = [attempts for attempts, published, _, _ in outbox(alice) if not published]
    assert len(waiting) == 60
    assert 0 < waiting.count(2) <= 20


def test_a_refused_event_is_parked_and_reported_and_the_next_ones_pass(
    alice: Person, relay: Function, door: Door
) -> None:
    tasks = left_behind(alice, 30, door)
    refused, *passing = about(tasks)
    door.refuses = {refused}

    assert work_due("outbox").to(relay).status_code == 204

    assert sorted(subjects(door)) == sorted(passing)
    assert outbox(alice)[0][3] == "the broker answered 400"
    [(event_id,)] = alice.world.rows("SELECT id FROM events JOIN outbox USING (user_id, sequence)")
    eventually(lambda: reported(relay, "the broker refused an event", event_id), "an alert")

    door.refuses = set()
    make_due(alice)
    assert work_due("outbox").to(relay).status_code == 204
    assert refused not in subjects(door)


def test_a_flood_of_refused_events_does_not_stop_the_others(alice: Person, relay: Function, door: Door) -> None:
    tasks = about(left_behind(alice, 60, door))
    door.refuses = set(tasks[:50])

    assert work_due("outbox").to(relay).status_code == 204

    assert sorted(subjects(door)) == sorted(tasks[50:])


def test_two_relays_at_once_share_the_work(alice: Person, world: World, relay: Function) -> None:
    tasks = left_behind(alice, 100, world.door)
    other = world.start("relay")
    world.door.opened.clear()

    try:
        with ThreadPoolExecutor(2) as dispatchers:
            answers = [dispatchers.submit(work_due("outbox").to, at) for at in (relay, other)]
            eventually(lambda: taken(alice) == 40, "each has taken its share")
            world.door.opened.set()
    finally:
        world.door.opened.set()
        other.kill()

    assert [answer.result().status_code for answer in answers] == [204, 204]
    assert sorted(subjects(world.door)) == sorted(about(tasks))


def test_relay_takes_no_more_than_its_share_though_the_server_knows_of_only_one(
    alice: Person, world: World, relay: Function
) -> None:
    """What it has in its hands is nobody else's, and waits for its time should it be killed with it."""
    left_behind(alice, 1, world.door)
    world.plans_by_what_is_in("outbox")
    left_behind(alice, 29, world.door)
    world.door.opened.clear()

    try:
        with ThreadPoolExecutor(1) as dispatcher:
            answer = dispatcher.submit(work_due("outbox").to, relay)
            eventually(lambda: taken(alice), "it has taken its share")
            share = taken(alice)
            world.door.opened.set()
    finally:
        world.door.opened.set()

    assert answer.result().status_code == 204
    assert share == 20


def test_relay_does_not_wait_for_what_another_is_taking(alice: Person, world: World, relay: Function) -> None:
    tasks = left_behind(alice, 10, world.door)

    with psycopg.connect(world.owner_url) as another:
        another.execute("SELECT FROM outbox WHERE sequence = 1 FOR UPDATE")
        assert work_due("outbox").to(relay).status_code == 204

    assert sorted(subjects(world.door)) == sorted(about(tasks[1:]))


def taken(person: Person) -> int:
    return [due for _, _, due, _ in outbox(person)].count(False)


@pytest.mark.parametrize("mark", [publishing.sql.published, publishing.sql.failed], ids=["published", "failed"])
def test_two_that_mark_the_same_events_begin_with_the_same_one(
    mark: LiteralString, alice: Person, world: World, relay: Function
) -> None:
    """The maker of an event may be late, and relay at it already: each would wait for what the other holds."""
    left_behind(alice, 8, world.door)
    # now the last on its page
    world.rows("UPDATE outbox SET attempts = attempts WHERE user_id = %s AND sequence = 1", alice.id)
    backwards = {"user_ids": [alice.id] * 8, "sequences": list(range(8, 0, -1))}

    with (
        ThreadPoolExecutor(1) as maker,
        psycopg.connect(world.owner_url) as first,
        psycopg.connect(world.environment["DATABASE_URL"]) as second,
    ):
        first.execute("SELECT FROM outbox WHERE user_id = %s AND sequence = 1 FOR UPDATE", [alice.id])
        marked = maker.submit(second.execute, mark, backwards)
        eventually(lambda: world.waiting_for_locks() == 1, "it waits for the first event")
        free = world.rows("SELECT sequence FROM outbox WHERE user_id = %s FOR UPDATE SKIP LOCKED", alice.id)
        first.rollback()
        marked.result()

    assert len(free) == 7


def test_what_a_killed_relay_had_in_its_hands_is_published_by_the_next(
    alice: Person, world: World, relay: Function
) -> None:
    tasks = left_behind(alice, 40, world.door)
    world.door.opened.clear()
    try:
        with ThreadPoolExecutor(1) as dispatcher:
            answer = dispatcher.submit(work_due("outbox").to, relay)
            eventually(lambda: taken(alice) == 20, "relay is in the middle of it")
            relay.kill()
            assert answer.exception()
    finally:
        world.door.opened.set()
    assert [published for _, published, _, _ in outbox(alice)] == [False] * 40

    next_one = world.start("relay")
    try:
        assert work_due("outbox").to(next_one).status_code == 204
        assert [published for _, published, _, _ in outbox(alice)].count(False) == 20  # nobody else's for 30 s
        make_due(alice)
        assert work_due("outbox").to(next_one).status_code == 204
    finally:
        next_one.kill()

    assert all(published for _, published, _, _ in outbox(alice))
    assert set(subjects(world.door)) == set(about(tasks))


def test_what_one_step_leaves_is_the_next_steps(alice: Person, world: World, relay: Function) -> None:
    left_behind(alice, 50, world.door)
    world.door.opened.clear()
    try:
        with ThreadPoolExecutor(1) as dispatcher:
            answer = dispatcher.submit(work_due("outbox").to, relay)
            eventually(lambda: taken(alice) == 20, "relay is in the middle of it")
            relay.begin_to_end()
            world.door.opened.set()
    finally:
        world.door.opened.set()

    assert answer.result().status_code == 204
    assert relay.ended() == 0
    assert len(subjects(world.door)) == 20
    [following] = [posted for posted in world.door.posted if posted.type == "work.due"]
    assert (following.topic, following.headers["ce-work"]) == ("system-events", "outbox")
    following_step = Delivery(following.headers, following.data)
    assert following_step.signed().headers["ce-signature"] == following.headers["ce-signature"]


def test_forged_unsigned_and_foreign_events_do_nothing(alice: Person, relay: Function, door: Door) -> None:
    left_behind(alice, 1, door)

    assert event("work.due", work="outbox").to(relay).status_code == 422
    assert event("work.due", work="outbox").signed(b"guessed").to(relay).status_code == 422
    assert event("work.due").signed().to(relay).status_code == 204
    assert work_due("day").to(relay).status_code == 204
    assert Fact(new_id(), 1).delivery.to(relay).status_code == 204
    assert Delivery({"content-type": "application/json"}).to(relay).status_code == 422

    assert subjects(door) == []
