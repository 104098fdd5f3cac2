"""A task that repeats: exactly one occurrence follows the one that is done, and undoing it restores exactly."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import httpx
import pytest

from shared.kinds import OCCURRENCE
from tests.families import Task, field_at_fault, has_list, has_many, now, patched, subtasks, url
from tests.people import Person
from tests.repeating import completed, everything, has_occurrence, occurrences, posted, undone

DAILY = {"rule": "FREQ=DAILY"}


def test_a_new_task_that_repeats_is_due_at_its_first_slot(alice: Person) -> None:
    task = has_occurrence(alice, rule="FREQ=WEEKLY;BYDAY=FR", due="2040-03-26")

    assert (task["due"], task["slot"], task["ordinal"]) == ("2040-03-30", "2040-03-30", 1)
    assert task["recurrence"]["rule"] == "FREQ=WEEKLY;BYDAY=FR"
    series = alice.at("complete").get(f"/api/series/{task['series']}").json()
    assert (series["start"], series["state"], series["template"]["title"]) == ("2040-03-30", "active", "Stand up")


def test_what_is_done_is_followed_by_the_next_one(alice: Person) -> None:
    task = has_occurrence(alice)

    answer = completed(alice, task)

    assert (answer["task"]["status"], answer["task"]["recurrence"]) == ("done", None)
    following = answer["next"]
    assert (following["due"], following["ordinal"], following["follows"]) == ("2040-03-27T09:00:00", 2, task["id"])
    assert following["recurrence"] == task["recurrence"]
    assert following["id"] == str(uuid5(UUID(task["series"]), "2040-03-27T09:00:00"))
    assert now(alice, following) == following
    assert completed(alice, task)["next"] == following
    assert patched(alice, following, status="done")["recurrence"] is None


# Beginning


@pytest.mark.parametrize(
    ("recurrence", "part"),
    [
        ({"rule": "FREQ=MINUTELY"}, "recurrence.rule: FREQ: "),
        ({"rule": "FREQ=MONTHLY;BYMONTHDAY=32"}, "recurrence.rule: BYMONTHDAY: "),
        ({"rule": "FREQ=DAILY;COUNT=1;UNTIL=20410101"}, "recurrence.rule: UNTIL: "),
        ({"rule": "FREQ=DAILY", "zone": "Mars/Olympus"}, "recurrence.zone: "),
    ],
)
@pytest.mark.parametrize("due", ["2040-01-01", None])
def test_a_rule_that_is_not_accepted_is_refused_by_its_part(
    alice: Person, recurrence: Any, part: str, due: str | None
) -> None:
    answer = alice.at("tasks").post("/api/tasks", json={"title": "Rent", "due": due, "recurrence": recurrence})

    assert field_at_fault(answer) == part.partition(":")[0]
    assert answer.json()["detail"].startswith(part)


def test_what_is_done_already_cannot_repeat(alice: Person) -> None:
    said = {"title": "Rent", "status": "done", "recurrence": DAILY}

    assert field_at_fault(alice.at("tasks").post("/api/tasks", json=said)) == "recurrence"


@pytest.mark.parametrize("status", ["done", "cancelled"])
def test_all_that_follow_are_not_done_at_once(alice: Person, status: str) -> None:
    task = has_occurrence(alice)

    answer = alice.at("tasks").patch(url(task), params={"scope": "future"}, json={"status": status})

    assert (answer.status_code, field_at_fault(answer)) == (422, "status")
    assert "leave out scope" in answer.text
    assert occurrences(alice, task) == [("2040-03-26T09:00:00", "todo", 1)]


@pytest.mark.parametrize("state", ["done", "skipped", "open again beside the next one"])
@pytest.mark.parametrize("way", ["PATCH", "PUT", "DELETE"])
def test_nothing_goes_on_from_what_is_followed_already(alice: Person, state: str, way: str) -> None:
    task = has_occurrence(alice)
    following = posted(alice, url(task, "/skip" if state == "skipped" else "/complete"))["next"]
    if state.startswith("open"):
        patched(alice, following, title="Mine")
        posted(alice, url(task, "/reopen"))
    before = occurrences(alice, task)

    said = None if way == "DELETE" else {"title": "Sit down", "due": task["due"]}
    answer = alice.at("tasks").request(way, url(task), params={"scope": "future"}, json=said)

    assert (answer.status_code, field_at_fault(answer)) == (422, "scope")
    assert occurrences(alice, task) == before
    assert patched(alice, task, title="This alone")["title"] == "This alone"


def test_from_the_last_one_on_there_is_it_alone(alice: Person) -> None:
    task = has_occurrence(alice)
    posted(alice, f"/api/series/{task['series']}/end")

    answer = alice.at("tasks").patch(url(task), params={"scope": "future"}, json={"title": "Sit down"})

    assert (answer.status_code, answer.json()["title"]) == (200, "Sit down")


def test_without_a_due_date_it_begins_today(alice: Person) -> None:
    task = alice.has_task("Water the plants", recurrence=DAILY)

    assert task["due"] == datetime.now(ZoneInfo(alice.zone)).date().isoformat()


def test_a_day_that_a_month_lacks_is_its_last_one_and_comes_back(alice: Person) -> None:
    task = has_occurrence(alice, rule="FREQ=MONTHLY", due="2041-01-31")

    february = completed(alice, task)["next"]

    assert february["due"] == "2041-02-28"
    assert completed(alice, february)["next"]["due"] == "2041-03-31"


def test_a_task_can_be_made_to_repeat_later_and_to_stop(alice: Person) -> None:
    task = alice.has_task("Rent", due="2040-05-01")

    repeats = patched(alice, task, recurrence={"rule": "FREQ=MONTHLY"})
    assert (repeats["ordinal"], repeats["slot"]) == (1, "2040-05-01")
    stopped = patched(alice, task, recurrence=None)

    assert stopped["recurrence"] is None
    assert completed(alice, task)["next"] is None


def test_as_it_is_typed_it_repeats(alice: Person) -> None:
    typed = {"text": "water plants every! 3 days", "now": "2040-03-26T10:00:00", "zone": alice.zone}
    task = alice.at("tasks").post("/api/tasks", json={"quick_add": typed}).json()

    assert (task["title"], task["due"]) == ("water plants", "2040-03-26")
    assert (task["recurrence"]["kind"], task["recurrence"]["rule"]) == ("after_completion", "FREQ=DAILY;INTERVAL=3")


def test_the_filter_finds_what_repeats(alice: Person) -> None:
    task = has_occurrence(alice)
    alice.has_task("Once")

    found = alice.at("tasks").get("/api/tasks", params={"filter": "recurring"}).json()["items"]

    assert [each["id"] for each in found] == [task["id"]]


def test_a_task_of_yesterday_repeats_nothing_and_costs_no_more(alice: Person) -> None:
    task = alice.has_task("Once")

    assert {name: task[name] for name in OCCURRENCE} == dict.fromkeys(OCCURRENCE)
    assert completed(alice, task) == {"task": now(alice, task), "next": None}


# Completing


def test_clicking_many_times_at_once_completes_once(alice: Person) -> None:
    """By all the ways there are, while the user's counter is held: all of them wait for it."""
    task = has_occurrence(alice)

    def put() -> httpx.Response:
        fields = {name: task[name] for name in ("title", "due")}
        return alice.at("tasks").put(url(task), json=fields | {"status": "done"})

    ways = [
        lambda: alice.at("complete").post(url(task, "/complete")),
        lambda: alice.at("complete").post(url(task, "/complete"), headers={"idempotency-key": "one"}),
        lambda: alice.at("complete").post(url(task, "/complete"), headers={"idempotency-key": "one"}),
        lambda: alice.at("tasks").patch(url(task), json={"status": "done"}),
        lambda: alice.at("tasks").post("/api/tasks/bulk", json={"ids": [task["id"]], "change": {"status": "done"}}),
        put,
    ]
    for function in ("tasks", "complete"):
        alice.at(function)
    with ThreadPoolExecutor(len(ways)) as clicks, alice.world.everyone_waits_for(alice.id, waiting=len(ways)):
        answers = [clicks.submit(way) for way in ways]

    assert {answer.result().status_code for answer in answers} == {200}
    assert occurrences(alice, task) == [("2040-03-26T09:00:00", "done", 1), ("2040-03-27T09:00:00", "todo", 2)]
    kinds = [kind for _, kind, _ in alice.events()]
    assert (kinds.count("task.completed"), kinds.count("task.recurred")) == (1, 1)


