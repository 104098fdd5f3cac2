"""Whatever is done to a task that repeats at one and the same time: it is as if one thing was done after the other."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.families import Task, url
from tests.people import Person
from tests.world import Function, World, eventually

FUTURE = {"scope": "future"}


@dataclass(frozen=True)
class Hands:
    """A person who uses two processes of `complete`."""

    person: Person
    other: Function

    def post(self, path: str, **said: Any) -> httpx.Response:
        return self.person.at("complete").post(path, **said)

    def post_elsewhere(self, path: str, **said: Any) -> httpx.Response:
        return self.person.browsing(self.other).post(path, **said)

    @property
    def tasks(self) -> httpx.Client:
        return self.person.at("tasks")


Step = Callable[[Hands, Task], httpx.Response]


def of_series(what: str) -> Step:
    return lambda hands, task: hands.post(f"/api/series/{task['series']}/{what}")


def patch(params: dict[str, str] | None = None, **fields: Any) -> Step:
    return lambda hands, task: hands.tasks.patch(url(task), params=params, json=fields)


def bulk(**said: Any) -> Step:
    return lambda hands, task: hands.tasks.post("/api/tasks/bulk", json={"ids": [task["id"]], **said})


def keyed(task: Task) -> dict[str, str]:
    return {"idempotency-key": task["id"]}


COMPLETE: dict[str, Step] = {
    "complete": lambda hands, task: hands.post(url(task, "/complete")),
    "complete by key": lambda hands, task: hands.post(url(task, "/complete"), headers=keyed(task)),
    "complete elsewhere": lambda hands, task: hands.post_elsewhere(url(task, "/complete"), headers=keyed(task)),
    "patch": patch(status="done"),
    "bulk": bulk(change={"status": "done"}),
}
OTHERS: dict[str, Step] = {
    "skip": lambda hands, task: hands.post_elsewhere(url(task, "/skip")),
    "pause": of_series("pause"),
    "resume": of_series("resume"),
    "end": of_series("end"),
    "another rule": patch(recurrence={"rule": "FREQ=WEEKLY"}),
    "all that follow": patch(FUTURE, title="Sit down"),
    "no more": patch(recurrence=None),
    "delete": lambda hands, task: hands.tasks.delete(url(task)),
    "delete all that follow": lambda hands, task: hands.tasks.delete(url(task), params=FUTURE),
    "bulk delete": bulk(delete=True),
    "undo what it follows": lambda hands, task: hands.tasks.post(f"/api/activity/{task['activity']}/undo"),
}


@pytest.fixture(scope="module")
def another_process(world: World) -> Iterator[Function]:
    function = world.start("complete")
    yield function
    function.terminate()


@pytest.fixture
def hands(alice: Person, another_process: Function) -> Hands:
    return Hands(alice, another_process)


def has_second(hands: Hands) -> Task:
    """The second occurrence of a task, and by which activity it came."""
    said = {"due": "2040-03-26T09:00:00", "recurrence": {"rule": "FREQ=DAILY;COUNT=5"}}
    answer = hands.post(url(hands.person.has_task("Stand up", **said), "/complete"))
    second: Task = answer.json()["next"]
    return second | {"activity": answer.headers["taskora-activity"]}


def everything(person: Person, task: Task) -> list[tuple[object, ...]]:
    """All its segments, and all their occurrences, as far as they are the same of two such tasks."""
    [(root,)] = person.world.rows("SELECT root FROM series WHERE user_id = %s AND id = %s", person.id, task["series"])
    return person.world.rows(
        "SELECT segment, rule, state, template ->> 'title', version FROM series"
        " WHERE user_id = %s AND root = %s ORDER BY segment",
        person.id, root,
    ) + person.world.rows(
        "SELECT segment, title, slot, ordinal, status, skipped_at IS NULL, recurrence ->> 'rule',"
        "       recurrence ->> 'state', tasks.deleted_at IS NULL, tasks.version"
        "  FROM tasks JOIN series ON series.user_id = tasks.user_id AND series.id = series_id"
        " WHERE tasks.user_id = %s AND root = %s ORDER BY segment, slot, ordinal, tasks.deleted_at",
        person.id, root,
    )  # fmt: skip


def one_after_the_other(hands: Hands, *steps: Step) -> None:
    """Done at once, the first one first, it comes to the same."""
    task, same = has_second(hands), has_second(hands)
    expected = [step(hands, same).status_code for step in steps]

    with ThreadPoolExecutor(len(steps)) as at_once, hands.person.world.everyone_waits_for(hands.person.id, len(steps)):
        answers = []
        for number, step in enumerate(steps, 1):
            answers.append(at_once.submit(step, hands, task))
            eventually(lambda: hands.person.world.waiting_for_locks() == number, f"{number} wait")  # noqa: B023

    assert [answer.result().status_code for answer in answers] == expected
    assert everything(hands.person, task) == everything(hands.person, same)


@pytest.mark.parametrize("second", COMPLETE)
@pytest.mark.parametrize("first", COMPLETE)
def test_whoever_else_completes_it_one_follows(hands: Hands, first: str, second: str) -> None:
    one_after_the_other(hands, COMPLETE[first], COMPLETE[second])


@pytest.mark.parametrize("other", OTHERS)
def test_what_is_done_to_it_before_it_is_completed_counts(hands: Hands, other: str) -> None:
    one_after_the_other(hands, OTHERS[other], COMPLETE["complete"])


@pytest.mark.parametrize("other", OTHERS)
def test_what_is_done_to_it_once_it_is_completed_counts(hands: Hands, other: str) -> None:
    one_after_the_other(hands, COMPLETE["complete"], OTHERS[other])
