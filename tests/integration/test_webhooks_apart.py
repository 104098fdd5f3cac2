"""One endpoint keeps nobody else waiting, nobody is asked inside, and no process that ends loses anything."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from functions.webhooks import turns
from shared import db
from tests import hooking
from tests.deliveries import work_due
from tests.endpoint import Endpoint, Said
from tests.hooking import Trusted, has_webhook, is_due, last_event, rings, started, time_passes
from tests.inside import a_function_of, run
from tests.people import Person
from tests.world import Function, World, eventually


@pytest.fixture(scope="module")
def world(quiet_world: World) -> World:
    """In which nobody else has a webhook."""
    return quiet_world


@pytest.fixture
def webhooks(world: World, trusted: Trusted) -> Iterator[Function]:
    with started(world, trusted) as function:
        yield function


@pytest.fixture(autouse=True)
def _nobody_else_waits(world: World) -> None:
    world.rows("UPDATE webhooks SET active = false")


def test_who_says_nothing_keeps_only_what_is_for_them(
    alice: Person, mallory: Person, webhooks: Function, theirs: Endpoint
) -> None:
    silent, hook = has_webhook(mallory, webhooks, theirs), has_webhook(alice, webhooks, theirs)
    theirs.hold(silent.path)
    for number in range(10):
        mallory.has_task(f"Task {number}")
    alice.has_task("Buy milk")

    with ThreadPoolExecutor(1) as bells:
        ringing = bells.submit(last_event(mallory).to, webhooks)
        eventually(lambda: silent.heard, "the silent one was asked")
        rings(alice, webhooks)
        eventually(lambda: hook.heard, "the other one has heard", within=5)
        assert len(silent.heard) <= 4
        theirs.opened.set()
        assert ringing.result().status_code == 204


def test_however_many_faltered_before_one_that_is_well_has_a_place(
    alice: Person, mallory: Person, webhooks: Function, theirs: Endpoint, world: World
) -> None:
    silent = [has_webhook(mallory, webhooks, theirs) for _ in range(20)]
    hook = has_webhook(alice, webhooks, theirs)
    world.rows("UPDATE webhooks SET falters = true WHERE user_id = %s", mallory.id)
    theirs.hold(*(each.path for each in silent))
    mallory.has_task("Everywhere")
    alice.has_task("Buy milk")

    with ThreadPoolExecutor(1) as bells:
        ringing = bells.submit(last_event(mallory).to, webhooks)
        try:
            eventually(lambda: len(theirs.heard) >= 8, "those that faltered have all of their places")
            rings(alice, webhooks)
            eventually(lambda: hook.heard, "the one that is well has heard", within=5)
            assert len(theirs.heard) == 8 + 1
        finally:
            theirs.opened.set()
        assert ringing.result().status_code == 204


def test_where_nobody_answers_few_are_tried_and_all_of_them_wait(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World
) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    theirs.close()
    for number in range(12):
        alice.has_task(f"Task {number}")

    rings(alice, webhooks)
    rings(alice, webhooks)

    attempts = [each["attempts"] for each in hook.deliveries()]
    assert sorted(attempts) == [0] * 8 + [1] * 4
    assert "ConnectionRefusedError" in str([each["error"] for each in hook.deliveries()])
    [(rests,)] = world.rows(
        "SELECT extract(epoch FROM rests_until - now())::float FROM webhooks WHERE id = %s", hook.id
    )
    assert 0 < float(str(rests)) < 600


def test_a_name_that_means_an_address_inside_is_never_asked(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World, trusted: Trusted
) -> None:
    """Who saves it cannot know what it will mean. What it means is looked at when it is asked, and that is asked."""
    hook = has_webhook(alice, webhooks, theirs, types=["task.created"])
    named = theirs.origin.replace("127.0.0.1", "localhost")
    with started(world, trusted, REACHABLE_NETWORKS="") as function:
        assert alice.browsing(function).patch(hook.address, json={"url": named}).status_code == 200
        alice.has_task("Buy milk")

        rings(alice, function)

    assert theirs.heard == []
    assert "not open to everybody" in hook.the_delivery()["error"]


def test_who_was_killed_behind_a_request_has_it_sent_again_under_its_id(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World, trusted: Trusted
) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    theirs.hold(hook.path)
    alice.has_task("Buy milk")
    with ThreadPoolExecutor(1) as bells:
        ringing = bells.submit(last_event(alice).to, webhooks)
        eventually(lambda: hook.heard, "it has been sent")
        webhooks.kill()
        assert ringing.exception() is not None
    theirs.opened.set()
    with started(world, trusted) as another:
        is_due(another)
        assert len(hook.heard) == 1  # as long as the other one might live

        time_passes(world)
        is_due(another)

        first, again = hook.heard
        assert (first.delivery, first.body) == (again.delivery, again.body)
        assert hooking.Webhook(alice, another, theirs, hook.path, hook.shown).the_delivery()["state"] == "delivered"


def test_two_at_once_send_everything_once(
    alice: Person, mallory: Person, webhooks: Function, theirs: Endpoint, world: World, trusted: Trusted
) -> None:
    hooks = [has_webhook(person, webhooks, theirs) for person in (alice, mallory) for _ in range(3)]
    for number in range(20):
        alice.has_task(f"Task {number}")
        mallory.has_task(f"Task {number}")

    with started(world, trusted) as another, ThreadPoolExecutor(4) as clocks:
        said = [clocks.submit(work_due("hooks").to, each) for each in (webhooks, another) * 4]
        assert {each.result().status_code for each in said} == {204}
        is_due(another)

    for hook in hooks:
        titles = [each.event["data"]["task"]["title"] for each in hook.heard if each.event["type"] == "task.created"]
        assert sorted(titles) == sorted(f"Task {number}" for number in range(20))


def test_what_happens_while_it_is_sent_is_sent_as_well(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    theirs.hold(hook.path)
    alice.has_task("First")
    with ThreadPoolExecutor(1) as bells:
        ringing = bells.submit(last_event(alice).to, webhooks)
        eventually(lambda: hook.heard, "the first one is on its way")
        alice.has_task("Second")
        rings(alice, webhooks)  # answered at once, for somebody is at it
        theirs.opened.set()
        assert ringing.result().status_code == 204

    assert [each.event["data"]["task"]["title"] for each in hook.heard] == ["First", "Second"]


def test_told_to_end_it_ends_soon_and_leaves_the_rest_to_another(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World, trusted: Trusted
) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    theirs.hold(hook.path)
    for number in range(10):
        alice.has_task(f"Task {number}")
    with ThreadPoolExecutor(1) as bells:
        ringing = bells.submit(last_event(alice).to, webhooks)
        eventually(lambda: len(hook.heard) == 4, "the first are on their way")
        webhooks.begin_to_end()
        theirs.opened.set()
        assert ringing.result().status_code == 204
    began = time.monotonic()
    assert webhooks.ended() == 0
    assert time.monotonic() - began < 5
    assert len(hook.heard) == 4

    with started(world, trusted) as another:
        is_due(another)

    assert len({each.delivery for each in hook.heard}) == len(hook.heard) == 10


def test_who_lets_go_of_a_webhook_has_heard_of_what_was_added(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World
) -> None:
    """Or it would wait for the minute: whoever added it saw that somebody has it in hand, and left it to them."""
    hook = has_webhook(alice, webhooks, theirs)
    world.rows("UPDATE webhooks SET due_at = now() WHERE id = %s", hook.id)

    async def lets_go() -> list[bool]:
        [(user_id, id, holder)] = await turns._claim(False, 1)
        whose = {"user_id": user_id, "id": id, "holder": holder}
        async with db.single() as tx:
            [nothing_due] = await tx.all(turns.sql.take, **whose, most=4)
        alice.has_task("Buy milk")
        turns.current.ring(alice.id)
        await turns.current._make_deliveries()
        async with db.single() as tx:
            [due] = await tx.all(turns.sql.take, **whose, most=4)
        return [await turns._let_go(whose, seen["additions"]) for seen in (nothing_due, due)]

    with a_function_of(world):
        assert run(lets_go()) == [False, True]


def test_a_webhook_has_one_turn_at_a_time_and_whoever_lost_theirs_sends_nothing_more(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World
) -> None:
    hook = has_webhook(alice, webhooks, theirs, types=["task.created"])
    alice.has_task("Buy milk")

    async def turn_by_turn() -> list[int]:
        turns.current.ring(alice.id)
        await turns.current._make_deliveries()
        with psycopg.connect(world.owner_url) as another:
            another.execute("SELECT FROM webhooks WHERE id = %s FOR UPDATE", [hook.id])
            in_other_hands = await turns._claim(False, 1)
        mine, not_yet_theirs = await turns._claim(False, 1), await turns._claim(False, 1)
        world.rows("UPDATE webhooks SET held_until = now() WHERE id = %s", hook.id)  # as if stopped for half a minute
        theirs_now = await turns._claim(False, 1)
        assert [len(each) for each in (in_other_hands, mine, not_yet_theirs, theirs_now)] == [0, 1, 0, 1]
        async with db.single() as tx:
            return [
                len(await tx.all(turns.sql.take, user_id=user_id, id=id, holder=holder, most=4))
                for user_id, id, holder in mine + theirs_now
            ]

    with a_function_of(world):
        assert run(turn_by_turn()) == [0, 1]


def test_what_goes_wrong_with_one_of_them_keeps_no_other_from_its_turn(
    alice: Person, mallory: Person, webhooks: Function, theirs: Endpoint, world: World
) -> None:
    poison, hook = has_webhook(mallory, webhooks, theirs), has_webhook(alice, webhooks, theirs)
    theirs.hold(hook.path)
    mallory.has_task("Poison")
    rings(mallory, webhooks)
    again = "UPDATE webhook_deliveries SET state = 'pending', attempts = %s, next_attempt_at = now() WHERE user_id = %s"
    world.rows(again, 2**31 - 1, mallory.id)
    world.rows("UPDATE webhooks SET due_at = now() WHERE id = %s", poison.id)
    alice.has_task("Buy milk")

    with ThreadPoolExecutor(1) as bells:
        ringing = bells.submit(last_event(alice).to, webhooks)
        eventually(lambda: hook.heard and len(poison.heard) == 2, "both are on their way")
        eventually(
            lambda: "one of many failed" in "".join(webhooks.lines()), "the count of attempts has no room for more"
        )
        theirs.opened.set()
        assert ringing.result().status_code == 204

    assert (len(hook.heard), hook.the_delivery()["state"]) == (1, "delivered")


def test_whoever_deletes_a_webhook_while_it_is_asked_disturbs_nobody(
    alice: Person, webhooks: Function, theirs: Endpoint
) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    theirs.hold(hook.path)
    alice.has_task("Buy milk")
    with ThreadPoolExecutor(1) as bells:
        ringing = bells.submit(last_event(alice).to, webhooks)
        eventually(lambda: hook.heard, "it is being asked")
        assert hook.asked("DELETE").status_code == 204
        theirs.answers[hook.path] = Said(410)
        theirs.opened.set()

        assert ringing.result().status_code == 204

    assert "failed" not in "".join(webhooks.lines())


def test_what_an_address_says_that_was_left_meanwhile_counts_no_more(
    alice: Person, webhooks: Function, theirs: Endpoint
) -> None:
    hook = has_webhook(alice, webhooks, theirs, types=["task.created"])
    theirs.hold(hook.path)
    theirs.answers[hook.path] = Said(410)
    alice.has_task("Buy milk")
    with ThreadPoolExecutor(1) as bells:
        ringing = bells.submit(last_event(alice).to, webhooks)
        eventually(lambda: hook.heard, "the old address is being asked")
        assert hook.asked("PATCH", json={"url": f"{theirs.origin}/new"}).status_code == 200
        theirs.opened.set()
        assert ringing.result().status_code == 204

    is_due(webhooks)

    assert (hook.now()["active"], hook.now()["failing_since"]) == (True, None)
    assert [each.delivery for each in theirs.at("/new")] == [hook.heard[0].delivery]
    assert hook.the_delivery()["state"] == "delivered"


def test_one_event_that_failed_often_keeps_no_other_waiting_for_longer_than_was_asked(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World
) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    theirs.answers[hook.path] = Said(503, (("Retry-After", "60"),))
    alice.has_task("Buy milk")
    rings(alice, webhooks)
    world.rows("UPDATE webhook_deliveries SET attempts = 7 WHERE user_id = %s", alice.id)
    time_passes(world)

    is_due(webhooks)

    rests = "SELECT extract(epoch FROM rests_until - now())::float FROM webhooks WHERE id = %s"
    assert 30 < float(str(world.rows(rests, hook.id)[0][0])) < 90
    assert hook.the_delivery()["attempts"] == 8


def test_nothing_that_is_added_while_it_is_switched_off_waits_for_the_next_time(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World
) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    add = """
        INSERT INTO webhook_deliveries (user_id, id, webhook_id, type, state, made_at, next_attempt_at)
        VALUES (%s, gen_random_uuid(), %s, 'task.created', 'pending', now(), now())"""
    with psycopg.connect(world.owner_url) as adding, ThreadPoolExecutor(1) as hands:
        adding.execute("SELECT FROM webhooks WHERE id = %s FOR UPDATE", [hook.id])
        switching = hands.submit(hook.asked, "PATCH", json={"active": False})
        eventually(lambda: world.waiting_for_locks() == 1, "whoever switches it off waits for who adds something")
        adding.execute(add, [alice.id, hook.id])
        adding.commit()
        assert switching.result().status_code == 200

    assert hook.the_delivery()["state"] == "cancelled"


def test_what_a_webhook_has_passed_over_this_moment_is_not_sent(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World
) -> None:
    """As one does that is switched off and on again, while somebody looks what there is for it."""
    hook = has_webhook(alice, webhooks, theirs, types=["task.created"])
    alice.has_task("Buy milk")
    with psycopg.connect(world.owner_url) as switching, ThreadPoolExecutor(1) as bells:
        switching.execute(
            "UPDATE webhooks SET through = value FROM counters WHERE id = %s AND webhooks.user_id = counters.user_id",
            [hook.id],
        )
        ringing = bells.submit(last_event(alice).to, webhooks)
        eventually(lambda: world.waiting_for_locks() == 1, "whoever looks what there is waits for who switches it")
        switching.commit()
        assert ringing.result().status_code == 204

    assert hook.heard == []


def test_whoever_was_rung_for_is_looked_after_however_many_there_are(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "WEBHOOKS", 2)
    for _ in range(5):
        has_webhook(alice, webhooks, theirs, types=["task.created"])
    alice.has_task("Buy milk")

    async def makes_all() -> None:
        turns.current.ring(alice.id)
        while turns.current._rung:
            await turns.current._make_deliveries()

    with a_function_of(world):
        run(makes_all())

    made = "SELECT count(*) FROM webhook_deliveries WHERE user_id = %s AND type = 'task.created'"
    assert world.rows(made, alice.id) == [(5,)]