def test_the_same_key_gives_the_same_answer(alice: Person) -> None:
    task, key = has_occurrence(alice), {"idempotency-key": "again"}

    first = alice.at("complete").post(url(task, "/complete"), headers=key)

    assert alice.at("complete").post(url(task, "/complete"), headers=key).json() == first.json()


@pytest.mark.parametrize(("missed", "expected"), [("skip", ("2026-03-06", 6)), ("each", ("2026-03-02", 2))])
def test_completed_late_the_missed_ones_are_left_out_or_come_one_by_one(
    alice: Person, missed: str, expected: tuple[str, int]
) -> None:
    task = alice.has_task("Vitamins", due="2026-03-01", recurrence=DAILY | {"missed": missed})

    following = completed(alice, task, completed_at="2026-03-05T12:00:00Z")["next"]

    assert (following["due"], following["ordinal"]) == expected
    said = alice.world.rows(
        "SELECT data -> 'missed' FROM events WHERE type = 'task.recurred' AND user_id = %s", alice.id
    )
    days = [f"2026-03-0{day}" for day in range(2, 6)] if missed == "skip" else []
    assert said == [({"count": len(days), "slots": days, "ordinals": [2, 3, 4, 5][: len(days)]},)]


def test_completed_early_or_moved_the_series_stays_where_it_is(alice: Person) -> None:
    task = has_occurrence(alice, rule="FREQ=WEEKLY")
    patched(alice, task, due="2040-03-28T18:00:00")

    following = completed(alice, task, completed_at="2026-01-01T00:00:00Z")["next"]

    assert following["due"] == "2040-04-02T09:00:00"


