"""When a task is due: a date, or a local time with or without a zone, and the instant that follows from it."""

from dataclasses import dataclass
from datetime import date, datetime, time

from shared import moments
from shared.problems import Invalid
from shared.zones import ZoneInfo, instant, zone_named


@dataclass(frozen=True, slots=True)
class Due:
    on: date | None = None
    at: time | None = None
    zone: str | None = None

    @property
    def is_floating(self) -> bool:
        return self.at is not None and self.zone is None

    def instant(self, users_zone: str | None, slot: str | None = None) -> datetime | None:
        """A floating time happens wherever the user is. A date alone is no instant.

        Where clocks show it twice it is the first, unless it is an occurrence's and its slot says the second.
        """
        if self.on is None or self.at is None:
            return None
        zone = self.zone or users_zone
        assert zone is not None, "whoever is floating has the user's zone read"
        local = datetime.combine(self.on, self.at)
        if slot:
            second = instant(local.replace(fold=1), zone)
            if second.astimezone(ZoneInfo(zone)).isoformat() == slot:
                return second
        return instant(local, zone)


def parse(due: str | None, zone: str | None) -> Due:
    if due is None:
        if zone is not None:
            raise Invalid.at("zone", "a task without a due date has no zone.")
        return Due()
    local = moments.within(moments.local(due, "due"), "due")
    on, at = (local.date(), local.time()) if isinstance(local, datetime) else (local, None)
    if at is None and zone is not None:
        raise Invalid.at("zone", "a date without a time is the same date everywhere; leave the zone out.")
    return Due(on, at, zone_named(zone) if zone is not None else None)
