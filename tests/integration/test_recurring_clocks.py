"""What calendars and clocks do to a task that repeats: short months, weeks, hours that are skipped or come twice."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.families import Task, now, url
from tests.people import Person
from tests.reminding import ledger
from tests.repeating import completed, has_occurrence, posted


def future(person: Person, task: Task, **asked: object) -> Task:
    answer = person.at("tasks").patch(url(task), params={"scope": "future"}, json=asked)
    assert answer.status_code == 200, answer.text
    changed: Task = answer.json()
    return changed


def following(person: Person, task: Task) -> Task:
    found: Task = completed(person, task)["next"]
    return found


@pytest.mark.parametrize(
    "asked",
    [{"title": "Pay"}, {"recurrence": {"rule": "FREQ=MONTHLY;RSCALE=GREGORIAN;SKIP=BACKWARD", "missed": "each"}}],
)
def test_what_is_changed_in_a_short_month_comes_on_the_31st_again(alice: Person, asked: Task) -> None:
    task = has_occurrence(alice, rule="FREQ=MONTHLY", due="2041-01-31")
    short = following(alice, task)

    changed = future(alice, short, **asked)

    assert (short["due"], changed["due"], changed["slot"]) == ("2041-02-28", "2041-02-28", "2041-02-28")
    assert following(alice, changed)["due"] == "2041-03-31"


def test_what_is_changed_in_a_common_year_comes_on_29_february_again(alice: Person) -> None:
    task = has_occurrence(alice, rule="FREQ=YEARLY", due="2040-02-29")

    for year in (2041, 2042, 2043):
        task = future(alice, following(alice, task), title=f"In {year}")
        assert task["due"] == f"{year}-02-28"

    assert following(alice, task)["due"] == "2044-02-29"


def test_what_is_moved_to_another_day_for_good_forgets_the_31st(alice: Person) -> None:
    short = following(alice, has_occurrence(alice, rule="FREQ=MONTHLY", due="2041-01-31"))

    changed = future(alice, short, due="2041-03-05")

    assert (changed["due"], following(alice, changed)["due"]) == ("2041-03-05", "2041-04-05")


def test_the_same_rule_said_again_is_no_other_and_what_was_counted_stays_counted(alice: Person) -> None:
    rule = "FREQ=DAILY;COUNT=3"
    second = following(alice, has_occurrence(alice, rule=rule))

    changed = future(alice, second, recurrence={"rule": rule, "missed": "each"})

    assert (changed["recurrence"]["rule"], changed["recurrence"]["missed"]) == ("FREQ=DAILY;COUNT=2", "each")


@pytest.mark.parametrize(
    ("week_start", "rule", "stored", "second"),
    [
        ("sunday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU", "2040-03-26"),
        ("monday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "2040-04-02"),
        ("sunday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=MO", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "2040-04-02"),
        ("sunday", "freq=weekly;byday=su", "FREQ=WEEKLY;BYDAY=SU", "2040-04-01"),
    ],
)
def test_weeks_begin_where_they_did_for_its_user_when_it_was_made(
    alice: Person, week_start: str, rule: str, stored: str, second: str
) -> None:
    alice.at("accounts").patch("/api/me", json={"week_start": week_start}).raise_for_status()
    task = has_occurrence(alice, rule=rule, due="2040-03-25")
    other = "monday" if week_start == "sunday" else "sunday"
    alice.at("accounts").patch("/api/me", json={"week_start": other}).raise_for_status()
    task = future(alice, task, title="Of another week")

    assert task["recurrence"]["rule"] == stored
    assert following(alice, task)["due"] == second


def test_where_clocks_skip_its_time_it_is_as_much_later_on_that_day_alone(alice: Person) -> None:
    task = has_occurrence(alice, due="2039-03-26T02:30:00", zone="Europe/Paris")
    found = []

    for _ in range(3):
        found.append((task["due"], task["slot"], task["due_at"]))
        task = following(alice, task)

    assert found == [
        ("2039-03-26T02:30:00", "2039-03-26T02:30:00", "2039-03-26T01:30:00.000000Z"),
        ("2039-03-27T02:30:00", "2039-03-27T02:30:00", "2039-03-27T01:30:00.000000Z"),
        ("2039-03-28T02:30:00", "2039-03-28T02:30:00", "2039-03-28T00:30:00.000000Z"),
    ]


def test_where_clocks_show_its_time_twice_it_is_the_first(alice: Person) -> None:
    task = has_occurrence(alice, due="2039-10-29T02:30:00", zone="Europe/Paris")

    second = following(alice, task)
    third = following(alice, second)

    assert (second["due_at"], third["due_at"]) == ("2039-10-30T00:30:00.000000Z", "2039-10-31T01:30:00.000000Z")


def test_of_two_hours_that_clocks_show_alike_each_is_due_when_it_is(alice: Person) -> None:
    task = has_occurrence(alice, rule="FREQ=HOURLY", due="2039-10-30T01:00:00", zone="Europe/Paris")
    found = [task]

    for _ in range(3):
        found.append(following(alice, found[-1]))

    first = datetime(2039, 10, 29, 23, tzinfo=UTC)
    wanted = [f"{first + timedelta(hours=number):%Y-%m-%dT%H:%M:%S.%fZ}" for number in range(4)]
    assert [each["due_at"] for each in found] == wanted
    assert [each["due"][11:] for each in found] == ["01:00:00", "02:00:00", "02:00:00", "03:00:00"]
    assert posted(alice, url(found[2], "/reopen"))["task"]["due_at"] == wanted[2]


def test_each_of_two_hours_that_clocks_show_alike_has_its_own_reminder(alice: Person) -> None:
    quarter = {"kind": "before", "minutes": 15}
    first = has_occurrence(alice, rule="FREQ=HOURLY", due="2039-10-30T02:00:00", reminders=[quarter])

    second = following(alice, first)

    assert (ledger(alice, first), ledger(alice, second)) == (
        [("2039-10-29 23:45", "cancelled")],
        [("2039-10-30 00:45", "pending")],
    )


def test_in_a_zone_that_shows_it_once_that_hour_is_the_one_it_shows(alice: Person) -> None:
    first = has_occurrence(alice, rule="FREQ=HOURLY", due="2039-10-30T02:00:00")
    second = following(alice, first)
    alice.at("accounts").patch("/api/me", json={"zone": "Europe/Paris"}).raise_for_status()
    assert now(alice, second)["due_at"] == second["due_at"] == "2039-10-30T01:00:00.000000Z"

    alice.at("accounts").patch("/api/me", json={"zone": "Asia/Tokyo"}).raise_for_status()

    assert now(alice, second)["due_at"] == "2039-10-29T17:00:00.000000Z"


def test_who_goes_to_another_zone_takes_the_series_along(alice: Person) -> None:
    task = has_occurrence(alice, due="2039-03-26T09:00:00")
    fixed = has_occurrence(alice, due="2039-03-26T09:00:00", zone="Europe/Paris")
    alice.at("accounts").patch("/api/me", json={"zone": "Asia/Tokyo"}).raise_for_status()

    second, there = following(alice, task), following(alice, fixed)

    assert now(alice, task)["due_at"] == "2039-03-26T00:00:00.000000Z"
    assert (second["due"], second["due_at"]) == ("2039-03-27T09:00:00", "2039-03-27T00:00:00.000000Z")
    assert (there["due"], there["due_at"]) == ("2039-03-27T09:00:00", "2039-03-27T07:00:00.000000Z")


@pytest.mark.parametrize(("days_ago", "days_ahead"), [(2, 5), (7, 7), (30, 7)])
def test_after_a_pause_it_is_still_an_interval_from_the_day_it_was_done_unless_that_has_passed(
    alice: Person, days_ago: int, days_ahead: int
) -> None:
    weekly = {"rule": "FREQ=WEEKLY", "kind": "after_completion"}
    task = has_occurrence(alice, due="2026-01-05", recurrence=weekly)
    posted(alice, f"/api/series/{task['series']}/pause")
    today = datetime.now(ZoneInfo(alice.zone)).date()
    noon = datetime.combine(today - timedelta(days_ago), time(12), ZoneInfo(alice.zone))
    completed(alice, task, completed_at=noon.isoformat())

    resumed = posted(alice, f"/api/series/{task['series']}/resume")

    assert resumed["start"] == (today + timedelta(days_ahead)).isoformat()