def test_by_completion_it_is_an_interval_from_the_day_it_is_done(alice: Person) -> None:
    task = alice.has_task(
        "Filter", due="2026-03-01", recurrence={"rule": "FREQ=DAILY;INTERVAL=10", "kind": "after_completion"}
    )

    first = completed(alice, task, completed_at="2026-03-04T22:30:00Z")["next"]  # it is 23:30 in Berlin
    second = completed(alice, first, completed_at="2026-03-04T23:30:00Z")["next"]  # and now the day after
    third = completed(alice, second, completed_at="2026-03-04T22:00:00Z")["next"]  # of a clock that goes wrong

    assert [each["due"] for each in (first, second, third)] == ["2026-03-14", "2026-03-15", "2026-03-14"]
    assert third["ordinal"] == 4
    series = UUID(task["series"])
    assert [first["id"], third["id"]] == [str(uuid5(series, name)) for name in ("2026-03-14 2", "2026-03-14 4")]


@pytest.mark.parametrize("end", ["COUNT=2", "UNTIL=20400327"])
def test_after_the_last_one_the_series_has_ended(alice: Person, end: str) -> None:
    task = has_occurrence(alice, rule=f"FREQ=DAILY;{end}")
    last = completed(alice, task)["next"]

    assert completed(alice, last)["next"] is None
    assert alice.at("complete").get(f"/api/series/{task['series']}").json()["state"] == "ended"
    reopened = posted(alice, url(last, "/reopen"))
    assert (reopened["task"]["recurrence"]["state"], reopened["detached"]) == ("active", False)
    assert completed(alice, last)["next"] is None


def test_it_cannot_have_been_done_in_the_future(alice: Person) -> None:
    answer = alice.at("complete").post(
        url(has_occurrence(alice), "/complete"), json={"completed_at": "2090-01-01T00:00:00Z"}
    )

    assert field_at_fault(answer) == "completed_at"


def test_the_next_one_has_what_the_first_one_had(alice: Person) -> None:
    tag = alice.at("organize").post("/api/tags", json={"name": "home"}).json()["id"]
    gone = alice.at("organize").post("/api/tags", json={"name": "gone"}).json()["id"]
    work = has_list(alice)
    task = has_occurrence(
        alice, notes="*All* of it", priority="high", start="2040-03-20", tags=[gone, tag], list=work, zone="Asia/Tokyo"
    )
    sub = alice.has_task("Windows", parent=task["id"], due="2040-03-25", start="2040-03-24")
    alice.has_task("Frames", parent=sub["id"])
    patched(alice, sub, status="cancelled")
    alice.at("organize").delete(f"/api/tags/{gone}")
    patched(alice, task, title="Only this time", due="2040-03-29T07:00:00")

    following = completed(alice, task)["next"]

    kept = ("title", "notes", "priority", "start", "tags", "list", "due", "zone")
    assert [following[name] for name in kept] == [
        "Stand up", "*All* of it", "high", "2040-03-21", [tag], work, "2040-03-27T09:00:00", "Asia/Tokyo",
    ]  # fmt: skip
    [windows, frames] = subtasks(alice, following, depth="all")["items"]
    assert (windows["title"], windows["status"], windows["due"], windows["start"]) == (
        "Windows", "todo", "2040-03-26", "2040-03-25",
    )  # fmt: skip
    assert (frames["title"], frames["status"], frames["list"]) == ("Frames", "todo", work)


def test_nothing_moves_further_away_than_a_calendar_goes(alice: Person) -> None:
    task = has_occurrence(alice, due="2040-03-25", rule="FREQ=WEEKLY;BYDAY=MO", start="9999-12-31")
    alice.has_task("One day", parent=task["id"], due="9000-12-30T10:00:00", start="9999-12-31")

    following = completed(alice, task)["next"]

    assert (task["start"], following["start"]) == ("9000-12-31", "9000-12-31")
    [below] = subtasks(alice, following)["items"]
    assert (below["due"], below["start"]) == ("9000-12-31T10:00:00", "9000-12-31")


