"""What the phrases say together: when the task is due, and how it repeats."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from functions.tasks.quick_add.clock_times import within
from functions.tasks.quick_add.due import Contradiction, Meaning, Now
from functions.tasks.quick_add.phrases import Clock, Lasting, Moment, Phrase, Repeat, Times, Until
from functions.tasks.quick_add.repeating import repeating


def meaning(phrases: Sequence[Phrase], now: Now) -> Meaning:
    values = [phrase.value for phrase in phrases if phrase.kind in ("date", "time", "repeat")]
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
        return _once(day, clock, now)
    ends = [value for value in values if isinstance(value, Until | Times | Lasting)]
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
    return replace(found, today=parts[0].today)


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
