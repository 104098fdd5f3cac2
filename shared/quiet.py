"""Quiet hours: a time of somebody's day in which nothing leaves the house for them."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import shared.config  # noqa: F401  # zone data is the pinned package's


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From the start on and until before the end, which is the next day's if it is earlier."""

    start: time
    end: time
    zone: str

    def over(self, at: datetime) -> datetime:
        """The first instant from this one on that is not in quiet hours."""
        today = at.astimezone(ZoneInfo(self.zone)).date()
        for day in (today - timedelta(1), today):
            begin = instant(datetime.combine(day, self.start), self.zone)
            end = instant(datetime.combine(day + timedelta(self.end < self.start), self.end), self.zone)
            if begin <= at < end:
                return end
        return at


def instant(local: datetime, zone: str) -> datetime:
    """In the hour that a clock change skips, as much later as is skipped; in the hour it repeats, the first counts."""
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
