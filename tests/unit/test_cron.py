"""When a schedule is due."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from knative.runner.cron import Cron


def due(schedule: str, after: str, zone: str = "UTC", times: int = 1) -> list[str]:
    """The next times, each as the wall clock of that zone shows it."""
    cron, place = Cron.parse(schedule), ZoneInfo(zone)
    now, found = datetime.fromisoformat(after).replace(tzinfo=place).astimezone(UTC), []
    for _ in range(times):
        following = cron.next(now, place)
        assert following is not None
        now = following
        found.append(now.astimezone(place).strftime("%Y-%m-%d %H:%M:%S"))
    return found


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("* * * * *", "2026-11-20 21:04:00"),
        ("*/15 * * * *", "2026-11-20 21:15:00"),
        ("5/20 * * * *", "2026-11-20 21:05:00"),
        ("0 9 * * mon-fri", "2026-11-23 09:00:00"),
        ("0 9 * * SUN", "2026-11-22 09:00:00"),
        ("30 8 1,15 * *", "2026-12-01 08:30:00"),
        ("0 0 13 * fri", "2026-11-27 00:00:00"),  # either of the two days
        ("0 0 13 * ?", "2026-12-13 00:00:00"),
        ("0 0 29 feb *", "2028-02-29 00:00:00"),
        ("*/10 * * * * *", "2026-11-20 21:03:50"),
        ("15 30 12 * * *", "2026-11-21 12:30:15"),
        ("@hourly", "2026-11-20 22:00:00"),
        ("@daily", "2026-11-21 00:00:00"),
        ("@weekly", "2026-11-22 00:00:00"),
        ("@monthly", "2026-12-01 00:00:00"),
        ("@yearly", "2027-01-01 00:00:00"),
    ],
)
def test_the_next_time_is_the_first_that_matches(schedule: str, expected: str) -> None:
    assert due(schedule, "2026-11-20T21:03:43") == [expected]


def test_a_time_is_due_once_and_not_again_at_once() -> None:
    assert due("0 12 * * *", "2026-11-20T12:00:00") == ["2026-11-21 12:00:00"]


def test_an_hour_that_summer_time_leaves_out_is_not_due() -> None:
    assert due("30 2 * * *", "2026-03-28T03:00", "Europe/Berlin", times=2) == [
        "2026-03-30 02:30:00",
        "2026-03-31 02:30:00",
    ]


def test_a_time_that_autumn_brings_twice_is_due_twice() -> None:
    assert due("30 2 * * *", "2026-10-25T00:00", "Europe/Berlin", times=3) == [
        "2026-10-25 02:30:00",
        "2026-10-25 02:30:00",
        "2026-10-26 02:30:00",
    ]


def test_every_minute_goes_on_through_a_change_of_the_clock() -> None:
    assert due("* * * * *", "2026-03-29T01:58", "Europe/Berlin", times=2) == [
        "2026-03-29 01:59:00",
        "2026-03-29 03:00:00",
    ]


def test_a_midnight_that_does_not_exist_does_not_lose_its_day() -> None:
    # In Beirut the day of 2026-03-29 begins at one o'clock.
    assert due("0 6 * * *", "2026-03-28T12:00", "Asia/Beirut") == ["2026-03-29 06:00:00"]


def test_half_hours_of_summer_time_are_no_trouble() -> None:
    assert due("15 * * * *", "2026-10-04T01:20", "Australia/Lord_Howe", times=2) == [
        "2026-10-04 03:15:00",
        "2026-10-04 04:15:00",
    ]


def test_what_is_never_due_is_said_so() -> None:
    assert Cron.parse("0 0 30 feb *").next(datetime(2026, 1, 1, tzinfo=UTC), ZoneInfo("UTC")) is None


@pytest.mark.parametrize(
    "schedule",
    ["", "* * * *", "* * * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 7", "5-1 * * * *",
     "*/0 * * * *", "a * * * *", "1.5 * * * *", "-1 * * * *", "@every 1s", "@reboot", "* * L * *",
     "CRON_TZ=UTC * * * * *"],
)  # fmt: skip
def test_what_knative_would_refuse_is_refused(schedule: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  its message is for a person
        Cron.parse(schedule)
