"""A browser is told things while its page is closed, once, and nobody in between can read them."""

import ssl
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from shared.notices import Kind, Notice
from tests.deliveries import tick, work_due
from tests.people import Person
from tests.ports import free_port
from tests.push_service import VAPID_PRIVATE_KEY, Browser, Pushed, PushService, encoded, push_service, signer
from tests.telling import add, quiet_now, reminder, said, tell
from tests.world import Function, World, eventually

SETTINGS = {
    "VAPID_PRIVATE_KEY": VAPID_PRIVATE_KEY,
    "REACHABLE_NETWORKS": "127.0.0.0/8",
    "PUBLIC_URL": "https://taskora.test",
}


@pytest.fixture(scope="module")
def world(quiet_world: World) -> World:
    """In which nobody else waits for a push."""
    return quiet_world


@pytest.fixture
def service(trusted: tuple[ssl.SSLContext, Path]) -> Iterator[PushService]:
    with push_service(trusted[0]) as service:
        yield service


@pytest.fixture(scope="module")
def running(world: World, trusted: tuple[ssl.SSLContext, Path]) -> Iterator[Callable[[], Function]]:
    """One for all tests, unless one of them ended it."""
    with ExitStack() as all_of_them:
        latest: list[Function] = []

        def running() -> Function:
            if not latest or latest[-1].process.poll() is not None:
                latest.append(started(world, trusted))
                all_of_them.callback(latest[-1].kill)
            return latest[-1]

        yield running


@pytest.fixture
def notify(world: World, running: Callable[[], Function]) -> Function:
    world.rows("DELETE FROM deliveries")
    return running()


def started(world: World, trusted: tuple[ssl.SSLContext, Path], **settings: str) -> Function:
    return world.start("notify", **SETTINGS | {"SSL_CERT_FILE": str(trusted[1])} | settings)


def subscribe(person: Person, notify: Function, browser: Browser) -> httpx.Response:
    return person.browsing(notify).post("/api/push/subscriptions", json=browser.subscription())


def subscribed(person: Person, notify: Function, service: PushService) -> Browser:
    browser = Browser(service.origin)
    assert subscribe(person, notify, browser).status_code == 201
    return browser


def subscriptions(person: Person, notify: Function) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = person.browsing(notify).get("/api/push/subscriptions").json()["items"]
    return items


def receipt(person: Person, notify: Function, id: UUID, channel: str = "push") -> dict[str, Any]:
    items = person.browsing(notify).get(f"/api/notifications/{id}/deliveries").json()["items"]
    [found] = [item for item in items if item["channel"] == channel]
    assert isinstance(found, dict)
    return found


def channels(person: Person, notify: Function, id: UUID) -> list[str]:
    return [
        item["channel"] for item in person.browsing(notify).get(f"/api/notifications/{id}/deliveries").json()["items"]
    ]


def time_passes(world: World) -> None:
    world.rows("UPDATE deliveries SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL")


def nothing_waits(world: World, notify: Function) -> bool:
    time_passes(world)
    assert work_due("deliveries").to(notify).status_code == 204
    return not world.rows("SELECT FROM deliveries WHERE outcome IS NULL")


def the_one(pushed: list[Pushed]) -> Pushed:
    [one] = pushed
    return one


def test_a_reminder_reaches_the_browser_and_says_what_can_be_done(
    alice: Person, notify: Function, service: PushService
) -> None:
    browser = subscribed(alice, notify, service)
    id = tell(alice, "Pay the rent", due="2040-03-26T09:00:00", zone="Europe/Berlin")

    assert said(alice, id).to(notify).status_code == 204

    pushed = the_one(service.to(browser))
    message = browser.reads(pushed)
    assert (message["id"], message["user"], message["title"]) == (str(id), str(alice.id), "Pay the rent")
    assert message["body"] == "Due Monday, 26 March 2040 at 09:00"
    assert [action["action"] for action in message["actions"]] == ["complete", "snooze"]
    assert message["task"] in str(alice.events())
    [reminder_id] = message["reminders"]
    path = f"/api/tasks/{message['task']}"
    assert [(action["path"], action["body"]) for action in message["actions"]] == [
        (f"{path}/complete", {}),
        (f"{path}/reminders/{reminder_id}/snooze", {"minutes": 10}),
    ]
    assert (pushed.headers["ttl"], pushed.headers["urgency"]) == ("86400", "high")
    assert pushed.headers["topic"] == message["tag"] == encoded(id.bytes)
    assert len(pushed.body) <= 4096