def test_a_tag_that_is_merged_into_another_is_so_for_those_to_come(alice: Person) -> None:
    house, home = (alice.at("organize").post("/api/tags", json={"name": n}).json()["id"] for n in ("house", "home"))
    task = has_occurrence(alice, tags=[house, home])

    assert alice.at("organize").post(f"/api/tags/{house}/merge", json={"into": home}).status_code == 200

    assert completed(alice, task)["next"]["tags"] == [home]


def test_its_place_is_the_inbox_when_its_list_is_gone(alice: Person) -> None:
    work = has_list(alice)
    task = has_occurrence(alice, list=work)
    patched(alice, task, list=str(alice.id))
    assert alice.at("organize").delete(f"/api/lists/{work}").status_code == 204

    assert completed(alice, task)["next"]["list"] == str(alice.id)


def test_it_is_where_its_parent_is_and_stands_alone_when_that_is_gone(alice: Person) -> None:
    trip, gone, work = alice.has_task("Trip"), alice.has_task("Gone"), has_list(alice)
    with_it, without = has_occurrence(alice, parent=trip["id"]), has_occurrence(alice, parent=gone["id"])
    patched(alice, trip, list=work)
    patched(alice, without, parent=None)
    assert alice.at("tasks").delete(url(gone)).status_code == 204

    following = [completed(alice, task)["next"] for task in (with_it, without)]

    assert [(each["parent"], each["list"]) for each in following] == [(trip["id"], work), (None, str(alice.id))]


def test_what_repeats_below_it_comes_once_and_repeats_no_more(alice: Person) -> None:
    task = has_occurrence(alice)
    completed(alice, has_occurrence(alice, "Water", parent=task["id"]))

    following = completed(alice, task)["next"]

    [water] = subtasks(alice, following)["items"]
    assert (water["title"], water["status"], water["due"]) == ("Water", "todo", "2040-03-27T09:00:00")
    assert {name: water[name] for name in OCCURRENCE} == dict.fromkeys(OCCURRENCE)


def test_what_repeats_below_it_comes_once_also_where_its_rule_was_changed(alice: Person) -> None:
    task = has_occurrence(alice)
    second = completed(alice, has_occurrence(alice, "Water", parent=task["id"]))["next"]
    patched(alice, second, recurrence={"rule": "FREQ=WEEKLY"})

    following = completed(alice, task)["next"]

    assert [each["title"] for each in subtasks(alice, following)["items"]] == ["Water"]


@pytest.mark.parametrize("gone", ["moved", "deleted"])
def test_what_repeats_below_it_comes_also_where_its_first_one_is_gone(alice: Person, gone: str) -> None:
    task = has_occurrence(alice)
    first = has_occurrence(alice, "Water", parent=task["id"])
    completed(alice, completed(alice, first)["next"])
    if gone == "moved":
        patched(alice, first, parent=None)
    else:
        alice.at("tasks").delete(url(first)).raise_for_status()

    following = completed(alice, task)["next"]

    [water] = subtasks(alice, following)["items"]
    assert (water["title"], water["due"]) == ("Water", "2040-03-28T09:00:00")


def test_what_is_below_it_was_done_when_it_was(alice: Person) -> None:
    task = has_occurrence(alice, due="2026-03-26T09:00:00")
    below = alice.has_task("Below", parent=task["id"])

    done = completed(alice, task, completed_at="2026-03-26T10:00:00Z")["task"]

    assert alice.at("tasks").get(url(below)).json()["completed_at"] == done["completed_at"]


def test_comments_are_about_one_occurrence(alice: Person) -> None:
    task = has_occurrence(alice)
    alice.at("tasks").post(url(task, "/comments"), json={"text": "Only this time"})

    following = completed(alice, task)["next"]

    assert alice.at("tasks").get(url(following, "/comments")).json()["items"] == []


def test_what_ends_with_its_parent_is_not_followed_and_repeats_again_when_it_is_opened(alice: Person) -> None:
    trip = alice.has_task("Trip")
    task = has_occurrence(alice, parent=trip["id"])

    patched(alice, trip, status="done")

    assert occurrences(alice, task) == [("2040-03-26T09:00:00", "done", 1)]
    assert posted(alice, url(task, "/reopen"))["task"]["recurrence"] == task["recurrence"]


def test_other_pages_hear_of_the_series_and_of_the_next_one(alice: Person) -> None:
    task = has_occurrence(alice)
    following = completed(alice, task)["next"]
    paused = posted(alice, f"/api/series/{task['series']}/pause")

    changes = alice.at("sync").get("/api/changes", params={"since": 0}).json()["items"]

    assert [change["type"] for change in changes] == [
        "series.created", "task.created", "task.completed", "task.recurred", "series.updated", "task.updated",
    ]  # fmt: skip
    assert (changes[3]["task"], changes[4]["series"]) == (following, paused)
    assert changes[4]["changes"] == {"state": ["active", "paused"]}


