"""Open pages see what changes, and miss nothing whatever happens in between."""

import pytest

from tests.people import Person
from tests.streams import Page
from tests.world import Door, Function, Posted, World, eventually


@pytest.fixture
def sync(world: World) -> Function:
    return world.function("sync")


def opened(person: Person, at: Function, last_event_id: object = None, query: str = "") -> Page:
    return Page(at.url, person.token, last_event_id, query)


def deliver(event: Posted, at: Function) -> int:
    """As a Trigger does it."""
    with at.client() as trigger:
        return trigger.post("/events", headers=event.headers, content=event.data).status_code


def announced(door: Door, task: dict[str, object], event_type: str = "task.created") -> Posted:
    """The event as the broker has it."""
    subject = f"task/{task['id']}"
    eventually(lambda: event_type in door.about(subject), f"the broker has {event_type}")
    return next(event for event in door.posted if event.subject == subject and event.type == event_type)


def test_an_open_page_sees_a_change(alice: Person, door: Door, sync: Function) -> None:
    with opened(alice, sync) as page:
        task = alice.has_task("Buy milk")
        assert deliver(announced(door, task), sync) == 204
        page.until_number(1)

    [change] = page.changes
    assert page.named("hello") == [{"head": 0, "degraded": False}]
    assert (change["type"], change["subject"], change["task"]) == ("task.created", f"task/{task['id']}", task)
