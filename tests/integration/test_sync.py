"""Open pages see what changes, and miss nothing whatever happens in between."""

import json
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import redis

from knative.local.stores import Valkey
from shared import envelope
from shared.envelope import Envelope
from shared.ids import new_id
from shared.sessions import new_token, token_hash
from tests.cable import Cable
from tests.people import Person
from tests.streams import Follower, Page, Refused
from tests.world import NO_LIMITS, Door, Function, Posted, World, eventually

NEVER = 3600
Tuned = Callable[..., Function]


@pytest.fixture
def sync(world: World) -> Function:
    return world.function("sync")


@pytest.fixture(scope="module")
def tuned(world: World) -> Iterator[Tuned]:
    """Starts a sync whose patience is another: `tuned({"watch.EVERY": NEVER}, REDIS_URL=...)`."""
    with ExitStack() as started:

        def start(tuning: dict[str, Any], **changed: str) -> Function:
            function = world.start("sync", FUNCTION_SOURCE="tests/tuned_sync.py", TUNING=json.dumps(tuning), **changed)
            started.callback(function.kill)
            return function

        yield start


@pytest.fixture(scope="module")
def by_bell(tuned: Tuned) -> Function:
    """Never looks at the heads by itself: what its pages see, a bell told them."""
    return tuned({"watch.EVERY": NEVER})


@pytest.fixture(scope="module")
def by_heads(tuned: Tuned) -> Function:
    """Looks at the heads all the time, as for a bell that was lost."""
    return tuned({"watch.EVERY": 0.2})


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    """One that a test may kill."""
    with Valkey.start(tmp_path / "valkey") as valkey:
        yield valkey


def opened(person: Person, at: Function, last_event_id: object = None, query: str = "") -> Page:
    return Page(at.url, person.token, last_event_id, query)


def deliver(event: Posted | Envelope, at: Function) -> int:
    """As a Trigger does it."""
    headers = event.headers if isinstance(event, Posted) else event.headers()
    with at.client() as trigger:
        return trigger.post("/events", headers=headers, content=event.data).status_code


def announced(door: Door, task: dict[str, Any], event_type: str = "task.created") -> Posted:
    """The event as the broker has it."""
    subject = f"task/{task['id']}"
    eventually(lambda: event_type in door.about(subject), f"the broker has {event_type}")
    return next(event for event in door.posted if event.subject == subject and event.type == event_type)


def happen(person: Person, times: int = 1, notes: str = "", indent: int | None = None) -> list[Envelope]:
    """Changes that are committed, and their events as a broker would deliver them; nobody has heard of them yet."""
    task = new_id()
    fact = {"task": {"id": str(task), "notes": notes}, "changes": {}, "actor": {}, "operation": "-"}
    data = json.dumps(fact, indent=indent)
    rows = person.world.rows(
        """WITH counted AS (UPDATE counters SET value = value + %s WHERE user_id = %s RETURNING value)
           INSERT INTO events (user_id, sequence, id, topic, type, source, subject, happened_at, data)
           SELECT %s, value + 1 - turn, gen_random_uuid(), 'task-events', 'task.updated', '/taskora/tasks', %s, now(),
                  %s
             FROM counted, generate_series(1, %s) AS turn
        RETURNING sequence, id""",
        times, person.id, person.id, f"task/{task}", data, times,
    )  # fmt: skip
    return [
        signed(
            person.world, "task.updated", data.encode(),
            id=str(id), partitionkey=str(person.id), sequence=str(sequence), subject=f"task/{task}",
        )
        for sequence, id in sorted((int(str(sequence)), str(id)) for sequence, id in rows)
    ]  # fmt: skip


def signed(world: World, type: str, data: bytes, id: str = "an id", key: str = "", **attributes: str) -> Envelope:
    event = Envelope(id, "/taskora/tasks", type, attributes, data)
    signature = envelope._signature(event, (key or world.environment["EVENT_SIGNING_KEYS"]).encode())
    return Envelope(id, "/taskora/tasks", type, attributes | {"signature": signature}, data)


