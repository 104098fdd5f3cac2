"""What recurrence comes to is said without anything being stored; what it cannot come to is refused."""

from typing import Any

import httpx
import pytest

from tests.cases import cases
from tests.people import Person

WEEKLY = {"rule": "FREQ=WEEKLY;BYDAY=MO", "start": "2027-01-04T08:00:00", "zone": "Europe/Paris"}


def previewed(person: Person, **asked: Any) -> httpx.Response:
    return person.at("complete").post("/api/recurrence/preview", json=asked)


def occurrences(person: Person, **asked: Any) -> list[str]:
    answer = previewed(person, **asked)
    assert answer.status_code == 200, answer.text
    found: list[str] = answer.json()["occurrences"]
    return found


def after(person: Person, **asked: Any) -> httpx.Response:
    return person.at("complete").post("/api/recurrence/next", json=asked)


def refused(answer: httpx.Response) -> str:
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    detail: str = answer.json()["detail"]
    return detail


@cases("recurrence")
def test_a_preview_has_the_occurrences_that_the_rule_says(alice: Person, case: dict[str, Any]) -> None:
    asked = {name: case[name] for name in ("rule", "start", "zone", "after")}

    answer = previewed(alice, **asked, count=len(case["expected_next"])).json()

    assert (answer["occurrences"], answer["complete"]) == (case["expected_next"], case["complete"])


@cases("completion")
def test_what_is_done_is_followed_by_what_the_series_says(alice: Person, case: dict[str, Any]) -> None:
    answer = after(alice, **{name: case[name] for name in ("series", "instance", "action", "at")})

    assert answer.json() == {"next": case["expected_next"], "ordinal": case["expected_ordinal"]}


def test_a_preview_says_the_rule_in_words(alice: Person) -> None:
    asked = {"rule": "FREQ=MONTHLY;BYDAY=-1FR", "start": "2026-11-27T09:00:00", "zone": "Europe/Berlin", "count": 1}

    assert previewed(alice, **asked).json()["words"] == "every last Friday at 09:00"


def test_what_has_no_zone_is_where_its_user_is(alice: Person) -> None:
    unsaid = {"rule": "FREQ=DAILY", "start": "2027-07-01T09:00:00", "zone": None, "count": 1}

    assert (alice.zone, occurrences(alice, **unsaid)) == ("Europe/Berlin", ["2027-07-01T09:00:00+02:00"])


def test_after_may_be_a_day_of_a_timed_series_and_an_instant_of_an_all_day_one(alice: Person) -> None:
    timed = WEEKLY | {"after": "2027-01-11", "count": 1}
    all_day = {"rule": "FREQ=DAILY", "start": "2027-01-01", "zone": "Asia/Tokyo", "after": "2027-01-04T15:00:00Z"}

    assert occurrences(alice, **timed) == ["2027-01-18T08:00:00+01:00"]
    assert occurrences(alice, **all_day, count=1) == ["2027-01-06"]


def test_the_end_of_a_series_is_complete_and_has_nothing_behind_it(alice: Person) -> None:
    asked = WEEKLY | {"rule": "FREQ=WEEKLY;COUNT=3", "count": 5}

    assert [previewed(alice, **asked, after=when).json()["complete"] for when in (None, "2030-01-01")] == [True, True]
    assert occurrences(alice, **asked, after="2027-01-18T07:00:00Z") == []