def test_what_its_action_says_completes_the_task(alice: Person, notify: Function, service: PushService) -> None:
    browser = subscribed(alice, notify, service)
    said(alice, tell(alice)).to(notify)
    message = browser.reads(the_one(service.to(browser)))

    answer = alice.at("complete").post(message["actions"][0]["path"], json=message["actions"][0]["body"])

    assert (answer.status_code, answer.json()["task"]["status"]) == (200, "done")


@pytest.mark.parametrize("title", ['"' * 500, "\U0001f600" * 500, "\\" * 500])
def test_whatever_is_said_a_push_service_takes_it(
    alice: Person, notify: Function, service: PushService, title: str
) -> None:
    """They take no more than 4,096 bytes, in one piece."""
    browser = subscribed(alice, notify, service)
    task = alice.has_task("Many")
    about = [replace(reminder(task | {"title": title}).about[0], reminders=[uuid4() for _ in range(100)])] * 6
    one, many = [Notice(f"{len(tasks)}", "reminder", tasks, datetime.now(UTC)) for tasks in (about[:1], about)]

    for id in add(alice, one, many).values():
        said(alice, id).to(notify)

    short, other = [browser.reads(pushed)["title"] for pushed in service.to(browser)]
    assert (short, other) == (title[:200], "6 reminders")
    assert all(len(pushed.body) <= 4096 for pushed in service.to(browser))


def test_what_waited_for_its_service_says_that_it_is_late(
    alice: Person, notify: Function, service: PushService, world: World
) -> None:
    browser = subscribed(alice, notify, service)
    service.answers[browser.path] = 503, {}
    said(alice, tell(alice)).to(notify)
    del service.answers[browser.path]
    world.rows("UPDATE deliveries SET deliver_at = now() - interval '61 seconds', next_attempt_at = now()")

    assert work_due("deliveries").to(notify).status_code == 204

    on_time, late = [browser.reads(pushed)["body"] for pushed in service.to(browser)]
    assert "late" not in on_time
    assert "This comes late: it was planned for" in late


def test_a_service_that_says_nothing_keeps_nobody_waiting_for_another(
    alice: Person, mallory: Person, notify: Function, service: PushService, trusted: tuple[ssl.SSLContext, Path]
) -> None:
    browser = subscribed(alice, notify, service)
    with push_service(trusted[0]) as silent, ThreadPoolExecutor(8) as dispatchers:
        silent.opened.clear()
        subscribed(mallory, notify, silent)
        vain = [dispatchers.submit(said(mallory, tell(mallory)).to, notify) for _ in range(14)]
        hers = dispatchers.submit(said(alice, tell(alice)).to, notify)

        assert hers.result().status_code == 204
        assert len(service.to(browser)) == 1
        assert len(silent.pushed) == 2
        silent.opened.set()
        assert {answer.result().status_code for answer in vain} == {204}


def test_the_service_knows_who_sends_and_the_browser_subscribed_to_that_key(
    alice: Person, notify: Function, service: PushService
) -> None:
    browser = subscribed(alice, notify, service)
    said(alice, tell(alice)).to(notify)

    key, signed = signer(the_one(service.to(browser)))

    assert alice.browsing(notify).get("/api/push/key").json() == {"key": key}
    assert (signed["aud"], signed["sub"]) == (service.origin, "https://taskora.test")
    assert time.time() < signed["exp"] < time.time() + 24 * 3600


def test_nothing_of_it_can_be_read_on_the_way(alice: Person, notify: Function, service: PushService) -> None:
    browser = subscribed(alice, notify, service)
    said(alice, tell(alice, "Secret title")).to(notify)

    pushed = the_one(service.to(browser))

    assert b"Secret" not in pushed.body
    assert "Secret" not in str(pushed.headers)
    assert not [line for line in notify.lines() if "Secret" in line or browser.path in line]


def test_it_is_sent_once_however_often_its_event_comes(alice: Person, notify: Function, service: PushService) -> None:
    browser = subscribed(alice, notify, service)
    the_same = said(alice, tell(alice))

    with ThreadPoolExecutor(4) as dispatchers:
        answers = list(dispatchers.map(lambda _: the_same.to(notify).status_code, range(4)))

    assert answers == [204] * 4
    assert len(service.to(browser)) == 1


