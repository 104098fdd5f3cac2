"""Whatever a task was and is: what is planned from its change on is what these rules say, each by itself."""

from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.kept_reminders import firings
from shared.planning import planned

Task: TypeAlias = dict[str, Any]

ZONE = "Europe/Berlin"
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)  # nine o'clock in Berlin
DUES = [None, "2026-11-20", "2026-11-20T09:00:00", "2026-11-20T09:15:00", "2026-11-20T09:30:00", "2026-11-22T09:00:00"]
SAID: list[Task] = [
    *({"kind": "before", "minutes": minutes} for minutes in (0, 15, 30)),
    *({"kind": "days_before", "days": days, "at": at} for days in (0, 2) for at in (None, "09:00")),
    *({"kind": "absolute", "at": f"2026-11-20T0{hour}:00:00"} for hour in (8, 9)),
    *({"kind": "snooze", "at": f"2026-11-20T{at}:00Z", "of": "1"} for at in ("08:00", "08:05")),
]

reminders = st.dictionaries(st.sampled_from("12"), st.sampled_from(SAID), min_size=1).map(
    lambda by_id: [{"id": id} | said for id, said in sorted(by_id.items())]
)
tasks = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Stand up", "Sit down"]),
        "status": st.sampled_from(["todo", "todo", "todo", "in_progress", "done", "cancelled"]),
        "deleted": st.sampled_from([False, False, False, True]),
        "due": st.sampled_from(DUES),
        "zone": st.sampled_from([None, "Europe/London"]),
        "recurrence": st.sampled_from([None, {"state": "active"}, {"state": "paused"}]),
        "reminders": reminders,
    }
)


def changed(before: Task) -> st.SearchStrategy[tuple[Task, Task]]:
    """In a few of its fields, as people change them."""
    names = st.sets(st.sampled_from(["status", "deleted", "due", "zone", "recurrence", "reminders"]), max_size=2)
    return st.tuples(names, tasks).map(
        lambda drawn: (before, before | {name: drawn[1][name] for name in sorted(drawn[0])})
    )


pairs = st.one_of(tasks.flatmap(changed), tasks.flatmap(changed), tasks.map(lambda after: (None, after)))
often = settings(max_examples=300)

NINE: Task = {
    "title": "Stand up",
    "status": "todo",
    "deleted": False,
    "due": "2026-11-20T09:00:00",
    "zone": None,
    "recurrence": None,
    "reminders": [{"id": "1", "kind": "before", "minutes": 0}],
}
GOES_ON_AGAIN = NINE, NINE | {"recurrence": {"state": "active"}}
SAID_OTHERWISE = NINE, NINE | {"reminders": [{"id": "1", "kind": "days_before", "days": 0, "at": None}]}


def reminds(task: Task | None) -> bool:
    if task is None or task["deleted"] or task["status"] not in ("todo", "in_progress"):
        return False
    return bool(task["recurrence"] != {"state": "paused"})


def said(task: Task | None) -> dict[str, Task]:
    return {each["id"]: each for each in (task or {"reminders": []})["reminders"]}


def instants(task: Task | None) -> dict[str, datetime]:
    return firings(task, ZONE) if task else {}


def comes_back(before: Task | None, after: Task) -> bool:
    """From where it reminded of nothing, or from the end of its series, at which what waited was given up."""
    return not reminds(before) or bool(after["recurrence"] and before and not before["recurrence"])


@often
@given(pairs)
@example(GOES_ON_AGAIN)
@example(SAID_OTHERWISE)
def test_what_waits_from_then_on_is_what_the_task_says(pair: tuple[Task | None, Task]) -> None:
    before, after = pair
    found = planned(pair, ZONE, NOW)

    if found is None:
        assert reminds(before) == reminds(after)
        assert not reminds(after) or (instants(before) == instants(after) and not comes_back(before, after))
    else:
        wanted = instants(after) if reminds(after) else {}
        assert {each.reminder: each.fire_at for each in found} == wanted


@often
@given(pairs)
@example(GOES_ON_AGAIN)
@example(SAID_OTHERWISE)
def test_what_is_past_fires_at_once_if_and_only_if_this_change_brought_it(pair: tuple[Task | None, Task]) -> None:
    before, after = pair
    brought = {
        id
        for id, at in instants(after).items()
        if at <= NOW and (said(before).get(id) != said(after)[id] or instants(before).get(id) != at)
    }

    at_once = {each.reminder for each in planned(pair, ZONE, NOW) or () if each.at_once}

    assert at_once == (brought if reminds(after) else set())
    assert not any(each.at_once for each in planned(pair, ZONE, NOW, past=False) or ())


@often
@given(pairs)
@example(GOES_ON_AGAIN)
@example(SAID_OTHERWISE)
def test_what_did_not_wait_before_is_new(pair: tuple[Task | None, Task]) -> None:
    before, after = pair
    new = {id for id, at in instants(after).items() if comes_back(before, after) or instants(before).get(id) != at}

    assert {each.reminder for each in planned(pair, ZONE, NOW) or () if each.is_new} == (
        new if reminds(after) else set()
    )


@given(tasks, st.timedeltas(-timedelta(days=3), timedelta(days=3)))
def test_what_reminds_as_before_is_left_alone_whatever_the_time(task: Task, later: timedelta) -> None:
    assert planned((task, task | {"title": "Another"}), ZONE, NOW + later) is None
