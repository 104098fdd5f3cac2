"""Triggers: what comes to a broker goes to those who asked for it."""

from typing import Any

import pytest

from knative.runner.eventing.dispatcher import IN_FLIGHT
from tests.conformance.eventing.stage import Stage
from tests.conformance.eventing.subscriber import Reply

pytestmark = pytest.mark.anyio


async def test_an_event_reaches_every_trigger_of_its_broker_as_it_was_sent(stage: Stage) -> None:
    mail, stock = await stage.trigger("mail"), await stage.trigger("stock")
    await stage.raise_curtain()

    assert await stage.send("1", data=b'{"sum":5}', subject="order/1", partitionkey="alice") == 202

    for subscriber in (mail, stock):
        [received] = await subscriber.has(1)
        assert received.path == "/events"
        assert received.body == b'{"sum":5}'
        assert received.headers["content-type"] == "application/json"
        assert received.headers["prefer"] == "reply"
        assert received.headers["kn-namespace"] == "taskora"
        assert received.extensions["subject"] == "order/1"
        assert received.extensions["partitionkey"] == "alice"
        assert received.extensions["knativekafkaoffset"] == "0"
        assert received.extensions["knativekafkapartition"].isdigit()


@pytest.mark.parametrize(
    "wanted",
    [
        {"exact": {"type": "order.paid", "subject": "order/7"}},
        {"prefix": {"type": "order.pa", "subject": "order/"}},
        {"suffix": {"type": ".paid"}},
        {"exact": {"tier": "gold"}},
        {"any": [{"exact": {"type": "never"}}, {"exact": {"tier": "gold"}}]},
        {"all": [{"prefix": {"type": "order."}}, {"suffix": {"subject": "/7"}}]},
        {"not": {"exact": {"type": "order.placed"}}},
    ],
    ids=["exact", "prefix", "suffix", "extension", "any", "all", "not"],
)
async def test_a_trigger_passes_only_what_its_filter_wants(stage: Stage, wanted: dict[str, Any]) -> None:
    mail = await stage.trigger("mail", wanted)
    await stage.raise_curtain()

    await stage.send("unwanted", type="order.placed", subject="order/8", partitionkey="alice")
    await stage.send("wanted", type="order.paid", subject="order/7", tier="gold", partitionkey="alice")
    await stage.send("unwanted too", type="order.placed", partitionkey="alice")
    await stage.send("wanted too", type="order.paid", subject="order/7", tier="gold", partitionkey="alice")

    await mail.has(2)
    assert sorted(mail.ids) == ["wanted", "wanted%20too"]


async def test_all_filters_of_a_trigger_have_to_agree(stage: Stage) -> None:
    mail = await stage.trigger("mail", {"exact": {"type": "order.paid"}}, {"prefix": {"subject": "order/"}})
    await stage.raise_curtain()

    await stage.send("1", type="order.paid", partitionkey="alice")
    await stage.send("2", type="order.paid", subject="order/7", partitionkey="alice")

    await mail.has(1)
    assert mail.ids == ["2"]


async def test_unordered_a_slow_event_holds_nobody_up(stage: Stage) -> None:
    mail = await stage.trigger("mail")
    mail.hold("slow")
    await stage.raise_curtain()

    await stage.send("slow", partitionkey="alice")
    await stage.sends(*map(str, range(20)))

    await mail.has(21)


async def test_unordered_no_more_than_the_limit_are_under_way_at_once(stage: Stage) -> None:
    mail, stock = await stage.trigger("mail"), await stage.trigger("stock")
    mail.hold()
    await stage.raise_curtain()

    await stage.sends(*map(str, range(IN_FLIGHT + 30)))
    await stock.has(IN_FLIGHT + 30)
    await mail.has(IN_FLIGHT)
    mail.let_go()
    await mail.has(IN_FLIGHT + 30)

    assert mail.most_at_once == IN_FLIGHT


async def test_ordered_events_of_one_key_come_one_after_the_other_even_when_they_are_retried(stage: Stage) -> None:
    mail = await stage.trigger("mail", ordered=True, retry=3)
    mail.script = lambda event: Reply(503) if mail.ids.count(event.id) < 2 else Reply()
    await stage.raise_curtain()

    for number in range(5):
        await stage.send(str(number), partitionkey="alice")

    await mail.has(10)
    assert mail.ids == [id for id in "01234" for _ in range(2)]
    assert mail.most_at_once == 1


async def test_ordered_each_partition_goes_its_own_pace(stage: Stage) -> None:
    mail = await stage.trigger("mail", ordered=True)
    mail.hold("slow")
    await stage.raise_curtain()

    await stage.send("slow", partitionkey="alice")
    await mail.has(1)
    for number in range(40):
        await stage.send(str(number), partitionkey=f"user-{number}")

    await mail.has(10)


async def test_a_trigger_sees_nothing_that_was_there_before_it(stage: Stage) -> None:
    await stage.raise_curtain()
    await stage.send("before", partitionkey="alice")

    mail = await stage.trigger("mail")
    await stage.restart()
    await stage.send("after", partitionkey="alice")

    await mail.has(1)
    assert mail.ids == ["after"]


async def test_a_trigger_goes_on_where_it_was_after_a_restart(stage: Stage) -> None:
    mail = await stage.trigger("mail")
    await stage.raise_curtain()
    await stage.send("1", partitionkey="alice")
    await mail.has(1)

    await stage.restart()
    await stage.send("2", partitionkey="alice")

    await mail.has(2)
    assert mail.ids == ["1", "2"]


async def test_what_was_not_delivered_before_a_restart_is_delivered_after_it(stage: Stage) -> None:
    mail = await stage.trigger("mail", retry=1, delay=30.0)
    mail.answers(Reply(503))
    await stage.raise_curtain()
    await stage.send("1", partitionkey="alice")
    await stage.send("2", partitionkey="alice")
    await mail.has(2)

    await stage.close_curtain()
    mail.answers(Reply(204))
    await stage.raise_curtain()

    await mail.has(4)
    assert sorted(mail.ids) == ["1", "1", "2", "2"]


async def test_an_event_in_the_answer_goes_to_the_same_broker(stage: Stage) -> None:
    shop = await stage.trigger("shop", {"exact": {"type": "order.placed"}})
    mail = await stage.trigger("mail", {"exact": {"type": "order.confirmed"}})
    reply = {
        "ce-specversion": "1.0", "ce-id": "2", "ce-source": "/shop", "ce-type": "order.confirmed",
        "content-type": "text/plain",
    }  # fmt: skip
    shop.answers(Reply(200, reply, b"thank you"))
    await stage.raise_curtain()

    await stage.send("1")

    [received] = await mail.has(1)
    assert (received.id, received.body, received.headers["content-type"]) == ("2", b"thank you", "text/plain")
