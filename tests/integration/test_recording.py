"""Events that come at about the same time are recorded together, and none is worse off for the company."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import psycopg
import pytest

from functions.audit import history
from functions.audit.history import Entry
from shared.ids import new_id
from tests.inside import a_function_of, run
from tests.people import Person
from tests.world import World, eventually


@pytest.fixture(autouse=True)
def inside(world: World) -> Iterator[None]:
    with a_function_of(world):
        yield


def entry(person: Person, sequence: int = 1) -> Entry:
    return Entry(person.id, sequence, new_id(), "task.updated", "task/1", datetime.now(UTC), "{}")


def people(world: World, number: int) -> list[Person]:
    return [Person(world, f"Person {each}") for each in range(number)]


def test_who_comes_while_one_is_recorded_goes_with_the_next(world: World) -> None:
    crowd = people(world, 5)

    async def all_at_once() -> None:
        await asyncio.gather(*(history.together.ask(entry(person)) for person in crowd))

    run(all_at_once())

    ids = [person.id for person in crowd]
    transactions = world.rows("SELECT xmin::text FROM activity_chain WHERE user_id = ANY (%s) ORDER BY user_id", ids)
    assert len(transactions) == 5
    assert len(set(transactions)) == 1


def test_one_that_the_database_refuses_keeps_nobody_else_out(world: World) -> None:
    first, second, third = people(world, 3)
    impossible = entry(second, sequence=2**63)

    refused = run(history.record_all([entry(first), impossible, entry(third)]))

    assert list(refused) == [impossible]
    rows = world.rows("SELECT user_id FROM activity_chain WHERE user_id = ANY (%s)", [first.id, second.id, third.id])
    assert {user_id for (user_id,) in rows} == {first.id, third.id}


def test_one_user_s_entries_in_any_order_and_twice_are_one_chain(alice: Person, world: World) -> None:
    third, first, second = entry(alice, 3), entry(alice, 1), entry(alice, 2)

    assert run(history.record_all([third, first, second, replace(first)])) == {}

    rows = world.rows("SELECT sequence FROM activity_chain WHERE user_id = %s ORDER BY sequence", alice.id)
    assert rows == [(1,), (2,), (3,)]


def test_who_waits_for_one_head_holds_none_that_comes_after_it(world: World) -> None:
    """Or two who record at the same time could wait for each other."""
    earlier, later = sorted(people(world, 2), key=lambda person: person.id)
    for person in (earlier, later):
        world.rows("INSERT INTO chain_heads (user_id) VALUES (%s)", person.id)
    lock = "SELECT FROM chain_heads WHERE user_id = %s FOR UPDATE"

    with ThreadPoolExecutor(1) as recorder, psycopg.connect(world.owner_url) as holder:
        holder.execute(lock, [earlier.id])
        recorded = recorder.submit(run, history.record_all([entry(later), entry(earlier)]))
        eventually(lambda: world.waiting_for_locks() == 1, "it waits for the first head")
        holder.execute(f"{lock} NOWAIT", [later.id])
        holder.rollback()

    assert recorded.result() == {}
