"""When a task is due, and at which instant."""

from datetime import UTC, datetime

import pytest

from shared import due
from shared.problems import Invalid


@pytest.mark.parametrize(
    ("text", "zone", "users_zone", "instant"),
    [
        ("2026-12-01", None, "Europe/Berlin", None),
        ("2026-12-01T09:00", "Europe/Berlin", "UTC", datetime(2026, 12, 1, 8, tzinfo=UTC)),
        ("2026-12-01T09:00:30", "UTC", "Asia/Tokyo", datetime(2026, 12, 1, 9, 0, 30, tzinfo=UTC)),
        ("2026-12-01T09:00", None, "America/New_York", datetime(2026, 12, 1, 14, tzinfo=UTC)),  # floating
        ("2026-03-29T02:30", "Europe/Berlin", "UTC", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # a gap: 03:30
        ("2026-10-25T02:30", "Europe/Berlin", "UTC", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # twice: the first
    ],
)
def test_the_instant_of_a_due_date(text: str, zone: str | None, users_zone: str, instant: datetime | None) -> None:
    assert due.parse(text, zone).instant(users_zone) == instant


@pytest.mark.parametrize(
    ("text", "zone", "slot", "instant"),
    [
        ("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T02:30:00+01:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        ("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T02:30:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25T02:30", "Asia/Tokyo", "2026-10-25T02:30:00+01:00", datetime(2026, 10, 24, 17, 30, tzinfo=UTC)),
        ("2026-10-25T02:45", "Europe/Berlin", "2026-10-25T02:30:00+01:00", datetime(2026, 10, 25, 0, 45, tzinfo=UTC)),
        ("2026-03-29T02:30", "Europe/Berlin", "2026-03-29T02:30:00", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        ("2026-10-25", None, "2026-10-25", None),
    ],
)
def test_the_second_time_that_clocks_show_it_is_meant_if_its_slot_says_so(
    text: str, zone: str | None, slot: str, instant: datetime | None
) -> None:
    assert due.parse(text, zone).instant("UTC", slot) == instant


@pytest.mark.parametrize("text", ["2026-12-01", "2026-12-01T00:00:00", "2026-12-01T09:00:30"])
def test_a_due_date_is_written_as_documents_have_it(text: str) -> None:
    assert due.parse(text, None).written() == text
    assert due.parse(None, None).written() is None


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("tomorrow", None),
        ("2026-02-30", None),
        ("2026-12-01T25:00", None),
        ("2026-12-01T09:00Z", None),
        ("2026-12-01T09:00+01:00", None),
        ("2026-12-01 09:00", None),
        ("20261201T090000", None),
        ("2026-12-01T09:00:00.5", None),
        ("0026-12-01", None),
        ("2026-W01-1", None),
        ("2026-12-01T24:00", None),
        ("2026-12-01T09", None),
        ("\uff12\uff10\uff12\uff16-12-01", None),
        ("2026-12-01", "Europe/Berlin"),
        ("2026-12-01T09:00", "Mars/Olympus"),
        ("2026-12-01T09:00", "../../etc/passwd"),
        ("2026-12-01T09:00", ""),
        (None, "Europe/Berlin"),
    ],
)
def test_what_is_no_due_date_is_refused(text: str | None, zone: str | None) -> None:
    with pytest.raises(Invalid):
        due.parse(text, zone)
