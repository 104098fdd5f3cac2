"""A rule from the start that is said or implied: which slot is the first, when it ends, and what comes next."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from functions.tasks.quick_add.calendar_days import ahead
from functions.tasks.quick_add.due import Contradiction, Meaning, Now
from functions.tasks.quick_add.phrases import Clock, Lasting, Repeat, Times, Until
from shared import zones
from shared.problems import Invalid
from shared.recurrence import first_slot, first_slots
from shared.recurrence.rule import Rule

SHOWN = 5


def repeating(
    said: Repeat, since: date | None, clock: Clock | None, end: Until | Times | Lasting | None, now: Now
) -> Meaning:
    rule, start = said.rule, _start(said.rule, since, clock, now)
    if said.from_completion and isinstance(start, datetime) and start < now.local and not rule.names_days:
        start += timedelta(rule.freq != "HOURLY")  # nothing is counted from today
    if rule.freq == "WEEKLY" and rule.interval > 1:
        rule = replace(rule, week_start=now.week_start)
    first = _first(rule, start, now)
    begun = first.date() if isinstance(first, datetime) else first
    if not said.from_completion and not rule.names_days:
        rule = rule.explicit(start)
        rule = replace(rule, clamps=max(rule.by_month_day, default=0) > 28)
    if isinstance(end, Times):
        rule = replace(rule, count=end.count)
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


def _first(rule: Rule, start: date, now: Now) -> date:
    """The first slot that has not gone. Named days begin with the first of them, others count from the start."""
    try:
        if rule.names_days:
            rule = replace(rule, interval=1)
        first = first_slot(rule, start, now.zone).local
        if isinstance(first, datetime) and first < now.local:
            just_before = zones.instant(now.local, now.zone) - timedelta(microseconds=1)
            [later] = first_slots(rule, start, now.zone, just_before, 1)
            first = later.local
    except (Invalid, ValueError) as error:
        raise Contradiction from error
    return first


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
