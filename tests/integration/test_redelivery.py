"""Relay keeps what died, delivers again what may pass, and leaves the rest to an operator."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest

from shared.ids import new_id
from tests.deliveries import Delivery, Fact, dead, tick, work_due
from tests.operators import reported, told
from tests.people import Person
from tests.world import Door, Function, World, eventually

LETTER = (
    "SELECT subscriber, type, reason, transient, attempts, delivered_at IS NOT NULL FROM dead_letters WHERE id = %s"
)


@pytest.fixture(scope="module")
def subscriber() -> Iterator[Door]:
    subscriber = Door()
    yield subscriber
    subscriber.close()


@pytest.fixture
def flaky(subscriber: Door) -> Door:
    """A function whose answers a test decides."""
    subscriber.posted.clear()
    subscriber.answers = 202
    return subscriber


@pytest.fixture
def world(nothing_waits: World) -> World:
    return nothing_waits


def started(world: World, subscriber: Door) -> Function:
    urls = {
        "audit": f"{world.function('audit').url}/events",
        "flaky": f"{subscriber.url}/events",
        "lamp": f"http://{urlsplit(subscriber.url).netloc}",
        "away": "http://127.0.0.1:9/events",
    }
    return world.start("relay", SUBSCRIBER_URLS=json.dumps(urls))


@pytest.fixture(scope="module")
def relay(quiet_world: World, subscriber: Door) -> Iterator[Function]:
    relay = started(quiet_world, subscriber)
    yield relay
    relay.kill()


def letter(world: World, delivery: Delivery) -> tuple[object, ...]:
    [row] = world.rows(LETTER, delivery.headers["ce-id"])
    return row


def letters_are_due(world: World) -> None:
    world.rows("UPDATE dead_letters SET next_attempt_at = now() WHERE transient AND delivered_at IS NULL")


def a_fact(**fields: Any) -> Delivery:
    return Fact(new_id(), 1, **fields).delivery


@contextmanager
def while_it_is_delivered(world: World, flaky: Door, relay: Function) -> Iterator[None]:
    flaky.opened.clear()
    try:
        with ThreadPoolExecutor(1) as dispatcher:
            answer = dispatcher.submit(work_due("outbox").to, relay)
            eventually(lambda: world.rows("SELECT FROM dead_letters WHERE next_attempt_at > now()"), "relay has it")
            yield
            flaky.opened.set()
            assert answer.result().status_code == 204
    finally:
        flaky.opened.set()


def test_a_dead_letter_is_kept_once_with_its_reason(world: World, relay: Function) -> None:
    delivery = dead(a_fact(), "flaky", "422", b'{"detail":"It is not signed by this Taskora."}')

    for _ in range(2):
        assert delivery.to(relay).status_code == 204

    reason = '422: {"detail":"It is not signed by this Taskora."}'
    assert letter(world, delivery) == ("flaky", "task.updated", reason, False, 0, False)
    eventually(lambda: reported(relay, "a dead letter waits for an operator", delivery.headers["ce-id"]), "an alert")


def test_an_event_that_died_at_two_functions_is_two_dead_letters(world: World, relay: Function) -> None:
    delivery = a_fact()

    assert dead(delivery, "audit", "503").to(relay).status_code == 204
    assert dead(delivery, "flaky", "503").to(relay).status_code == 204

    assert len(world.rows(LETTER, delivery.headers["ce-id"])) == 2


@pytest.mark.parametrize(
    ("code", "transient"),
    [(None, True), *((code, True) for code in ("404", "408", "409", "429", "500", "503", "599"))]
    + [(code, False) for code in ("302", "400", "401", "403", "405", "410", "413", "422")],
)
def test_a_cause_that_may_pass_is_told_from_one_that_will_not(
    world: World, relay: Function, code: str | None, transient: bool
) -> None:
    delivery = dead(a_fact(), "flaky", code)

    assert delivery.to(relay).status_code == 204

    assert letter(world, delivery)[3] is transient


def test_ticks_and_work_that_died_are_dropped(world: World, relay: Function) -> None:
    for delivery in (tick(), work_due("outbox"), work_due("day")):
        assert dead(delivery, "clock", "503").to(relay).status_code == 204

    assert world.rows("SELECT * FROM dead_letters") == []


def test_of_a_reminder_that_died_on_its_way_the_clock_speaks_again_and_nobody_else(
    world: World, relay: Function
) -> None:
    scheduled = Fact(new_id(), 1, "reminder.scheduled", "reminder/1").delivery
    for subscriber in ("remind", "flaky"):
        assert dead(scheduled, subscriber, "503").to(relay).status_code == 204

    assert world.rows("SELECT subscriber FROM dead_letters") == [("flaky",)]


@pytest.mark.parametrize(
    ("said", "reason"),
    [(b"a\0b\xff", "500: ab\N{REPLACEMENT CHARACTER}"), (b"", "500: ")],
    ids=["unreadable", "nothing"],
)
def test_whatever_the_function_said_can_be_kept(world: World, relay: Function, said: bytes, reason: str) -> None:
    delivery = dead(a_fact(), "flaky", "500", said)

    assert delivery.to(relay).status_code == 204

    assert letter(world, delivery)[2] == reason


def test_a_mark_that_is_not_base64_is_no_reason_to_lose_the_event(world: World, relay: Function) -> None:
    delivery = dead(a_fact(), "flaky", "500").having(knativeerrordata="%%%")

    assert delivery.to(relay).status_code == 204

    assert letter(world, delivery)[2] == "500: what it answered cannot be read"


@pytest.mark.parametrize(
    "mark",
    [
        {"knativeerrordest": "http://[bad"},
        {"knativeerrordest": f"http://{'a' * 5000}/events"},
        {"knativeerrorcode": "9" * 5000},
        {"knativeerrorcode": "%D9%A5%D9%A0%D9%A3"},
        {"knativeerrordata": "%C3%A9"},
    ],
    ids=lambda mark: str(mark)[:40],
)
def test_a_mark_that_nobody_understands_is_no_reason_to_lose_the_event(
    world: World, relay: Function, mark: dict[str, str]
) -> None:
    delivery = dead(a_fact(), "flaky", "503", b"later").having(**mark)

    for _ in range(2):
        assert delivery.to(relay).status_code == 204

    assert len(world.rows(LETTER, delivery.headers["ce-id"])) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "a%00b"},
        {"id": None},
        {"id": "x" * 5000},
        {"source": "x" * 5000},
        {"type": "a%00b"},
        {"subject": "a%1Bb"},
        {"knativeerrordest": "http://a%00b/events"},
        {"knativeerrordata": "%00"},
        {"specversion": "0.3"},
    ],
    ids=lambda changed: str(changed)[:40],
)
def test_a_dead_letter_that_nobody_can_read_does_not_circle_but_waits_for_an_operator(
    world: World, relay: Function, changed: dict[str, str | None]
) -> None:
    """What relay refuses comes back to it by the very topic that it reads."""
    delivery = dead(a_fact(), "flaky", "503").having(**changed)

    for _ in range(2):
        assert delivery.to(relay).status_code == 204

    [(letter_id, transient, headers)] = world.rows("SELECT id, transient, headers FROM dead_letters")
    assert transient is False
    assert dict(headers).items() >= {f"ce-{name}": value for name, value in changed.items() if value}.items()  # type: ignore[call-overload]
    eventually(lambda: reported(relay, "a dead letter waits for an operator", letter_id), "an alert")


def test_dead_letters_are_counted_by_the_functions_we_have_and_no_other_names(relay: Function) -> None:
    for at in ("flaky", "made-up-by-somebody"):
        assert dead(a_fact(), at, "422").to(relay).status_code == 204

    counted = httpx.get(f"{relay.url}/metrics").text
    assert 'dead_letters_total{subscriber="flaky"}' in counted
    assert 'dead_letters_total{subscriber="other"}' in counted
    assert "made-up-by-somebody" not in counted


def test_a_forged_dead_letter_reaches_only_whoever_sees_that_it_is_forged(
    world: World, alice: Person, relay: Function
) -> None:
    forged = dead(Fact(alice.id, 1).delivery.signed(b"guessed"), "audit", "503")
    assert forged.to(relay).status_code == 204
    letters_are_due(world)

    assert work_due("outbox").to(relay).status_code == 204

    reason, transient = letter(world, forged)[2:4]
    assert "not signed" in str(reason)
    assert transient is False
    assert alice.at("audit").get("/api/activity").json()["items"] == []


def test_a_dead_letter_that_may_pass_reaches_its_function_as_it_was_published(
    world: World, alice: Person, relay: Function
) -> None:
    delivery = Fact(alice.id, 1).delivery
    assert dead(delivery, "audit", "503").to(relay).status_code == 204

    assert work_due("outbox").to(relay).status_code == 204
    assert letter(world, delivery)[4:] == (0, False)  # its pause is not over

    letters_are_due(world)
    assert work_due("outbox").to(relay).status_code == 204

    assert letter(world, delivery)[4:] == (1, True)
    [entry] = alice.at("audit").get("/api/activity").json()["items"]
    assert entry["id"] == delivery.headers["ce-id"]


def test_what_is_delivered_again_has_lost_only_the_marks_of_its_way(world: World, flaky: Door, relay: Function) -> None:
    delivery = a_fact(changes={"title": ["Milk", "Café"]})
    assert dead(delivery, "flaky", "503", b"later").to(relay).status_code == 204
    letters_are_due(world)

    assert work_due("outbox").to(relay).status_code == 204

    [posted] = flaky.posted
    assert posted.topic == "events"
    assert posted.data == delivery.data
    assert {name: value for name, value in posted.headers.items() if name.startswith("ce-")} == {
        name: value for name, value in delivery.headers.items() if name.startswith("ce-")
    }


def test_a_function_may_take_events_at_the_root_of_its_address(world: World, flaky: Door, relay: Function) -> None:
    delivery = dead(a_fact(), "lamp", "503")
    assert delivery.to(relay).status_code == 204
    letters_are_due(world)

    assert work_due("outbox").to(relay).status_code == 204

    assert [posted.headers["ce-id"] for posted in flaky.posted] == [delivery.headers["ce-id"]]


def test_nothing_is_delivered_twice(world: World, flaky: Door, relay: Function) -> None:
    delivery = dead(a_fact(), "flaky", "503")

    for _ in range(2):
        assert delivery.to(relay).status_code == 204
        world.rows("UPDATE dead_letters SET next_attempt_at = now()")
        assert work_due("outbox").to(relay).status_code == 204

    assert len(flaky.posted) == 1


def test_what_is_replayed_while_it_is_being_delivered_is_delivered_once(
    world: World, flaky: Door, relay: Function
) -> None:
    delivery = dead(a_fact(), "flaky", "503")
    assert delivery.to(relay).status_code == 204
    letters_are_due(world)

    with while_it_is_delivered(world, flaky, relay):
        replayed = told(world, "replay", delivery.headers["ce-id"])

    assert "is tried again at" in replayed
    assert "0 due" in replayed
    assert work_due("outbox").to(relay).status_code == 204
    assert len(flaky.posted) == 1


def test_two_relays_at_once_deliver_a_dead_letter_once(world: World, flaky: Door, relay: Function) -> None:
    deliveries = [dead(a_fact(), "flaky", "503") for _ in range(8)]
    assert {delivery.to(relay).status_code for delivery in deliveries} == {204}
    letters_are_due(world)
    other = started(world, flaky)
    try:
        with ThreadPoolExecutor(2) as dispatchers:
            for answer in [dispatchers.submit(work_due("outbox").to, at) for at in (relay, other)]:
                assert answer.result().status_code == 204
    finally:
        other.kill()

    assert len(flaky.posted) == 8


def test_a_dead_letter_that_another_is_taking_is_not_waited_for(world: World, flaky: Door, relay: Function) -> None:
    deliveries = [dead(a_fact(), "flaky", "503") for _ in range(2)]
    assert {delivery.to(relay).status_code for delivery in deliveries} == {204}
    letters_are_due(world)

    with psycopg.connect(world.owner_url) as another:
        another.execute("SELECT FROM dead_letters WHERE id = %s FOR UPDATE", [deliveries[0].headers["ce-id"]])
        assert work_due("outbox").to(relay).status_code == 204

    assert [posted.headers["ce-id"] for posted in flaky.posted] == [deliveries[1].headers["ce-id"]]


def test_a_dead_letter_never_goes_to_an_address_that_came_with_it(world: World, relay: Function) -> None:
    trap = Door()
    try:
        delivery = a_fact().having(knativeerrordest=f"{trap.url}/events", knativeerrorcode="503")
        assert delivery.to(relay).status_code == 204
        letters_are_due(world)

        assert work_due("outbox").to(relay).status_code == 204

        assert trap.posted == []
        assert letter(world, delivery)[0] == "127"
        assert letter(world, delivery)[2:] == (
            "410: no function of this name takes dead letters here", False, 1, False,
        )  # fmt: skip
    finally:
        trap.close()


@pytest.mark.parametrize("at", ["flaky", "away"])
def test_a_function_that_still_fails_is_tried_again_after_growing_pauses(
    world: World, flaky: Door, relay: Function, at: str
) -> None:
    flaky.answers = 503
    delivery = dead(a_fact(), at, "503")
    assert delivery.to(relay).status_code == 204
    pauses = []

    for _ in range(3):
        letters_are_due(world)
        assert work_due("outbox").to(relay).status_code == 204
        [(pause,)] = world.rows("SELECT extract(epoch FROM next_attempt_at - now()) FROM dead_letters")
        pauses.append(float(str(pause)))

    assert letter(world, delivery)[3:] == (True, 3, False)
    assert all(30 * 2**n * 0.7 < pause < 30 * 2**n * 1.3 for n, pause in enumerate(pauses)), pauses


def test_after_a_day_of_trying_a_dead_letter_is_the_operators(world: World, flaky: Door, relay: Function) -> None:
    flaky.answers = 503
    delivery = dead(a_fact(), "flaky", "503")
    assert delivery.to(relay).status_code == 204
    world.rows("UPDATE dead_letters SET attempts = 30")
    letters_are_due(world)

    assert work_due("outbox").to(relay).status_code == 204

    assert letter(world, delivery)[3] is False


def test_a_function_that_now_refuses_it_for_good_ends_the_trying(world: World, flaky: Door, relay: Function) -> None:
    flaky.answers = 422
    delivery = dead(a_fact(), "flaky", "503")
    assert delivery.to(relay).status_code == 204
    letters_are_due(world)

    assert work_due("outbox").to(relay).status_code == 204

    assert letter(world, delivery)[2:] == ("422: ", False, 1, False)


@pytest.mark.usefixtures("anything_may_be_said")
def test_a_dead_letter_that_died_at_relay_is_published_again(world: World, door: Door, relay: Function) -> None:
    """Who lacked it is not known any more: the last to fail has overwritten the name."""
    delivery = a_fact()
    assert dead(delivery, "relay", "503").to(relay).status_code == 204
    letters_are_due(world)

    assert work_due("outbox").to(relay).status_code == 204

    [posted] = [posted for posted in door.posted if posted.topic != "system-events"]
    assert posted.topic == "task-events"
    assert (posted.headers["ce-id"], posted.data) == (delivery.headers["ce-id"], delivery.data)
    assert posted.headers["ce-signature"] == delivery.headers["ce-signature"]
    assert letter(world, delivery)[5]


@pytest.mark.usefixtures("anything_may_be_said")
def test_one_that_dies_at_relay_once_more_is_published_once_more(world: World, door: Door, relay: Function) -> None:
    """Publishing it was no delivery: whoever lacked it has failed again, and so has relay."""
    delivery = a_fact()
    for _ in range(2):
        assert dead(delivery, "relay", "503").to(relay).status_code == 204
        letters_are_due(world)
        assert work_due("outbox").to(relay).status_code == 204

    assert [each.headers["ce-id"] for each in door.posted if each.topic == "task-events"] == [
        delivery.headers["ce-id"]
    ] * 2
    assert letter(world, delivery)[4:] == (2, True)


def test_what_another_relay_has_delivered_meanwhile_waits_for_nobody(
    world: World, flaky: Door, relay: Function
) -> None:
    """Whoever was stopped in the middle of it for longer than it is theirs comes back to a closed case."""
    flaky.answers = 422
    delivery = dead(a_fact(), "flaky", "503")
    assert delivery.to(relay).status_code == 204
    letters_are_due(world)

    with while_it_is_delivered(world, flaky, relay):
        world.rows("UPDATE dead_letters SET delivered_at = now(), attempts = 1")
        world.rows("DELETE FROM dead_letter_reports")

    assert letter(world, delivery)[2:] == ("503: ", True, 1, True)
    assert world.rows("SELECT FROM dead_letter_reports") == []
    assert not reported(relay, "a dead letter waits for an operator", delivery.headers["ce-id"])


def test_while_the_database_is_away_everything_is_kept_for_later(world: World, flaky: Door, relay: Function) -> None:
    delivery = dead(a_fact(), "flaky", "503")
    world.postgres.stop()
    try:
        away = [work_due("outbox").to(relay).status_code, delivery.to(relay).status_code]
    finally:
        world.postgres.start_again()

    assert away == [503, 503]
    assert delivery.to(relay).status_code == 204
    letters_are_due(world)
    assert work_due("outbox").to(relay).status_code == 204
    assert len(flaky.posted) == 1