def test_every_browser_of_its_user_is_told_and_nobody_elses(
    alice: Person, mallory: Person, notify: Function, service: PushService
) -> None:
    mine, theirs = [subscribed(alice, notify, service) for _ in range(2)], subscribed(mallory, notify, service)
    id = tell(alice)

    said(alice, id).to(notify)

    assert [len(service.to(browser)) for browser in (*mine, theirs)] == [1, 1, 0]
    assert receipt(alice, notify, id)["outcome"] == "sent"


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(
    alice: Person, notify: Function, service: PushService, status: int
) -> None:
    gone, here = subscribed(alice, notify, service), subscribed(alice, notify, service)
    service.answers[gone.path] = status, {}
    id = tell(alice)

    said(alice, id).to(notify)

    assert len(subscriptions(alice, notify)) == 1
    assert receipt(alice, notify, id)["outcome"] == "sent"
    said(alice, tell(alice)).to(notify)
    assert [len(service.to(browser)) for browser in (gone, here)] == [1, 2]


def test_a_service_that_is_away_gets_it_later_and_whoever_has_it_not_again(
    alice: Person, notify: Function, service: PushService, world: World
) -> None:
    gone, away, here = [subscribed(alice, notify, service) for _ in range(3)]
    service.answers |= {gone.path: (410, {}), away.path: (503, {})}
    id = tell(alice)

    assert said(alice, id).to(notify).status_code == 204
    waiting = receipt(alice, notify, id)
    assert (waiting["attempts"], waiting["outcome"]) == (1, None)
    assert waiting["last_error"] == "the push service answered 503"
    pause = datetime.fromisoformat(waiting["next_attempt_at"]) - datetime.now(UTC)
    assert timedelta(seconds=15) < pause < timedelta(seconds=45)

    del service.answers[away.path]
    time_passes(world)
    assert work_due("deliveries").to(notify).status_code == 204
    done = receipt(alice, notify, id)
    assert (done["attempts"], done["outcome"], done["next_attempt_at"]) == (2, "sent", None)
    assert [len(service.to(browser)) for browser in (away, here)] == [2, 1]


def test_a_service_that_asks_for_a_pause_has_it(alice: Person, notify: Function, service: PushService) -> None:
    browser = subscribed(alice, notify, service)
    service.answers[browser.path] = 429, {"retry-after": "1800"}
    id = tell(alice)

    said(alice, id).to(notify)

    pause = datetime.fromisoformat(receipt(alice, notify, id)["next_attempt_at"]) - datetime.now(UTC)
    assert timedelta(minutes=29) < pause <= timedelta(minutes=30)


@pytest.mark.parametrize("status", [301, 400, 403, 413])
def test_what_a_service_refuses_for_good_is_not_tried_again(
    alice: Person, notify: Function, service: PushService, status: int
) -> None:
    browser = subscribed(alice, notify, service)
    service.answers[browser.path] = status, {"location": f"{service.origin}/elsewhere"}
    id = tell(alice)

    said(alice, id).to(notify)

    assert receipt(alice, notify, id)["outcome"] == "refused"
    assert len(subscriptions(alice, notify)) == 1
    assert [pushed.path for pushed in service.pushed] == [browser.path]


def test_what_is_a_day_late_is_given_up(alice: Person, notify: Function, service: PushService, world: World) -> None:
    browser = subscribed(alice, notify, service)
    service.answers[browser.path] = 503, {}
    id = tell(alice)
    said(alice, id).to(notify)
    world.rows("UPDATE deliveries SET deliver_at = now() - interval '25 hours', next_attempt_at = now()")

    assert work_due("deliveries").to(notify).status_code == 204

    assert receipt(alice, notify, id)["outcome"] == "given up"


def test_after_a_kill_it_comes_again_and_takes_the_place_of_the_first(
    alice: Person, world: World, service: PushService, trusted: tuple[ssl.SSLContext, Path]
) -> None:
    first, second = started(world, trusted), started(world, trusted)
    browser = subscribed(alice, first, service)
    id = tell(alice)
    service.opened.clear()
    with ThreadPoolExecutor(1) as dispatcher:
        answer = dispatcher.submit(said(alice, id).to, first)
        eventually(lambda: service.to(browser), "the push service has it and has not said so")
        first.kill()
        assert answer.exception() is not None
    service.opened.set()

    assert said(alice, id).to(second).status_code == 204
    assert len(service.to(browser)) == 1  # the other one may be at it yet
    time_passes(world)
    assert work_due("deliveries").to(second).status_code == 204

    one, other = service.to(browser)
    assert one.headers["topic"] == other.headers["topic"]
    assert browser.reads(one) == browser.reads(other)
    second.kill()


