"""Operators hear from system-events of what was not delivered: once when it is kept, once when it waits for them."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from shared.ids import new_id
from tests.deliveries import Delivery, Fact, dead, tick, work_due
from tests.people import Person
from tests.world import Door, Function, Posted, World, eventually


@pytest.fixture
def world(nothing_waits: World) -> World:
    return nothing_waits


@pytest.fixture
def door(world: World) -> Iterator[Door]:
    yield world.door
    world.door.opened.set()
    world.door.answers = 202


@pytest.fixture
def flaky(world: World) -> Iterator[Door]:
    """A function whose answers a test decides."""
    flaky = Door()
    yield flaky
    flaky.close()


@pytest.fixture
def relay(world: World, flaky: Door) -> Iterator[Function]:
    relay = start(world, flaky)
    yield relay
    relay.kill()


def start(world: World, flaky: Door) -> Function:
    return world.start("relay", SUBSCRIBER_URLS=json.dumps({"flaky": f"{flaky.url}/events"}))


def reports(door: Door) -> list[Posted]:
    return [posted for posted in list(door.posted) if posted.type == "system.dead_letter"]


def told(door: Door) -> list[Any]:
    return [json.loads(report.data)["dead_letter"] for report in reports(door)]


def work(relay: Function) -> None:
    assert work_due("outbox").to(relay).status_code == 204


def time_has_come(world: World) -> None:
    world.rows("UPDATE dead_letters SET next_attempt_at = now() WHERE transient AND delivered_at IS NULL")
    world.rows("UPDATE dead_letter_reports SET next_attempt_at = now()")


def a_letter(code: str = "503", said: bytes = b"later", at: str = "flaky") -> Delivery:
    return dead(Fact(new_id(), 1, changes={"title": ["Milk", "Divorce"]}).delivery, at, code, said)


def test_what_is_kept_is_reported_once_and_says_what_operators_go_by(relay: Function, door: Door) -> None:
    letter = a_letter("422", b"It is not signed by this Taskora.\nand more")
    for _ in range(2):
        assert letter.to(relay).status_code == 204
    for _ in range(2):
        work(relay)

    [report] = reports(door)
    assert json.loads(report.data) == {
        "dead_letter": {
            "event": letter.headers["ce-id"],
            "type": "task.updated",
            "subscriber": "flaky",
            "reason": "422: It is not signed by this Taskora.",
            "waits": True,
        }
    }
    assert report.topic == "system-events"
    assert report.subject == f"dead_letter/{letter.headers['ce-id']}"
    assert report.headers["ce-source"] == "/taskora/relay"
    assert report.headers["ce-dataschema"] == "/eventing/schemas/system.dead_letter.v1.json"
    assert "ce-sequence" not in report.headers
    assert Delivery(report.headers, report.data).signed().headers["ce-signature"] == report.headers["ce-signature"]


def test_a_report_holds_nothing_of_the_event_and_nothing_that_a_strangers_function_said(
    relay: Function, door: Door
) -> None:
    letter = a_letter("500", b"KeyError: 'Divorce'", at="lamp")
    assert letter.to(relay).status_code == 204
    work(relay)

    [report] = reports(door)
    assert json.loads(report.data)["dead_letter"]["reason"] == "500"
    assert b"Divorce" not in report.data
    assert letter.headers["ce-partitionkey"] not in f"{report.headers} {report.data!r}"


def test_it_is_reported_again_when_the_trying_ends_and_not_while_it_goes_on(
    world: World, flaky: Door, relay: Function, door: Door
) -> None:
    flaky.answers = 503
    assert a_letter().to(relay).status_code == 204
    for _ in range(3):
        time_has_come(world)
        work(relay)
    assert [letter["waits"] for letter in told(door)] == [False]

    flaky.answers = 422
    for _ in range(3):
        time_has_come(world)
        work(relay)

    assert [letter["waits"] for letter in told(door)] == [False, True]


def test_what_was_replayed_and_fails_again_is_reported_again(
    world: World, flaky: Door, relay: Function, door: Door
) -> None:
    flaky.answers = 422
    assert a_letter("422").to(relay).status_code == 204
    world.rows("UPDATE dead_letters SET transient = true, attempts = 0, next_attempt_at = now()")  # as replay does
    work(relay)
    work(relay)

    assert [letter["waits"] for letter in told(door)] == [True, True]
    assert len({report.headers["ce-id"] for report in reports(door)}) == 2


def test_an_event_that_the_broker_refused_is_reported(alice: Person, relay: Function, door: Door) -> None:
    door.answers = 413
    task = alice.has_task("Divorce")
    [(event_id,)] = alice.world.rows("SELECT id FROM events WHERE user_id = %s", alice.id)
    eventually(lambda: alice.world.rows("SELECT FROM dead_letter_reports"), "it was refused")
    door.answers = 202
    work(relay)

    assert told(door) == [
        {
            "event": str(event_id),
            "type": "task.created",
            "subscriber": "broker",
            "reason": "the broker answered 413",
            "waits": True,
        }
    ]
    assert task["title"] not in str(reports(door))


def test_while_the_broker_is_away_reports_wait_and_none_is_lost(world: World, relay: Function, door: Door) -> None:
    letters = [a_letter("422") for _ in range(30)]
    for letter in letters:
        assert letter.to(relay).status_code == 204
    door.answers = 503
    work(relay)
    assert reports(door) == []

    door.answers = 202
    time_has_come(world)
    work(relay)

    assert {letter["event"] for letter in told(door)} == {letter.headers["ce-id"] for letter in letters}
    assert world.rows("SELECT FROM dead_letter_reports") == []


def test_a_report_that_is_sent_again_after_a_death_is_the_same_event(
    world: World, flaky: Door, relay: Function, door: Door
) -> None:
    assert a_letter("422").to(relay).status_code == 204
    door.kept_waiting.clear()
    door.opened.clear()
    with ThreadPoolExecutor(1) as dispatcher:
        answer = dispatcher.submit(work_due("outbox").to, relay)
        eventually(lambda: door.kept_waiting, "the broker has it, and has not answered")
        relay.kill()
        assert answer.exception()
    door.opened.set()
    eventually(lambda: len(reports(door)) == 1, "the broker has it, and nobody knows")

    next_one = start(world, flaky)
    try:
        work(next_one)
        assert len(reports(door)) == 1  # nobody else's for 30 s
        time_has_come(world)
        work(next_one)
    finally:
        next_one.kill()

    first, second = reports(door)
    assert (first.headers["ce-id"], first.data) == (second.headers["ce-id"], second.data)
    assert world.rows("SELECT FROM dead_letter_reports") == []


def test_a_report_that_the_broker_refuses_is_logged_and_makes_no_other(
    world: World, relay: Function, door: Door
) -> None:
    assert a_letter("422").to(relay).status_code == 204
    door.answers = 413
    work(relay)
    door.answers = 202
    time_has_come(world)
    work(relay)

    assert reports(door) == []
    assert world.rows("SELECT FROM dead_letter_reports") == []
    assert any("the broker refused a report" in line for line in relay.lines())


def test_a_report_that_somebody_did_not_take_is_dropped(world: World, relay: Function, door: Door) -> None:
    assert a_letter("422").to(relay).status_code == 204
    work(relay)
    [report] = reports(door)

    assert dead(Delivery(report.headers, report.data), "lamp", "500").to(relay).status_code == 204

    assert len(world.rows("SELECT FROM dead_letters")) == 1


def test_clock_wakes_relay_for_a_report(world: World, relay: Function, door: Door) -> None:
    assert a_letter("422").to(relay).status_code == 204
    clock = world.function("clock")

    assert tick().to(clock).status_code == 204

    assert [posted.headers["ce-work"] for posted in door.posted if posted.type == "work.due"] == ["outbox"]
