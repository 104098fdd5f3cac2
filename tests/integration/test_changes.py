"""A change: what it leaves behind, and what its answer says of it."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator, Sequence
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import Response

from functions.tasks import main as tasks
from functions.tasks.bodies import TaskPatch
from shared import changes, entities, families, libpq, lifecycle, metrics, publishing, versions
from shared.answers import Answer
from shared.callers import Caller
from shared.events import TaskUpdated
from shared.ids import new_id
from shared.kinds import TASK
from tests.inside import a_function_of, run
from tests.people import Person
from tests.world import Door, World


@pytest.fixture
def here(world: World) -> Iterator[None]:
    with a_function_of(world):
        yield


# What it costs


def test_a_task_is_changed_in_two_round_trips(alice: Person, here: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """BEGIN with the lock and what is read; then what is written, its event and COMMIT."""
    task_id, trips = UUID(alice.has_task("Buy milk")["id"]), list[list[bytes]]()
    really = libpq.Connection.trip

    async def counted(connection: libpq.Connection, commands: Sequence[libpq.Command]) -> list[libpq.Answer]:
        trips.append([command.text.split()[0] for command, _ in commands])
        return await really(connection, commands)

    async def patch() -> None:
        async with versions.change(Caller(alice.id, session_id=None), TASK, task_id) as (tx, task):
            await entities.change(tx, TASK, {task_id: (task, task | {"title": "Buy bread"})}, is_all=True)

    monkeypatch.setattr(libpq.Connection, "trip", counted)
    run(patch())

    [begun, done] = trips[:2]
    assert (begun[0], len(begun)) == (b"BEGIN", 3)
    assert (done[-1], len(done)) == (b"COMMIT", 2)
    assert alice.events()[-1][1] == "task.updated"


@pytest.mark.parametrize(
    ("ask", "number"),
    [
        (lambda task, caller: tasks.patch(task, TaskPatch(title="Buy bread"), caller), 2),
        (lambda task, caller: tasks.patch(task, TaskPatch(title="Buy milk"), caller), 2),
        (lambda task, caller: tasks.delete(task, caller), 3),  # the second one looks for subtasks
    ],
    ids=["patch", "patch what is so already", "delete"],
)
def test_a_key_takes_no_round_trip(
    alice: Person,
    here: None,
    monkeypatch: pytest.MonkeyPatch,
    ask: Callable[[UUID, Caller], Coroutine[Any, Any, Response]],
    number: int,
) -> None:
    """What was answered to it is asked with what is read, and the answer is kept with what is written."""
    [with_key, without] = (UUID(alice.has_task("Buy milk")["id"]) for _ in range(2))
    trips = list[int]()
    really = libpq.Connection.trip

    async def counted(connection: libpq.Connection, commands: Sequence[libpq.Command]) -> list[libpq.Answer]:
        trips.append(len(commands))
        return await really(connection, commands)

    async def asked(task: UUID, key: str | None) -> int:
        trips.clear()
        await ask(task, Caller(alice.id, session_id=None, idempotency_key=key))
        return len(trips)

    monkeypatch.setattr(libpq.Connection, "trip", counted)

    assert [run(asked(without, None)), run(asked(with_key, "once"))] == [number, number]
    assert len(alice.world.rows("SELECT FROM answers WHERE user_id = %s", alice.id)) == 1


def test_what_the_database_finds_to_be_so_already_is_answered_as_it_is(alice: Person, here: None) -> None:
    """A time may be written in several ways. Its version says that nothing was changed, also when it is asked again."""
    task = alice.has_task("Buy milk", due="2040-03-26T09:00:00")

    async def patch() -> Answer:
        async with versions.change(
            Caller(alice.id, session_id=None, idempotency_key="once"), TASK, UUID(task["id"])
        ) as (tx, now):
            tx.will_answer_with(now)
            await entities.change(tx, TASK, {UUID(task["id"]): (now, now | {"due": "2040-03-26T09:00"})}, is_all=True)
        return tx.answered

    answer = run(patch())

    assert (json.loads(answer.body), answer.headers) == (task, {"etag": '"1"'})
    [kept] = alice.world.rows("SELECT status, headers, body FROM answers WHERE user_id = %s", alice.id)
    assert kept == (answer.status, answer.headers, answer.body)
    assert [kind for _, kind, _ in alice.events()] == ["task.created"]


def test_an_occurrence_is_followed_in_seven_round_trips(
    alice: Person, here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much it has: what is read for one step is read at once."""
    list_id = UUID(alice.at("organize").post("/api/lists", json={"name": "Work"}).json()["id"])
    tag = alice.at("organize").post("/api/tags", json={"name": "home"}).json()["id"]
    said = {"due": "2040-03-26T09:00:00", "recurrence": {"rule": "FREQ=DAILY"}, "list": str(list_id), "tags": [tag]}
    task_id, trips = UUID(alice.has_task("Stand up", **said)["id"]), list[int]()
    alice.has_task("Below", parent=str(task_id), due="2040-03-25T10:00:00")
    really = libpq.Connection.trip

    async def counted(connection: libpq.Connection, commands: Sequence[libpq.Command]) -> list[libpq.Answer]:
        trips.append(len(commands))
        return await really(connection, commands)

    async def complete() -> None:
        async with versions.change(Caller(alice.id, session_id=None), TASK, task_id) as (tx, task):
            await families.become(tx, {task_id: (task, task | {"status": "done"})}, is_all=False)
        monkeypatch.undo()

    monkeypatch.setattr(libpq.Connection, "trip", counted)
    run(complete())

    assert len(trips) == 7
    assert [kind for _, kind, _ in alice.events()][-2:] == ["task.recurred", "task.created"]


