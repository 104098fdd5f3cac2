"""IANA time zones by name, from the pinned zone data, and the instants that their wall clocks show."""

import zoneinfo
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shared.problems import Invalid

__all__ = ["EARLIEST", "LATEST", "ZoneInfo", "instant", "wall_clock", "zone_named"]

# Beyond these, some zone has no calendar any more.
EARLIEST, LATEST = datetime(1, 1, 3, tzinfo=UTC), datetime(9999, 12, 29, tzinfo=UTC)

# Zone data comes from the pinned tzdata package, whatever started the process and whatever it has loaded before; what
# the system has may be years old or newer than its neighbour's.
zoneinfo.reset_tzpath(())
ZoneInfo.clear_cache()


def zone_named(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid.at("zone", "an IANA time zone like Europe/Berlin.") from None
    return name


def instant(local: datetime, zone: str) -> datetime:
    """When the clocks of a zone show this. What says its offset from UTC is an instant already.

    In the hour that a clock change skips, they show it as much later as is skipped; in the hour it repeats, the first
    counts, as long as `fold` does not say the second.
    """
    try:
        return (local if local.tzinfo else local.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except OverflowError:
        return max(EARLIEST, min(local.replace(tzinfo=UTC), LATEST))


def wall_clock(at: datetime, zone: str) -> datetime:
    """What the clocks of a zone show at this instant."""
    return min(max(at, EARLIEST), LATEST).astimezone(ZoneInfo(zone))