def wants(person: Person, notify: Function, **said: Any) -> None:
    person.browsing(notify).put("/api/preferences", json=said).raise_for_status()


def test_in_quiet_hours_it_waits_for_their_end(
    alice: Person, notify: Function, service: PushService, world: World
) -> None:
    browser = subscribed(alice, notify, service)
    before = measured(notify)
    hours = quiet_now()
    wants(alice, notify, quiet_hours=hours)
    id = tell(alice)
    said(alice, id).to(notify)

    waiting = receipt(alice, notify, id)

    assert (service.pushed, waiting["deferred"], waiting["attempts"]) == ([], True, 0)
    ends = datetime.fromisoformat(waiting["deliver_at"])
    assert timedelta(minutes=118) < ends - datetime.now(UTC) <= timedelta(hours=2)
    assert work_due("deliveries").to(notify).status_code == 204
    assert service.pushed == []

    wants(alice, notify)
    world.rows("UPDATE deliveries SET deliver_at = now() - interval '2 seconds', next_attempt_at = now()")
    assert work_due("deliveries").to(notify).status_code == 204
    assert len(service.to(browser)) == 1
    assert 2 <= receipt(alice, notify, id)["late"] < 20
    assert measured(notify) == before + 1


def measured(notify: Function) -> int:
    """How many pushes it has measured the lateness of."""
    with notify.client() as scraper:
        said = scraper.get("/metrics").text.splitlines()
    name = 'reminder_lateness_seconds_count{channel="push"} '
    return next((int(line.removeprefix(name)) for line in said if line.startswith(name)), 0)


def test_what_failed_before_quiet_hours_is_tried_again_behind_them(
    alice: Person, notify: Function, service: PushService, world: World
) -> None:
    """And so is what was not heard of in time, as after an outage."""
    browser = subscribed(alice, notify, service)
    service.answers[browser.path] = 503, {}
    failed, in_vain, unheard = tell(alice), tell(alice), tell(alice)
    for id in (failed, in_vain):
        said(alice, id).to(notify)
    assert len(service.to(browser)) == 2
    del service.answers[browser.path]
    wants(alice, notify, quiet_hours=quiet_now())
    world.rows(
        "UPDATE notifications SET planned_at = now() - interval '3 hours', created_at = now() - interval '3 hours'"
        " WHERE user_id = %s",
        alice.id,
    )
    world.rows("UPDATE deliveries SET deliver_at = now() - interval '23 hours' WHERE notification_id = %s", in_vain)
    time_passes(world)

    said(alice, unheard).to(notify)
    assert work_due("deliveries").to(notify).status_code == 204

    assert len(service.to(browser)) == 2
    assert receipt(alice, notify, in_vain)["outcome"] == "given up"  # by then it is a day late
    for id, attempts in ((failed, 1), (unheard, 0)):
        waiting = receipt(alice, notify, id)
        assert (waiting["outcome"], waiting["deferred"], waiting["attempts"]) == (None, True, attempts)
        assert waiting["next_attempt_at"] == waiting["deliver_at"]
        ends = datetime.fromisoformat(waiting["deliver_at"])
        assert timedelta(minutes=118) < ends - datetime.now(UTC) <= timedelta(hours=2)


def test_what_is_urgent_waits_for_nothing(alice: Person, notify: Function, service: PushService) -> None:
    browser = subscribed(alice, notify, service)
    wants(alice, notify, quiet_hours=quiet_now())

    said(alice, tell(alice, urgent=True)).to(notify)

    assert len(service.to(browser)) == 1


def test_what_was_seen_or_done_meanwhile_is_sent_no_more(
    alice: Person, notify: Function, service: PushService, world: World
) -> None:
    subscribed(alice, notify, service)
    wants(alice, notify, quiet_hours=quiet_now())
    task = alice.has_task("Done meanwhile")
    seen, [done] = tell(alice), add(alice, reminder(task)).values()
    for id in (seen, done):
        said(alice, id).to(notify)
    alice.browsing(notify).post(f"/api/notifications/{seen}/read").raise_for_status()
    alice.at("tasks").patch(f"/api/tasks/{task['id']}", json={"status": "done"}).raise_for_status()
    time_passes(world)

    assert work_due("deliveries").to(notify).status_code == 204

    assert service.pushed == []
    assert [receipt(alice, notify, id)["outcome"] for id in (seen, done)] == ["was read before", "is over"]


