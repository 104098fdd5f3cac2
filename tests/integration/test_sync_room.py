"""What streams cost: those that are slow, and those that are many."""

import socket
import sys
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis

from knative.local.stores import Valkey
from tests.happenings import Tuned, deliver, happen, hears, opened
from tests.people import Person
from tests.world import NO_LIMITS, Function, World, eventually


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