def sees_one(page: Page, person: Person, at: Function) -> None:
    """Beginning to listen counts as a bell. After this, the next change needs one of its own."""
    [event] = happen(person)
    deliver(event, at)
    page.until_number(1)


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


def test_every_page_of_a_person_sees_it_and_nobody_elses_does(
    alice: Person, mallory: Person, by_bell: Function
) -> None:
    with (
        opened(alice, by_bell) as one,
        opened(alice, by_bell) as two,
        opened(mallory, by_bell, query="?since=0") as spy,
    ):
        [event] = happen(alice)
        deliver(event, by_bell)
        one.until_number(1)
        two.until_number(1)
        [own] = happen(mallory)
        deliver(own, by_bell)
        spy.until_number(1)

    assert [change["id"] for change in one.changes] == [change["id"] for change in two.changes] == [event.id]
    assert [change["id"] for change in spy.changes] == [own.id]


def test_a_lost_bell_costs_no_more_than_the_next_look_at_the_heads(alice: Person, by_heads: Function) -> None:
    with opened(alice, by_heads) as page:
        happen(alice, 2)
        page.until_number(2)

    assert page.numbers == [1, 2]


def test_a_follower_of_processes_that_are_killed_gets_every_number_once(alice: Person, world: World) -> None:
    sync = world.start("sync")
    follower = Follower(lambda: sync.url, alice.token, last_event_id=0)
    try:
        for _ in range(3):
            for event in happen(alice, 4):
                deliver(event, sync)
            eventually(lambda: follower.numbers[-1:] == [alice.events()[-1][0]], "the follower is up to date")
            sync.kill()
            happen(alice, 3)  # while nobody is there
            sync = world.start("sync")
        eventually(lambda: follower.numbers[-1:] == [21], "the follower is up to date")
    finally:
        follower.stop()
        sync.kill()

    assert follower.numbers == list(range(1, 22))
    assert follower.connections == 4
    assert follower.resyncs == []


def test_without_redis_changes_come_late_and_the_page_knows(alice: Person, tuned: Tuned, valkey: Valkey) -> None:
    sync = tuned({"watch.EVERY": NEVER, "watch.EVERY_DEGRADED": 0.2}, REDIS_URL=valkey.url)
    with opened(alice, sync) as page:
        valkey.kill()
        page.until(lambda: page.named("status") == [{"degraded": True}], "the page knows that changes come late")
        [first] = happen(alice)
        assert deliver(first, sync) == 204
        page.until_number(1)

        valkey.start_again()
        page.until(lambda: page.named("status")[1:] == [{"degraded": False}], "the page is live again")
        eventually(lambda: hears(valkey, alice), "the user's bell is heard")
        [second] = happen(alice)
        # For a second after a failure a process asks nothing of Redis, so its first bells may still be lost.
        eventually(lambda: deliver(second, sync) == 204 and 2 in page.numbers, "a bell rings again")

    assert page.numbers == [1, 2]


def hears(valkey: Valkey, person: Person) -> bool:
    with redis.Redis.from_url(valkey.url) as client:
        return dict(client.pubsub_numsub(f"bell:{person.id}")) == {f"bell:{person.id}".encode(): 1}


def test_what_happened_while_redis_came_back_is_not_missed(alice: Person, tuned: Tuned, valkey: Valkey) -> None:
    sync = tuned({"watch.EVERY": NEVER, "watch.EVERY_DEGRADED": NEVER}, REDIS_URL=valkey.url)
    with opened(alice, sync) as page:
        valkey.kill()
        page.until(lambda: page.named("status"), "the page knows")
        happen(alice)  # its bell is lost, and no head is read before Redis is back
        valkey.start_again()
        page.until_number(1)

    assert page.numbers == [1]


def test_a_redis_that_hangs_is_away(alice: Person, tuned: Tuned, valkey: Valkey) -> None:
    sync = tuned({"bell.SILENCE": 0.2}, REDIS_URL=valkey.url)
    with opened(alice, sync) as page:
        valkey.process.send_signal(signal.SIGSTOP)
        try:
            page.until(lambda: page.named("status") == [{"degraded": True}], "the page knows")
        finally:
            valkey.process.send_signal(signal.SIGCONT)
        page.until(lambda: page.named("status")[1:] == [{"degraded": False}], "the page is live again")


