"""The log behind its port: what is durable, in which order it comes, where a group goes on, what retention takes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from knative.runner.eventing import dispatcher
from knative.runner.eventing.dispatcher import Dispatcher, Ordered, Unordered
from knative.runner.eventing.log import EventLog, Partition, Record, Subscription
from knative.runner.eventing.partitioning import partition_of
from knative.runner.eventing.postgres_log import PostgresLog
from knative.runner.eventing.topics import Topic, topics_of
from knative.runner.manifests import Broker, KafkaSink, KafkaSource, Manifests
from tests.conformance.eventing.log_address import LogAddress
from tests.conformance.eventing.stage import GRAVEYARD, Stage

pytestmark = pytest.mark.anyio

HEADERS = {"ce_id": "1", "content-type": "text/plain"}
KEYS = [b"key-%d" % number for number in range(20)]


@asynccontextmanager
async def opened(address: LogAddress, *topics: Topic) -> AsyncIterator[EventLog]:
    for topic in topics:
        address.create(topic.name)
    log = address.open()
    await log.start(topics)
    try:
        yield log
    finally:
        await log.stop()


@pytest.fixture
def topic() -> Topic:
    return Topic(f"orders-{uuid4().hex[:12]}", partitions=3)


async def read(subscription: Subscription, count: int) -> list[Record]:
    records: list[Record] = []
    async with asyncio.timeout(20):
        while len(records) < count:
            records += await subscription.fetch(())
    return records


async def test_a_record_comes_back_as_it_was_appended(address: LogAddress, topic: Topic) -> None:
    everything = bytes(range(256))
    async with opened(address, topic) as log:
        subscription = await log.subscribe(f"audit-{topic.name}", [topic.name], "latest")

        await log.append(topic.name, b"alice", {"ce_id": 'größe "\\ 5', "content-type": "text/plain"}, everything)

        [record] = await read(subscription, 1)
        await subscription.close()
    assert (record.key, record.value) == (b"alice", everything)
    assert record.headers == {"ce_id": 'größe "\\ 5', "content-type": "text/plain"}
    assert (record.partition.topic, record.offset) == (topic.name, 0)


async def test_records_of_one_key_share_a_partition_and_keep_their_order(address: LogAddress, topic: Topic) -> None:
    async with opened(address, topic) as log:
        subscription = await log.subscribe(f"audit-{topic.name}", [topic.name], "latest")

        appends = [
            log.append(topic.name, f"user-{number % 7}".encode(), HEADERS, str(number).encode())
            for number in range(700)
        ]
        await asyncio.gather(*appends)

        records = await read(subscription, 700)
        await subscription.close()
    for user in range(7):
        mine = [record for record in records if record.key == f"user-{user}".encode()]
        assert len({record.partition for record in mine}) == 1
        assert [int(record.value or b"") for record in mine] == list(range(user, 700, 7))
    for partition in {record.partition for record in records}:
        offsets = [record.offset for record in records if record.partition == partition]
        assert offsets == list(range(len(offsets)))


async def test_records_without_a_key_are_spread(address: LogAddress, topic: Topic) -> None:
    async with opened(address, topic) as log:
        subscription = await log.subscribe(f"audit-{topic.name}", [topic.name], "latest")

        for _ in range(60):
            await log.append(topic.name, None, HEADERS, b"{}")

        records = await read(subscription, 60)
        await subscription.close()
    assert len({record.partition for record in records}) >= 3


async def test_a_new_group_keeps_its_first_place_although_it_has_read_nothing(
    address: LogAddress, topic: Topic
) -> None:
    group = f"audit-{topic.name}"
    async with opened(address, topic) as log:
        await log.append(topic.name, b"alice", HEADERS, b"before")
        await (await log.subscribe(group, [topic.name], "latest")).close()
        await log.append(topic.name, b"alice", HEADERS, b"after")

    async with opened(address, topic) as log:
        subscription = await log.subscribe(group, [topic.name], "latest")
        [record] = await read(subscription, 1)
        await subscription.close()

    assert record.value == b"after"


async def test_a_group_goes_on_from_what_it_committed(address: LogAddress, topic: Topic) -> None:
    group = f"audit-{topic.name}"
    async with opened(address, topic) as log:
        subscription = await log.subscribe(group, [topic.name], "latest")
        for number in range(5):
            await log.append(topic.name, b"alice", HEADERS, str(number).encode())
        records = await read(subscription, 5)
        await subscription.commit({records[0].partition: 3})
        await subscription.close()

        again = await log.subscribe(group, [topic.name], "latest")
        rest = await read(again, 2)
        await again.close()

    assert [record.value for record in rest] == [b"3", b"4"]


async def test_a_busy_partition_waits_and_the_others_do_not(address: LogAddress, topic: Topic) -> None:
    async with opened(address, topic) as log:
        subscription = await log.subscribe(f"audit-{topic.name}", [topic.name], "latest")
        await log.append(topic.name, b"alice", HEADERS, b"1")
        [first] = await read(subscription, 1)
        for number in range(40):
            await log.append(topic.name, f"user-{number}".encode(), HEADERS, b"{}")
        await log.append(topic.name, b"alice", HEADERS, b"2")

        records = list(await subscription.fetch({first.partition}))
        while not records:
            records += await subscription.fetch({first.partition})

        assert first.partition not in {record.partition for record in records}
        rest = await read(subscription, 41 - len(records))
        await subscription.close()
    assert b"2" in {record.value for record in rest}


# What follows is PostgreSQL's own.


async def test_a_partition_added_later_is_read_from_its_start(database: str, topic: Topic) -> None:
    address, more = LogAddress("postgres", database), Topic(topic.name, partitions=8)
    async with opened(address, topic) as log:
        await (await log.subscribe("mail", [topic.name], "latest")).close()
    async with opened(address, more) as log:
        for number in range(40):
            await log.append(topic.name, f"user-{number}".encode(), HEADERS, b"{}")

        subscription = await log.subscribe("mail", [topic.name], "latest")

        assert len(await read(subscription, 40)) == 40


async def test_retention_takes_what_is_old_and_finished_and_nothing_else(database: str) -> None:
    short, long = Topic("short", 1, timedelta(days=1)), Topic("long", 1, timedelta(days=30))
    async with opened(LogAddress("postgres", database), short, long) as log:
        assert isinstance(log, PostgresLog)
        audit = await log.subscribe("audit", ["short", "long"], "earliest")
        for name in ("short", "long"):
            for _ in range(3):
                await log.append(name, None, HEADERS, b"{}")
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(
                "UPDATE runner.records SET at = at - interval '2 days' WHERE \"offset\" < 2"  # two of each are old
            )
        await audit.commit({Partition("short", 0): 1, Partition("long", 0): 3})

        assert await log.expire_some() == 1
        assert await log.expire_some() == 0
        left = await read(audit, 5)
        assert sorted((record.partition.topic, record.offset) for record in left) == [
            ("long", 0), ("long", 1), ("long", 2), ("short", 1), ("short", 2),
        ]  # fmt: skip

        await audit.commit({Partition("short", 0): 2})
        assert await log.expire_some() == 1


async def test_a_group_that_retention_has_overtaken_goes_on_with_what_is_left(database: str, topic: Topic) -> None:
    topic = Topic(topic.name, partitions=1)
    async with opened(LogAddress("postgres", database), topic) as log:
        for number in range(250):
            await log.append(topic.name, b"alice", HEADERS, str(number).encode())
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute('DELETE FROM runner.records WHERE "offset" < 240')

    async with opened(LogAddress("postgres", database), topic) as log:
        subscription = await log.subscribe("late", [topic.name], "earliest")
        assert [record.value for record in await read(subscription, 10)] == [b"%d" % n for n in range(240, 250)]


async def test_a_group_for_which_retention_left_nothing_waits_for_what_is_new(database: str, topic: Topic) -> None:
    topic = Topic(topic.name, partitions=1)
    async with opened(LogAddress("postgres", database), topic) as log:
        for _ in range(3):
            await log.append(topic.name, b"alice", HEADERS, b"old")
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("DELETE FROM runner.records")

    async with opened(LogAddress("postgres", database), topic) as log:
        subscription = await log.subscribe("late", [topic.name], "earliest")

        assert await subscription.fetch(()) == []
        waiting = asyncio.create_task(subscription.fetch(()))
        assert not (await asyncio.wait({waiting}, timeout=0.3))[0]
        await log.append(topic.name, b"alice", HEADERS, b"new")
        await waiting

        assert [record.value for record in await read(subscription, 1)] == [b"new"]


async def test_what_another_runner_appended_in_between_is_read_in_its_place(database: str, topic: Topic) -> None:
    topic = Topic(topic.name, partitions=1)
    address = LogAddress("postgres", database)
    async with opened(address, topic) as one, opened(address, topic) as other:
        subscription = await one.subscribe("both", [topic.name], "earliest")
        for number, log in enumerate([one, other, one, other, other, one]):
            await log.append(topic.name, b"alice", HEADERS, str(number).encode())

        assert [record.value for record in await read(subscription, 6)] == [b"%d" % number for number in range(6)]


async def test_a_partition_that_grows_all_the_time_keeps_no_other_waiting(database: str, topic: Topic) -> None:
    topic = Topic(topic.name, partitions=2)
    here, elsewhere = (next(key for key in KEYS if partition_of(key, 2) == number) for number in (0, 1))
    address = LogAddress("postgres", database)
    async with opened(address, topic) as one, opened(address, topic) as other:
        subscription = await one.subscribe("both", [topic.name], "earliest")
        await other.append(topic.name, elsewhere, HEADERS, b"elsewhere")
        seen: list[bytes | None] = []
        for _ in range(100):
            await one.append(topic.name, here, HEADERS, b"here")
            seen += [record.value for record in await subscription.fetch(())]
            if b"elsewhere" in seen:
                break

    assert b"elsewhere" in seen


async def test_a_record_is_the_same_from_memory_and_from_the_log(database: str, topic: Topic) -> None:
    address = LogAddress("postgres", database)
    async with opened(address, topic) as log:
        await log.append(topic.name, None, HEADERS | {"ce_subject": "ü"}, None)
        subscription = await log.subscribe("at once", [topic.name], "earliest")
        remembered = await read(subscription, 1)

    async with opened(address, topic) as log:
        subscription = await log.subscribe("later", [topic.name], "earliest")
        assert await read(subscription, 1) == remembered


async def test_many_long_topics_can_grow_in_one_transaction(database: str) -> None:
    topics = [Topic(f"{number:0>200}", 1) for number in range(60)]
    async with opened(LogAddress("postgres", database), *topics) as log:
        group = await log.subscribe("audit", [topic.name for topic in topics], "latest")

        await asyncio.gather(*(log.append(topic.name, None, HEADERS, b"{}") for topic in topics))

        assert len({record.partition for record in await read(group, 60)}) == 60


async def test_a_log_that_answers_with_errors_for_a_while_is_read_on_afterwards(
    database: str, topic: Topic, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(LogAddress("postgres", database), topic) as log:
        group = await log.subscribe("audit", [topic.name], "latest")
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("ALTER TABLE runner.partitions RENAME TO elsewhere")
            async with asyncio.timeout(20):
                while "cannot be heard" not in caplog.text:  # noqa: ASYNC110  there is no event for a log line
                    await asyncio.sleep(0.05)
            connection.execute("ALTER TABLE runner.elsewhere RENAME TO partitions")

        await log.append(topic.name, b"alice", HEADERS, b"{}")

        assert len(await read(group, 1)) == 1


@pytest.mark.parametrize("kind", [Ordered, Unordered])
@pytest.mark.parametrize("at_once", [True, False])
async def test_a_record_that_the_runner_itself_fails_on_is_tried_again(
    database: str, topic: Topic, kind: type[Dispatcher], at_once: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "_PAUSE", 0.01)
    handled: list[bytes | None] = []
    third, done = asyncio.Event(), asyncio.Event()

    def handle(record: Record) -> Awaitable[None]:
        handled.append(record.value)
        if at_once and len(handled) < 3:
            raise RuntimeError("a fault of our own")
        return finish()

    async def finish() -> None:
        if len(handled) < 3:
            raise RuntimeError("a fault of our own")
        third.set()
        if b"next" in handled:
            done.set()

    async with opened(LogAddress("postgres", database), topic) as log:
        consumer = kind("audit", [topic.name], "latest", handle)
        await consumer.start(log)
        await log.append(topic.name, b"alice", HEADERS, b"first")
        async with asyncio.timeout(20):
            await third.wait()
            await log.append(topic.name, b"alice", HEADERS, b"next")
            await done.wait()
        await consumer.stop(1)
        again = await log.subscribe("audit", [topic.name], "latest")
        await log.append(topic.name, b"alice", HEADERS, b"last")
        rest = await read(again, 1)

    assert handled == [b"first", b"first", b"first", b"next"]
    assert [record.value for record in rest] == [b"last"]


async def test_events_are_accepted_together_in_few_transactions(database: str, topic: Topic) -> None:
    async with opened(LogAddress("postgres", database), topic) as log:
        with psycopg.connect(database, autocommit=True) as connection:

            def transactions() -> int:
                row = connection.execute("SELECT count(DISTINCT xmin::text) FROM runner.records").fetchone()
                assert row is not None
                return int(row[0])

            await asyncio.gather(*(log.append(topic.name, None, HEADERS, b"{}") for _ in range(1000)))

            assert transactions() <= 10


def test_topics_have_the_partitions_of_the_manifests_or_of_the_table() -> None:
    manifests = Manifests(
        brokers=(Broker("a", "taskora", "task-events", None), Broker("b", "taskora", "orders", None, 5)),
        sinks=(KafkaSink("c", "taskora", "dead-letters"),),
        sources=(
            KafkaSource("d", "taskora", ("orders", "else"), "g", "latest", True, GRAVEYARD, Stage.delivery(), {}),
        ),
    )

    assert {topic.name: (topic.partitions, topic.retention.days) for topic in topics_of(manifests)} == {
        "task-events": (3, 7),
        "orders": (5, 7),
        "dead-letters": (1, 30),
        "else": (1, 7),
    }
