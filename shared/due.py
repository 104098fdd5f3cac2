"""When a task is due: a date, or a local time with or without a zone, and the instant that follows from it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from shared.problems import Invalid
from shared.zones import zone_named

# Python reads more of ISO 8601 than we promise, and each version of it a little more.
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
DUE = re.compile(r"\d{4}-\d\d-\d\d(T([01]\d|2[0-3]):\d\d(:\d\d)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Due:
    on: date | None = None
    at: time | None = None
    zone: str | None = None

    @property
    def is_floating(self) -> bool:
        return self.at is not None and self.zone is None

    def instant(self, users_zone: str | None) -> datetime | None:
        """A floating time happens wherever the user is. A date alone is no instant.

        In the hour that a clock change skips, the clock shows an hour later; in the hour it repeats, the first counts.
        """
        if self.on is None or self.at is None:
            return None
        zone = self.zone or users_zone
        assert zone is not None, "whoever is floating has the user's zone read"
        local = datetime.combine(self.on, self.at, ZoneInfo(zone))
        return local.astimezone(UTC)


def parse(due: str | None, zone: str | None) -> Due:
    if due is None:
        if zone is not None:
            raise Invalid.at("zone", "a task without a due date has no zone.")
        return Due()
    try:
        [day, _, clock] = due.partition("T") if DUE.fullmatch(due) else ("", "", "")
        on, at = date.fromisoformat(day), time.fromisoformat(clock) if clock else None
    except ValueError:
        raise Invalid.at(
            "due", "a date like 2026-11-20 or a local time like 2026-11-20T09:30:00, zone beside it."
        ) from None
    if not 1970 <= on.year <= 9000:
        raise Invalid.at("due", "a year from 1970 to 9000.")
    if at is None and zone is not None:
        raise Invalid.at("zone", "a date without a time is the same date everywhere; leave the zone out.")
    return Due(on, at, zone_named(zone) if zone is not None else None)