# What undoes it


@pytest.mark.parametrize("due", [None, "2026-12-01T09:00"], ids=["one statement", "a transaction"])
def test_the_answer_names_the_activity_and_names_it_again_when_it_is_asked_again(
    alice: Person, due: str | None
) -> None:
    task, key = {"title": "Buy milk", "due": due}, {"idempotency-key": "once"}

    answers = [alice.at("tasks").post("/api/tasks", json=task, headers=key) for _ in range(2)]

    assert [activity(answer) for answer in answers] == [event_ids(alice)] * 2
    assert activity(alice.at("tasks").post("/api/tasks", json=task)) == event_ids(alice)[1:]


def test_every_change_of_a_task_names_its_activity(alice: Person) -> None:
    url = f"/api/tasks/{alice.has_task('Buy milk')['id']}"
    browser = alice.at("tasks")

    answers = [
        browser.patch(url, json={"title": "Buy bread"}),
        browser.put(url, json={"title": "Buy beer"}),
        browser.delete(url),
    ]

    assert [activity(answer) for answer in answers] == [[each] for each in event_ids(alice)[1:]]


def test_where_nothing_happened_no_activity_is_named(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    browser, url = alice.at("tasks"), f"/api/tasks/{task['id']}"

    answers = [
        browser.get(url),
        browser.patch(url, json={"title": "Buy milk"}),
        browser.patch(url, json={"title": ""}),
        browser.post("/api/tasks", json={"title": "Buy bread", "id": task["id"]}),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 422, 409]
    assert [activity(answer) for answer in answers] == [[]] * 4


def activity(answer: httpx.Response) -> list[str]:
    return answer.headers.get_list("taskora-activity")


def event_ids(person: Person) -> list[str]:
    rows = person.world.rows("SELECT id FROM events WHERE user_id = %s ORDER BY sequence", person.id)
    return [str(event_id) for (event_id,) in rows]


# Thousands of events

MANY = 3 * changes.TOGETHER + 7


@pytest.mark.usefixtures("anything_may_be_said")
def test_thousands_of_events_of_one_operation_are_numbered_stored_and_published(
    alice: Person, world: World, door: Door, here: None
) -> None:
    run(emit(alice.id, MANY, "{}"))

    assert [number for number, _, _ in alice.events()] == list(range(1, MANY + 1))
    assert world.rows("SELECT value FROM counters WHERE user_id = %s", alice.id) == [(MANY,)]
    assert world.rows("SELECT count(*) FROM outbox WHERE user_id = %s", alice.id) == [(0,)]
    sent = [
        int(event.headers["ce-sequence"])
        for event in door.posted
        if event.headers.get("ce-partitionkey") == str(alice.id)
    ]
    assert sorted(sent) == list(range(1, MANY + 1))


@pytest.mark.usefixtures("anything_may_be_said")
def test_what_is_stored_at_once_has_a_size(alice: Person, here: None) -> None:
    stored: list[int] = []

    async def story() -> None:
        async with changes.change(Caller(alice.id, None)) as tx:
            for _ in range(4):
                tx.emit(TaskUpdated, new_id(), '"%s"' % ("x" * changes.SIZE), {})
                stored.append(len(tx._later))
        await asyncio.wait_for(lifecycle.finish(), 20)

    run(story())

    assert stored == [1, 2, 3, 4]
    assert len(alice.events()) == 4


@pytest.mark.usefixtures("anything_may_be_said")
def test_more_than_memory_shall_hold_is_left_to_relay(
    alice: Person, world: World, here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "WAITING", 100_000)
    before = left()

    change = run(emit(alice.id, 30, '"%s"' % ("x" * 10_000)))

    assert len(change._events) == 10
    assert left() - before == 21
    rows = world.rows("SELECT sequence FROM outbox WHERE user_id = %s", alice.id)
    assert sorted(rows) == [(number,) for number in range(10, 31)]


async def emit(user_id: UUID, many: int, document: str) -> changes.Change:
    """As one operation; ends when what goes at once has gone."""
    async with changes.change(Caller(user_id, None)) as tx:
        for _ in range(many):
            tx.emit(TaskUpdated, new_id(), document, {})
    await asyncio.wait_for(lifecycle.finish(), 20)
    return tx


def left() -> int:
    return sum(metrics._counts.get("events_left_to_relay_total", {}).values())
