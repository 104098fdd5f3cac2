"""KafkaSources: every record of some topics, in order, each group at its own position."""

import pytest

from tests.conformance.eventing.stage import GRAVEYARD, Stage
from tests.conformance.eventing.subscriber import Reply

pytestmark = pytest.mark.anyio


async def test_a_source_that_begins_earliest_gets_what_was_there_before_it(stage: Stage) -> None:
    await stage.raise_curtain()
    await stage.send("before", partitionkey="alice")

    audit = await stage.source("audit", initial="earliest")
    await stage.restart()
    await stage.send("after", partitionkey="alice")

    await audit.has(2)
    assert audit.ids == ["before", "after"]


async def test_a_source_that_begins_latest_gets_only_what_comes_after_it(stage: Stage) -> None:
    await stage.raise_curtain()
    await stage.send("before", partitionkey="alice")

    audit = await stage.source("audit", initial="latest")
    await stage.restart()
    await stage.send("after", partitionkey="alice")

    await audit.has(1)
    assert audit.ids == ["after"]


async def test_a_group_keeps_its_position_over_restarts(stage: Stage) -> None:
    audit = await stage.source("audit")
    await stage.raise_curtain()
    await stage.send("1", partitionkey="alice")
    await audit.has(1)

    await stage.restart()
    await stage.send("2", partitionkey="alice")

    await audit.has(2)
    assert audit.ids == ["1", "2"]


async def test_each_group_gets_every_record_of_all_its_topics(stage: Stage) -> None:
    audit = await stage.source("audit", stage.orders, stage.graveyard)
    copy = await stage.source("copy", stage.orders, stage.graveyard, ordered=False)
    await stage.raise_curtain()

    await stage.send("1")
    await stage.send("2", to="graveyard")

    for subscriber in (audit, copy):
        await subscriber.has(2)
        assert sorted(subscriber.ids) == ["1", "2"]


async def test_a_source_hands_on_in_order_one_of_a_partition_at_a_time(stage: Stage) -> None:
    audit = await stage.source("audit", retry=3)
    audit.script = lambda event: Reply(503) if audit.ids.count(event.id) < 2 else Reply()
    await stage.raise_curtain()

    for number in range(9):
        await stage.send(str(number), partitionkey="alice")

    await audit.has(18)
    assert audit.ids == [id for id in "012345678" for _ in range(2)]
    assert audit.most_at_once == 1


async def test_an_unordered_source_is_held_up_by_nothing(stage: Stage) -> None:
    audit = await stage.source("audit", ordered=False)
    audit.hold("slow")
    await stage.raise_curtain()

    await stage.send("slow", partitionkey="alice")
    await stage.send("quick", partitionkey="alice")

    await audit.has(2)


async def test_a_source_is_not_interested_in_answers(stage: Stage) -> None:
    audit, letters = await stage.source("audit", dead_letters=GRAVEYARD), await stage.letters()
    audit.answers(Reply(200, {"content-type": "application/json"}, b'{"ok":true}'), Reply(422))
    await stage.raise_curtain()

    await stage.send("answered", partitionkey="alice")
    await stage.send("refused", partitionkey="alice")

    await letters.has(1)
    assert letters.ids == ["refused"]


async def test_a_source_adds_its_extensions_over_those_of_the_event(stage: Stage) -> None:
    audit = await stage.source("audit", extensions={"team": "blue", "tier": "gold"})
    await stage.raise_curtain()

    await stage.send("1", tier="silver")

    [received] = await audit.has(1)
    assert (received.extensions["team"], received.extensions["tier"]) == ("blue", "gold")


async def test_a_record_that_is_no_event_becomes_one_for_a_source_and_is_nothing_to_a_trigger(stage: Stage) -> None:
    audit, mail = await stage.source("audit", extensions={"team": "blue"}), await stage.trigger("mail")
    await stage.raise_curtain()

    headers = {"Content-Type": "text/Plain", "X-Trace.Id": "a b"}
    await stage.log.append(stage.orders, b"alice", headers, b"not an event")
    await stage.send("1", partitionkey="alice")

    first, _ = await audit.has(2)
    partition = first.extensions["knativekafkapartition"]
    assert first.body == b"not an event"
    assert first.headers["content-type"] == "text/plain"
    time = first.extensions.pop("time")
    assert time.endswith("Z")
    assert first.extensions | {"time": time} == {
        "specversion": "1.0",
        "type": "dev.knative.kafka.event",
        "source": f"/apis/v1/namespaces/taskora/kafkasources/audit#{stage.orders}",
        "subject": f"partition:{partition}#0",
        "id": f"partition:{partition}/offset:0",
        "time": time,
        "partitionkey": "alice",
        "key": "alice",
        "kafkaheaderxtraceid": "a%20b",
        "knativekafkapartition": partition,
        "knativekafkaoffset": "0",
        "team": "blue",
    }
    await mail.has(1)
    assert mail.ids == ["1"]


async def test_a_structured_record_is_handed_on_as_the_event_it_is(stage: Stage) -> None:
    audit = await stage.source("audit")
    await stage.raise_curtain()

    event = b'{"specversion":"1.0","id":"1","source":"/test","type":"order.placed","sequence":7,"data":{"sum":5}}'
    await stage.log.append(stage.orders, None, {"content-type": "application/cloudevents+json"}, event)

    [received] = await audit.has(1)
    assert received.body == b'{"sum":5}'
    assert received.extensions["sequence"] == "7"
    assert received.headers["content-type"] == "application/json"


async def test_an_event_without_data_stays_one(stage: Stage) -> None:
    audit = await stage.source("audit")
    await stage.raise_curtain()

    assert await stage.send("1", data=b"") == 202

    [received] = await audit.has(1)
    assert received.body == b""
