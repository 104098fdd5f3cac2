"""Whatever somebody asks of a task that repeats, in whatever order: it is done or refused, and nothing fails."""

from typing import Any

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.families import Task, url
from tests.people import Person

FUTURE = {"scope": "future"}
RULES = [
    "FREQ=DAILY", "FREQ=DAILY;COUNT=1", "FREQ=DAILY;COUNT=9999", "FREQ=DAILY;UNTIL=22000101",
    "FREQ=DAILY;UNTIL=00010101", "FREQ=DAILY;UNTIL=99991231T235959Z", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=WEEKLY;INTERVAL=999;BYDAY=MO", "FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=5FR",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY", "FREQ=YEARLY;INTERVAL=999",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=HOURLY", "FREQ=HOURLY;INTERVAL=999",
]  # fmt: skip
DUES = [
    None, "1970-01-01", "1999-12-31", "2000-01-01T00:00", "2011-12-30T10:00", "2026-03-29T02:30", "2026-10-25T02:30",
    "2040-03-26", "2040-03-26T09:00:00", "2200-12-31", "2200-12-31T23:59:59", "9000-12-31",
]  # fmt: skip
ZONES = [
    *[None] * 10,
    "Asia/Tokyo",
    "Pacific/Apia",
    "America/Nuuk",
    "Etc/GMT+12",
    "UTC",
    "",
    "Mars/Olympus",
    "../x",
    "\0",
]
STARTS = [None, "0001-01-01", "1900-01-01", "2040-03-20", "9999-12-31"]
DONE = [None, "1970-01-01T00:00:00Z", "2000-01-01T00:00:00Z", "2026-11-20T23:59:59.999Z"]

one = st.sampled_from
wishes = st.fixed_dictionaries(
    {"due": one(DUES), "zone": one(ZONES), "start": one(STARTS), "rule": one(RULES), "done": one(DONE)}
    | {"kind": one(["fixed", "after_completion"]), "missed": one(["skip", "each"])}
)
Wish = dict[str, Any]


def repeating(wish: Wish) -> dict[str, Any]:
    return {name: wish[name] for name in ("rule", "kind", "missed", "zone")}


def fields(wish: Wish) -> dict[str, Any]:
    return {name: wish[name] for name in ("due", "zone", "start")}


def complete(alice: Person, task: Task, wish: Wish) -> httpx.Response:
    return alice.at("complete").post(url(task, "/complete"), json={"completed_at": wish["done"]})


def add_below(alice: Person, task: Task, wish: Wish) -> httpx.Response:
    return alice.at("tasks").post("/api/tasks", json={"title": "Below", "parent": task["id"]} | fields(wish))


def put(alice: Person, task: Task, wish: Wish) -> httpx.Response:
    return alice.at("tasks").put(url(task), params=FUTURE, json={"title": "Sit"} | fields(wish))


def patch(alice: Person, task: Task, wish: Wish) -> httpx.Response:
    return alice.at("tasks").patch(url(task), params=FUTURE, json=fields(wish))


def repeat(alice: Person, task: Task, wish: Wish) -> httpx.Response:
    return alice.at("tasks").patch(url(task), json={"recurrence": repeating(wish)})


STEPS = {"complete": complete, "add below": add_below, "put": put, "patch": patch, "repeat": repeat}
OFTEN = [*STEPS, *STEPS, *["complete"] * 6, "skip", "reopen", "pause", "resume", "end"]
steps = st.lists(st.tuples(one(OFTEN), wishes), min_size=2, max_size=8)


def taken(alice: Person, task: Task, what: str, wish: Wish) -> httpx.Response:
    if what in STEPS:
        return STEPS[what](alice, task, wish)
    address = url(task) if what in ("skip", "reopen") else f"/api/series/{task['series']}"
    return alice.at("complete").post(f"{address}/{what}")


@settings(max_examples=150, derandomize=True, suppress_health_check=list(HealthCheck))
@given(wishes, steps)
def test_nothing_fails_whatever_is_asked(alice: Person, first: Wish, story: list[tuple[str, Wish]]) -> None:
    said = {"title": "Stand up", "recurrence": repeating(first)} | fields(first)
    answer = alice.at("tasks").post("/api/tasks", json=said)
    if answer.status_code == 422:
        answer = alice.at("tasks").post("/api/tasks", json={"title": "Once", "recurrence": {"rule": "FREQ=DAILY"}})
    assert answer.status_code == 201, answer.text
    task = answer.json()

    for what, wish in story:
        answer = taken(alice, task, what, wish)
        assert answer.status_code < 500, answer.text
        if answer.status_code == 200 and what in ("complete", "skip"):
            task = answer.json()["next"] or answer.json()["task"]
        elif answer.status_code == 200 and what in ("put", "patch", "repeat"):
            task = answer.json()
