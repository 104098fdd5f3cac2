"""Days that are counted: "in 5 days", "3 weeks from now", "the last friday of june"."""

from calendar import monthrange
from datetime import date, timedelta
from functools import partial

from functions.tasks.quick_add.calendar_days import ahead, end_of_month
from functions.tasks.quick_add.phrases import FIRM, PLAIN, Day, FoundDay, Moment
from functions.tasks.quick_add.tokens import Text
from functions.tasks.quick_add.vocabulary import MINUTES, MONTHS, UNITS, WEEKDAYS, WORKDAYS, number, ordinal
from functions.tasks.quick_add.which_days import working_day

DAYS = {"day": 1, "week": 7, "fortnight": 14}
IN_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def counted(text: Text, at: int) -> FoundDay | None:
    behind = text[at] != "in"
    found = amount(text, at if behind else text.after(at))
    if found is None:
        return None
    last, value = found
    if behind:
        last = text.after(last)
        if text[last] != "from" or text[text.after(last)] not in ("now", "today"):
            return None
        last = text.after(last)
    return last, value, FIRM if last > at + (not behind) else PLAIN  # in 24h format


def amount(text: Text, at: int) -> tuple[int, Day | Moment] | None:
    """Of time: 5 days, an hour, half an hour, 1 hour 30 minutes, 90min."""
    if text[at] == "half":
        at = text.after(at)
        hour = text.after(at)
        return (hour, Moment(30)) if text[at] in ("a", "an") and text[hour] == "hour" else None
    if found := minutes(text, at):
        last, first = found
        rest = text.skip(text.after(last), "and")
        if text[rest] == "a" and text[half := text.after(rest)] == "half" and first == 60:
            return half, Moment(90)
        more = minutes(text, rest)
        return (
            (more[0], Moment(first + more[1])) if more and first % 60 == 0 and more[1] < 60 else (last, Moment(first))
        )
    count = 1 if text[at] in ("a", "an") else number(text[at])
    unit_at = text.after(at)
    if text[unit_at] == "couple" and text[text.after(unit_at)] == "of":
        count, unit_at = 2, text.after(text.after(unit_at))
    unit = UNITS.get(text[unit_at])
    if count is None or unit is None or (count == 1 and text[at] == "a" and unit == "day"):
        return None  # Rome was not built in a day
    return unit_at, partial(ahead, days=count * DAYS.get(unit, 0), months=count * IN_MONTHS.get(unit, 0))


def minutes(text: Text, at: int) -> tuple[int, int] | None:
    word = text[at]
    digits = word.rstrip("abcdefghijklmnopqrstuvwxyz")
    if digits != word and (count := number(digits)) and word[len(digits) :] in MINUTES:
        return at, count * MINUTES[word[len(digits) :]]
    count = 1 if word in ("a", "an") else number(word)
    unit = text[text.after(at)]
    return (text.after(at), count * MINUTES[unit]) if count and unit in MINUTES and unit != "h" else None


def nth_of_month(text: Text, at: int) -> FoundDay | None:
    """The second monday of next month, the last day of february, the first workday of the month."""
    at = text.skip(at, "the")
    nth = -1 if text[at] == "last" else ordinal(text[at])
    which = text.after(at)
    of = text.after(which)
    days: tuple[int, ...] | None
    if text[which] == "day":
        days = tuple(range(7))
    elif (last := working_day(text, which)) is not None:
        days, of = WORKDAYS, text.after(last)
    else:
        days = (WEEKDAYS[text[which]],) if text[which] in WEEKDAYS else None
    last = text.skip(text.after(of), "the")
    if days is None or nth is None or text[of] not in ("of", "in"):
        return None
    if text[last] in ("this", "next") and text[text.after(last)] == "month":
        return text.after(last), partial(_nth, nth=nth, weekdays=days, months=int(text[last] == "next")), FIRM
    if text[last] == "month":
        return last, partial(_nth, nth=nth, weekdays=days), FIRM
    if text[last] in MONTHS:
        return last, partial(_nth, nth=nth, weekdays=days, month=MONTHS[text[last]]), FIRM
    return None


def _nth(
    today: date, nth: int, weekdays: tuple[int, ...], months: int | None = None, month: int | None = None
) -> date | None:
    """Of the month so many ahead, or of the next such month in which it is still to come."""
    for each in range(24) if months is None else (months,):
        first = end_of_month(today, months=each, days=1) if each else today.replace(day=1)
        if first and month in (None, first.month):
            length = monthrange(first.year, first.month)[1]
            days = (first + timedelta(each) for each in range(length))
            found = [day for day in days if day.weekday() in weekdays]
            if abs(nth) <= len(found):
                day = found[nth - 1 if nth > 0 else nth]
                if day >= today:
                    return day
    return None
