"""Processes, Redis and the database go away and come back, and open pages miss nothing."""

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
import redis

from knative.local.stores import Valkey
from tests.cable import Cable
from tests.happenings import NEVER, Tuned, deliver, happen, hears, opened
from tests.people import Person
from tests.streams import Follower, Refused
from tests.world import Function, World, eventually


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


def test_what_happened_while_redis_came_back_is_not_missed(alice: Person, tuned: Tuned, valkey: Valkey) -> None:
    sync = tuned({"watch.EVERY": NEVER, "watch.EVERY_DEGRADED": NEVER}, REDIS_URL=valkey.url)
    with opened(alice, sync) as page:
        valkey.kill()
        page.until(lambda: page.named("status"), "the page knows")
        happen(alice)  # its bell is lost, and no head is read before Redis is back
        valkey.start_again()
        page.until_number(1)

    assert page.numbers == [1]


def test_a_redis_that_forgets_everything_keeps_nobody_from_hearing(alice: Person, tuned: Tuned, valkey: Valkey) -> None:
    """Nor from coming back: who somebody is stands in the database."""
    sync = tuned({"watch.EVERY": NEVER}, REDIS_URL=valkey.url)
    with opened(alice, sync) as page, redis.Redis.from_url(valkey.url) as client:
        eventually(lambda: hears(valkey, alice), "the user's bell is heard")
        client.flushall()
        [event] = happen(alice)
        deliver(event, sync)
        page.until_number(1)
        client.flushall()
        with opened(alice, sync, 0) as again:
            again.until_number(1)

    assert page.named("status") == []


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
