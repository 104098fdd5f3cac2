"""What streams cost: those that are slow, and those that are many."""

import resource
import socket
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis

from knative.local.stores import Valkey
from tests.happenings import Tuned, deliver, happen, hears, opened
from tests.people import Person
from tests.world import NO_LIMITS, Function, World, eventually

SLOW = 20


def test_readers_that_are_too_slow_cost_little_and_are_let_go(
    alice: Person, tuned: Tuned, capsys: pytest.CaptureFixture[str]
) -> None:
    sync = tuned({"streams.PATIENCE": 2.0})
    address = urlsplit(sync.url).hostname, urlsplit(sync.url).port
    happen(alice, 400, notes="x" * 100_000)  # 40 MB
    request = f"GET /api/events/stream?since=0 HTTP/1.1\r\nhost: x\r\ncookie: session={alice.token}\r\n\r\n"
    with opened(alice, sync), ExitStack() as opened_all:
        with socket.create_connection(address) as nobody:
            nobody.sendall(b"?\r\n\r\n")
            await_text(nobody, b"400 Bad Request")  # and the first line of the log, whose imports are no reader's
        before = memory(sync)
        for _ in range(SLOW):
            opened_all.enter_context(socket.create_connection(address)).sendall(request.encode())
        eventually(lambda: sync.log.read_text().count("its reader is too slow") == SLOW, "they are let go")
        each = (memory(sync) - before) / SLOW

    with capsys.disabled():
        sys.stdout.write(f"\n{SLOW} slow readers of 40 MB: {each:.0f} kB each\n")
    assert each < 1_500


@pytest.mark.parametrize("is_kept", [True, False], ids=["kept", "no longer kept"])
def test_a_reader_that_was_too_slow_comes_back_for_what_it_missed_or_for_everything(
    alice: Person, tuned: Tuned, is_kept: bool
) -> None:
    sync = tuned({"streams.PATIENCE": 0.5})
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect((urlsplit(sync.url).hostname, urlsplit(sync.url).port))
        request = f"GET /api/events/stream?since=0 HTTP/1.1\r\nhost: x\r\ncookie: session={alice.token}\r\n\r\n"
        happen(alice, 300, notes="x" * 100_000)
        connection.sendall(request.encode())
        eventually(lambda: "its reader is too slow" in sync.log.read_text(), "it is let go")
        numbers = [line for line in read_to_the_end(connection).split(b"\n") if line.startswith(b"id: ")]
    last = int(numbers[-2].removeprefix(b"id: "))  # the last one may have been cut off
    assert 0 < last < 300
    if not is_kept:
        alice.world.rows("DELETE FROM events WHERE user_id = %s AND sequence <= %s", alice.id, last + 1)

    with opened(alice, sync, last) as page:
        if is_kept:
            page.until_number(300)
            assert page.numbers == list(range(last + 1, 301))
        else:
            page.until(lambda: page.named("resync") == [{"head": 300}], "it is told to load everything anew")
            assert page.numbers == []


def read_to_the_end(connection: socket.socket) -> bytes:
    received = b""
    with suppress(ConnectionError):
        while part := connection.recv(65536):
            received += part
    return received


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
    assert each < 40


def await_text(connection: socket.socket, text: bytes) -> None:
    received = b""
    while text not in received:
        part = connection.recv(4096)
        assert part, received
        received += part


def rss(function: Function) -> int:
    status = Path(f"/proc/{function.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux takes files away from another process")
def test_streams_are_as_many_as_the_machine_allows_and_not_the_process_begins_with(
    alice: Person, world: World, tuned: Tuned
) -> None:
    sync = tuned({}, RATE_LIMITS=NO_LIMITS)
    most = resource.prlimit(sync.process.pid, resource.RLIMIT_NOFILE)[1]
    resource.prlimit(sync.process.pid, resource.RLIMIT_NOFILE, (40, most))

    with ExitStack() as streams:
        for _ in range(50):
            streams.enter_context(opened(alice, sync))


def test_a_look_at_all_that_is_made_in_portions_leaves_nobody_out(world: World, tuned: Tuned) -> None:
    sync = tuned({"watch.EVERY": 0.5, "watch.AT_ONCE": 2})
    people = [Person(world, f"Person {number}") for number in range(5)]
    with ExitStack() as streams:
        pages = [streams.enter_context(opened(person, sync)) for person in people]
        for number in (1, 2):
            for person in people:
                happen(person)  # its bell is lost
            for page in pages:
                page.until_number(number)


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