def test_who_wants_no_push_or_has_no_browser_gets_none(
    alice: Person, mallory: Person, notify: Function, service: PushService
) -> None:
    subscribed(alice, notify, service)
    wants(alice, notify, channels={"reminder": {"push": False}})

    for person in (alice, mallory):
        id = tell(person)
        assert said(person, id).to(notify).status_code == 204
        assert channels(person, notify, id) == ["in_app"]

    assert service.pushed == []


@pytest.mark.parametrize("kind", ["reminder", "digest", "overdue"])
def test_each_kind_goes_where_its_user_wants_it(
    alice: Person, notify: Function, service: PushService, kind: str
) -> None:
    browser = subscribed(alice, notify, service)
    wants(alice, notify, channels={each: {"push": each == kind} for each in ("reminder", "digest", "overdue")})
    about = reminder(alice.has_task("Stand up")).about

    kinds: tuple[Kind, ...] = ("reminder", "digest", "overdue")
    ids = add(alice, *(Notice(each, each, about, datetime.now(UTC)) for each in kinds))
    for id in ids.values():
        assert said(alice, id).to(notify).status_code == 204

    assert browser.reads(the_one(service.to(browser)))["kind"] == kind
    assert [each for each, id in ids.items() if "push" in channels(alice, notify, id)] == [kind]


def test_no_more_are_taken_than_can_be_sent_though_the_server_knows_of_only_one(
    alice: Person, notify: Function, service: PushService, world: World
) -> None:
    browser, task = subscribed(alice, notify, service), alice.has_task("Stand up")
    first, *others = add(alice, *(reminder(task) for _ in range(40))).values()
    wait_for_their_push(world, first)
    world.plans_by_what_is_in("deliveries")
    wait_for_their_push(world, *others)

    assert work_due("deliveries").to(notify).status_code == 204

    assert len(service.to(browser)) == 40


def wait_for_their_push(world: World, *ids: UUID) -> None:
    """Since this moment, and all on the one page that the server has read."""
    world.rows(
        "INSERT INTO deliveries (user_id, notification_id, channel, id, deliver_at, next_attempt_at)"
        " SELECT user_id, id, 'push', id, now(), now() FROM notifications WHERE id = ANY (%s)",
        list(ids),
    )


def test_what_many_wait_for_at_one_time_goes_out_once_though_two_are_at_it(
    alice: Person, notify: Function, service: PushService, world: World, trusted: tuple[ssl.SSLContext, Path]
) -> None:
    """As at the end of the night."""
    browser, other = subscribed(alice, notify, service), started(world, trusted)
    wants(alice, notify, quiet_hours=quiet_now())
    task = alice.has_task("Stand up")
    with ThreadPoolExecutor(8) as dispatchers:
        ids = add(alice, *(reminder(task) for _ in range(80))).values()
        assert {*dispatchers.map(lambda id: said(alice, id).to(notify).status_code, ids)} == {204}
        wants(alice, notify)
        world.rows("UPDATE deliveries SET deliver_at = now(), next_attempt_at = now()")

        work = [dispatchers.submit(work_due("deliveries").to, process) for process in (notify, other) * 2]

        assert [answer.result().status_code for answer in work] == [204] * 4
    eventually(lambda: nothing_waits(world, notify), "the steps that follow have sent the rest", within=60)
    topics = [pushed.headers["topic"] for pushed in service.to(browser)]
    assert sorted(topics) == sorted(encoded(id.bytes) for id in ids)
    other.kill()


def test_what_is_silent_is_in_the_page_alone(alice: Person, notify: Function, service: PushService) -> None:
    subscribed(alice, notify, service)

    id = tell(alice, silent=True)
    assert said(alice, id).to(notify).status_code == 204

    assert channels(alice, notify, id) == ["in_app"]
    assert service.pushed == []


def test_whoever_logs_out_is_told_nothing_more_there(alice: Person, notify: Function, service: PushService) -> None:
    subscribed(alice, notify, service)
    alice.at("accounts").post("/api/auth/logout").raise_for_status()
    [id] = add(alice, Notice("key", "digest", [], datetime.now(UTC))).values()

    said(alice, id).to(notify)

    assert service.pushed == []


