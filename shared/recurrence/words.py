"""A rule in English: "every last Friday at 09:00"."""

from calendar import day_name, month_name, monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from shared.recurrence.rule import Day, Rule
from shared.zones import instant, wall_clock

UNITS = {"HOURLY": "hour", "DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
GROUPS = {tuple(map(Day, range(5))): "workday", tuple(map(Day, range(7))): "day"}
COMMON_YEAR = 2001
MOST_DATES = 3  # that are named one by one
OR_ELSE = " or else the last day"
# What is clear without a month beside it.
LASTS = {"the last day": "every last day of the month", "the last workday": "every last workday"} | {
    f"the last {day}": f"every last {day}" for day in day_name
}


def in_words(rule: Rule, start: date | datetime, zone: str | None) -> str:
    at = ""
    if isinstance(start, datetime):
        at = f" {'from' if rule.freq == 'HOURLY' else 'at'} {start:%H:%M:%S}".removesuffix(":00")
    explicit = rule.explicit(start)
    return _which(explicit) + at + _provided(explicit) + _end(rule, start, zone)


def _which(rule: Rule) -> str:
    months = f" in {_listed([month_name[each] for each in rule.by_month])}" if rule.by_month else ""
    every = f"every {UNITS[rule.freq]}" if rule.interval == 1 else f"every {rule.interval} {UNITS[rule.freq]}s"
    if rule.freq != "HOURLY" and rule.interval == 1 and _is_weekdays_alone(rule):
        return f"every {_weekdays(rule.by_day)}{months}"
    if rule.freq == "WEEKLY":
        return f"{every} on {_weekdays(rule.by_day)}{months}"
    if rule.freq in ("HOURLY", "DAILY"):
        return every + months
    if rule.freq == "YEARLY":
        return f"{every} on {_dates(rule) or _days(rule) + (months or ' of the year') + _together(rule)}"
    days = _days(rule)
    if rule.interval == 1 and not rule.by_month and days in LASTS:
        return LASTS[days]
    return f"{every} on {days}{months}"


def _days(rule: Rule) -> str:
    """Of a month or year."""
    if not rule.by_set_pos:
        if not rule.by_month_day:
            return f"{'every ' if _is_weekdays_alone(rule) else ''}{_weekdays(rule.by_day)}"
        days = _listed([f"{_nth(each)} day" if each < 0 else _nth(each) for each in rule.by_month_day])
        return days + (OR_ELSE if rule.clamps and _may_lack(rule) else "")
    positions = _listed([_nth(each) for each in rule.by_set_pos])
    if rule.by_month_day or any(day.nth for day in rule.by_day):
        return f"{positions} of these: {_days(replace(rule, by_set_pos=()))}"
    return f"{positions} {_weekdays(rule.by_day, 'or')}"


def _dates(rule: Rule) -> str:
    """Days of a year, where they are few."""
    dates = [f"{day} {month_name[month]}" for month in rule.by_month for day in rule.by_month_day if day > 0]
    if rule.by_day or not rule.by_month_day or rule.by_month_day[-1] < 0 or len(dates) > MOST_DATES:
        return ""
    return _listed(dates) + (OR_ELSE if rule.clamps and _may_lack(rule) else "")


def _is_weekdays_alone(rule: Rule) -> bool:
    plain = rule.by_day and not any(day.nth for day in rule.by_day)
    return bool(plain and not rule.by_month_day and not rule.by_set_pos)


def _weekdays(days: Sequence[Day], word: str = "and") -> str:
    if tuple(days) in GROUPS:
        return GROUPS[tuple(days)]
    named = [f"{_nth(day.nth)} {day_name[day.weekday]}" if day.nth else day_name[day.weekday] for day in days]
    return _listed(named, word)


def _provided(rule: Rule) -> str:
    """What has to be true of a day besides."""
    if rule.freq in ("DAILY", "HOURLY"):
        named = [f"{_nth(each)} day of the month" if each < 0 else _nth(each) for each in rule.by_month_day]
        of_month = f", if it is {_listed(named, 'or')}" if named else ""
        on_days = not (rule.freq == "DAILY" and rule.interval == 1 and _is_weekdays_alone(rule))
        return of_month + (_if_it_is(rule.by_day) if rule.by_day and on_days else "")
    there_is = ", if there is one" if not rule.clamps and _may_lack(rule) else ""
    return there_is + (_if_it_is(rule.by_day) if rule.by_day and rule.by_month_day else "")


def _if_it_is(days: tuple[Day, ...]) -> str:
    each = [days] if days in GROUPS else [(day,) for day in days]
    return f", if it is {_listed([('' if those[0].nth else 'a ') + _weekdays(those) for those in each], 'or')}"


def _may_lack(rule: Rule) -> bool:
    """A month of the rule may not have a day of it."""
    shortest = min(monthrange(COMMON_YEAR, month)[1] for month in rule.by_month or (2,))
    return any(day > shortest for day in rule.by_month_day)


def _together(rule: Rule) -> str:
    return " taken together" if rule.by_set_pos and len(rule.by_month) > 1 else ""


def _end(rule: Rule, start: date | datetime, zone: str | None) -> str:
    if rule.count:
        return f", {rule.count} times" if rule.count > 1 else ", once"
    until = rule.until
    if isinstance(until, datetime):
        local = wall_clock(until, zone) if until.tzinfo and zone else until
        if rule.freq == "HOURLY":
            return f", until {_date(local)} at {local:%H:%M:%S}".removesuffix(":00")
        until = local.date()
        if isinstance(start, datetime) and zone and _is_over(rule, datetime.combine(until, start.time()), zone):
            until -= timedelta(1)
    return f", until {_date(until)}" if until else ""


def _is_over(rule: Rule, local: datetime, zone: str) -> bool:
    """Before this wall clock of its last day."""
    until = rule.until
    return isinstance(until, datetime) and until < (instant(local, zone) if until.tzinfo else local)


def _date(day: date) -> str:
    return f"{day.day} {month_name[day.month]} {day.year}"


def _nth(number: int) -> str:
    if number == -1:
        return "the last"
    size = abs(number)
    ending = "th" if size % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(size % 10, "th")
    return f"the {size}{ending}" + (" to last" if number < 0 else "")


def _listed(items: Sequence[str], word: str = "and") -> str:
    return f" {word} ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else items[0]
