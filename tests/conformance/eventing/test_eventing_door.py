"""The door of brokers and KafkaSinks: what is taken, and what is said to everything else."""

import json
from collections.abc import Mapping

import pytest

from knative.runner.eventing.backbone import Eventing
from knative.runner.eventing.cloudevents import Event
from knative.runner.eventing.postgres_log import PostgresLog
from knative.runner.manifests import Broker, Destination, KafkaSink, KafkaSource, Manifests
from tests.conformance.eventing.stage import GRAVEYARD, NAMESPACE, Answer, Stage

pytestmark = pytest.mark.anyio

BINARY = {"ce-specversion": "1.0", "ce-id": "1", "ce-source": "/test", "ce-type": "order.placed"}
STRUCTURED = {"content-type": "application/cloudevents+json"}
EVENT = {"specversion": "1.0", "id": "1", "source": "/test", "type": "order.placed"}
NO_EVENTS: list[tuple[dict[str, str], bytes]] = [
    ({"content-type": "application/json"}, b"{}"),
    (BINARY | {"ce-specversion": "0.3"}, b""),
    (BINARY | {"ce-id": ""}, b""),
    ({name: value for name, value in BINARY.items() if name != "ce-source"}, b""),
    ({name: value for name, value in BINARY.items() if name != "ce-type"}, b""),
    (BINARY | {"ce-time": "yesterday"}, b""),
    (BINARY | {"ce-time": "2026-13-01T00:00:00Z"}, b""),
    (BINARY | {"ce-my_name": "x"}, b""),
    (BINARY | {"ce-subject": "%ff"}, b""),
    (BINARY | {"ce-subject": "%00"}, b""),
    (STRUCTURED, b"{"),
    (STRUCTURED, b"[]"),
    (STRUCTURED, b"\xff"),
    (STRUCTURED, b"[" * 100_000),
    (STRUCTURED, json.dumps(EVENT | {"subject": "\ud800"}).encode()),
    (STRUCTURED, json.dumps(EVENT | {"data": "\ud800"}).encode()),
    (STRUCTURED, json.dumps(EVENT | {"data": 1, "data_base64": "AA=="}).encode()),
    (STRUCTURED, json.dumps(EVENT | {"data_base64": "?"}).encode()),
    (STRUCTURED, json.dumps(EVENT | {"list": [1]}).encode()),
    ({"content-type": "application/cloudevents-batch+json"}, json.dumps([EVENT]).encode()),
    ({"content-type": "application/cloudevents+xml"}, json.dumps(EVENT).encode()),
]


async def test_a_structured_event_arrives_in_binary_mode(stage: Stage) -> None:
    mail = await stage.trigger("mail")
    await stage.raise_curtain()
    event = EVENT | {"subject": 'größe 5 % "x"', "partitionkey": "alice", "count": 3, "gold": True, "data": {"ß": 1}}

    answer = await stage.knock("/taskora/orders", STRUCTURED, json.dumps(event).encode())

    assert (answer.status, answer.body) == (202, b"")
    [received] = await mail.has(1)
    assert received.body == '{"ß":1}'.encode()
    assert received.headers["content-type"] == "application/json"
    assert received.extensions["subject"] == "gr%C3%B6%C3%9Fe%205%20%25%20%22x%22"
    assert (received.extensions["count"], received.extensions["gold"]) == ("3", "true")


async def test_a_sink_has_a_door_as_a_broker_has(stage: Stage) -> None:
    letters = await stage.letters()
    await stage.raise_curtain()

    assert await stage.send("1", to="graveyard") == 202

    await letters.has(1)


async def test_what_is_no_event_is_refused_with_a_reason(stage: Stage) -> None:
    await stage.raise_curtain()

    for headers, body in NO_EVENTS:
        answer = await stage.knock("/taskora/orders", headers, body)

        assert answer.status == 400, (headers, body[:100])
        assert answer.body


async def test_an_unknown_path_is_404_and_anything_but_a_post_is_405(stage: Stage) -> None:
    await stage.raise_curtain()

    for path in ("/taskora/nothing", "/other/orders", "/", "/taskora", "/taskora/orders/"):
        assert (await stage.knock(path, BINARY, b"")).status == 404
    for method in ("GET", "PUT", "DELETE", "OPTIONS"):
        assert (await stage.knock("/taskora/orders", BINARY, b"", method)).status == 405


async def test_an_event_may_have_a_mebibyte_of_data_and_no_more(stage: Stage) -> None:
    mail = await stage.trigger("mail")
    await stage.raise_curtain()

    assert (await stage.knock("/taskora/orders", BINARY, b"x" * (1024 * 1024 + 1))).status == 413
    assert (await stage.knock("/taskora/orders", BINARY, b"x" * 1024 * 1024)).status == 202

    [received] = await mail.has(1)
    assert len(received.body) == 1024 * 1024


async def test_the_door_is_shut_until_every_consumer_has_its_place(stage: Stage) -> None:
    mail = await stage.trigger("mail")
    await stage.open_door()

    assert await stage.send("early") == 503
    await stage.eventing.start()
    assert await stage.send("in time") == 202

    await mail.has(1)
    assert mail.ids == ["in%20time"]


async def test_a_schedules_event_is_accepted_like_any_other(stage: Stage) -> None:
    mail = await stage.trigger("mail")
    await stage.raise_curtain()

    answer = await stage.eventing.accept(Destination("broker", "orders", "", NAMESPACE), Event(EVENT, b"{}"))

    assert answer.status == 202
    await mail.has(1)


def test_a_broker_and_a_sink_of_one_name_are_refused() -> None:
    manifests = Manifests(brokers=(Broker("a", NAMESPACE, "a", None),), sinks=(KafkaSink("a", NAMESPACE, "b"),))

    with pytest.raises(ValueError, match="would share one door here: /taskora/a"):
        Eventing(manifests, nobody, PostgresLog(""))


def test_two_sources_of_one_group_are_refused() -> None:
    def source(name: str) -> KafkaSource:
        return KafkaSource(name, NAMESPACE, ("a",), "group", "latest", True, GRAVEYARD, Stage.delivery(), {})

    with pytest.raises(ValueError, match="two KafkaSources share one consumerGroup"):
        Eventing(Manifests(sources=(source("a"), source("b"))), nobody, PostgresLog(""))


async def nobody(to: Destination, headers: Mapping[str, str], body: bytes, timeout: float) -> Answer:
    raise AssertionError("there is nobody to deliver to")