def test_a_browser_is_one_persons(alice: Person, mallory: Person, notify: Function, service: PushService) -> None:
    browser = subscribed(alice, notify, service)
    first = subscriptions(alice, notify)
    assert subscribe(alice, notify, browser).status_code == 201
    assert subscriptions(alice, notify) == first
    assert subscribe(mallory, notify, browser).status_code == 201

    said(alice, tell(alice)).to(notify)

    assert (service.pushed, subscriptions(alice, notify), len(subscriptions(mallory, notify))) == ([], [], 1)


def test_a_subscription_is_made_and_ended_by_its_person_alone_and_both_are_events(
    alice: Person, mallory: Person, notify: Function, service: PushService
) -> None:
    browser = subscribed(alice, notify, service)
    [subscription] = subscriptions(alice, notify)
    path = f"/api/push/subscriptions/{subscription['id']}"

    assert (subscription["host"], subscription["current"]) == ("127.0.0.1", True)
    assert mallory.browsing(notify).delete(path).status_code == 404
    assert [alice.browsing(notify).delete(path).status_code for _ in range(2)] == [204, 404]
    assert [kind for _, kind, _ in alice.events()] == ["user.push_subscribed", "user.push_unsubscribed"]
    rows = alice.world.rows("SELECT data::text FROM events WHERE user_id = %s", alice.id)
    assert browser.path not in str(rows)


def test_twenty_browsers_are_enough(alice: Person, notify: Function, service: PushService) -> None:
    answers = [subscribe(alice, notify, Browser(service.origin)).status_code for _ in range(21)]

    assert answers == [201] * 20 + [409]


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.org/send",
        "https://10.0.0.1/send",
        "https://[::1]/send",
        "https://[::ffff:10.0.0.1]/send",
        "https://169.254.169.254/latest",
        "https://user@push.example.org/send",
        "https://push.example.org/send#part",
        "https://push.example.org/send\r\nhost: inside",
        "https://push.example.org:99999/send",
        "https:///send",
        "ftp://push.example.org/send",
        "nothing",
    ],
)
def test_an_address_inside_or_of_no_push_service_is_refused(alice: Person, notify: Function, endpoint: str) -> None:
    said = Browser("https://push.example.org").subscription() | {"endpoint": endpoint}

    answer = alice.browsing(notify).post("/api/push/subscriptions", json=said)

    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, ["endpoint"])


@pytest.mark.parametrize(
    ("name", "value"), [("p256dh", "AAAA"), ("p256dh", encoded(b"\4" + b"\1" * 64)), ("auth", "AAAA"), ("auth", "%%")]
)
def test_what_no_browser_can_have_for_keys_is_refused(alice: Person, notify: Function, name: str, value: str) -> None:
    said = Browser("https://push.example.org").subscription()
    said["keys"][name] = value

    answer = alice.browsing(notify).post("/api/push/subscriptions", json=said)

    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, [f"keys.{name}"])


def test_a_name_that_leads_inside_is_asked_nothing_and_if_it_stays_so_forgotten(
    alice: Person, world: World, service: PushService, trusted: tuple[ssl.SSLContext, Path]
) -> None:
    """Whatever it meant when it was subscribed."""
    notify = started(world, trusted, REACHABLE_NETWORKS="")
    browser = Browser(service.origin.replace("127.0.0.1", "localhost"))
    assert subscribe(alice, notify, browser).status_code == 201
    id = tell(alice)

    said(alice, id).to(notify)
    for _ in range(3):
        time_passes(world)
        assert work_due("deliveries").to(notify).status_code == 204
    assert (receipt(alice, notify, id)["outcome"], len(subscriptions(alice, notify))) == (None, 1)
    time_passes(world)
    assert work_due("deliveries").to(notify).status_code == 204

    assert (service.pushed, subscriptions(alice, notify)) == ([], [])
    assert "not open to everybody" in receipt(alice, notify, id)["last_error"]
    notify.kill()