def test_a_page_that_opens_without_redis_is_told_so(alice: Person, tuned: Tuned, valkey: Valkey) -> None:
    sync = tuned({"watch.EVERY_DEGRADED": 0.2}, REDIS_URL=valkey.url)
    valkey.kill()

    with opened(alice, sync) as page:
        page.until(
            lambda: page.named("hello")[0]["degraded"] or page.named("status") == [{"degraded": True}],
            "the page knows that changes come late",
        )
        happen(alice)
        page.until_number(1)


@pytest.fixture
def cable(world: World) -> Iterator[Cable]:
    """To the database."""
    server = urlsplit(world.environment["DATABASE_URL"])
    assert server.hostname
    assert server.port
    with Cable(server.hostname, server.port) as cable:
        yield cable


def through(cable: Cable, world: World) -> str:
    server = urlsplit(world.environment["DATABASE_URL"])
    return server._replace(netloc=server.netloc.replace(f":{server.port}", f":{cable.port}")).geturl()


def test_streams_outlast_a_database_that_is_away(alice: Person, world: World, tuned: Tuned, cable: Cable) -> None:
    sync = tuned({"watch.EVERY_DEGRADED": 0.2}, DATABASE_URL=through(cable, world))
    with opened(alice, sync) as page:
        cable.pull_out()
        [event] = happen(alice)
        assert deliver(event, sync) == 204  # the bell needs no database
        page.until(lambda: page.named("status") == [{"degraded": True}], "the page knows that changes come late")
        with pytest.raises(Refused, match="503"):
            opened(alice, sync)

        cable.plug_in()
        page.until_number(1)
        page.until(lambda: page.named("status")[1:] == [{"degraded": False}], "the page is live again")

    assert page.numbers == [1]


def test_a_database_that_hangs_is_away(alice: Person, world: World, tuned: Tuned, cable: Cable) -> None:
    sync = tuned({"watch.EVERY": 0.2, "watch.PATIENCE": 0.2}, DATABASE_URL=through(cable, world))
    with opened(alice, sync) as page:
        cable.squeeze()
        happen(alice)
        page.until(lambda: {"degraded": True} in page.named("status"), "the page knows that changes come late")

        cable.let_go()
        page.until_number(1)
        page.until(lambda: page.named("status")[-1] == {"degraded": False}, "the page is live again")


def test_what_happens_while_a_page_opens_is_not_missed(alice: Person, world: World, tuned: Tuned, cable: Cable) -> None:
    sync = tuned({"watch.EVERY": NEVER, "watch.PATIENCE": NEVER}, DATABASE_URL=through(cable, world))
    with opened(alice, sync), ThreadPoolExecutor(1) as somewhere:
        eventually(lambda: counted(sync, "head_reads_total") == 1, "it has looked once, as it began to listen")
        before = cable.connections
        [(now,)] = world.rows("SELECT clock_timestamp()")
        cable.squeeze()
        opening = somewhere.submit(opened, alice, sync, 0)
        eventually(lambda: answered(world, "SELECT position, value AS head", now), "the page has read what there is")
        [event] = happen(alice)
        deliver(event, sync)
        eventually(
            lambda: cable.connections > before or answered(world, "SELECT user_id, value AS head", now),
            "its bell is heard, and the heads are about to be read or have been",
        )
        cable.let_go()

        with opening.result() as page:
            page.until_number(1)

    assert page.numbers == [1]


def counted(function: Function, name: str) -> int:
    with function.client() as scrape:
        lines = scrape.get("/metrics").text.splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(f"{name} "))


def answered(world: World, statement: str, since: object) -> bool:
    """PostgreSQL has answered somebody who asked this; whether the answer has arrived is another matter."""
    [(connections,)] = world.rows(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle'"
        " AND position(%s IN query) > 0 AND query_start > %s",
        statement, since,
    )  # fmt: skip
    return bool(connections)


