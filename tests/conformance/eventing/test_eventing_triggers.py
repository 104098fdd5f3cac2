"""Triggers: what comes to the broker's door goes to those who asked for it."""

import pytest

from tests.conformance.eventing.stage import Stage

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
        assert received.extensions["subject"] == "order/1"
        assert received.extensions["partitionkey"] == "alice"
        assert received.extensions["knativekafkaoffset"] == "0"
