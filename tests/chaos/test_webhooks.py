"""The check of webhooks, held against what is known to be right or wrong."""

import hashlib
import hmac
import json
import time
from typing import Any
from uuid import UUID

from tests.chaos.endpoints import Received, Subscription
from tests.chaos.webhooks import promises_broken

SUBSCRIPTION = Subscription(UUID(int=1), "w", "secret", ("task.*",), "/alice")
EVENTS = [
    {"id": "e1", "sequence": 1, "type": "task.created", "data": "{}"},
    {"id": "e2", "sequence": 2, "type": "user.webhook_changed", "data": '{"changes":{"webhook":[null,{"id":"w"}]}}'},
    {"id": "e3", "sequence": 3, "type": "task.updated", "data": '{"n":3}'},
    {"id": "e4", "sequence": 4, "type": "user.logged_in", "data": "{}"},
    {"id": "e5", "sequence": 5, "type": "task.updated", "data": '{"n":5}'},
]
THIRD, FIFTH = EVENTS[2], EVENTS[4]


def test_what_came_once_or_again_in_any_order_is_right() -> None:
    assert _broken(_of(FIFTH), _of(THIRD), _of(FIFTH)) == []


def test_what_never_came_is_found() -> None:
    assert _broken(_of(THIRD)) == ["webhook w never got 1 events: the numbers [5]"]


def test_what_came_again_under_another_id_or_with_another_body_is_found() -> None:
    assert any("as if it were another" in each for each in _broken(_of(THIRD), _of(FIFTH), _of(FIFTH, delivery="d")))
    assert any("as if it were another" in each for each in _broken(_of(THIRD), _of(FIFTH), _of(FIFTH, time="now")))


def test_several_events_under_one_id_are_found() -> None:
    assert any("under one delivery id" in each for each in _broken(_of(THIRD, "d"), _of(FIFTH, "d")))


def test_what_nobody_signed_is_found() -> None:
    assert any("nobody signed" in each for each in _broken(_of(THIRD), _of(FIFTH, key="another")))


def test_what_was_not_asked_for_or_happened_otherwise_is_found() -> None:
    assert any("not asked for" in each for each in _broken(_of(EVENTS[0]), _of(THIRD), _of(FIFTH)))
    assert any("not asked for" in each for each in _broken(_of(EVENTS[3]), _of(THIRD), _of(FIFTH)))
    assert any("otherwise" in each for each in _broken(_of(THIRD | {"data": "{}"}), _of(FIFTH)))


def _broken(*received: Received) -> list[str]:
    return list(promises_broken(SUBSCRIPTION, EVENTS, received))


def _of(event: dict[str, Any], delivery: str = "", key: str = "secret", **more: str) -> Received:
    said = {"id": event["id"], "type": event["type"], "sequence": str(event["sequence"])}
    body = json.dumps(said | more | {"data": json.loads(event["data"])}).encode()
    now = str(int(time.time()))
    signature = hmac.new(key.encode(), now.encode() + b"." + body, hashlib.sha256).hexdigest()
    return Received(delivery or f"d-{event['id']}", body, f"t={now},v1={signature}", time.time())