def test_logging_out_ends_the_streams_of_that_session_alone(alice: Person, door: Door, by_bell: Function) -> None:
    elsewhere = another_session(alice)
    with opened(alice, by_bell) as leaving, Page(by_bell.url, elsewhere) as staying:
        assert alice.at("accounts").post("/api/auth/logout").status_code == 204
        subject = f"user/{alice.id}"
        eventually(lambda: door.about(subject) == ["user.logged_out"], "the broker has it")
        deliver(next(event for event in door.posted if event.subject == subject), by_bell)

        leaving.until_ended()
        staying.until_number(1)

        assert leaving.broke is None
        assert not staying.ended
        with pytest.raises(Refused, match="401"):
            opened(alice, by_bell)


def another_session(person: Person) -> str:
    token = new_token(person.id)
    person.world.rows(
        "INSERT INTO sessions (user_id, id, token_hash, created_at, expires_at)"
        " VALUES (%s, %s, %s, now(), now() + interval '1 day')",
        person.id, new_id(), token_hash(token),
    )  # fmt: skip
    return token


@pytest.mark.parametrize(
    "ending", ["DELETE FROM sessions WHERE user_id = %s", "UPDATE sessions SET expires_at = now() WHERE user_id = %s"]
)
def test_a_session_that_is_over_is_found_without_a_bell_too(alice: Person, by_heads: Function, ending: str) -> None:
    with opened(alice, by_heads) as page:
        alice.world.rows(ending, alice.id)
        page.until_ended()

    assert page.broke is None


def test_a_deleted_account_ends_its_streams(alice: Person, by_heads: Function) -> None:
    with opened(alice, by_heads) as page:
        alice.world.rows("DELETE FROM users WHERE id = %s", alice.id)
        page.until_ended()


def test_sigterm_ends_streams_in_good_order(alice: Person, mallory: Person, world: World) -> None:
    sync = world.start("sync")
    with opened(alice, sync) as page, opened(mallory, sync) as other:
        assert sync.terminate() == 0
        for each in (page, other):
            each.until_ended()
            assert each.broke is None


def test_a_stream_ends_itself_before_anybody_cuts_it(alice: Person, tuned: Tuned) -> None:
    sync = tuned({"streams.LIVES": [0.3, 0.6]})
    with opened(alice, sync) as page:
        page.until_ended()

    assert page.broke is None


def test_a_quiet_stream_shows_that_it_is_alive(alice: Person, tuned: Tuned) -> None:
    sync = tuned({"watch.HEARTBEAT": 0.1})
    with opened(alice, sync) as page, opened(alice, sync) as other:
        for each in (page, other):
            each.until_named("heartbeat", 3)


def test_a_reader_that_is_too_slow_costs_little_and_is_let_go(alice: Person, tuned: Tuned) -> None:
    sync = tuned({"streams.PATIENCE": 1.0})
    address = urlsplit(sync.url).hostname, urlsplit(sync.url).port
    happen(alice, 400, notes="x" * 100_000)  # 40 MB
    with opened(alice, sync):
        with socket.create_connection(address) as nobody:
            nobody.sendall(b"?\r\n\r\n")
            await_text(nobody, b"400 Bad Request")  # and the first line of the log, whose imports are no reader's
        before = memory(sync)
        with socket.create_connection(address) as idle:
            idle.sendall(
                f"GET /api/events/stream?since=0 HTTP/1.1\r\nhost: x\r\ncookie: session={alice.token}\r\n\r\n".encode()
            )
            eventually(lambda: "its reader is too slow" in sync.log.read_text(), "it is let go")
            grown = memory(sync) - before

    assert grown < 4_000  # kB


