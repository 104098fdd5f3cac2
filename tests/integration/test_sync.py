"""Open pages see what changes: every change once and in order, whatever they missed in between."""

import json

import httpx
import pytest

from tests.happenings import announced, deliver, happen, opened, sees_one
from tests.people import Person
from tests.world import Door, Function


def test_an_open_page_sees_a_change(alice: Person, door: Door, by_bell: Function) -> None:
    with opened(alice, by_bell) as page:
        sees_one(page, alice, by_bell)
        task = alice.has_task("Buy milk\nand bread")
        assert deliver(announced(door, task), by_bell) == 204
        page.until_number(2)

    [_, change] = page.changes
    event = announced(door, task)
    assert change == json.loads(event.data) | {
        "id": event.headers["ce-id"],
        "type": "task.created",
        "sequence": 2,
        "subject": f"task/{task['id']}",
        "time": task["created_at"],
    }
    assert change["task"] == task


def test_a_stream_begins_with_where_it_stands_and_goes_on_from_there(alice: Person, sync: Function) -> None:
    happen(alice, 3)

    with opened(alice, sync) as page:
        [event] = happen(alice)
        deliver(event, sync)
        page.until_number(4)

    hello = page.frames[0]
    assert page.numbers == [4]
    assert (hello.event, hello.id, hello.data) == ("hello", "3", {"head": 3, "degraded": False})


def test_nothing_between_page_and_sync_is_told_to_keep_a_stream(alice: Person, sync: Function) -> None:
    with opened(alice, sync) as page:
        headers = page.connection.headers

    assert headers["content-type"].startswith("text/event-stream")
    assert headers["cache-control"] == "no-cache, no-transform"
    assert headers["x-accel-buffering"] == "no"


def test_a_page_is_told_to_come_back_after_a_time_of_its_own(alice: Person, sync: Function) -> None:
    def pause() -> int:
        with httpx.stream("GET", f"{sync.url}/api/events/stream", cookies={"session": alice.token}) as answer:
            first = next(line for line in answer.iter_lines() if line.startswith("retry: "))
        return int(first.removeprefix("retry: "))

    pauses = {pause() for _ in range(8)}

    assert all(1000 <= each <= 4000 for each in pauses)
    assert len(pauses) > 1


@pytest.mark.parametrize("way", ["Last-Event-ID", "since", "both"])
def test_a_page_that_comes_back_gets_what_it_missed_and_then_what_happens(
    alice: Person, sync: Function, way: str
) -> None:
    happen(alice, 5)
    # A browser that comes back asks for the address it began with, and its Last-Event-ID knows better.
    last_event_id, query = {"Last-Event-ID": (2, ""), "since": (None, "?since=2"), "both": (2, "?since=0")}[way]

    with opened(alice, sync, last_event_id, query) as page:
        page.until_number(5)
        [event] = happen(alice)
        deliver(event, sync)
        page.until_number(6)

    assert page.numbers == [3, 4, 5, 6]
    assert [frame.id for frame in page.frames if frame.event == "message"] == ["3", "4", "5", "6"]


def test_a_page_that_is_cut_off_before_it_got_anything_still_misses_it(alice: Person, sync: Function) -> None:
    happen(alice, 5)

    with opened(alice, sync, 2) as page:
        page.until_number(5)

    assert page.frames[0].event == "hello"
    assert page.frames[0].id is None  # an id here would be where it comes back from


def test_a_long_absence_is_made_up_for_page_by_page(alice: Person, sync: Function) -> None:
    happen(alice, 501, notes="x" * 1000)

    with opened(alice, sync, 0) as page:
        page.until_number(501)

    assert page.numbers == list(range(1, 502))


def test_a_line_break_between_values_breaks_no_frame(alice: Person, sync: Function) -> None:
    happen(alice, 2, notes="one\nline\r\nand another", indent=1)

    with opened(alice, sync, 0) as page:
        page.until_number(2)

    assert [change["task"]["notes"] for change in page.changes] == ["one\nline\r\nand another"] * 2


def test_deliveries_that_come_twice_and_in_any_order_show_each_change_once(alice: Person, by_bell: Function) -> None:
    with opened(alice, by_bell) as page:
        first, second, third = happen(alice, 3)
        for event in (third, first, first, second, third):
            assert deliver(event, by_bell) == 204
        page.until_number(3)
        [fourth] = happen(alice)
        deliver(fourth, by_bell)
        page.until_number(4)

    assert page.numbers == [1, 2, 3, 4]


def test_a_delivery_to_one_process_reaches_the_pages_of_another(
    alice: Person, sync: Function, by_bell: Function
) -> None:
    with opened(alice, by_bell) as there:
        sees_one(there, alice, sync)
        [event] = happen(alice)
        deliver(event, sync)
        there.until_number(2)

    assert there.numbers == [1, 2]


def test_a_lost_bell_costs_no_more_than_the_next_look_at_the_heads(alice: Person, by_heads: Function) -> None:
    with opened(alice, by_heads) as page:
        happen(alice, 2)
        page.until_number(2)

    assert page.numbers == [1, 2]


def test_what_is_older_than_kept_is_loaded_anew(alice: Person, by_bell: Function) -> None:
    happen(alice, 6)
    alice.world.rows("DELETE FROM events WHERE user_id = %s AND sequence <= 4", alice.id)

    with opened(alice, by_bell, 2) as page:
        page.until(lambda: page.named("resync") == [{"head": 6}], "it is told to load everything anew")
        [event] = happen(alice)
        deliver(event, by_bell)
        page.until_number(7)
    with opened(alice, by_bell, 4) as other:
        other.until_number(7)

    assert page.numbers == [7]
    assert next(frame.id for frame in page.frames if frame.event == "resync") == "6"
    assert other.numbers == [5, 6, 7]
    assert other.named("resync") == []


def test_a_database_that_was_restored_under_an_open_page_has_it_load_anew(alice: Person, by_heads: Function) -> None:
    happen(alice, 3)
    with opened(alice, by_heads) as page:
        alice.world.rows("DELETE FROM events WHERE user_id = %s AND sequence > 1", alice.id)
        alice.world.rows("UPDATE counters SET value = 1 WHERE user_id = %s", alice.id)
        page.until(lambda: page.named("resync") == [{"head": 1}], "it is told to load everything anew")
