"""Delivery: what each answer means, how often and how long it is tried, and what becomes of what nobody takes."""

from base64 import b64decode
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from knative.runner.eventing.consumer import Consumer, SourceConsumer, TriggerConsumer
from knative.runner.eventing.log import Partition, Record
from knative.runner.eventing.outlet import Outlet
from knative.runner.manifests import Destination, Manifests
from tests.conformance.eventing.log_address import LogAddress
from tests.conformance.eventing.stage import GRAVEYARD, NAMESPACE, Answer, Stage
from tests.conformance.eventing.subscriber import Reply

pytestmark = pytest.mark.anyio

EITHER = pytest.mark.parametrize("kind", ["trigger", "source"])


@EITHER
async def test_an_answer_that_may_pass_is_tried_again_and_then_is_a_dead_letter(stage: Stage, kind: str) -> None:
    mail, letters = await stage.consumer(kind, "mail", retry=2, dead_letters=GRAVEYARD), await stage.letters()
    statuses = ["404", "408", "409", "429", "500", "502", "503", "504", "599"]
    mail.script = lambda event: Reply(int(event.id))
    await stage.raise_curtain()

    await stage.sends(*statuses)

    said = {letter.id: letter.extensions["knativeerrorcode"] for letter in await letters.has(len(statuses))}
    assert said == {status: status for status in statuses}
    assert sorted(mail.ids) == [status for status in statuses for _ in range(3)]


@EITHER
async def test_an_answer_that_is_final_makes_a_dead_letter_at_once(stage: Stage, kind: str) -> None:
    mail, letters = await stage.consumer(kind, "mail", retry=2, dead_letters=GRAVEYARD), await stage.letters()
    statuses = ["300", "301", "307", "400", "401", "403", "405", "410", "413", "415", "422"]
    mail.script = lambda event: Reply(int(event.id))
    await stage.raise_curtain()

    await stage.sends(*statuses)

    said = {letter.id: letter.extensions["knativeerrorcode"] for letter in await letters.has(len(statuses))}
    assert said == {status: status for status in statuses}
    assert sorted(mail.ids) == statuses