def memory(function: Function) -> int:
    """kB of its own, at the highest."""
    status = Path(f"/proc/{function.process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


def test_a_thousand_idle_streams_fit(alice: Person, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    sync = world.start("sync", RATE_LIMITS=NO_LIMITS)
    address = urlsplit(sync.url).hostname, urlsplit(sync.url).port
    request = f"GET /api/events/stream HTTP/1.1\r\nhost: x\r\ncookie: session={alice.token}\r\n\r\n".encode()
    with ExitStack() as streams, opened(alice, sync):
        before = rss(sync)
        connections = []
        for _ in range(20):
            some = [streams.enter_context(socket.create_connection(address, timeout=20)) for _ in range(50)]
            for connection in some:
                connection.sendall(request)
            for connection in some:
                await_text(connection, b"event: hello")
            connections += some
        each = (rss(sync) - before) / 1000
        [event] = happen(alice)
        deliver(event, sync)
        for connection in connections:
            await_text(connection, b"task.updated")
    sync.kill()
    with capsys.disabled():
        sys.stdout.write(f"\n1,000 idle streams: {each:.1f} kB each\n")


def await_text(connection: socket.socket, text: bytes) -> None:
    received = b""
    while text not in received:
        part = connection.recv(4096)
        assert part, received
        received += part


def rss(function: Function) -> int:
    status = Path(f"/proc/{function.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


def test_a_process_without_streams_listens_to_nothing(alice: Person, tuned: Tuned, valkey: Valkey) -> None:
    sync = tuned({}, REDIS_URL=valkey.url)

    with opened(alice, sync) as page, opened(alice, sync) as other:
        eventually(lambda: hears(valkey, alice), "it listens")
        other.close()
        [event] = happen(alice)
        deliver(event, sync)
        page.until_number(1)
        assert hears(valkey, alice)

    with redis.Redis.from_url(valkey.url) as client:
        eventually(lambda: client.pubsub_channels() == [], "nobody listens any more")
    with opened(alice, sync) as again:
        [event] = happen(alice)
        deliver(event, sync)
        again.until_number(2)


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


@pytest.mark.parametrize("last_event_id", [99, 2**63 - 1, 10**30, "yesterday", "-1", "٣"])
def test_a_number_that_never_was_is_answered_by_loading_anew(
    alice: Person, sync: Function, last_event_id: object
) -> None:
    happen(alice, 3)

    with opened(alice, sync, str(last_event_id).encode().decode("latin-1")) as page:
        page.until(lambda: page.named("resync") == [{"head": 3}], "it is told to load everything anew")

    assert page.numbers == []


def test_a_database_that_was_restored_under_an_open_page_has_it_load_anew(alice: Person, by_heads: Function) -> None:
    happen(alice, 3)
    with opened(alice, by_heads) as page:
        alice.world.rows("DELETE FROM events WHERE user_id = %s AND sequence > 1", alice.id)
        alice.world.rows("UPDATE counters SET value = 1 WHERE user_id = %s", alice.id)
        page.until(lambda: page.named("resync") == [{"head": 1}], "it is told to load everything anew")


def test_events_of_another_make_ring_nobody(alice: Person, world: World, sync: Function) -> None:
    [event] = happen(alice)
    forged = signed(world, event.type, event.data, event.id, key="a guess", **without_signature(event))
    unsigned = Envelope(event.id, event.source, event.type, without_signature(event), event.data)
    altered = Envelope(event.id, event.source, event.type, event.attributes, event.data + b" ")
    anothers = event.attributes | {"partitionkey": str(new_id())}
    moved = Envelope(event.id, event.source, event.type, anothers, event.data)

    with redis.Redis.from_url(world.valkey.url) as client, client.pubsub() as ear:
        ear.psubscribe("bell:*")
        assert ear.get_message(timeout=5)
        answers = [deliver(each, sync) for each in (forged, unsigned, altered, moved)]
        assert deliver(event, sync) == 204
        heard = ear.get_message(timeout=5)
        more = ear.get_message(timeout=0)

    assert answers == [422, 422, 422, 422]
    assert heard
    assert heard["channel"] == f"bell:{alice.id}".encode()
    assert more is None


def without_signature(event: Envelope) -> dict[str, str]:
    return {name: value for name, value in event.attributes.items() if name != "signature"}


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, b"{}"),
        ({"content-type": "application/cloudevents+json"}, b'{"specversion":"1.0","id":"1","source":"/","type":"x"}'),
        ({"ce-specversion": "0.3", "ce-id": "1", "ce-source": "/", "ce-type": "task.created"}, b"{}"),
        ({"ce-specversion": "1.0", "ce-id": "1", "ce-type": "task.created"}, b"{}"),
        ({"ce-specversion": "1.0", "ce-id": "1", "ce-source": "/", "ce-type": "task.created"}, b"\xff\x00"),
    ],
)
def test_what_is_no_event_of_ours_is_unreadable(sync: Function, headers: dict[str, str], body: bytes) -> None:
    with sync.client() as trigger:
        assert trigger.post("/events", headers=headers, content=body).status_code == 422