def test_what_is_of_no_zone_and_all_day_ends_on_the_date_that_its_rule_says(alice: Person) -> None:
    ends = {"rule": "FREQ=DAILY;UNTIL=20270102T235959Z", "start": "2027-01-01"}  # in Berlin it is the 3rd by then

    preview = previewed(alice, **ends, zone=None).json()
    next_one = after(alice, series=ends, instance={"recurrence_id": "2027-01-02"}, at="2027-01-02T12:00:00Z")

    assert (preview["occurrences"], preview["words"]) == (
        ["2027-01-01", "2027-01-02"],
        "every day, until 2 January 2027",
    )
    assert next_one.json() == {"next": None, "ordinal": None}
    assert occurrences(alice, **ends, zone="Europe/Berlin") == ["2027-01-01", "2027-01-02", "2027-01-03"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"rule": "FREQ=DAILY;BYHOUR=9"}, "rule: BYHOUR: leave it out; the time of day is that of the start."),
        ({"rule": ""}, "rule: FREQ: it is missing; begin with FREQ="),
        ({"start": "tomorrow"}, "start: a date like"),
        ({"start": "2027-02-30"}, "start: a date like"),
        ({"start": "2027-01-04T08:00:00Z"}, "start: a date like"),
        ({"start": "1999-12-31T08:00:00"}, "start: a year from 2000 to 2200."),
        ({"start": "2201-01-01T08:00:00"}, "start: a year from 2000 to 2200."),
        ({"zone": "Mars/Olympus"}, "zone: an IANA time zone"),
        ({"zone": "<+03>-3"}, "zone: an IANA time zone"),
        ({"zone": "+01:00"}, "zone: an IANA time zone"),
        ({"after": "2027-01-04T08:00:00"}, "after: an instant like"),
        ({"after": "later"}, "after: a date like"),
        ({"count": 0}, "count: "),
        ({"count": 367}, "count: "),
        ({"count": "5"}, "count: "),
        ({"rule": "FREQ=HOURLY", "start": "2027-01-04"}, "rule: FREQ: hours need a start with a time"),
        ({"rule": "FREQ=WEEKLY;UNTIL=20261231"}, "rule: UNTIL: it is before the first occurrence"),
        ({"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "rule: BYMONTHDAY: "),
        ({"n": 5}, "n: this field does not exist"),
    ],
)
def test_what_is_no_series_is_refused_by_the_part_at_fault(alice: Person, asked: dict[str, Any], said: str) -> None:
    assert refused(previewed(alice, **WEEKLY | {"count": 3} | asked)).startswith(said)


@pytest.mark.parametrize(
    ("series", "instance", "at", "said"),
    [
        ({"rule": "FREQ=MINUTELY"}, {}, {}, "series.rule: FREQ: "),
        ({"zone": "+01:00"}, {}, {}, "series.zone: an IANA time zone"),
        ({"all_day": True}, {}, {}, "series.start: a date if the series is all-day"),
        ({"kind": "every"}, {}, {}, "series.kind: "),
        ({"missed": "all"}, {}, {}, "series.missed: "),
        ({}, {"recurrence_id": "2027-01-11"}, {}, "instance.recurrence_id: a date if the series is all-day"),
        ({}, {"recurrence_id": "2027-01-11T08"}, {}, "instance.recurrence_id: a date like"),
        ({}, {"recurrence_id": "9027-01-11T08:00:00"}, {}, "instance.recurrence_id: a year"),
        ({}, {}, {"at": "2027-01-11T08:00:00"}, "at: an instant like"),
        ({}, {}, {"at": "9027-01-11T08:00:00Z"}, "at: a year"),
        ({}, {}, {"action": "forget"}, "action: "),
        ({"kind": "after_completion", "rule": "FREQ=DAILY;COUNT=3"}, {}, {}, "instance.ordinal: "),
    ],
)
def test_what_cannot_follow_is_refused_by_the_part_at_fault(
    alice: Person, series: dict[str, Any], instance: dict[str, Any], at: dict[str, Any], said: str
) -> None:
    asked = {
        "series": WEEKLY | {"kind": "fixed", "missed": "skip", "all_day": False} | series,
        "instance": {"recurrence_id": "2027-01-11T08:00:00", "due": None} | instance,
        "action": "complete",
        "at": "2027-01-11T09:00:00Z",
    }

    assert refused(after(alice, **asked | at)).startswith(said)


def test_a_stranger_hears_nothing(alice: Person) -> None:
    with httpx.Client(base_url=alice.at("complete").base_url) as stranger:
        answers = [stranger.post(f"/api/recurrence/{path}", json=WEEKLY) for path in ("preview", "next")]

    assert [answer.status_code for answer in answers] == [401, 401]


def test_nothing_is_stored(alice: Person) -> None:
    previewed(alice, **WEEKLY, count=3)

    assert alice.events() == []