# Undoing, reopening


def test_undo_of_complete_restores_exactly(alice: Person) -> None:
    task = has_occurrence(alice, rule="FREQ=DAILY;COUNT=2")
    alice.has_task("Below", parent=task["id"])
    for _ in range(2):
        before = everything(alice)
        done = alice.at("complete").post(url(task, "/complete"))
        after = everything(alice)

        undone(alice, done)
        assert everything(alice) == before
        again = completed(alice, task)["next"]
        assert len(everything(alice)) == len(after)
        task = again or task


@pytest.mark.parametrize("end", ["complete", "skip"])
@pytest.mark.parametrize("way", ["reopen", "patch"])
def test_opened_again_it_takes_back_what_nobody_has_touched(alice: Person, way: str, end: str) -> None:
    task = has_occurrence(alice)
    alice.has_task("Below", parent=task["id"])
    before = now(alice, task)
    first = posted(alice, url(task, f"/{end}"))["next"]

    if way == "reopen":
        answer = posted(alice, url(task, "/reopen"))
        assert (answer["next"], answer["detached"]) == (None, False)
    else:
        patched(alice, task, status="todo")

    assert now(alice, task) | {"version": 0, "updated_at": ""} == before | {"version": 0, "updated_at": ""}
    assert occurrences(alice, task) == [("2040-03-26T09:00:00", "todo", 1)]
    second = completed(alice, task)["next"]
    assert (second["due"], second["ordinal"]) == (first["due"], first["ordinal"])


def test_opened_again_it_stands_alone_while_another_one_is_at_the_head(alice: Person) -> None:
    first = has_occurrence(alice)
    second = completed(alice, first)["next"]
    third = completed(alice, second)["next"]
    assert alice.at("tasks").delete(url(second)).status_code == 204

    answer = posted(alice, url(first, "/reopen"))

    assert (answer["task"]["recurrence"], answer["detached"]) == (None, True)
    assert now(alice, third) == third


def test_opened_again_it_does_not_begin_a_series_anew_that_somebody_has_ended(alice: Person) -> None:
    task = has_occurrence(alice)
    posted(alice, f"/api/series/{task['series']}/pause")
    completed(alice, task)
    posted(alice, f"/api/series/{task['series']}/end")

    answer = posted(alice, url(task, "/reopen"))

    assert (answer["task"]["recurrence"], answer["detached"]) == (None, True)
    assert completed(alice, task)["next"] is None


def _comment(alice: Person, task: Task) -> None:
    assert alice.at("tasks").post(url(task, "/comments"), json={"text": "Mine"}).status_code == 201


TOUCHES: dict[str, Callable[[Person, Task], object]] = {
    "edited": lambda alice, task: patched(alice, task, title="Mine"),
    "with a subtask": lambda alice, task: alice.has_task("Mine", parent=task["id"]),
    "with a comment": _comment,
    "with a subtask done": lambda alice, task: patched(alice, subtasks(alice, task)["items"][0], status="done"),
    "without a subtask": lambda alice, task: alice.at("tasks").delete(url(subtasks(alice, task)["items"][0])),
    "done": completed,
    "changed with those to come": lambda alice, task: alice.at("tasks").patch(
        url(task), params={"scope": "future"}, json={"title": "Mine"}
    ),
    "by another rule from here on": lambda alice, task: patched(alice, task, recurrence={"rule": "FREQ=WEEKLY"}),
}


@pytest.mark.parametrize("touch", TOUCHES)
def test_what_somebody_has_touched_stays_and_the_first_one_stands_alone(alice: Person, touch: str) -> None:
    task = has_occurrence(alice)
    alice.has_task("Below", parent=task["id"])
    following = completed(alice, task)["next"]
    TOUCHES[touch](alice, following)

    answer = posted(alice, url(task, "/reopen"))

    assert (answer["next"]["id"], answer["detached"]) == (following["id"], True)
    many = len(occurrences(alice, task))
    assert completed(alice, task)["next"]["id"] == following["id"]
    assert len(occurrences(alice, task)) == many


def test_what_stands_alone_may_repeat_anew_and_that_is_undone(alice: Person) -> None:
    task = has_occurrence(alice)
    following = completed(alice, task)["next"]
    patched(alice, following, title="Mine")
    posted(alice, url(task, "/reopen"))
    before = everything(alice)

    weekly = {"recurrence": {"rule": "FREQ=WEEKLY"}}
    answer = alice.at("tasks").patch(url(task), json=weekly)

    assert answer.json()["series"] != task["series"]
    undone(alice, answer)
    assert everything(alice) == before
    patched(alice, task, **weekly)
    assert completed(alice, task)["next"]["due"] == "2040-04-02T09:00:00"
    assert completed(alice, following)["next"]["due"] == "2040-03-28T09:00:00"


