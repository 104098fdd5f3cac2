"""Read a rule. What is outside the accepted subset is refused with the part at fault, and what to write instead."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, get_args

from shared.problems import Invalid
from shared.recurrence.rule import DAYS, Day, Freq, Rule, days_in_order, in_order

LONGEST = 500  # characters
MOST_ENTRIES = 24  # in all lists together

NUMBER = re.compile(r"[+-]?\d{1,4}", re.ASCII)
DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
UNTIL = re.compile(r"\d{8}(T\d{6}Z?)?", re.ASCII)

ELSEWHERE = {
    "BYHOUR": "leave it out; the time of day is that of the start.",
    "BYMINUTE": "leave it out; the time of day is that of the start.",
    "BYSECOND": "leave it out; the time of day is that of the start.",
    "BYYEARDAY": "leave it out; write the day as BYMONTH and BYMONTHDAY.",
    "BYWEEKNO": "leave it out; write the weeks as BYMONTH and BYDAY, or use INTERVAL.",
    "BYEASTER": "leave it out; Easter has no rule here.",
    "DTSTART": "leave it out; `start` says it.",
    "RRULE": "leave the name out; the value alone is expected, like FREQ=WEEKLY;BYDAY=MO.",
}


def refused(part: str, remedy: str) -> Invalid:
    return Invalid.at("rule", f"{part}: {remedy}")


def parse(text: str) -> Rule:
    said = _parts(text)
    values: dict[str, Any] = {}
    for part, value in said.items():
        if field := FIELDS.get(part):
            name, read = field
            values[name] = read(part, value)
    if "FREQ" not in said:
        raise refused("FREQ", "it is missing; begin with FREQ=DAILY, WEEKLY, MONTHLY, YEARLY or HOURLY.")
    values["clamps"] = _clamps(said)
    rule = Rule(**values)
    _check(rule)
    return rule


def _parts(text: str) -> dict[str, str]:
    if len(text) > LONGEST:
        raise refused("rule", f"it has at most {LONGEST} characters.")
    said: dict[str, str] = {}
    if not text.strip():
        return said
    for written in text.strip().upper().split(";"):
        part, equals, value = written.partition("=")
        name = part.partition(":")[0]
        if name in ELSEWHERE:
            raise refused(name, ELSEWHERE[name])
        if not part or not equals:
            raise refused(_shown(written) or "rule", "write it as NAME=VALUE, with one semicolon between two parts.")
        if written.split() != [written]:
            raise refused(_shown(part), "write it without spaces.")
        if part not in FIELDS and part not in ("RSCALE", "SKIP"):
            raise refused(_shown(part), f"there is no such part; there are {', '.join(FIELDS)}, RSCALE and SKIP.")
        if part in said:
            raise refused(part, "it stands there twice; write it once, with commas in a list.")
        said[part] = value
    return said


def _shown(text: str) -> str:
    return ascii(text[:20])[1:-1].strip()


def _freq(part: str, value: str) -> str:
    if value in ("MINUTELY", "SECONDLY"):
        raise refused(part, "HOURLY is the most often that a task repeats; write DAILY or HOURLY.")
    if value not in get_args(Freq):
        raise refused(part, "write DAILY, WEEKLY, MONTHLY, YEARLY or HOURLY.")
    return value


def _whole(low: int, high: int) -> Callable[[str, str], int]:
    def read(part: str, value: str) -> int:
        if not re.fullmatch(r"\d{1,6}", value, re.ASCII) or not low <= int(value) <= high:
            raise refused(part, f"write a number from {low} to {high}.")
        return int(value)

    return read


def _numbers(remedy: str, *allowed: range) -> Callable[[str, str], tuple[int, ...]]:
    def read(part: str, value: str) -> tuple[int, ...]:
        entries = [int(entry) if NUMBER.fullmatch(entry) else 0 for entry in value.split(",")]
        if not all(any(entry in each for each in allowed) for entry in entries):
            raise refused(part, remedy)
        return in_order(entries)

    return read


def _weekdays(part: str, value: str) -> tuple[Day, ...]:
    entries = [DAY.fullmatch(entry) for entry in value.split(",")]
    if not all(entries):
        raise refused(part, "write weekdays like MO,WE or 2TU or -1FR.")
    days = [Day(DAYS.index(entry[2]), int(entry[1] or 0)) for entry in entries if entry]
    if any(entry and entry[1] and not 1 <= abs(int(entry[1])) <= 5 for entry in entries):
        raise refused(part, "a weekday's number is from 1 to 5, or from -1 to -5 counted from the end.")
    return days_in_order(days)


def _week_start(part: str, value: str) -> int:
    if value not in DAYS:
        raise refused(part, "write the weekday that weeks begin with: MO, TU, WE, TH, FR, SA or SU.")
    return DAYS.index(value)


def _until(part: str, value: str) -> date | datetime:
    try:
        if not UNTIL.fullmatch(value):
            raise ValueError  # noqa: TRY301  # like a day that no calendar has
        moment = datetime.strptime(value[:15], "%Y%m%dT%H%M%S" if "T" in value else "%Y%m%d")  # noqa: DTZ007
    except ValueError:
        raise refused(part, "write a date like 20271231, or an instant like 20271231T225959Z.") from None
    if "T" not in value:
        return moment.date()
    return moment.replace(tzinfo=UTC) if value.endswith("Z") else moment


FIELDS: dict[str, tuple[str, Callable[[str, str], Any]]] = {
    "FREQ": ("freq", _freq),
    "INTERVAL": ("interval", _whole(1, 999)),
    "BYMONTH": ("by_month", _numbers("write months from 1 to 12.", range(1, 13))),
    "BYMONTHDAY": (
        "by_month_day",
        _numbers("write days from 1 to 31, or from -1, the last one, to -28.", range(1, 32), range(-28, 0)),
    ),
    "BYDAY": ("by_day", _weekdays),
    "BYSETPOS": (
        "by_set_pos",
        _numbers("write positions from 1 to 366, or from -1, the last one, to -366.", range(1, 367), range(-366, 0)),
    ),
    "WKST": ("week_start", _week_start),
    "COUNT": ("count", _whole(1, 9999)),
    "UNTIL": ("until", _until),
}


def _clamps(said: dict[str, str]) -> bool:
    if said.get("RSCALE", "GREGORIAN") != "GREGORIAN":
        raise refused("RSCALE", "write GREGORIAN; there is no other calendar here.")
    skip = said.get("SKIP", "OMIT")
    if skip not in ("BACKWARD", "OMIT"):
        raise refused("SKIP", "write BACKWARD, which takes a month's last day instead of one that it lacks, or OMIT.")
    if "SKIP" in said and "RSCALE" not in said:
        raise refused("SKIP", "write RSCALE=GREGORIAN beside it.")
    return skip == "BACKWARD"


def _check(rule: Rule) -> None:
    """What parts may stand together."""
    by_months = rule.freq in ("MONTHLY", "YEARLY")
    if rule.count and rule.until:
        raise refused("UNTIL", "it cannot stand with COUNT; write one of the two.")
    if any(day.nth for day in rule.by_day) and not by_months:
        raise refused("BYDAY", "numbered weekdays need FREQ=MONTHLY or YEARLY; write them without number.")
    if rule.by_month_day and rule.freq == "WEEKLY":
        raise refused("BYMONTHDAY", "a week has no month days; write BYDAY, or FREQ=MONTHLY.")
    if rule.by_month_day and rule.freq == "YEARLY" and not rule.by_month:
        raise refused("BYMONTHDAY", "with FREQ=YEARLY it needs BYMONTH; write BYMONTH too, or FREQ=MONTHLY.")
    if rule.by_set_pos and not (by_months and rule.by_day):
        raise refused("BYSETPOS", "it needs FREQ=MONTHLY or YEARLY, and BYDAY; write BYDAY too, or leave it out.")
    entries = sum(map(len, (rule.by_month, rule.by_month_day, rule.by_day, rule.by_set_pos)))
    if entries > MOST_ENTRIES:
        longest = max(("BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS"), key=lambda part: len(_entries(rule, part)))
        raise refused(longest, f"all lists together have at most {MOST_ENTRIES} entries; write fewer.")


def _entries(rule: Rule, part: str) -> tuple[object, ...]:
    entries: tuple[object, ...] = getattr(rule, FIELDS[part][0])
    return entries