def test_an_address_that_led_inside_for_a_while_reaches_its_browser_again(
    alice: Person, world: World, notify: Function, service: PushService, trusted: tuple[ssl.SSLContext, Path]
) -> None:
    misled = started(world, trusted, REACHABLE_NETWORKS="")
    browser = subscribed(alice, notify, service)

    for _ in range(2):
        id = tell(alice)
        said(alice, id).to(misled)
        for _ in range(3):
            time_passes(world)
            assert work_due("deliveries").to(misled).status_code == 204
        time_passes(world)
        assert work_due("deliveries").to(notify).status_code == 204
        assert receipt(alice, notify, id)["outcome"] == "sent"

    assert (len(service.to(browser)), len(subscriptions(alice, notify))) == (2, 1)
    misled.kill()


def test_nobody_is_believed_whose_certificate_nobody_signed(alice: Person, world: World, service: PushService) -> None:
    notify = world.start("notify", **SETTINGS)
    browser = subscribed(alice, notify, service)
    id = tell(alice)

    said(alice, id).to(notify)

    assert (service.to(browser), receipt(alice, notify, id)["outcome"]) == ([], None)
    notify.kill()


def test_a_service_that_is_nowhere_is_tried_again_and_nothing_is_late_yet(alice: Person, notify: Function) -> None:
    browser = Browser(f"https://127.0.0.1:{free_port()}")
    subscribe(alice, notify, browser)
    id = tell(alice)

    assert said(alice, id).to(notify).status_code == 204

    waiting = receipt(alice, notify, id)
    assert (waiting["outcome"], waiting["sent_at"], waiting["late"]) == (None, None, None)


def test_without_a_key_there_is_no_push(alice: Person, world: World) -> None:
    assert alice.at("notify").get("/api/push/key").json() == {"key": None}


def test_a_browser_that_nothing_can_be_written_for_keeps_no_other_from_hearing(
    alice: Person, mallory: Person, notify: Function, service: PushService, world: World
) -> None:
    before = len(notify.lines())
    good, other = subscribed(alice, notify, service), subscribed(mallory, notify, service)
    subscribed(alice, notify, service)
    world.rows(
        "UPDATE push_subscriptions SET p256dh = 'AAAA' WHERE user_id = %s AND created_at ="
        " (SELECT max(created_at) FROM push_subscriptions WHERE user_id = %s)",
        alice.id, alice.id,
    )  # fmt: skip
    ids = [tell(alice), tell(mallory)]
    for person, id in zip((alice, mallory), ids, strict=True):
        assert said(person, id).to(notify).status_code == 204

    assert [len(service.to(browser)) for browser in (good, other)] == [1, 1]
    waiting = receipt(alice, notify, ids[0])
    assert (waiting["outcome"], waiting["last_error"]) == (None, "ValueError")
    assert sum("a browser cannot be told" in line for line in notify.lines()[before:]) == 1


def test_what_nobody_can_say_keeps_no_other_from_being_said(
    alice: Person, mallory: Person, notify: Function, service: PushService, world: World
) -> None:
    subscribed(alice, notify, service)
    other = subscribed(mallory, notify, service)
    far = datetime.now(UTC) + timedelta(hours=12)
    wants(alice, notify, quiet_hours={"start": f"{far:%H:%M}", "end": f"{far + timedelta(minutes=5):%H:%M}"})
    ids = [tell(alice), tell(mallory)]
    for person, id in zip((alice, mallory), ids, strict=True):
        said(person, id).to(notify)
    world.rows("UPDATE deliveries SET outcome = NULL, next_attempt_at = now(), reached = '{}'")
    world.rows("UPDATE users SET zone = 'Nowhere' WHERE id = %s", alice.id)

    assert work_due("deliveries").to(notify).status_code == 204

    assert len(service.to(other)) == 2
    assert receipt(alice, notify, ids[0])["last_error"] == "ZoneInfoNotFoundError"


def test_the_clock_wakes_notify_when_a_delivery_is_due(
    alice: Person, notify: Function, service: PushService, world: World
) -> None:
    browser = subscribed(alice, notify, service)
    service.answers[browser.path] = 503, {}
    said(alice, tell(alice)).to(notify)

    def woken() -> bool:
        world.door.posted.clear()
        assert tick().to(world.function("clock")).status_code == 204
        return "deliveries" in [posted.headers.get("ce-work") for posted in world.door.posted]

    assert not woken()
    time_passes(world)
    assert woken()


def test_what_nobody_signed_sends_nothing(alice: Person, notify: Function, service: PushService) -> None:
    subscribed(alice, notify, service)

    assert said(alice, tell(alice)).having(signature="00").to(notify).status_code == 422

    assert service.pushed == []
