"""What the catalogue promises happens, and whoever it is delivered to reads it."""

import json
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from eventing import catalogue, compatibility
from shared.events import EVENT_TYPES
from shared.ids import new_id
from shared.notices import Kind
from tests.contract import house
from tests.deliveries import Delivery, event
from tests.life import Life, life
from tests.newcomers import an_email
from tests.world import ROOT, World

NOTICES = get_args(Kind)
HANDLERS = sorted({house.wired_to(each) for each in house.wiring(ROOT)} - {"system-events"})


@pytest.fixture(scope="module")
def world(nothing_waited: World) -> World:
    return nothing_waited


@pytest.fixture(scope="module")
def lived(world: World) -> Iterator[Life]:
    with life(world, an_email()) as lived:
        lived.goes_by()
        yield lived


def test_everything_that_is_in_the_catalogue_happens(lived: Life) -> None:
    assert {each.type for each in lived.published()} == EVENT_TYPES.keys()


def test_who_comes_and_goes_is_said_with_who_did_it(lived: Life) -> None:
    said = {int(each.headers["ce-sequence"]): each for each in lived.published() if each.topic == "user-events"}
    facts = [(each.type, json.loads(each.data)) for _, each in sorted(said.items())]

    assert [name.removeprefix("user.") for name, _ in facts] == [
        "registered",
        "logged_in",
        "logged_out",
        "logged_in",  # with a password
        "profile_changed",
        "preferences.changed",
        "push_subscribed",
        "push_unsubscribed",
        "identity_changed",
        "logged_out",
        "logged_in",  # with a provider
        "webhook_created",
        "webhook_changed",
        "webhook_disabled",
        "webhook_deleted",
        "password_reset_requested",
        "token_created",
        "token_revoked",
        "password_changed",
        "second_factor_changed",
        "logged_out",  # everywhere
        "logged_in",  # with a code
        "second_factor_changed",  # for the code that is used up
        "deleted",
    ]
    for name, fact in facts:
        via = "system" if name in ("user.password_reset_requested", "user.webhook_disabled") else "web"
        assert fact["actor"] == {"user": lived.id, "via": via, "token": None}, name


def test_what_a_token_did_is_said_with_the_token(lived: Life) -> None:
    [token] = [each.data for each in lived.published() if each.type == "user.token_created"]
    facts = [json.loads(each.data) for each in lived.published() if each.type == "task.created"]

    [by_token] = [fact["actor"] for fact in facts if fact["actor"]["via"] == "api"]

    assert by_token == {"user": lived.id, "via": "api", "token": json.loads(token)["changes"]["token"][1]["id"]}


def examples() -> Iterator[tuple[str, Delivery]]:
    """Of now, and of the last release; with what neither knows, too."""
    for file, schema in compatibility.read(compatibility.RELEASED).items():
        for data in schema.get("examples", []):
            yield f"{file} as released", delivery(schema["title"], data)
    for event_type in EVENT_TYPES.values():
        said = catalogue.example(event_type)
        assert said
        yield event_type.name, delivery(event_type.name, said["data"])
        yield f"{event_type.name} of tomorrow", delivery(event_type.name, of_tomorrow(said["data"]))
    yield "task.dreamt", delivery("task.dreamt", {"dream": {"id": str(new_id())}})


def delivery(event_type: str, data: dict[str, Any]) -> Delivery:
    """In a history of its own: there it is the first."""
    named = {"work": "dreams"}
    if data:
        kind, entity = next(iter(data.items()))
        whose = str(new_id())
        named = {"subject": f"{kind}/{entity.get('id', whose)}", "partitionkey": whose, "sequence": "1"}
    unsigned = event(event_type, **named)
    return Delivery(unsigned.headers, json.dumps(data).encode()).signed()


def of_tomorrow(said: Any) -> Any:
    """With a field that nobody knows wherever there may be one, and of what may grow another kind."""
    if isinstance(said, list):
        return [of_tomorrow(each) for each in said]
    if isinstance(said, dict):
        kind = {"kind": "unheard-of"} if said.get("kind") in NOTICES else {}
        return {name: of_tomorrow(each) for name, each in said.items()} | kind | {"unheard_of": {"of": []}}
    return said


@pytest.mark.parametrize("name", HANDLERS)
def test_what_is_delivered_to_a_function_it_reads(world: World, name: str) -> None:
    function = world.function(name)

    answers = {said: sent.to(function).status_code for said, sent in examples()}

    assert {said: status for said, status in answers.items() if status != 204} == {}
