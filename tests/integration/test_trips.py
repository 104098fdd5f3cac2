"""Changes of several users on one trip to PostgreSQL: quicker for all of them, and worse for nobody."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from shared import db, making, pool, trips
from shared.ids import new_id
from shared.libpq import Lost
from shared.problems import Unavailable
from shared.trips import Ticket, Trips
from tests.inside import a_function_of, run
from tests.people import Person
from tests.world import World, eventually

COUNT = """UPDATE counters SET value = value + 1 / %(divisor)s::bigint WHERE user_id = {own}
           RETURNING value, pg_current_xact_id()::text AS transaction"""
IF_FREE = "(SELECT user_id FROM counters WHERE user_id = %(user_id)s FOR UPDATE SKIP LOCKED)"
TICKET = Ticket(*(db.statement(COUNT.format(own=own)) for own in (IF_FREE, "%(user_id)s")))
STUCK = "SELECT value, '' AS transaction, pg_advisory_xact_lock(%(lock)s) FROM counters WHERE user_id = %(user_id)s"
STUCK_TICKET = Ticket(db.statement(STUCK), db.statement(STUCK))


@pytest.fixture(autouse=True)
def here(world: World) -> Iterator[None]:
    with a_function_of(world):
        yield


@pytest.fixture
def many(world: World) -> list[UUID]:
    return [Person(world, f"Somebody{number}").id for number in range(20)]


def count(travel: Trips, user_id: UUID, divisor: int = 1) -> Coroutine[Any, Any, db.Row | None]:
    return travel.go(user_id, TICKET, {"user_id": user_id, "divisor": divisor})


@asynccontextmanager
async def locked(world: World, user_id: UUID) -> AsyncIterator[None]:
    async with await psycopg.AsyncConnection.connect(world.owner_url) as connection:
        await connection.execute("SELECT FROM counters WHERE user_id = %s FOR UPDATE", [user_id])
        yield


async def until_waiting(world: World, waiting: int) -> None:
    await asyncio.to_thread(eventually, lambda: world.waiting_for_locks() == waiting, f"{waiting} wait for a lock")


def test_who_comes_while_a_trip_is_under_way_shares_the_next_one(many: list[UUID]) -> None:
    async def story() -> None:
        travel = Trips()
        rows = await asyncio.gather(*(count(travel, user_id) for user_id in many))

        assert [row["value"] for row in rows if row] == [1] * len(many)
        shared = [row["transaction"] for row in rows if row]
        assert [len(list(filter(each.__eq__, shared))) for each in dict.fromkeys(shared)] == [10, 5, 4, 1]

    run(story())


def test_one_user_several_times_is_counted_one_after_the_other(many: list[UUID]) -> None:
    async def story() -> None:
        travel = Trips()
        rows = await asyncio.gather(*(count(travel, many[number % 2]) for number in range(8)))

        assert [row["value"] for row in rows if row] == [1, 1, 2, 2, 3, 3, 4, 4]

    run(story())


def test_one_that_is_refused_harms_none_of_the_others(many: list[UUID]) -> None:
    async def story() -> None:
        travel, [alice, bob, *others] = Trips(), many[:4]
        said = await asyncio.gather(
            count(travel, alice),
            count(travel, bob, divisor=0),
            count(travel, bob),
            *(count(travel, user_id) for user_id in others),
            return_exceptions=True,
        )

        assert [row["value"] for row in said if isinstance(row, dict)] == [1, 1, 1, 1]
        assert isinstance(said[1], db.Refused)
        assert said[1].sqlstate == "22012"

    run(story())


def test_who_is_locked_out_keeps_nobody_waiting_and_takes_one_connection(world: World, many: list[UUID]) -> None:
    async def story() -> None:
        travel, [alice, bob] = Trips(), many[:2]
        async with locked(world, alice):
            late = [asyncio.create_task(count(travel, alice)) for _ in range(3)]
            await until_waiting(world, 1)
            later = [asyncio.create_task(count(travel, alice)) for _ in range(3)]

            assert [row["value"] for _ in range(3) if (row := await count(travel, bob))] == [1, 2, 3]
            assert world.waiting_for_locks() == 1
            assert not any(each.done() for each in [*late, *later])

        assert [row["value"] for row in await asyncio.gather(*late, *later) if row] == [1, 2, 3, 4, 5, 6]

    run(story())


@pytest.mark.usefixtures("anything_may_be_said")
def test_a_change_under_way_with_others_waits_for_nobodys_lock(world: World, many: list[UUID]) -> None:
    async def story() -> None:
        hurried = making.ticket("SELECT '{}' AS document FROM counter", answered=False).hurried
        commands = [(hurried, dict.fromkeys(hurried.names, "-") | of_change(user_id)) for user_id in many[:3]]
        async with locked(world, many[1]):
            async with asyncio.timeout(5):
                rows = await db.trip(commands)

        assert [row and row["value"] for row in rows] == [1, None, 1]

    run(story())


def of_change(user_id: UUID) -> dict[str, object]:
    return {"user_id": user_id, "event_id": new_id(), "data_before": '{"said":', "data_after": "}"}


def test_who_waits_for_a_trip_that_is_late_leaves_when_it_is_back(world: World, many: list[UUID]) -> None:
    async def story() -> None:
        travel, alice = Trips(), many[0]
        async with await psycopg.AsyncConnection.connect(world.owner_url) as connection:
            await connection.execute("SELECT pg_advisory_lock(4712)")
            stuck = asyncio.create_task(travel.go(alice, STUCK_TICKET, {"user_id": alice, "lock": 4712}))
            await until_waiting(world, 1)
            waits = asyncio.create_task(count(travel, alice))
            await asyncio.sleep(2 * trips.LATE)

        async with asyncio.timeout(5):
            assert await stuck
            assert await waits

    run(story())


def test_nobody_waits_long_for_a_trip_that_is_late(world: World, many: list[UUID]) -> None:
    async def story() -> None:
        travel, [alice, bob] = Trips(), many[:2]
        async with await psycopg.AsyncConnection.connect(world.owner_url) as connection:
            await connection.execute("SELECT pg_advisory_lock(4711)")
            stuck = asyncio.create_task(travel.go(alice, STUCK_TICKET, {"user_id": alice, "lock": 4711}))
            await until_waiting(world, 1)

            async with asyncio.timeout(5):
                assert await count(travel, bob)
            assert not stuck.done()

        assert await stuck

    run(story())


def test_who_waits_for_too_long_is_told_to_come_again(
    world: World, many: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "HELD_AT_MOST", 0.2)

    async def story() -> None:
        travel, alice = Trips(), many[0]
        async with locked(world, alice):
            waits = [asyncio.create_task(count(travel, alice)) for _ in range(3)]
            await until_waiting(world, 1)
            async with asyncio.timeout(5):
                said = await asyncio.gather(*waits, count(travel, alice), return_exceptions=True)

        assert [type(each) for each in said] == [Unavailable] * 4
        assert [str(each) for each in said[1:]] == [str(db.busy())] * 3
        assert await count(travel, alice)

    run(story())


def test_more_than_can_wait_are_told_to_come_again(
    world: World, many: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "MOST_QUEUED", 3)

    async def story() -> None:
        travel, alice = Trips(), many[0]
        async with locked(world, alice):
            under_way = asyncio.create_task(count(travel, alice))
            await until_waiting(world, 1)
            waits = [asyncio.create_task(count(travel, alice)) for _ in range(3)]
            await asyncio.sleep(0)
            with pytest.raises(Unavailable):
                await count(travel, alice)

        assert len(await asyncio.gather(under_way, *waits)) == 4

    run(story())


def test_who_is_gone_before_the_trip_begins_changes_nothing(many: list[UUID]) -> None:
    async def story() -> None:
        travel, [alice, bob] = Trips(), many[:2]
        first, gone = asyncio.create_task(count(travel, alice)), asyncio.create_task(count(travel, bob))
        await asyncio.sleep(0)
        gone.cancel()

        assert await first
        row = await count(travel, bob)
        assert row
        assert row["value"] == 1

    run(story())


def test_who_does_not_exist_is_told_so(many: list[UUID]) -> None:
    async def story() -> None:
        travel = Trips()
        nobody, somebody = await asyncio.gather(count(travel, uuid4()), count(travel, many[0]))

        assert nobody is None
        assert somebody

    run(story())


def test_without_the_database_everybody_hears_it_and_the_next_trip_begins(
    world: World, many: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        travel = Trips()
        with monkeypatch.context() as away:
            away.setattr(pool, "connect", refuse)
            said = await asyncio.gather(*(count(travel, user_id) for user_id in many[:3]), return_exceptions=True)

        assert [type(each) for each in said] == [Unavailable] * 3
        assert await count(travel, many[0])

    async def refuse(*_: str) -> None:
        raise Lost("nobody is there")

    run(story())


def test_numbers_have_no_gaps_whoever_came_with_whom_and_was_refused(world: World) -> None:
    people = [Person(world, f"Somebody{number}") for number in range(3)]
    tasks = [person.has_task("There already")["id"] for person in people]

    def create(number: int) -> httpx.Response:
        person = number % 3
        task = {"title": f"Task {number}"} | ({"id": tasks[person]} if number % 4 == 0 else {})
        return people[person].at("tasks").post("/api/tasks", json=task)

    with ThreadPoolExecutor(24) as clicks:
        statuses = [answer.status_code for answer in clicks.map(create, range(96))]

    assert [status for number, status in enumerate(statuses) if number % 4 == 0] == [409] * 24
    assert [status for number, status in enumerate(statuses) if number % 4] == [201] * 72
    for person in people:
        assert [number for number, _, _ in person.events()] == list(range(1, 26))
        person.leave()
