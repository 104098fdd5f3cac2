"""What happens is sent to its user's own addresses: signed, at least once, and what they ask for alone."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests import hooking
from tests.deliveries import tick, work_due
from tests.endpoint import Endpoint, Said
from tests.happenings import happen
from tests.hooking import Trusted, has_webhook, is_due, last_event, rings, time_passes
from tests.people import Person
from tests.world import ROOT, Door, Function, World, eventually


@pytest.fixture(scope="module")
def world(quiet_world: World) -> World:
    """In which nobody else has a webhook."""
    return quiet_world


@pytest.fixture(scope="module")
def webhooks(world: World, trusted: Trusted) -> Iterator[Function]:
    with hooking.started(world, trusted) as function:
        yield function


@pytest.fixture(autouse=True)
def _nobody_else_waits(world: World) -> None:
    world.rows("UPDATE webhooks SET active = false")


def test_what_happens_is_sent_there_signed(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    task = alice.has_task("Buy milk")

    rings(alice, webhooks)

    [heard] = hook.heard
    [(sequence, kind, subject)] = alice.events()[-1:]
    assert (heard.event["type"], heard.event["subject"], heard.event["sequence"]) == (kind, subject, str(sequence))
    assert heard.event["data"]["task"] == task
    assert heard.event["specversion"] == "1.0"
    assert heard.headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    assert heard.is_signed_with(hook.secret)
    assert not heard.is_signed_with(hook.secret + "?")
    assert heard.headers["taskora-attempt"] == "1"
    assert f"t={int(time.time())}"[:-2] in heard.headers["taskora-signature"]


def test_who_checks_it_as_the_guide_says_believes_us_alone(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    [said] = re.findall(r"```py\n(import hashlib\n.*?)```", (ROOT / "functions/README.md").read_text(), re.DOTALL)
    known: dict[str, Any] = {}
    exec(said, known)  # noqa: S102
    is_from_taskora = known["is_from_taskora"]
    hook = has_webhook(alice, webhooks, theirs)
    alice.has_task("Buy milk")

    rings(alice, webhooks)

    [heard] = hook.heard
    signature = heard.headers["taskora-signature"]
    long_ago = re.sub(r"t=\d+", "t=1700000000", signature)
    assert is_from_taskora(hook.secret, signature, heard.body)
    assert not is_from_taskora(hook.secret, signature, heard.body + b" ")
    assert not is_from_taskora("whsec_another", signature, heard.body)
    assert not is_from_taskora(hook.secret, long_ago, heard.body)


def test_what_became_of_it_is_listed(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    theirs.answers[hook.path] = Said(200, body=b"thanks\0" + b"!" * 10_000)
    alice.has_task("Buy milk")

    rings(alice, webhooks)

    delivery = hook.the_delivery()
    assert delivery["id"] == hook.heard[0].delivery
    assert (delivery["state"], delivery["attempts"], delivery["status"]) == ("delivered", 1, 200)
    assert delivery["answer"].startswith("thanks !!!")
    assert len(delivery["answer"]) == 500
    assert 0 < delivery["seconds"] < 10
    assert hook.now()["delivered_at"] is not None


def test_an_event_that_comes_twice_is_sent_once(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    alice.has_task("Buy milk")

    for _ in range(2):
        rings(alice, webhooks)
        is_due(webhooks)

    assert hook.types == ["task.created"]


def test_what_nobody_said_is_found_by_the_minute(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World, door: Door
) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    titles = [f"Task {number}" for number in range(5)]
    for title in titles:
        alice.has_task(title)

    assert tick().to(world.function("clock")).status_code == 204
    assert "hooks" in [posted.headers.get("ce-work") for posted in list(door.posted)]
    is_due(webhooks)

    assert sorted(each.event["data"]["task"]["title"] for each in hook.heard) == titles


def test_only_what_is_asked_for_is_sent(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    completed = has_webhook(alice, webhooks, theirs, types=["task.completed", "task.completed"])
    lists = has_webhook(alice, webhooks, theirs, types=["list.*"])
    task = alice.has_task("Buy milk")
    alice.at("tasks").patch(f"/api/tasks/{task['id']}", json={"status": "done"})
    assert alice.at("organize").post("/api/lists", json={"name": "Home"}).status_code == 201

    rings(alice, webhooks)

    assert (completed.types, lists.types) == (["task.completed"], ["list.created"])
    assert completed.shown["types"] == ["task.completed"]


def test_nothing_of_somebody_else_is_sent(alice: Person, mallory: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(mallory, webhooks, theirs)
    alice.has_task("Buy milk")

    rings(alice, webhooks)
    is_due(webhooks)

    assert hook.heard == []


def test_a_type_that_there_is_not_is_refused_by_name(alice: Person, webhooks: Function) -> None:
    asked = {"url": "https://hooks.example.org/", "types": ["task.*", "task.eaten"]}

    answer = alice.browsing(webhooks).post("/api/webhooks", json=asked)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "types.1"
    assert "task.eaten" in answer.json()["detail"]


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/", "https://10.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest/meta-data",
        "https://someone:secret@example.org/", "https:///", "ftp://example.org/", "https://example.org/#part",
    ],
)  # fmt: skip
def test_an_address_that_is_not_for_everybody_is_refused(alice: Person, webhooks: Function, url: str) -> None:
    answer = alice.browsing(webhooks).post("/api/webhooks", json={"url": url})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "url")


def test_its_secret_is_told_once_and_stands_nowhere(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World
) -> None:
    hook = has_webhook(alice, webhooks, theirs, description="The kitchen")
    alice.has_task("Buy milk")
    rings(alice, webhooks)

    renewed = hook.asked("POST", "/secret").json()["secret"]

    kept = str(world.rows("SELECT * FROM webhooks WHERE user_id = %s", alice.id))
    said = str(world.rows("SELECT data FROM events WHERE user_id = %s", alice.id))
    shown = hook.asked("GET").text + alice.browsing(webhooks).get("/api/webhooks").text
    logged = "".join(webhooks.lines())
    for secret in (hook.secret, renewed):
        assert secret.startswith("whsec_")
        assert not [place for place in (kept, said, shown, logged) if secret in place]
    assert hook.path not in said + logged
    assert "127.0.0.1" in said


def test_whoever_asks_again_with_the_same_key_has_the_same_webhook_and_secret(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World
) -> None:
    def asked(path: str, **said: Any) -> Any:
        return alice.browsing(webhooks).post(path, headers={"idempotency-key": f"once {path}".replace(" ", "")}, **said)

    made, again = (asked("/api/webhooks", json={"url": theirs.origin}) for _ in range(2))
    renewed, not_again = (asked(f"/api/webhooks/{made.json()['id']}/secret") for _ in range(2))

    assert (made.status_code, again.status_code, again.content) == (201, 201, made.content)
    assert (renewed.status_code, not_again.content) == (200, renewed.content)
    assert again.headers["cache-control"] == "no-store"
    assert len(alice.browsing(webhooks).get("/api/webhooks").json()["items"]) == 1
    kept = str(world.rows("SELECT * FROM answers WHERE user_id = %s", alice.id))
    assert not [answer for answer in (made, renewed) if answer.json()["secret"] in kept]


def test_what_is_done_to_it_is_said(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    assert hook.asked("PATCH", json={"types": ["task.*"]}).json()["version"] == 2
    assert hook.asked("PATCH", json={"types": ["task.*"]}).json()["version"] == 2
    assert hook.asked("DELETE").status_code == 204

    assert [kind for _, kind, _ in alice.events()] == [
        f"user.webhook_{done}" for done in ("created", "changed", "deleted")
    ]
    assert hook.asked("GET").status_code == 404


def test_who_changes_what_they_have_not_seen_is_told_so(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    hook.asked("PATCH", json={"description": "Kitchen"})

    answer = hook.asked("PATCH", json={"description": "Cellar"}, headers={"if-match": '"1"'})

    assert (answer.status_code, answer.json()["current"]["description"]) == (412, "Kitchen")


def test_there_are_twenty_at_most(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    for _ in range(20):
        has_webhook(alice, webhooks, theirs)

    answer = alice.browsing(webhooks).post("/api/webhooks", json={"url": theirs.origin})

    assert answer.status_code == 409


def test_for_a_day_both_secrets_sign(alice: Person, webhooks: Function, theirs: Endpoint, world: World) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    renewed = hook.asked("POST", "/secret").json()
    alice.has_task("One")
    rings(alice, webhooks)
    world.rows("UPDATE webhooks SET old_secret_until = now() WHERE id = %s", hook.id)
    alice.has_task("Two")
    rings(alice, webhooks)

    both, one = (each for each in hook.heard if each.event["type"] == "task.created")

    assert renewed["secret"] != hook.secret
    assert renewed["old_secret_until"] > renewed["updated_at"]
    assert both.is_signed_with(hook.secret)
    assert both.is_signed_with(renewed["secret"])
    assert one.is_signed_with(renewed["secret"])
    assert not one.is_signed_with(hook.secret)
    assert hook.now()["old_secret_until"] is None


def test_what_fails_is_tried_again_for_a_day_with_growing_pauses(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World
) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    theirs.answers[hook.path] = Said(500, body=b"our database is away")
    alice.has_task("Buy milk")
    rings(alice, webhooks)
    pauses = []
    while hook.the_delivery()["state"] == "pending":
        delivery = hook.the_delivery()
        began, next_ = (datetime.fromisoformat(delivery[name]) for name in ("attempted_at", "next_attempt_at"))
        pauses.append((next_ - began).total_seconds())
        time_passes(world)
        is_due(webhooks)

    planned = [10, 60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600]
    assert [0.75 * plan <= pause <= 1.25 * plan for plan, pause in zip(planned, pauses, strict=True)] == [True] * 8
    assert [each.headers["taskora-attempt"] for each in hook.heard] == [str(number) for number in range(1, 10)]
    assert len({each.delivery for each in hook.heard}) == len({each.body for each in hook.heard}) == 1
    assert {each.is_signed_with(hook.secret) for each in hook.heard} == {True}
    last = hook.the_delivery()
    assert (last["state"], last["status"], last["answer"]) == ("failed", 500, "our database is away")


def test_what_arrives_at_last_is_not_sent_again(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World
) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    theirs.answers[hook.path] = Said(503)
    alice.has_task("Buy milk")
    rings(alice, webhooks)
    assert hook.now()["failing_since"] is not None

    theirs.answers[hook.path] = Said(200)
    for _ in range(2):
        time_passes(world)
        is_due(webhooks)

    assert [each.headers["taskora-attempt"] for each in hook.heard] == ["1", "2"]
    assert (hook.the_delivery()["state"], hook.now()["failing_since"]) == ("delivered", None)


def test_who_asks_for_time_gets_it(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    theirs.answers[hook.path] = Said(429, (("Retry-After", "1800"),))
    alice.has_task("One")
    rings(alice, webhooks)
    alice.has_task("Two")
    rings(alice, webhooks)

    [one] = hook.heard

    assert one.event["data"]["task"]["title"] == "One"
    assert hook.deliveries()[1]["next_attempt_at"] > (datetime.now(UTC) + timedelta(minutes=20)).isoformat()


def test_nobody_is_followed_elsewhere(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    theirs.answers[hook.path] = Said(302, (("Location", f"{theirs.origin}/elsewhere"),))
    alice.has_task("Buy milk")

    rings(alice, webhooks)

    assert theirs.at("/elsewhere") == []
    assert (hook.the_delivery()["state"], hook.the_delivery()["status"]) == ("pending", 302)


def test_who_is_gone_is_asked_no_more(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    theirs.answers[hook.path] = Said(410)
    alice.has_task("Buy milk")
    rings(alice, webhooks)
    alice.has_task("Buy bread")
    rings(alice, webhooks)

    assert len(hook.heard) == 1
    assert (hook.now()["active"], hook.now()["disabled"]) == (False, "gone")
    assert "user.webhook_disabled" in [kind for _, kind, _ in alice.events()]


def test_where_nothing_gets_for_more_than_a_day_nothing_is_sent(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World
) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    theirs.answers[hook.path] = Said(500)
    for number in range(8):
        alice.has_task(f"Task {number}")
    rings(alice, webhooks)
    assert hook.now()["active"]
    world.rows("UPDATE webhooks SET failing_since = failing_since - interval '1 day' WHERE id = %s", hook.id)
    alice.has_task("The last")

    rings(alice, webhooks)

    assert (hook.now()["active"], hook.now()["disabled"]) == (False, "failing")
    assert {each["state"] for each in hook.deliveries()} == {"cancelled"}


def test_whose_webhook_is_switched_off_is_told_so_once(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs, description="The kitchen")
    theirs.answers[hook.path] = Said(410)
    for _ in range(2):
        alice.has_task("Buy milk")
        rings(alice, webhooks)

    [told] = alice.at("notify").get("/api/notifications").json()["items"]

    assert (told["kind"], told["total"], told["tasks"]) == ("webhook", 0, [])
    shown = {"id": hook.id, "host": "127.0.0.1", "description": "The kitchen", "disabled": "gone"}
    assert told["webhook"] == shown
    assert "notification.created" in [kind for _, kind, _ in alice.events()]


def test_switched_on_again_it_goes_on_from_now(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    hook.asked("PATCH", json={"active": False})
    alice.has_task("Missed")
    is_due(webhooks)
    assert hook.asked("PATCH", json={"active": True}).json()["disabled"] is None
    alice.has_task("Seen")

    rings(alice, webhooks)

    assert [each.event["data"]["task"]["title"] for each in hook.heard] == ["Seen"]


def test_one_delivery_is_sent_again_under_its_id(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    alice.has_task("Buy milk")
    rings(alice, webhooks)

    path = f"/api/webhooks/deliveries/{hook.the_delivery()['id']}/replay"
    answer = alice.browsing(webhooks).post(path)
    is_due(webhooks)

    assert (answer.status_code, answer.json()["state"]) == (202, "pending")
    first, again = hook.heard
    assert (first.delivery, first.body) == (again.delivery, again.body)
    assert hook.the_delivery()["state"] == "delivered"


def test_a_time_is_sent_again_under_the_same_ids(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World
) -> None:
    hook = has_webhook(alice, webhooks, theirs, types=["task.*"])
    alice.has_task("Before")
    rings(alice, webhooks)
    began = datetime.now(UTC)
    alice.has_task("Within")
    rings(alice, webhooks)
    hook.asked("PATCH", json={"active": False})
    alice.has_task("Missed")
    hook.asked("PATCH", json={"active": True})
    ended = datetime.now(UTC)
    alice.has_task("Behind")
    rings(alice, webhooks)
    heard = {each.event["data"]["task"]["title"]: each.delivery for each in hook.heard}
    theirs.heard.clear()

    answer = hook.asked("POST", "/replay", json={"from": began.isoformat(), "to": ended.isoformat()})
    is_due(webhooks)

    again = {each.event["data"]["task"]["title"]: each.delivery for each in hook.heard}
    assert (answer.status_code, answer.json()) == (202, {"deliveries": 2})
    assert again.keys() == {"Within", "Missed"}
    assert again["Within"] == heard["Within"]
    assert "Missed" not in heard


def test_a_time_that_ends_before_it_begins_is_refused(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs)

    for ends in ("2026-11-20T08:30:00Z", "2026-11-20T09:30:00+01:00"):
        answer = hook.asked("POST", "/replay", json={"from": "2026-11-20T08:30:00Z", "to": ends})

        assert (answer.status_code, answer.json()["detail"]) == (422, "to: an instant after `from`.")


def test_a_time_in_which_very_much_happened_is_sent_again_in_parts(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World
) -> None:
    hook = has_webhook(alice, webhooks, theirs, types=["task.*"])
    began = datetime.now(UTC)
    happen(alice, 10_001)
    world.rows("UPDATE webhooks SET through = 10002 WHERE id = %s", hook.id)

    answer = hook.asked("POST", "/replay", json={"from": began.isoformat(), "to": datetime.now(UTC).isoformat()})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "to")
    assert "more than 10000 events" in answer.json()["detail"]
    assert hook.deliveries() == []


def test_a_ping_is_sent_at_once_and_tried_once(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    theirs.answers[hook.path] = Said(500)

    answer = hook.asked("POST", "/ping")
    is_due(webhooks)

    [heard] = hook.heard
    assert (answer.status_code, answer.json()["id"]) == (202, heard.delivery)
    assert (heard.event["type"], heard.event["data"]) == ("webhook.ping", {})
    assert heard.is_signed_with(hook.secret)
    assert hook.the_delivery()["state"] == "failed"


def test_what_is_switched_off_is_neither_pinged_nor_replayed(
    alice: Person, webhooks: Function, theirs: Endpoint
) -> None:
    hook = has_webhook(alice, webhooks, theirs, active=False)
    span = {"from": "2026-01-01T00:00:00Z", "to": "2036-01-01T00:00:00Z"}

    answers = [hook.asked("POST", "/ping"), hook.asked("POST", "/replay", json=span)]

    assert [answer.status_code for answer in answers] == [409, 409]


def test_deliveries_come_in_pages(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    for number in range(5):
        alice.has_task(f"Task {number}")
    rings(alice, webhooks)
    seen: list[str] = []
    cursor = None
    while cursor is not None or not seen:
        page = hook.asked("GET", "/deliveries", params={"limit": 2} | ({"cursor": cursor} if cursor else {})).json()
        seen += [each["id"] for each in page["items"]]
        cursor = page["next"]

    assert seen == [each["id"] for each in hook.deliveries()]
    assert sorted(seen) == sorted(each.delivery for each in hook.heard)
    assert hook.deliveries(state="failed") == []


def test_the_longest_notes_arrive_whole(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    notes = "ä" * 50_000
    alice.has_task("Long", notes=notes)

    rings(alice, webhooks)

    [heard] = hook.heard
    assert heard.event["data"]["task"]["notes"] == notes
    assert heard.is_signed_with(hook.secret)


def test_what_is_no_longer_kept_is_not_sent(alice: Person, webhooks: Function, theirs: Endpoint, world: World) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    theirs.answers[hook.path] = Said(500)
    alice.has_task("Buy milk")
    rings(alice, webhooks)
    world.rows("DELETE FROM events WHERE user_id = %s AND type = 'task.created'", alice.id)

    time_passes(world)
    is_due(webhooks)

    assert len(hook.heard) == 1
    assert (hook.the_delivery()["state"], hook.the_delivery()["error"]) == (
        "failed",
        "what it is about is no longer kept",
    )
    replay = f"/api/webhooks/deliveries/{hook.the_delivery()['id']}/replay"
    assert alice.browsing(webhooks).post(replay).status_code == 409


def test_an_account_that_is_gone_sends_nothing(
    alice: Person, webhooks: Function, theirs: Endpoint, world: World
) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    alice.has_task("Buy milk")
    delivered = last_event(alice)
    world.rows("DELETE FROM counters WHERE user_id = %s", alice.id)

    assert delivered.to(webhooks).status_code == 204
    is_due(webhooks)

    assert hook.heard == []


def test_whoever_is_not_us_rings_in_vain(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    alice.has_task("Buy milk")

    forged = last_event(alice).having(signature="0" * 64)

    assert forged.to(webhooks).status_code == 422
    assert hook.heard == []


def test_only_the_events_of_whoever_has_a_webhook_say_so(
    alice: Person, mallory: Person, webhooks: Function, theirs: Endpoint, door: Door, world: World
) -> None:
    def marks(person: Person) -> list[str | None]:
        task = person.has_task("Buy milk")
        person.at("tasks").patch(f"/api/tasks/{task['id']}", json={"title": "Buy bread"})
        eventually(lambda: len(door.about(f"task/{task['id']}")) == 2, "both events are at the broker")
        found = [posted for posted in list(door.posted) if posted.subject == f"task/{task['id']}"]
        return [posted.headers.get("ce-webhooks") for posted in found]

    hook = has_webhook(alice, webhooks, theirs)

    assert (marks(alice), marks(mallory)) == (["yes", "yes"], [None, None])
    hook.asked("DELETE")
    assert marks(alice) == [None, None]


def test_what_relay_publishes_says_so_as_well(
    alice: Person, webhooks: Function, theirs: Endpoint, door: Door, world: World
) -> None:
    has_webhook(alice, webhooks, theirs)
    door.answers = 503
    task = alice.has_task("Buy milk")
    tried = "SELECT FROM outbox JOIN events USING (user_id, sequence) WHERE subject = %s AND attempts > 0"
    eventually(lambda: world.rows(tried, f"task/{task['id']}"), "it did not get there")
    door.answers = 202
    world.rows("UPDATE outbox SET next_attempt_at = now()")

    relay = world.start("relay")
    assert work_due("outbox").to(relay).status_code == 204
    relay.kill()

    [posted] = [posted for posted in list(door.posted) if posted.subject == f"task/{task['id']}"]
    assert posted.headers.get("ce-webhooks") == "yes"


def test_what_many_say_at_once_is_sent_once_each(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    for number in range(30):
        alice.has_task(f"Task {number}")

    with ThreadPoolExecutor(8) as bells:
        answers = [bells.submit(last_event(alice).to, webhooks) for _ in range(16)]

    assert {answer.result().status_code for answer in answers} == {204}
    assert len(hook.heard) == len({each.delivery for each in hook.heard}) == 30


def test_an_export_has_it_without_its_secret(alice: Person, webhooks: Function, theirs: Endpoint) -> None:
    hook = has_webhook(alice, webhooks, theirs)
    alice.has_task("Buy milk")
    rings(alice, webhooks)

    exported = alice.at("exchange").get("/api/export")

    assert exported.json()["webhooks"] == [hook.now()]
    assert exported.json()["webhook_deliveries"] == hook.deliveries()
    assert hook.secret not in exported.text