def test_what_has_ended_is_opened_before_it_repeats_otherwise(alice: Person) -> None:
    task = has_occurrence(alice)
    completed(alice, task)
    before = everything(alice)

    answer = alice.at("tasks").patch(url(task), json={"status": "todo", "recurrence": {"rule": "FREQ=WEEKLY"}})

    assert field_at_fault(answer) == "recurrence"
    assert "open it again first" in answer.text
    assert everything(alice) == before


# Skipping, deleting


@pytest.mark.parametrize("way", ["skip", "delete", "patch", "bulk"])
def test_what_is_skipped_is_cancelled_and_followed(alice: Person, way: str) -> None:
    task = has_occurrence(alice)
    before = everything(alice)
    ways: dict[str, Callable[[], httpx.Response]] = {
        "skip": lambda: alice.at("complete").post(url(task, "/skip")),
        "delete": lambda: alice.at("tasks").delete(url(task)),
        "patch": lambda: alice.at("tasks").patch(url(task), json={"status": "cancelled"}),
        "bulk": lambda: alice.at("tasks").post("/api/tasks/bulk", json={"ids": [task["id"]], "delete": True}),
    }

    answer = ways[way]()

    assert answer.status_code < 300, answer.text
    assert now(alice, task)["skipped_at"] is not None
    assert occurrences(alice, task) == [("2040-03-26T09:00:00", "cancelled", 1), ("2040-03-27T09:00:00", "todo", 2)]
    undone(alice, answer)
    assert everything(alice) == before


def test_with_those_that_follow_it_is_deleted(alice: Person) -> None:
    task = has_occurrence(alice)
    before = everything(alice)

    answer = alice.at("tasks").delete(url(task), params={"scope": "future"})

    assert occurrences(alice, task) == []
    assert alice.at("complete").get(f"/api/series/{task['series']}").json()["state"] == "ended"
    undone(alice, answer)
    assert everything(alice) == before


def test_what_does_not_repeat_is_not_skipped(alice: Person) -> None:
    assert alice.at("complete").post(url(alice.has_task("Once"), "/skip")).status_code == 409


# Changing, pausing, ending


def test_this_one_alone_or_all_that_follow(alice: Person) -> None:
    task = has_occurrence(alice, rule="FREQ=DAILY;COUNT=3")
    second = completed(alice, task)["next"]

    changed = alice.at("tasks").patch(url(second), params={"scope": "future"}, json={"title": "Sit down"}).json()

    assert changed["series"] != task["series"]
    assert alice.at("complete").get(f"/api/series/{task['series']}").json()["state"] == "ended"
    segment = alice.at("complete").get(f"/api/series/{changed['series']}").json()
    assert (segment["root"], segment["segment"], segment["rule"]) == (task["series"], 2, "FREQ=DAILY;COUNT=2")
    third = completed(alice, second)["next"]
    assert (third["title"], third["due"]) == ("Sit down", "2040-03-28T09:00:00")
    assert completed(alice, third)["next"] is None


def test_another_rule_is_for_all_that_follow_and_is_undone(alice: Person) -> None:
    task = has_occurrence(alice)
    before = everything(alice)

    answer = alice.at("tasks").patch(url(task), json={"recurrence": {"rule": "FREQ=WEEKLY"}})

    changed = answer.json()
    assert (changed["due"], changed["recurrence"]["rule"]) == (task["due"], "FREQ=WEEKLY")
    undone(alice, answer)
    assert everything(alice) == before
    patched(alice, task, recurrence={"rule": "FREQ=WEEKLY"})
    assert completed(alice, task)["next"]["due"] == "2040-04-02T09:00:00"


@pytest.mark.parametrize("way", ["put", "patch", "begin"])
def test_where_it_goes_without_a_list_those_that_follow_go_too(alice: Person, way: str) -> None:
    """In its parent's list, or the Inbox, as is known only when all else is."""
    work = has_list(alice)
    trip, tasks = alice.has_task("Trip", list=work), alice.at("tasks")
    task = has_occurrence(alice, list=work)
    if way == "put":
        answer = tasks.put(url(task), params={"scope": "future"}, json={"title": "Sit", "due": task["due"]})
    elif way == "patch":
        answer = tasks.patch(url(task), params={"scope": "future"}, json={"parent": trip["id"]})
    else:
        task = alice.has_task("Once", due="2040-03-26")
        answer = tasks.patch(url(task), json={"parent": trip["id"], "recurrence": DAILY})
    assert answer.status_code == 200, answer.text

    following = completed(alice, task)["next"]

    place = (None, str(alice.id)) if way == "put" else (trip["id"], work)
    assert (following["parent"], following["list"]) == place


