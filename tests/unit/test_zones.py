"""Zone data is the pinned package's, however a process was started, and says what was decided lately."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from shared import moments
from shared.problems import Invalid
from shared.zones import instant, wall_clock, zone_named
from tests.world import ROOT

# Where clocks change otherwise than the data of 2025 says.
LATELY = [
    ("America/Vancouver", "2026-12-01T09:00:00", "2026-12-01T16:00:00Z"),
    ("America/Edmonton", "2026-12-01T09:00:00", "2026-12-01T15:00:00Z"),
    ("America/Yellowknife", "2026-12-01T09:00:00", "2026-12-01T15:00:00Z"),
    ("America/Inuvik", "2026-12-01T09:00:00", "2026-12-01T15:00:00Z"),
    ("America/Winnipeg", "2026-12-01T09:00:00", "2026-12-01T14:00:00Z"),
    ("America/Havana", "2026-12-01T09:00:00", "2026-12-01T13:00:00Z"),
    ("Africa/Casablanca", "2026-12-01T09:00:00", "2026-12-01T09:00:00Z"),
    ("Africa/El_Aaiun", "2027-07-01T09:00:00", "2027-07-01T09:00:00Z"),
    ("Europe/Chisinau", "2027-03-28T03:30:00", "2027-03-28T01:30:00Z"),
]


@pytest.mark.parametrize(("zone", "local", "wanted"), LATELY)
def test_what_was_decided_lately_is_known(zone: str, local: str, wanted: str) -> None:
    at = moments.local(local, "")
    assert isinstance(at, datetime)

    assert moments.shown(instant(at, zone)) == wanted


@pytest.mark.parametrize("first", ["zoneinfo", "fastapi", "shared.due", "shared.recurrence"])
def test_the_systems_data_is_not_read_whatever_was_imported_first(first: str, tmp_path: Path) -> None:
    (tmp_path / "Europe").mkdir()
    (tmp_path / "Europe" / "Berlin").write_bytes(b"no zone data at all")
    program = f"import {first}\nfrom shared.zones import zone_named\nprint(zone_named('Europe/Berlin'))"

    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env={"PYTHONTZPATH": str(tmp_path)}, capture_output=True, text=True
    )

    assert (run.stdout, run.stderr) == ("Europe/Berlin\n", "")


@pytest.mark.parametrize("name", ["Europe/Berlin", "Asia/Calcutta", "UTC", "America/Argentina/Buenos_Aires"])
def test_a_zone_is_kept_as_it_is_called(name: str) -> None:
    assert zone_named(name) == name


@pytest.mark.parametrize(
    "name",
    [
        *("", " ", "Berlin", "europe/berlin", "Europe", "+01:00", "UTC+1", "<+03>-3", "CET-1CEST,M3.5.0,M10.5.0/3"),
        *("zone.tab", "tzdata.zi", "../../etc/localtime", "/etc/localtime", "Europe/Berlin\0", "Europe/Berl\u00edn"),
        "x" * 5000,
    ],
)
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(Invalid, match="IANA"):
        zone_named(name)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
def test_where_a_calendar_ends_time_goes_no_further(zone: str) -> None:
    for edge in (datetime.min, datetime.max):  # noqa: DTZ901
        assert abs(instant(edge, zone) - edge.replace(tzinfo=UTC)) <= timedelta(days=4)
        assert abs(wall_clock(edge.replace(tzinfo=UTC), zone).replace(tzinfo=None) - edge) <= timedelta(days=4)


def test_what_has_an_offset_is_an_instant_already() -> None:
    there = datetime(2027, 10, 31, 2, 30, tzinfo=ZoneInfo("Europe/Paris"), fold=1)

    assert moments.shown(instant(there, "Asia/Tokyo")) == "2027-10-31T01:30:00Z"
