"""What the phrases of a text come to: when the task is due, how it repeats, of what it reminds. Nothing is guessed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from functions.tasks.quick_add.days import ahead
from functions.tasks.quick_add.phrases import (
    OF_TIME,
    Before,
    Clock,
    DaysBefore,
    End,
    Lasting,
    Moment,
    Phrase,
    Reminder,
    Repeat,
    Times,
    Until,
)
from functions.tasks.quick_add.times import within
from shared import zones
from shared.problems import Invalid
from shared.recurrence import first_slot, first_slots
from shared.recurrence.rule import Rule

SHOWN = 5
ALL_DAY = time(9)


class Contradiction(Exception):
    """Nothing is guessed."""


class Now(NamedTuple):
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


class Meaning(NamedTuple):
    day: date | None = None
    at: time | None = None
    rule: Rule | None = None
    from_completion: bool = False
    next: list[str] | None = None


NOTHING = Meaning()


def meaning(phrases: Sequence[Phrase], now: Now) -> Meaning:
    values = [phrase.value for phrase in phrases if phrase.kind in OF_TIME]
    repeats = [value for value in values if isinstance(value, Repeat)]
    moments = [value for value in values if isinstance(value, Moment)]
    clock = _one_clock(
        [value for value in values if isinstance(value, Clock)] + [each.clock for each in repeats if each.clock]
    )
    day = _one_day(phrases, now)
    if clock and clock.today:
        day = _same(day, now.today)
    if len(repeats) > 1 or len(moments) > 1 or (moments and (repeats or clock or day)):
        raise Contradiction
    if moments:
        at = now.later(moments[0].minutes)
        return Meaning(at.date(), at.time())
    if not repeats:
        if day and day < now.today:
            raise Contradiction
        return _once(day, clock, now)
    ends = [value for value in values if isinstance(value, End)]
    if len(ends) > 1:
        raise Contradiction
    return repeating(repeats[0], day, clock, ends[0] if ends else None, now)


def _one_clock(clocks: Sequence[Clock]) -> Clock | None:
    """This evening at eight: a part of the day and a time in it are one."""
    if len(clocks) < 2:
        return clocks[0] if clocks else None
    parts = [clock for clock in clocks if clock.part]
    if len(clocks) > 2 or len(parts) != 1:
        raise Contradiction
    [exact] = [clock for clock in clocks if not clock.part]
    found = within(exact, parts[0].part or "")
    if found is None:
        raise Contradiction
    return found._replace(today=parts[0].today)


def _one_day(phrases: Sequence[Phrase], now: Now) -> date | None:
    """Friday, 13 march: side by side, a weekday and a date are the date, and any two phrases may say the same day."""
    dates = [phrase for phrase in phrases if phrase.kind == "date" and not isinstance(phrase.value, Moment)]
    if len(dates) > 2 or (len(dates) == 2 and dates[0].last != dates[1].first):
        raise Contradiction
    days: list[date] = [phrase.value(now.today) for phrase in dates]
    if len(days) == 2 and days[0].weekday() == days[1].weekday() and dates[0].weekday != dates[1].weekday:
        return max(days)
    return _same(*days) if len(days) == 2 else next(iter(days), None)


def _same(day: date | None, other: date | None) -> date | None:
    if day and other and day != other:
        raise Contradiction
    return day or other


def _once(day: date | None, clock: Clock | None, now: Now) -> Meaning:
    if clock is None:
        return Meaning(day)
    if clock.part == "midnight" and day == now.today:
        day += timedelta(1)
    return Meaning(day or now.today + timedelta(int(clock.at <= now.local.time())), clock.at)


def repeating(said: Repeat, since: date | None, clock: Clock | None, end: End | None, now: Now) -> Meaning:
    rule, start = said.rule, _start(said.rule, since, clock, now)
    if said.from_completion and isinstance(start, datetime) and start < now.local and not rule.names_days:
        start += timedelta(rule.freq != "HOURLY")  # nothing is counted from today
    if rule.freq == "WEEKLY" and rule.interval > 1:
        rule = replace(rule, week_start=now.week_start)
    begins = rule = _with_days_of(start, rule, said.from_completion)
    if said.rule.names_days:
        begins = replace(rule, interval=1)  # with the first of these days
    first = _first(rule, begins, start, now)
    begun = _day_of(first)
    if isinstance(end, Times):
        rule = replace(rule, count=end.often)
    elif end:
        rule = replace(rule, until=_last(end, begun, now.today))
    try:
        shown = [slot.local for slot in first_slots(rule, first, now.zone, None, SHOWN)]
    except Invalid as error:
        raise Contradiction from error
    if not shown:
        raise Contradiction
    words = None if said.from_completion else [_shown(local) for local in shown]
    return Meaning(begun, first.time() if isinstance(first, datetime) else None, rule, said.from_completion, words)


def _start(rule: Rule, since: date | None, clock: Clock | None, now: Now) -> date:
    if clock:
        return datetime.combine(since or now.today, clock.at)
    if rule.freq != "HOURLY":
        return since or now.today
    if since and since > now.today:
        return datetime.combine(since, time())
    return now.local.replace(second=0, microsecond=0) + timedelta(
        minutes=bool(now.local.second or now.local.microsecond)
    )


def _with_days_of(start: date, rule: Rule, from_completion: bool) -> Rule:
    if from_completion or rule.names_days:
        return rule
    rule = rule.explicit(start)
    return replace(rule, clamps=max(rule.by_month_day, default=0) > 28)


def _first(rule: Rule, begins: Rule, start: date, now: Now) -> date:
    """The first slot that has not gone."""
    try:
        first = first_slot(begins, start, now.zone).local
        if _day_of(first) < now.today:
            begins = rule
        if not isinstance(first, datetime):
            return first if first >= now.today else _next(begins, first, now, now.today - timedelta(1))
        just_before = zones.instant(now.local, now.zone) - timedelta(microseconds=1)
        return first if first >= now.local else _next(begins, first, now, just_before)
    except (Invalid, ValueError) as error:
        raise Contradiction from error


def _next(rule: Rule, start: date, now: Now, after: date) -> date:
    [later] = first_slots(rule, start, now.zone, after, 1)
    return later.local


def _day_of(local: date) -> date:
    return local.date() if isinstance(local, datetime) else local


def _last(end: Until | Lasting, first: date, today: date) -> date:
    if isinstance(end, Until):
        last = end.day(today)
        if last and last < first and end.next:
            last = end.day(first)
    else:
        last = ahead(first, end.days, end.months)
        last = last and last - timedelta(1)
    if last is None:
        raise Contradiction
    return last


def _shown(local: date) -> str:
    return local.isoformat(timespec="minutes") if isinstance(local, datetime) else local.isoformat()


def as_said(reminder: Reminder, now: Now, due: Meaning) -> dict[str, Any] | None:
    """In the form in which a reminder is kept. None: it makes no sense for this task."""
    if isinstance(reminder, Before):
        is_all_day = due.day is not None and due.at is None
        return None if is_all_day else {"kind": "before", "minutes": reminder.minutes}
    if isinstance(reminder, DaysBefore):
        return {"kind": "days_before", "days": reminder.days, "at": _hour(reminder.at)}
    if isinstance(reminder, Moment):
        return {"kind": "absolute", "at": now.later(reminder.minutes).isoformat(timespec="seconds")}
    if reminder.day is None and due.day is not None:
        return {"kind": "days_before", "days": 0, "at": _hour(reminder.at)}
    at = reminder.at or ALL_DAY
    on = reminder.day(now.today) if reminder.day else now.today + timedelta(int(at <= now.local.time()))
    return (
        {"kind": "absolute", "at": datetime.combine(on, at).isoformat(timespec="seconds")}
        if on and on >= now.today
        else None
    )


def _hour(at: time | None) -> str | None:
    return f"{at:%H:%M}" if at else None
