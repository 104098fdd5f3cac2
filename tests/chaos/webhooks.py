"""What webhooks brought, held against what happened: at least once, signed, and again under the same delivery id."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from tests.chaos.endpoints import Received, Subscription, is_signed


def promises_broken(
    subscription: Subscription, events: Sequence[dict[str, Any]], received: Sequence[Received]
) -> Iterator[str]:
    """`events`: all of this user's, in order."""
    name = f"webhook {subscription.id}"
    begins = next(
        (
            event["sequence"]
            for event in events
            if event["type"] == "user.webhook_changed" and subscription.id in event["data"]
        ),
        None,
    )
    if begins is None:
        yield f"{name} was switched on, and no event says so"
        return
    wanted = {
        str(event["id"]): event for event in events if event["sequence"] > begins and subscription.wants(event["type"])
    }
    came: dict[str, Received] = {}
    for each in received:
        if not is_signed(each, subscription.secret):
            yield f"{name} got what nobody signed: {each}"
        said = json.loads(each.body)
        event, before = wanted.get(said["id"]), came.setdefault(said["id"], each)
        if event is None:
            yield f"{name} got what it had not asked for: {said}"
        elif (said["type"], int(said["sequence"]), said["data"]) != (
            event["type"], event["sequence"], json.loads(event["data"])
        ):  # fmt: skip
            yield f"{name} was told otherwise than it happened: {said}"
        if (before.delivery, before.body) != (each.delivery, each.body):
            yield f"{name} got an event again as if it were another: {before}, {each}"
    ids = {each.delivery for each in came.values()}
    if len(ids) < len(came):
        yield f"{name} got several events under one delivery id: {len(came)} under {len(ids)}"
    if missing := [event for id, event in wanted.items() if id not in came]:
        numbers = [event["sequence"] for event in missing]
        yield f"{name} never got {len(missing)} events: the numbers {numbers[:10]}"
