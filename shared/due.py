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

    def written(self) -> str | None:
        """As a task's document has it."""
        if self.on is None:
            return None
        return (self.on if self.at is None else datetime.combine(self.on, self.at)).isoformat()

    def instant(self, users_zone: str | None, slot: str | None = None) -> datetime | None:
        """A floating time happens wherever the user is. A date alone is no instant.

        Where clocks show it twice it is the first, unless it is an occurrence's and its slot says the second.
        """
        if self.on is None or self.at is None:
            return None
        zone = self.zone or users_zone
        assert zone is not None, "whoever is floating has the user's zone read"
        return instant(as_in_slot(datetime.combine(self.on, self.at), zone, slot), zone)


def as_in_slot(local: datetime, zone: str, slot: str | None) -> datetime:
    """With `fold`, if the slot says that it is the second time that clocks show this."""
    if slot and local.replace(tzinfo=ZoneInfo(zone), fold=1).isoformat() == slot:
        return local.replace(fold=1)
    return local


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
