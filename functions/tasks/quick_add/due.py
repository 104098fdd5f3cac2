"""When a task is due and how it repeats, and from when somebody says so."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shared import zones
from shared.recurrence.rule import Rule


class Contradiction(Exception):
    """Nothing is guessed."""


@dataclass(frozen=True, slots=True)
class Now:
    """A wall clock of the zone. Weeks begin on this day, 0 is Monday."""

    local: datetime
    zone: str
    week_start: int = 0

    @property
    def today(self) -> date:
        return self.local.date()

    def later(self, minutes: int) -> datetime:
        """So much time that passes, whatever clocks do."""
        at = zones.instant(self.local.replace(second=0, microsecond=0), self.zone) + timedelta(minutes=minutes)
        return zones.wall_clock(at, self.zone).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Meaning:
    day: date | None = None
    at: time | None = None
    rule: Rule | None = None
    from_completion: bool = False
    next: list[str] | None = None


NOTHING = Meaning()
