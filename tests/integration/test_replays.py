"""Nothing replays twice: what a function had has its effect once, however often an operator has it delivered."""

import json
from collections.abc import Iterator

import pytest

from tests import hooking
from tests.contract import house
from tests.deliveries import Delivery, Fact, dead, work_due
from tests.endpoint import Endpoint
from tests.hooking import Trusted, has_webhook, is_due, last_event, time_passes
from tests.operators import told
from tests.people import Person
from tests.post_office import PostOffice
from tests.streams import Page
from tests.telling import said, tell
from tests.world import ROOT, Function, World

SHOWN_HERE = {"audit", "notify", "sync", "webhooks"}


@pytest.fixture
def world(nothing_waits: World) -> World:
    return nothing_waits


@pytest.fixture
def notify(world: World, office: PostOffice) -> Iterator[Function]:
    notify = world.start("notify", SMTP_URL=office.url, MAIL_FROM="taskora@here.test", PUBLIC_URL="https://here.test")
    yield notify
    notify.kill()


@pytest.fixture
def webhooks(world: World, trusted: Trusted) -> Iterator[Function]:
    with hooking.started(world, trusted) as function:
        yield function


@pytest.fixture
def relay(world: World, notify: Function, webhooks: Function) -> Iterator[Function]:
    functions = notify, webhooks, world.function("audit"), world.function("sync")
    urls = {each.name: f"{each.url}/events" for each in functions}
    relay = world.start("relay", SUBSCRIBER_URLS=json.dumps(urls))
    yield relay
    relay.kill()


def has_again(function: Function, delivery: Delivery, world: World, relay: Function) -> None:
    """It had it, which nobody heard; so it is a dead letter, and an operator replays that. And again, and all."""
    assert delivery.to(function).status_code == 204
    assert dead(delivery, function.name, "422").to(relay).status_code == 204
    letter = delivery.headers["ce-id"]

    assert "1 due" in told(world, "replay", letter)
    assert work_due("outbox").to(relay).status_code == 204
    assert "is not delivered twice" in told(world, "replay", letter)
    assert "0 due" in told(world, "replay", "--all")
    assert work_due("outbox").to(relay).status_code == 204

    assert world.rows("SELECT attempts, delivered_at IS NULL FROM dead_letters") == [(1, False)]


def test_it_is_shown_here_of_each_function_that_dead_letters_go_back_to() -> None:
    [manifest] = house.documents(ROOT / "knative/base/functions/relay.yaml")
    [container] = manifest["spec"]["template"]["spec"]["containers"]
    [urls] = [json.loads(each["value"]) for each in container["env"] if each["name"] == "SUBSCRIBER_URLS"]

    assert urls.keys() == SHOWN_HERE


def test_the_history_has_it_once(alice: Person, world: World, relay: Function) -> None:
    audit = world.function("audit")
    Fact(alice.id, 2).delivery.to(audit)

    has_again(audit, Fact(alice.id, 1).delivery, world, relay)

    assert [each["sequence"] for each in alice.at("audit").get("/api/activity").json()["items"]] == [2, 1]
    assert alice.at("audit").get("/api/activity/verify").json()["entries"] == 2


def test_somebody_is_told_once(
    alice: Person, world: World, notify: Function, relay: Function, office: PostOffice
) -> None:
    wanted = {"channels": {"reminder": {"email": True}}}
    alice.browsing(notify).put("/api/preferences", json=wanted).raise_for_status()
    id = tell(alice)
    assert said(alice, id).to(notify).status_code == 204
    assert work_due("deliveries").to(notify).status_code == 204

    has_again(notify, said(alice, id), world, relay)
    world.rows("UPDATE deliveries SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL")
    assert work_due("deliveries").to(notify).status_code == 204

    assert len(office.letters_to(alice.email)) == 1
    assert len(alice.browsing(notify).get("/api/notifications").json()["items"]) == 1


def test_an_address_of_theirs_is_sent_it_once(
    alice: Person, world: World, webhooks: Function, relay: Function, theirs: Endpoint
) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    alice.has_task("Buy milk")

    has_again(webhooks, last_event(alice), world, relay)
    time_passes(world)
    is_due(webhooks)

    assert hook.types == ["task.created"]


def test_a_page_shows_it_once(alice: Person, world: World, relay: Function) -> None:
    sync = world.function("sync")
    with Page(sync.url, alice.token) as page:
        page.until_named("hello")
        task = alice.has_task("Buy milk")

        has_again(sync, Fact(alice.id, 1, "task.created", f"task/{task['id']}").delivery, world, relay)
        alice.has_task("Buy bread")
        page.until_number(2)

    assert page.numbers == [1, 2]