def test_another_time_of_day_is_for_all_that_follow(alice: Person) -> None:
    task = has_occurrence(alice)

    alice.at("tasks").patch(url(task), params={"scope": "future"}, json={"due": "2040-03-26T11:30:00"})

    assert completed(alice, task)["next"]["due"] == "2040-03-27T11:30:00"


def test_nothing_follows_in_a_pause_and_it_goes_on_with_what_comes_then(alice: Person) -> None:
    task = alice.has_task("Jog", due="2026-03-01", recurrence={"rule": "FREQ=DAILY;INTERVAL=2;COUNT=9"})
    paused = posted(alice, f"/api/series/{task['series']}/pause")
    assert (paused["state"], now(alice, task)["recurrence"]["state"]) == ("paused", "paused")
    assert completed(alice, task)["next"] is None

    resumed = posted(alice, f"/api/series/{task['series']}/resume")

    assert (resumed["root"], resumed["segment"], resumed["rule"]) == (
        task["series"],
        2,
        "FREQ=DAILY;INTERVAL=2;COUNT=8",
    )
    assert alice.at("complete").get(f"/api/series/{task['series']}").json()["state"] == "ended"
    [_, (due, status, ordinal)] = occurrences(alice, task)
    assert (status, ordinal) == ("todo", 1)
    days = (date.fromisoformat(due) - date(2026, 3, 1)).days
    assert days % 2 == 0
    assert 0 < (date.fromisoformat(due) - datetime.now(ZoneInfo(alice.zone)).date()).days <= 2


def test_an_open_occurrence_stays_through_a_pause(alice: Person) -> None:
    task = has_occurrence(alice, rule="FREQ=DAILY;COUNT=5")
    posted(alice, f"/api/series/{task['series']}/pause")
    posted(alice, f"/api/series/{task['series']}/resume")

    following = completed(alice, task)["next"]

    assert (following["due"], following["ordinal"]) == ("2040-03-27T09:00:00", 1)
    assert following["recurrence"]["rule"] == "FREQ=DAILY;COUNT=4"


@pytest.mark.parametrize(("rule", "following"), [("FREQ=DAILY;COUNT=2", "2040-03-27"), ("FREQ=DAILY;COUNT=1", None)])
def test_done_early_in_a_pause_it_goes_on_behind_that_as_long_as_there_are_any(
    alice: Person, rule: str, following: str | None
) -> None:
    task = has_occurrence(alice, rule=rule, due="2040-03-26")
    posted(alice, f"/api/series/{task['series']}/pause")
    completed(alice, task)

    resumed = posted(alice, f"/api/series/{task['series']}/resume")

    assert resumed["state"] == ("active" if following else "ended")
    assert [due for due, status, _ in occurrences(alice, task) if status == "todo"] == (
        [following] if following else []
    )


def test_changed_for_all_that_follow_after_a_pause_it_comes_as_often(alice: Person) -> None:
    task = has_occurrence(alice, rule="FREQ=DAILY;COUNT=5")
    posted(alice, f"/api/series/{task['series']}/pause")
    posted(alice, f"/api/series/{task['series']}/resume")

    answer = alice.at("tasks").patch(url(task), params={"scope": "future"}, json={"title": "Sit down"})

    assert (answer.json()["ordinal"], answer.json()["recurrence"]["rule"]) == (1, "FREQ=DAILY;COUNT=5")


def test_opened_again_after_a_pause_it_goes_on_where_the_next_one_was(alice: Person) -> None:
    task = has_occurrence(alice)
    posted(alice, f"/api/series/{task['series']}/pause")
    completed(alice, task)
    segment = posted(alice, f"/api/series/{task['series']}/resume")

    again = posted(alice, url(task, "/reopen"))["task"]

    assert (again["series"], again["recurrence"]["state"]) == (segment["id"], "active")
    assert completed(alice, task)["next"]["due"] == "2040-03-27T09:00:00"


def test_done_or_skipped_in_a_pause_it_is_held_until_it_is_resumed(alice: Person) -> None:
    task = has_occurrence(alice)
    posted(alice, f"/api/series/{task['series']}/pause")
    assert completed(alice, task)["next"] is None

    reopened = posted(alice, url(task, "/reopen"))

    assert (reopened["task"]["recurrence"]["state"], reopened["detached"]) == ("paused", False)
    assert posted(alice, url(task, "/skip"))["next"] is None
    segment = posted(alice, f"/api/series/{task['series']}/resume")
    assert [status for _, status, _ in occurrences(alice, task)] == ["cancelled", "todo"]
    assert segment["state"] == "active"


