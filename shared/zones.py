"""IANA time zones by name, from the pinned zone data."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shared.problems import Invalid


def zone_named(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid.at("zone", "an IANA time zone like Europe/Berlin.") from None
    return name
