"""When a reminder fires, and when it is delivered."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import moments
from shared.reminders import Absolute, Before, DaysBefore, QuietHours, Reminder, fire_at, firing
from shared.zones import wall_clock

ZONES = ["UTC", "Europe/Paris", "America/Nuuk", "Australia/Lord_Howe", "Pacific/Apia", "America/Havana"]


def local(text: str) -> Any:
    return moments.local(text, "")


@pytest.mark.parametrize(
    ("reminder", "due", "zone", "wanted"),
    [
        (Before(15), "2027-02-10T09:00:00", "Europe/Paris", "2027-02-10T07:45:00Z"),
        (Before(-30), "2027-02-10T09:00:00", "Europe/Paris", "2027-02-10T08:30:00Z"),  # after
        (Before(60), "2027-03-28T02:30:00", "Europe/Paris", "2027-03-28T00:30:00Z"),  # due in a gap, which is 03:30
        (Before(60), "2027-10-31T02:30:00", "Europe/Paris", "2027-10-30T23:30:00Z"),  # the first of two
        (DaysBefore(1), "2027-03-29T02:30:00", "Europe/Paris", "2027-03-28T01:30:00Z"),  # the day before has no 02:30
        (DaysBefore(7), "2027-03-31T09:00:00", "Europe/Paris", "2027-03-24T08:00:00Z"),
        (DaysBefore(1, time(20)), "2027-02-10T09:00:00", "Europe/Paris", "2027-02-09T19:00:00Z"),
        (DaysBefore(1), "2027-03-01", "Europe/Paris", "2027-02-28T08:00:00Z"),
        (DaysBefore(0, time(7)), "2027-03-01", "America/New_York", "2027-03-01T12:00:00Z"),
        (Absolute(local("2027-02-09T21:00:00")), "2027-03-01", "Europe/Paris", "2027-02-09T20:00:00Z"),
        (Absolute(local("2027-02-09T21:00:00")), None, "Europe/Paris", "2027-02-09T20:00:00Z"),
        (Before(15), None, "Europe/Paris", None),
        (DaysBefore(1, time(9)), None, "Europe/Paris", None),
        (Before(15), "2027-03-01", "Europe/Paris", None),  # a day has no minutes
    ],
)
def test_a_reminder_fires_at_its_instant(reminder: Reminder, due: str | None, zone: str, wanted: str | None) -> None:
    found = fire_at(reminder, local(due) if due else None, zone)

    assert (found and moments.shown(found)) == wanted


@pytest.mark.parametrize(
    ("hours", "zone", "at", "over"),
    [
        (("22:00", "07:00"), "Europe/Paris", "2027-02-10T20:59:59Z", None),
        (("22:00", "07:00"), "Europe/Paris", "2027-02-10T21:00:00Z", "2027-02-11T06:00:00Z"),  # from the start on
        (("22:00", "07:00"), "Europe/Paris", "2027-02-11T05:59:59Z", "2027-02-11T06:00:00Z"),
        (("22:00", "07:00"), "Europe/Paris", "2027-02-11T06:00:00Z", None),  # until before the end
        (("12:00", "14:00"), "Europe/Paris", "2027-02-10T11:30:00Z", "2027-02-10T13:00:00Z"),
        (("12:00", "14:00"), "Europe/Paris", "2027-02-10T13:30:00Z", None),
        (("09:00", "09:00"), "Europe/Paris", "2027-02-10T08:00:00Z", None),  # none at all
        (("00:00", "07:00"), "Europe/Paris", "2027-02-10T23:30:00Z", "2027-02-11T06:00:00Z"),
        (("22:00", "00:00"), "Europe/Paris", "2027-02-10T22:30:00Z", "2027-02-10T23:00:00Z"),
        (("22:00", "02:30"), "Europe/Paris", "2027-03-28T00:30:00Z", "2027-03-28T01:30:00Z"),  # skipped: 03:30
        (("22:00", "02:30"), "Europe/Paris", "2027-10-31T00:15:00Z", "2027-10-31T00:30:00Z"),  # the first of two
        (("22:00", "02:30"), "Europe/Paris", "2027-10-31T01:15:00Z", None),  # 02:15 again, and they are over
    ],
)
def test_quiet_hours_are_of_the_clock_on_the_wall(hours: tuple[str, str], zone: str, at: str, over: str | None) -> None:
    start, end = (time.fromisoformat(each) for each in hours)
    quiet = QuietHours(start, end, zone)

    found = firing(moments.instant(at, ""), moments.instant("2027-01-01T00:00:00Z", ""), quiet, urgent=False)

    assert moments.shown(found.deliver_at) == (over or at)
    assert found.deferred == (over is not None)


@given(
    at=st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    before_saved=st.integers(-100_000, 100_000),
    hours=st.tuples(*[st.times().map(lambda each: each.replace(microsecond=0))] * 2),
    zone=st.sampled_from(ZONES),
    urgent=st.booleans(),
)
def test_nothing_is_delivered_in_quiet_hours_but_what_is_urgent_or_late(
    at: datetime, before_saved: int, hours: tuple[time, time], zone: str, urgent: bool
) -> None:
    saved_at, quiet = at + timedelta(seconds=before_saved), QuietHours(*hours, zone)

    found = firing(at, saved_at, quiet, urgent)

    assert found.deliver_at >= max(at, saved_at)
    assert found.immediate == (at <= saved_at)
    if found.immediate or urgent:
        assert (found.deliver_at, found.deferred) == (max(at, saved_at), False)
    else:
        assert quiet.over(found.deliver_at) == found.deliver_at
        assert found.deliver_at - at <= timedelta(days=1, hours=2)
        if found.deferred and quiet.zone == "UTC":
            assert wall_clock(found.deliver_at, zone).time() == quiet.end
