"""In quiet hours things wait for their end, wherever somebody is and whatever the clocks do there."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.digests import next_at
from shared.reminders import QuietHours
from shared.zones import instant

NIGHT = QuietHours(time(22), time(7), "Europe/Berlin")
LUNCH = QuietHours(time(12), time(13, 30), "America/New_York")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("hours", "moment", "over"),
    [
        (NIGHT, "2026-11-20T21:59:59+01:00", "2026-11-20T21:59:59+01:00"),
        (NIGHT, "2026-11-20T22:00:00+01:00", "2026-11-21T07:00:00+01:00"),
        (NIGHT, "2026-11-21T06:59:59+01:00", "2026-11-21T07:00:00+01:00"),
        (NIGHT, "2026-11-21T07:00:00+01:00", "2026-11-21T07:00:00+01:00"),
        (NIGHT, "2026-03-28T23:00:00+01:00", "2026-03-29T07:00:00+02:00"),
        (NIGHT, "2026-10-25T02:30:00+01:00", "2026-10-25T07:00:00+01:00"),
        (LUNCH, "2026-11-20T12:00:00-05:00", "2026-11-20T13:30:00-05:00"),
        (LUNCH, "2026-11-20T13:30:00-05:00", "2026-11-20T13:30:00-05:00"),
    ],
)
def test_it_waits_for_their_end(hours: QuietHours, moment: str, over: str) -> None:
    assert hours.over(at(moment)) == at(over)


ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"])
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001
TIMES = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


@given(TIMES, TIMES, ZONES, MOMENTS)
def test_what_has_waited_waits_no_more_and_never_longer_than_a_day(
    start: time, end: time, zone: str, moment: datetime
) -> None:
    hours = QuietHours(start, end, zone)

    over = hours.over(moment)

    assert moment <= over <= moment + timedelta(hours=25)
    if start < end:
        assert hours.over(over) == over


@given(TIMES, ZONES, MOMENTS)
def test_the_next_digest_is_ahead_and_within_a_day(clock: time, zone: str, moment: datetime) -> None:
    planned = next_at(clock, zone, moment)

    assert moment < planned <= moment + timedelta(hours=26)
    day = planned.astimezone(ZoneInfo(zone)).date()
    assert planned in {instant(datetime.combine(each, clock), zone) for each in (day, day - timedelta(1))}