@EITHER
@pytest.mark.parametrize(
    ("policy", "waits"), [("exponential", [2.0, 4.0, 8.0, 16.0, 32.0]), ("linear", [1.0, 2.0, 3.0, 4.0, 5.0])]
)
async def test_the_pauses_between_attempts_grow_as_the_policy_says(
    kind: str, policy: str, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    async def refuse(to: Destination, headers: Mapping[str, str], body: bytes, timeout: float) -> Answer:
        return Answer(503, {}, b"")

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    nowhere = LogAddress("postgres", "nowhere")
    outlet = Outlet(Manifests(), refuse, nowhere.open())
    monkeypatch.setattr(outlet, "sleep", sleep)
    async with Stage(nowhere) as stage:
        await stage.consumer(kind, "mail", retry=5, policy=policy, delay=1.0)
    consumers: list[Consumer] = [TriggerConsumer(trigger, stage.orders, outlet) for trigger in stage.triggers]
    consumers += [SourceConsumer(source, outlet) for source in stage.sources]
    [consumer] = consumers
    event = {"ce_specversion": "1.0", "ce_id": "1", "ce_source": "/test", "ce_type": "order.placed"}

    delivery = consumer.handle(Record(Partition(stage.orders, 0), 0, datetime.now(UTC), None, event, b"{}"))
    assert delivery is not None
    await delivery

    assert slept == waits


@EITHER
async def test_an_event_that_is_taken_in_the_end_is_no_dead_letter(stage: Stage, kind: str) -> None:
    mail, letters = await stage.consumer(kind, "mail", retry=3, dead_letters=GRAVEYARD), await stage.letters()
    mail.script = lambda event: Reply(503 if mail.ids.count(event.id) < 3 else 200)
    await stage.raise_curtain()

    await stage.send("1", partitionkey="alice")
    await mail.has(3)
    mail.answers(Reply(422))
    await stage.send("2", partitionkey="alice")

    [letter] = await letters.has(1)
    assert letter.id == "2"


@EITHER
async def test_a_dead_letter_is_the_event_and_says_why_it_is_one(stage: Stage, kind: str) -> None:
    mail, letters = await stage.consumer(kind, "mail", dead_letters=GRAVEYARD), await stage.letters()
    answer = "é" + "x" * 2000
    mail.answers(Reply(422, {"Kne-Reason-2": "unreadable"}, answer.encode()))
    await stage.raise_curtain()

    await stage.send("1", data=b'{"sum":5}', subject="order/1", partitionkey="alice")

    [letter] = await letters.has(1)
    assert letter.body == b'{"sum":5}'
    assert letter.extensions["type"] == "order.placed"
    assert letter.extensions["partitionkey"] == "alice"
    assert letter.extensions["knativeerrordest"] == "http://mail.taskora.svc.cluster.local/events"
    assert letter.extensions["knativeerrorcode"] == "422"
    assert b64decode(letter.extensions["knativeerrordata"]) == answer.encode()[:1024]
    assert letter.extensions["reason2"] == "unreadable"


@EITHER
async def test_no_answer_in_time_is_tried_again_and_leaves_only_the_destination(stage: Stage, kind: str) -> None:
    mail, letters = (
        await stage.consumer(kind, "mail", retry=1, timeout=0.3, dead_letters=GRAVEYARD),
        await stage.letters(),
    )
    mail.hold()
    await stage.raise_curtain()

    await stage.send("1")

    [letter] = await letters.has(1)
    assert mail.ids == ["1", "1"]
    assert letter.extensions.keys() & {"knativeerrordest", "knativeerrorcode", "knativeerrordata"} == {
        "knativeerrordest"
    }


@EITHER
async def test_a_subscriber_that_cannot_be_reached_is_tried_again(stage: Stage, kind: str) -> None:
    mail, letters = await stage.consumer(kind, "mail", retry=2, dead_letters=GRAVEYARD), await stage.letters()
    await stage.raise_curtain()
    await mail.__aexit__()

    await stage.send("1")

    [letter] = await letters.has(1)
    assert "knativeerrorcode" not in letter.extensions


async def test_a_trigger_takes_an_answer_that_is_no_event_for_a_failure_without_retry(stage: Stage) -> None:
    mail, letters = await stage.trigger("mail", retry=2, dead_letters=GRAVEYARD), await stage.letters()
    mail.answers(Reply(200, {"content-type": "application/json"}, b'{"ok":true}'))
    await stage.raise_curtain()

    await stage.send("1")

    [letter] = await letters.has(1)
    assert mail.ids == ["1"]
    assert "knativeerrorcode" not in letter.extensions


@EITHER
async def test_without_a_dead_letter_sink_the_event_is_dropped_and_the_next_ones_pass(stage: Stage, kind: str) -> None:
    mail = await stage.consumer(kind, "mail", ordered=True, retry=1)
    mail.script = lambda event: Reply(500 if event.id == "bad" else 204)
    await stage.raise_curtain()

    await stage.send("bad", partitionkey="alice")
    await stage.send("good", partitionkey="alice")

    await mail.has(3)
    assert mail.ids == ["bad", "bad", "good"]


@EITHER
async def test_a_dead_letter_sink_that_fails_is_tried_until_it_takes_the_event(stage: Stage, kind: str) -> None:
    undertaker = await stage.subscriber("undertaker")
    to_undertaker = Destination("uri", "", f"{undertaker.url}/letters", NAMESPACE)
    mail = await stage.consumer(kind, "mail", retry=1, dead_letters=to_undertaker)
    mail.answers(Reply(422))
    undertaker.script = lambda event: Reply(500 if len(undertaker.received) < 4 else 204)
    await stage.raise_curtain()

    await stage.send("1")

    # two rounds of one attempt and one retry
    assert {letter.path for letter in await undertaker.has(4)} == {"/letters"}


async def test_an_event_can_be_delivered_to_a_broker_or_sink_of_the_same_runner(stage: Stage) -> None:
    await stage.source("copy", to=GRAVEYARD)
    letters = await stage.letters()
    await stage.raise_curtain()

    await stage.send("1", partitionkey="alice")

    [copy] = await letters.has(1)
    assert copy.id == "1"