def test_what_was_skipped_and_is_done_after_all_is_not_skipped(alice: Person) -> None:
    task = has_occurrence(alice)
    following = posted(alice, url(task, "/skip"))["next"]

    answer = completed(alice, task)

    assert (answer["task"]["status"], answer["task"]["skipped_at"]) == ("done", None)
    assert answer["next"] == following


def test_a_series_that_is_ended_is_not_gone_on_with(alice: Person) -> None:
    task = has_occurrence(alice)

    assert posted(alice, f"/api/series/{task['series']}/end")["state"] == "ended"

    assert now(alice, task)["recurrence"] is None
    assert completed(alice, task)["next"] is None
    assert alice.at("complete").post(f"/api/series/{task['series']}/resume").status_code == 409


# Deleted and brought back


def test_one_that_was_taken_back_is_restored_as_a_task_of_its_own(alice: Person) -> None:
    task = has_occurrence(alice)
    taken_back = completed(alice, task)["next"]
    posted(alice, url(task, "/reopen"))

    restored = alice.at("tasks").post(url(taken_back, "/restore"))

    assert restored.status_code == 200, restored.text
    assert {name: restored.json()[name] for name in OCCURRENCE} == dict.fromkeys(OCCURRENCE)
    assert occurrences(alice, task) == [("2040-03-26T09:00:00", "todo", 1)]


def test_without_its_series_it_is_restored_as_a_task_of_its_own(alice: Person) -> None:
    said = {"title": "Stand up", "due": "2040-03-26", "recurrence": DAILY}
    made = alice.at("tasks").post("/api/tasks", json=said)
    undone(alice, made)

    restored = alice.at("tasks").post(url(made.json(), "/restore"))

    assert {name: restored.json()[name] for name in OCCURRENCE} == dict.fromkeys(OCCURRENCE)


def test_many_that_repeat_are_done_at_once_and_undone_as_one(alice: Person) -> None:
    """As many as may be asked for; more of them than one statement undoes, and much below the first and the last."""
    tasks = [has_occurrence(alice, f"{number}") for number in range(500)]
    has_many(alice, tasks[0], 1_000)
    has_many(alice, tasks[-1], 1_000)
    before = everything(alice)
    ids = [task["id"] for task in tasks]

    answer = alice.at("tasks").post("/api/tasks/bulk", json={"ids": ids, "change": {"status": "done"}})

    assert len(answer.json()["items"]) == 2 * (500 + 2_000)
    assert {len(occurrences(alice, task)) for task in (tasks[0], tasks[250], tasks[-1])} == {2}
    undone(alice, answer)
    assert everything(alice) == before


def test_with_its_list_it_is_deleted_and_restored_at_the_head_of_its_series(alice: Person) -> None:
    work = has_list(alice)
    task = has_occurrence(alice, list=work)
    alice.at("organize").delete(f"/api/lists/{work}")

    restored = alice.at("tasks").post(url(task, "/restore")).json()

    assert restored["recurrence"] == task["recurrence"]
    assert completed(alice, task)["next"]["list"] == str(alice.id)


def test_who_puts_something_below_it_opens_it_and_takes_back_the_next_one(alice: Person) -> None:
    task = has_occurrence(alice)
    completed(alice, task)

    alice.has_task("Forgotten", parent=task["id"])

    assert occurrences(alice, task) == [("2040-03-26T09:00:00", "todo", 1)]
    assert now(alice, task)["recurrence"] == task["recurrence"]


def test_who_changes_both_at_once_keeps_both(alice: Person) -> None:
    task = has_occurrence(alice)
    following = completed(alice, task)["next"]

    many = {"ids": [task["id"], following["id"]], "change": {"status": "in_progress"}}
    assert alice.at("tasks").post("/api/tasks/bulk", json=many).status_code == 200

    assert now(alice, task)["recurrence"] is None
    assert len(occurrences(alice, task)) == 2


def test_what_is_changed_beside_one_that_is_done_stays_an_occurrence(alice: Person) -> None:
    skipped, task = has_occurrence(alice, "Skipped"), has_occurrence(alice)
    posted(alice, url(skipped, "/skip"))
    before = {name: now(alice, skipped)[name] for name in OCCURRENCE}
    assert before["skipped_at"] is not None

    many = {"ids": [skipped["id"], task["id"]], "change": {"status": "done"}}
    assert alice.at("tasks").post("/api/tasks/bulk", json=many).status_code == 200

    assert {name: now(alice, skipped)[name] for name in OCCURRENCE} == before | {"skipped_at": None}


def test_what_clock_looks_for_is_found_through_an_index(alice: Person) -> None:
    plan = alice.world.rows(
        "EXPLAIN SELECT FROM tasks JOIN counters USING (user_id)"
        " WHERE recurrence IS NOT NULL AND deleted_at IS NULL AND status IN ('done', 'cancelled')"
    )

    assert "tasks_unfollowed" in str(plan)