def test_an_event_with_a_number_and_no_person_is_unreadable(world: World, sync: Function) -> None:
    event = signed(world, "task.created", b"{}", sequence="1", partitionkey="nobody")

    assert deliver(event, sync) == 422


def test_a_type_that_sync_does_not_know_is_as_good_as_any(alice: Person, world: World, by_bell: Function) -> None:
    with opened(alice, by_bell) as page:
        happen(alice)
        event = signed(world, "chat.message", b"{}", sequence="1", partitionkey=str(alice.id))
        assert deliver(event, by_bell) == 204
        page.until_number(1)

    assert deliver(signed(world, "system.started", b"{}"), by_bell) == 204


def test_without_a_session_there_is_nothing_to_see(world: World, sync: Function) -> None:
    with sync.client() as nobody:
        assert nobody.get("/api/changes").status_code == 401
        assert nobody.get("/api/events/stream").status_code == 401
        nobody.cookies.set("session", "x" * 60)
        assert nobody.get("/api/events/stream").status_code == 401


def test_changes_can_be_asked_for(alice: Person, mallory: Person) -> None:
    task = alice.has_task("Buy milk")
    alice.has_task("Buy bread")

    page = alice.at("sync").get("/api/changes", params={"since": 0}).json()

    assert [change["sequence"] for change in page["items"]] == [1, 2]
    assert page["items"][0]["task"] == task
    assert (page["head"], page["resync"]) == (2, False)
    assert alice.at("sync").get("/api/changes", params={"since": 2}).json() == {"items": [], "head": 2, "resync": False}
    assert alice.at("sync").get("/api/changes").json() == {"items": [], "head": 2, "resync": False}
    assert mallory.at("sync").get("/api/changes", params={"since": 0}).json()["items"] == []


@pytest.mark.parametrize("size", [1, 9000])
def test_changes_come_in_portions_without_gap(alice: Person, size: int) -> None:
    happen(alice, 30, notes="x" * size)
    numbers: list[int] = []

    while not numbers or numbers[-1] < 30:
        since = numbers[-1] if numbers else 0
        page = alice.at("sync").get("/api/changes", params={"since": since, "limit": 10}).json()
        assert 0 < len(page["items"]) <= 10
        numbers += [change["sequence"] for change in page["items"]]

    assert numbers == list(range(1, 31))


def test_changes_older_than_kept_are_loaded_anew(alice: Person) -> None:
    happen(alice, 6)
    alice.world.rows("DELETE FROM events WHERE user_id = %s AND sequence <= 4", alice.id)

    def changes(since: int) -> dict[str, Any]:
        page: dict[str, Any] = alice.at("sync").get("/api/changes", params={"since": since}).json()
        return page

    assert changes(2) == {"items": [], "head": 6, "resync": True}
    assert changes(99) == {"items": [], "head": 6, "resync": True}
    assert [change["sequence"] for change in changes(4)["items"]] == [5, 6]


@pytest.mark.parametrize("query", ["since=x", "since=-1", f"since={2**63}", "since=1&limit=0", "since=1&limit=501"])
def test_changes_after_what_is_no_number_are_refused(alice: Person, query: str) -> None:
    assert alice.at("sync").get(f"/api/changes?{query}").status_code == 422


@pytest.mark.parametrize("since", ["x", "-1", str(2**63)])
def test_a_stream_since_what_is_no_number_is_refused(alice: Person, since: str) -> None:
    assert alice.at("sync").get(f"/api/events/stream?since={since}").status_code == 422
