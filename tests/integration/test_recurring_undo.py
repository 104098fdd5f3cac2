"""Whatever is done with a task that repeats can be undone, and that undone too: everything is exactly as it was."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.families import Task, has_list, now, url
from tests.people import Person
from tests.repeating import everything, undone

Way = Callable[[Person, Task], httpx.Response]
FUTURE = {"scope": "future"}


def to(what: str) -> Way:
    return lambda alice, task: alice.at("complete").post(url(task, f"/{what}"))


def to_series(what: str) -> Way:
    return lambda alice, task: alice.at("complete").post(f"/api/series/{task['series']}/{what}")


def patch(params: dict[str, str] | None = None, **fields: Any) -> Way:
    return lambda alice, task: alice.at("tasks").patch(url(task), params=params, json=fields)


def put(alice: Person, task: Task) -> httpx.Response:
    fields = {"title": "Sit", "due": "2026-03-02", "priority": "low"}
    return alice.at("tasks").put(url(task), params=FUTURE, json=fields)


def delete(params: dict[str, str] | None = None) -> Way:
    return lambda alice, task: alice.at("tasks").delete(url(task), params=params)


def bulk(**said: Any) -> Way:
    return lambda alice, task: alice.at("tasks").post("/api/tasks/bulk", json={"ids": [task["id"]], **said})


def add_below(alice: Person, task: Task) -> httpx.Response:
    return alice.at("tasks").post("/api/tasks", json={"title": "Forgotten", "parent": task["id"]})


PAUSE, END, COMPLETE = to_series("pause"), to_series("end"), to("complete")
WAYS: dict[str, tuple[Way, ...]] = {  # the last of each is undone
    "complete": (COMPLETE,),
    "complete for the last time": (patch(recurrence={"rule": "FREQ=DAILY;COUNT=1"}), COMPLETE),
    "skip": (to("skip"),),
    "reopen": (COMPLETE, to("reopen")),
    "reopen what was skipped": (to("skip"), to("reopen")),
    "reopen the last one": (patch(recurrence={"rule": "FREQ=DAILY;COUNT=1"}), COMPLETE, to("reopen")),
    "open by what is put below": (COMPLETE, add_below),
    "pause": (PAUSE,),
    "complete in a pause": (PAUSE, COMPLETE),
    "resume": (PAUSE, to_series("resume")),
    "resume with another one": (PAUSE, COMPLETE, to_series("resume")),
    "resume what is over": (patch(recurrence={"rule": "FREQ=DAILY;COUNT=1"}), PAUSE, COMPLETE, to_series("resume")),
    "end": (END,),
    "end in a pause": (PAUSE, END),
    "no more": (patch(recurrence=None),),
    "another rule": (patch(recurrence={"rule": "FREQ=WEEKLY;BYDAY=FR"}),),
    "all that follow": (patch(FUTURE, title="Sit", due="2026-03-03", start="2026-03-02", tags=[]),),
    "all that follow, whole": (put,),
    "delete": (delete(),),
    "delete all that follow": (delete(FUTURE),),
    "delete among many": (bulk(delete=True),),
    "many": (bulk(change={"status": "done", "priority": "low"}),),
    "many back": (bulk(change={"status": "done"}), bulk(change={"status": "in_progress"})),
}


@pytest.mark.parametrize("way", WAYS)
def test_it_is_undone_and_done_again_exactly(alice: Person, way: str) -> None:
    said = {"notes": "*All*", "list": has_list(alice), "due": "2026-03-01", "recurrence": {"rule": "FREQ=DAILY"}}
    task = alice.has_task("Stand up", **said)
    alice.has_task("Windows", parent=alice.has_task("Below", parent=task["id"], due="2026-02-28")["id"])
    *earlier, last = WAYS[way]
    for step in earlier:
        assert step(alice, task).status_code < 300
        task = now(alice, task)
    before = everything(alice)

    answer = last(alice, task)

    assert answer.status_code < 300, answer.text
    after = everything(alice)
    assert after != before
    undo = undone(alice, answer)
    assert everything(alice) == before
    undone(alice, undo)
    assert everything(alice) == after
