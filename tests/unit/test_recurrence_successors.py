"""Whenever something is completed, its series says what follows: nothing twice, nothing forgotten, always the same."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shared.problems import Invalid
from shared.recurrence import Kind, Missed, Series, Successor, first_slots, following, parse, slots
from tests.cases import cases
from tests.unit.test_recurrence_slots import Said, rules, starts

RULES = [
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=5",
    "FREQ=WEEKLY;BYDAY=MO,TH",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU",
    "FREQ=MONTHLY;BYMONTHDAY=31;RSCALE=GREGORIAN;SKIP=BACKWARD",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;RSCALE=GREGORIAN;SKIP=BACKWARD",
]
ZONES = ["UTC", "Europe/Paris", "America/Nuuk", "Pacific/Apia", "Australia/Lord_Howe"]


def moment(text: str) -> Any:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def after(
    rule: str,
    start: str,
    slot: str,
    at: str,
    kind: Kind = "fixed",
    missed: Missed = "skip",
    zone: str = "Europe/Paris",
    **more: Any,
) -> Successor | None:
    return following(Series(parse(rule), moment(start), zone, kind, missed), moment(slot), moment(at), **more)


def shown(found: Successor | None, zone: str = "Europe/Paris") -> str | None:
    return found.slot.shown(zone) if found else None


@cases("completion")
def test_what_follows_in_these_examples(case: dict[str, Any]) -> None:
    series, slot = case["series"], case["instance"]["recurrence_id"]

    found = after(
        *(series["rule"], series["start"], slot, case["at"], series["kind"], series["missed"], series["zone"]),
        skipped=case["action"] == "skip",
    )

    assert shown(found, series["zone"]) == case["expected_next"]
    if found and series["kind"] == "fixed":
        assert found.ordinal == case["expected_ordinal"]


@settings(max_examples=300)
@given(
    rule=st.sampled_from(RULES),
    start=st.dates(date(2010, 1, 1), date(2040, 12, 31)),
    clock=st.none() | st.sampled_from([time(0), time(2, 30), time(9), time(23, 30)]),
    zone=st.sampled_from(ZONES),
    missed=st.sampled_from(["skip", "each"]),
    nth=st.integers(0, 20),
    seconds=st.integers(-10_000_000, 100_000_000),
)
def test_the_successor_is_the_first_slot_that_may_come(
    rule: str, start: date, clock: time | None, zone: str, missed: Missed, nth: int, seconds: int
) -> None:
    """Behind the slot that is done and, unless each is to be done, behind the moment when it was."""
    begin = datetime.combine(start, clock) if clock else start
    series = Series(parse(rule), begin, zone, "fixed", missed)
    every = slots(series.rule, begin, zone)
    slot = first_slots(series.rule, begin, zone, None, nth + 1)[-1]
    done = datetime.combine(slot.day, time(12), UTC) + timedelta(seconds=seconds)

    found = following(series, slot.local, done)

    assert found is not None
    threshold = max(slot.moment, series.moment_of(done)) if missed == "skip" else slot.moment
    gone = list(takewhile(lambda each: each.moment <= threshold, every.after()))
    assert found.slot == next(each for each in every.after() if each.moment > threshold)
    assert found.ordinal == len(gone) + 1
    assert found.missed == len(gone) - nth - 1
    assert following(series, slot.local, done, ordinal=nth + 1) == found


@settings(max_examples=300)
@given(
    said=rules(),
    start=starts,
    clock=st.none() | st.sampled_from([time(0), time(2, 30), time(9), time(23, 30)]),
    zone=st.sampled_from(ZONES),
    minutes=st.integers(-100_000, 1_000_000),
)
def test_by_completion_the_first_day_behind_it_that_the_rule_allows_follows(
    said: Said, start: date, clock: time | None, zone: str, minutes: int
) -> None:
    """As the rule would have begun on that day, of which it remembers no more than a month has."""
    begin = datetime.combine(start, clock) if clock else start
    series = Series(parse(str(said)), begin, zone, "after_completion")
    done = datetime.combine(start, time(12), UTC) + timedelta(minutes=minutes)
    day = done.astimezone(ZoneInfo(zone)).date()
    anew = said if said.days or said.month_days else replace(said, clamps=True)
    allowed = [each for each in anew.scan(day, 1500) if each > day]
    assume(allowed)

    found = following(series, begin, done)

    assert found is not None
    assert found.slot.day == allowed[0]
    assert (found.slot.at is None) == (clock is None)
    if isinstance(found.slot.local, datetime):
        assert found.slot.local.time() == clock
        assert found.slot.at == found.slot.local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@settings(max_examples=200)
@given(
    rule=st.sampled_from(RULES),
    start=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    count=st.integers(1, 6),
    days=st.lists(st.integers(-2, 3), min_size=7, max_size=7),
    kind=st.sampled_from(["fixed", "after_completion"]),
)
def test_a_series_with_a_count_ends_with_it(rule: str, start: date, count: int, days: list[int], kind: Kind) -> None:
    series = Series(parse(f"{rule};COUNT={count}"), start, "Europe/Paris", kind, "each")
    slot, ordinals = first_slots(series.rule, start, None, None, 1)[0], [1]

    for late in days:
        done = datetime.combine(slot.day + timedelta(late), time(12), UTC)
        found = following(series, slot.local, done, ordinal=ordinals[-1])
        if found is None:
            break
        assert found.ordinal is not None
        ordinals.append(found.ordinal)
        slot = found.slot

    assert ordinals == list(range(1, count + 1))


@pytest.mark.parametrize(
    ("rule", "start", "done", "wanted"),
    [
        ("FREQ=DAILY;INTERVAL=5", "2027-01-04", "2027-01-12T09:00:00Z", "2027-01-17"),
        ("FREQ=DAILY;INTERVAL=5", "2027-01-04", "2027-01-12T23:30:00Z", "2027-01-18"),  # it is the 13th in Paris
        ("FREQ=WEEKLY", "2027-01-04", "2027-01-14T09:00:00Z", "2027-01-21"),  # a week later, whatever weekday it was
        ("FREQ=WEEKLY;BYDAY=MO", "2027-01-04", "2027-01-11T09:00:00Z", "2027-01-18"),
        ("FREQ=WEEKLY;BYDAY=MO,FR", "2027-01-04", "2027-01-13T09:00:00Z", "2027-01-15"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "2027-01-04", "2027-01-13T09:00:00Z", "2027-01-15"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "2027-01-04", "2027-01-15T09:00:00Z", "2027-01-25"),
        ("FREQ=MONTHLY", "2027-01-04", "2027-01-31T09:00:00Z", "2027-02-28"),
        ("FREQ=MONTHLY", "2027-01-31", "2027-02-28T09:00:00Z", "2027-03-28"),  # the 31st is not remembered
        ("FREQ=MONTHLY;INTERVAL=13", "2027-01-04", "2027-01-31T09:00:00Z", "2028-02-29"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "2027-01-15", "2027-01-20T09:00:00Z", "2027-02-15"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2027-01-31", "2027-02-10T09:00:00Z", "2027-03-31"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2027-01-29", "2027-02-26T09:00:00Z", "2027-03-26"),
        ("FREQ=YEARLY", "2028-02-29", "2028-02-29T09:00:00Z", "2029-02-28"),
        ("FREQ=YEARLY;INTERVAL=4", "2028-02-29", "2028-02-29T09:00:00Z", "2032-02-29"),
        ("FREQ=DAILY;INTERVAL=5;UNTIL=20270117", "2027-01-04", "2027-01-12T09:00:00Z", "2027-01-17"),
        ("FREQ=DAILY;INTERVAL=5;UNTIL=20270116", "2027-01-04", "2027-01-12T09:00:00Z", None),
    ],
)
def test_by_completion_the_interval_runs_from_the_day_something_is_done(
    rule: str, start: str, done: str, wanted: str | None
) -> None:
    assert shown(after(rule, start, start, done, "after_completion")) == wanted


def test_by_completion_the_time_of_day_stays_and_may_be_skipped_by_the_clocks() -> None:
    found = after(
        "FREQ=DAILY", "2027-03-01T02:30:00", "2027-03-26T02:30:00", "2027-03-27T20:00:00Z", "after_completion"
    )

    assert shown(found) == "2027-03-28T03:30:00+02:00"


@pytest.mark.parametrize(
    ("rule", "start", "wanted"),
    [
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=3;BYMONTHDAY=1", "2027-03-01", "2028-03-01"),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=3;BYMONTHDAY=1;UNTIL=20280229", "2027-03-01", None),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", "2027-03-01", "2027-05-10"),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "2024-02-29", "2028-02-29"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20270516", "2027-03-01", None),  # met, but not in time
    ],
)
def test_by_completion_an_interval_that_never_meets_the_days_does_not_end_a_series(
    rule: str, start: str, wanted: str | None
) -> None:
    assert shown(after(rule, start, start, "2027-05-05T12:00:00Z", "after_completion")) == wanted


def test_by_completion_hours_run_from_the_second_something_is_done() -> None:
    done = "2027-03-28T00:10:20.5+00:00"
    found = after("FREQ=HOURLY;INTERVAL=4", "2027-03-01T08:00:00", "2027-03-27T08:00:00", done, "after_completion")

    assert shown(found) == "2027-03-28T06:10:20+02:00"


@pytest.mark.parametrize(
    ("at", "wanted"),
    [
        ("2027-01-12T09:00:00Z", "2027-01-17"),  # late
        ("2027-01-08T09:00:00Z", "2027-01-13"),  # early
        ("2027-01-03T09:00:00Z", "2027-01-14"),  # so early that five days on is no later than what is skipped
    ],
)
def test_what_is_skipped_is_not_offered_again(at: str, wanted: str) -> None:
    found = after("FREQ=DAILY;INTERVAL=5", "2027-01-04", "2027-01-09", at, "after_completion", skipped=True)

    assert shown(found) == wanted


def test_a_count_by_completion_needs_to_know_how_many_there_were() -> None:
    thrice = Series(parse("FREQ=DAILY;COUNT=3"), date(2027, 1, 4), "Europe/Paris", "after_completion")
    slot, done = date(2027, 1, 9), datetime(2027, 1, 9, 9, tzinfo=UTC)

    with pytest.raises(Invalid, match=r"instance\.ordinal"):
        following(thrice, slot, done)
    assert [shown(following(thrice, slot, done, ordinal=number)) for number in (2, 3)] == ["2027-01-10", None]


@pytest.mark.parametrize(
    ("slot", "at", "wanted"),
    [
        ("2027-03-27T02:30:00", "2027-03-28T01:29:59Z", "2027-03-28T03:30:00+02:00"),
        ("2027-03-27T02:30:00", "2027-03-28T01:30:00Z", "2027-03-29T02:30:00+02:00"),  # at the instant of that one
        ("2027-03-28T02:30:00", "2027-03-27T12:00:00Z", "2027-03-29T02:30:00+02:00"),  # which the clocks skip
        ("2027-03-28T03:30:00+02:00", "2027-03-27T12:00:00Z", "2027-03-29T02:30:00+02:00"),  # as it is shown
    ],
)
def test_a_slot_in_a_gap_is_the_one_that_it_is_shown_as(slot: str, at: str, wanted: str) -> None:
    assert shown(after("FREQ=DAILY", "2027-03-01T02:30:00", slot, at)) == wanted


def test_a_day_that_a_zone_left_out_is_not_counted() -> None:
    found = after(
        "FREQ=DAILY", "2011-12-29T09:00:00", "2012-01-04T09:00:00", "2012-01-04T00:00:00Z", zone="Pacific/Apia"
    )

    assert found
    assert (found.slot.shown("Pacific/Apia"), found.ordinal) == ("2012-01-05T09:00:00+14:00", 7)


def test_each_hour_is_offered_once_where_the_clocks_repeat_one() -> None:
    series = Series(parse("FREQ=HOURLY"), moment("2027-10-31T01:30:00"), "Europe/Paris", "fixed", "each")
    slot, known = "2027-10-31T01:30:00", []

    for _ in range(4):
        found = following(series, moment(slot), moment("2027-11-01T00:00:00Z"))
        assert found
        assert following(series, found.slot.local, moment("2027-11-01T00:00:00Z")) != found
        slot = found.slot.recurrence_id("Europe/Paris")
        known.append((slot, found.ordinal))

    assert known == [
        ("2027-10-31T02:30:00", 2),
        ("2027-10-31T02:30:00+01:00", 3),
        ("2027-10-31T03:30:00", 4),
        ("2027-10-31T04:30:00", 5),
    ]


def test_each_that_was_missed_for_years_is_offered_one_by_one() -> None:
    rent = ("FREQ=MONTHLY;BYMONTHDAY=1", "2020-01-01", "2020-03-01", "2026-11-20T09:00:00Z")

    each, skip = after(*rent, missed="each"), after(*rent, missed="skip")

    assert each
    assert skip
    assert (each.slot.shown(None), each.ordinal, each.missed) == ("2020-04-01", 4, 0)
    assert (skip.slot.shown(None), skip.ordinal, skip.missed) == ("2026-12-01", 84, 80)


def test_on_which_day_something_all_day_is_done_is_said_by_the_zone() -> None:
    done = "2027-01-05T23:30:00Z"

    for zone, wanted in (("Europe/Paris", "2027-01-07"), ("UTC", "2027-01-06"), ("America/New_York", "2027-01-06")):
        assert shown(after("FREQ=DAILY", "2027-01-01", "2027-01-05", done, zone=zone)) == wanted
