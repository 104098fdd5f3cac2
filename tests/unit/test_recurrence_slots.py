"""A series has the slots that a plain look at each day finds, and those that python-dateutil finds."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise, takewhile
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shared.problems import Invalid
from shared.recurrence import first_slot, first_slots, parse, settled, slots
from tests.cases import cases

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
ZONES = [
    "UTC",
    "Europe/Berlin",
    "Africa/Casablanca",  # its summer time pauses for Ramadan
    "America/Nuuk",  # clocks change late in the evening, into the next day
    "Australia/Lord_Howe",  # and by half an hour
    "America/Havana",  # midnight comes twice
    "Asia/Beirut",  # or not at all
    "Pacific/Apia",  # and once a whole day
]


def moment(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def shown(rule: str, start: str, zone: str | None, after: str | None = None, count: int = 4) -> list[str]:
    found = first_slots(parse(rule), moment(start), zone, moment(after) if after else None, count)
    return [slot.shown(zone) for slot in found]


@cases("recurrence")
def test_a_series_has_the_slots_of_these_examples(case: dict[str, Any]) -> None:
    wanted = case["expected_next"]

    found = shown(case["rule"], case["start"], case["zone"], case["after"], len(wanted) + 1)

    assert (found[: len(wanted)], len(found) == len(wanted)) == (wanted, case["complete"])


# A second, plain reading: a day is looked at by itself, and asked whether it is one.


@dataclass(frozen=True)
class Said:
    """The parts of a rule as somebody chose them, and what they mean."""

    freq: str
    interval: int
    week_start: int
    days: tuple[tuple[int, int], ...]  # the nth (0: each) of a weekday
    month_days: tuple[int, ...]
    months: tuple[int, ...]
    positions: tuple[int, ...]
    clamps: bool

    def __str__(self) -> str:
        days = [f"{nth or ''}{DAYS[weekday]}" for nth, weekday in self.days]
        parts = [f"FREQ={self.freq};INTERVAL={self.interval};WKST={DAYS[self.week_start]}"]
        parts += [f"BYDAY={','.join(days)}"] if days else []
        parts += [f"BYMONTHDAY={','.join(map(str, self.month_days))}"] if self.month_days else []
        parts += [f"BYMONTH={','.join(map(str, self.months))}"] if self.months else []
        parts += [f"BYSETPOS={','.join(map(str, self.positions))}"] if self.positions else []
        return ";".join([*parts, *(["RSCALE=GREGORIAN;SKIP=BACKWARD"] if self.clamps else [])])

    def is_in_step(self, day: date, start: date) -> bool:
        weeks = [each - timedelta((each.weekday() - self.week_start) % 7) for each in (day, start)]
        gone = {
            "DAILY": (day - start).days,
            "WEEKLY": (weeks[0] - weeks[1]).days // 7,
            "MONTHLY": (day.year - start.year) * 12 + day.month - start.month,
            "YEARLY": day.year - start.year,
        }
        return gone[self.freq] % self.interval == 0

    def may_be(self, day: date, start: date) -> bool:
        months, month_days, days = self.months, self.month_days, self.days
        if not days and not month_days:  # what is not said is as at the start
            if self.freq == "WEEKLY":
                days = ((0, start.weekday()),)
            if self.freq in ("MONTHLY", "YEARLY"):
                month_days = (start.day,)
            if self.freq == "YEARLY":
                months = months or (start.month,)
        length = monthrange(day.year, day.month)[1]
        numbers = {day.day, day.day - length - 1}
        if self.clamps and self.freq in ("MONTHLY", "YEARLY") and day.day == length:
            numbers |= set(range(length, 32))
        return (
            (not months or day.month in months)
            and (not month_days or bool(numbers & set(month_days)))
            and (not days or any(self.is_nth(day, nth) for nth, weekday in days if weekday == day.weekday()))
        )

    def is_nth(self, day: date, nth: int) -> bool:
        """So many weeks back (or on) it is the same month or year, and one more it is not."""
        weeks = [timedelta(7 * (abs(nth) - each) * (1 if nth > 0 else -1)) for each in (1, 0)]
        by_months = self.freq == "MONTHLY" or bool(self.months)
        same = [(each.year, each.month if by_months else 0) for each in (day, day - weeks[0], day - weeks[1])]
        return nth == 0 or (same[1] == same[0] and same[2] != same[0])

    def scan(self, start: date, days: int) -> list[date]:
        every = [date(start.year, 1, 1) + timedelta(n) for n in range(days + 800)]
        found = [day for day in every if self.may_be(day, start)]
        if self.positions:
            together: dict[tuple[int, int], list[date]] = {}
            for day in found:
                together.setdefault((day.year, day.month if self.freq == "MONTHLY" else 0), []).append(day)
            found = [
                day
                for group in together.values()
                for at, day in enumerate(group)
                if {at + 1, at - len(group)} & set(self.positions)
            ]
        behind = start + timedelta(days)
        return [day for day in found if start <= day < behind and self.is_in_step(day, start)]


@st.composite
def rules(draw: st.DrawFn) -> Said:
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    by_months = freq in ("MONTHLY", "YEARLY")
    months = draw(st.just(()) | st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True).map(tuple))
    nths = st.sampled_from([0, 0, 1, 2, 3, 4, 5, -1, -2, -5]) if by_months else st.just(0)
    days = draw(st.just(()) | st.lists(st.tuples(nths, st.integers(0, 6)), min_size=1, max_size=5).map(tuple))
    numbers = st.sampled_from([1, 2, 15, 27, 28, 29, 30, 31, -1, -2, -3, -28])
    month_days: tuple[int, ...] = ()
    if freq in ("DAILY", "MONTHLY") or (freq == "YEARLY" and months):
        month_days = draw(st.just(()) | st.lists(numbers, min_size=1, max_size=4).map(tuple))
    positions: tuple[int, ...] = ()
    if by_months and days:
        sampled = st.sampled_from([1, 2, 3, 5, 10, -1, -2, -4])
        positions = draw(st.just(()) | st.lists(sampled, min_size=1, max_size=3).map(tuple))
    interval = draw(st.sampled_from([1, 1, 1, 2, 3, 4, 5, 6, 7, 13]))
    return Said(freq, interval, draw(st.integers(0, 6)), days, month_days, months, positions, draw(st.booleans()))


starts = st.dates(date(2024, 1, 1), date(2032, 12, 31)) | st.sampled_from(
    [date(2024, 2, 29), date(2027, 1, 31), date(2027, 12, 31), date(2028, 2, 29), date(2027, 8, 30)]
)
HORIZON = 1500  # days


@settings(max_examples=400)
@given(said=rules(), start=starts)
def test_each_day_that_is_one_comes_and_no_other(said: Said, start: date) -> None:
    wanted = said.scan(start, HORIZON)

    found = first_slots(parse(str(said)), start, None, None, len(wanted) + 1)

    assert [slot.local for slot in found[: len(wanted)]] == wanted
    assert all(slot.day >= start + timedelta(HORIZON) for slot in found[len(wanted) :])


@settings(max_examples=200)
@given(said=rules(), start=starts)
def test_python_dateutil_says_the_same(said: Said, start: date) -> None:
    """It knows no SKIP, and takes weekdays of which some are numbered for those that are both."""
    assume(not said.clamps and len({nth == 0 for nth, _ in said.days}) < 2)
    found = [slot for slot in first_slots(parse(str(said)), start, None, None, 12) if slot.day.year < 2060]
    assume(found)

    judged = rrulestr(str(said), dtstart=datetime.combine(start, time()))

    assert [slot.local for slot in found] == [each.date() for each in islice(judged, len(found))]


@settings(max_examples=100)
@given(said=rules(), start=starts, days=st.integers(0, 5_000), most=st.integers(1, 5))
def test_from_any_day_on_come_those_that_come_there_when_all_come(
    said: Said, start: date, days: int, most: int
) -> None:
    after = start + timedelta(days)
    those = slots(parse(str(said)), start, None)
    every = list(takewhile(lambda slot: slot.day <= after + timedelta(4000), those.after()))

    found = islice(those.after(after), most)

    assert those.passed(after) == sum(slot.day <= after for slot in every)
    assert [slot for slot in found if slot in every] == [slot for slot in every if slot.day > after][:most]


@settings(max_examples=200)
@given(said=rules(), start=starts, count=st.integers(1, 30), zone=st.sampled_from(ZONES), hour=st.integers(0, 23))
def test_of_a_bounded_series_there_are_as_many_as_it_says(
    said: Said, start: date, count: int, zone: str, hour: int
) -> None:
    begin = datetime.combine(start, time(hour, 30))
    endless = first_slots(parse(str(said)), begin, zone, None, count + 1)

    bounded = slots(parse(f"{said};COUNT={count}"), begin, zone)

    assert list(bounded.after()) == endless[:count]
    for number, slot in enumerate(endless[:count], 1):
        assert bounded.passed(slot.moment) == number
        assert list(bounded.after(slot.moment)) == endless[number:count]


@settings(max_examples=200)
@given(said=rules(), start=starts, zone=st.sampled_from(ZONES), minutes=st.integers(0, 1439))
def test_times_go_on_and_the_clock_shows_the_same_but_where_it_skips_it(
    said: Said, start: date, zone: str, minutes: int
) -> None:
    clock = time(minutes // 60, minutes % 60)

    found = first_slots(parse(str(said)), datetime.combine(start, clock), zone, None, 40)

    for slot in found:
        assert slot.at is not None
        there = slot.at.astimezone(ZoneInfo(zone))
        assert there.replace(tzinfo=None) == slot.local or is_skipped(slot.local, zone)
        assert there.fold == 0
        assert isinstance(slot.local, datetime)
        assert slot.local.time() == clock
    moments = [slot.moment for slot in found]
    assert moments == sorted(set(moments))


def is_skipped(local: date, zone: str) -> bool:
    assert isinstance(local, datetime)
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local


@settings(max_examples=100)
@given(said=rules(), start=starts)
def test_a_start_moved_to_the_first_slot_changes_no_slot(said: Said, start: date) -> None:
    rule = parse(str(said))
    try:
        first = first_slot(rule, start, None)
    except Invalid:
        return

    settled_rule, settled_start = settled(rule, start, None)

    assert settled_start == first.local
    assert first_slots(settled_rule, settled_start, None, None, 20) == first_slots(rule, start, None, None, 20)


def test_a_start_that_moves_leaves_behind_what_the_rule_took_from_it() -> None:
    rule = parse("FREQ=YEARLY;BYMONTH=2;RSCALE=GREGORIAN;SKIP=BACKWARD")

    settled_rule, settled_start = settled(rule, date(2027, 1, 31), None)

    assert (str(settled_rule), settled_start) == (
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31;RSCALE=GREGORIAN;SKIP=BACKWARD",
        date(2027, 2, 28),
    )


@settings(max_examples=200)
@given(
    interval=st.sampled_from([1, 2, 5, 7, 23, 24, 25, 36, 168]),
    weekdays=st.lists(st.integers(0, 6), max_size=4, unique=True),
    month_days=st.lists(st.sampled_from([1, 15, 28, 30, 31, -1, -2]), max_size=3, unique=True),
    months=st.lists(st.integers(1, 12), max_size=6, unique=True),
    start=st.sampled_from([date(2026, 3, 20), date(2026, 10, 20), date(2011, 12, 25)]) | starts,
    hour=st.integers(0, 23),
    zone=st.sampled_from(ZONES),
    hours=st.integers(-50, 2000),
)
def test_hours_pass_one_by_one_on_the_days_of_the_rule(
    interval: int,
    weekdays: list[int],
    month_days: list[int],
    months: list[int],
    start: date,
    hour: int,
    zone: str,
    hours: int,
) -> None:
    said = Said("DAILY", interval, 0, tuple((0, day) for day in weekdays), tuple(month_days), tuple(months), (), False)
    begin = datetime.combine(start, time(hour, 30))
    first = begin.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    every = [first + timedelta(hours=interval * n) for n in range(4000 // interval)]
    wanted = [at for at in every if said.may_be(at.astimezone(ZoneInfo(zone)).date(), start)]
    threshold = first + timedelta(hours=hours, minutes=hours % 3)

    those = slots(parse(str(said).replace("DAILY", "HOURLY")), begin, zone)

    assert [slot.at for slot in islice(those.after(), len(wanted))] == wanted
    later = [at for at in wanted if at > threshold]
    assert [slot.at for slot in islice(those.after(threshold), len(later))] == later
    assert those.passed(threshold) == len(wanted) - len(later)


# Clocks


@pytest.mark.parametrize(
    ("rule", "start", "zone", "wanted"),
    [
        # 23:30 in the evening before is not there: it is 00:30 of the next day, and the series stays at 23:30
        (
            "FREQ=DAILY",
            "2027-03-26T23:30:00",
            "America/Nuuk",
            ["2027-03-26T23:30:00-02:00", "2027-03-28T00:30:00-01:00", "2027-03-28T23:30:00-01:00"],
        ),
        # half an hour is skipped, and half an hour comes twice
        ("FREQ=DAILY", "2026-10-04T02:15:00", "Australia/Lord_Howe", ["2026-10-04T02:45:00+11:00"]),
        (
            "FREQ=DAILY",
            "2027-04-04T01:45:00",
            "Australia/Lord_Howe",
            ["2027-04-04T01:45:00+11:00", "2027-04-05T01:45:00+10:30"],
        ),
        # a day that never was is the next one, which comes once
        (
            "FREQ=DAILY",
            "2011-12-29T09:00:00",
            "Pacific/Apia",
            ["2011-12-29T09:00:00-10:00", "2011-12-31T09:00:00+14:00", "2012-01-01T09:00:00+14:00"],
        ),
        ("FREQ=WEEKLY;BYDAY=FR", "2011-12-30T09:00:00", "Pacific/Apia", ["2011-12-31T09:00:00+14:00"]),
        ("FREQ=DAILY", "2011-12-29", "Pacific/Apia", ["2011-12-29", "2011-12-30", "2011-12-31"]),
        # midnight is skipped
        (
            "FREQ=DAILY",
            "2027-03-28T00:00:00",
            "Asia/Beirut",
            ["2027-03-28T01:00:00+03:00", "2027-03-29T00:00:00+03:00"],
        ),
        # and comes twice
        (
            "FREQ=DAILY",
            "2025-11-02T00:30:00",
            "America/Havana",
            ["2025-11-02T00:30:00-04:00", "2025-11-03T00:30:00-05:00"],
        ),
        # hours are hours that pass
        (
            "FREQ=HOURLY;INTERVAL=1",
            "2027-03-28T01:30:00",
            "Europe/Paris",
            ["2027-03-28T01:30:00+01:00", "2027-03-28T03:30:00+02:00", "2027-03-28T04:30:00+02:00"],
        ),
        (
            "FREQ=HOURLY",
            "2027-10-31T01:30:00",
            "Europe/Paris",
            ["2027-10-31T01:30:00+02:00", "2027-10-31T02:30:00+02:00", "2027-10-31T02:30:00+01:00"],
        ),
        (
            "FREQ=HOURLY;INTERVAL=24",
            "2027-10-30T09:00:00",
            "Europe/Paris",
            ["2027-10-30T09:00:00+02:00", "2027-10-31T08:00:00+01:00"],
        ),
        (
            "FREQ=HOURLY;INTERVAL=8;BYDAY=MO",
            "2027-01-03T20:00:00",
            "Europe/Paris",
            ["2027-01-04T04:00:00+01:00", "2027-01-04T12:00:00+01:00", "2027-01-04T20:00:00+01:00"],
        ),
        ("FREQ=HOURLY;BYMONTHDAY=-1;INTERVAL=23", "2027-01-31T22:00:00", "UTC", ["2027-01-31T22:00:00+00:00"]),
    ],
)
def test_a_wall_clock_is_the_instant_that_the_zone_makes_of_it(
    rule: str, start: str, zone: str, wanted: list[str]
) -> None:
    assert shown(rule, start, zone, count=len(wanted)) == wanted


def test_no_other_day_than_the_known_one_is_left_out_by_any_zone() -> None:
    months = [date(year, month, 1) for year in range(2000, 2038) for month in range(1, 13)]
    left_out = {
        (zone, month)
        for zone in available_timezones()
        for month, following in pairwise(months)
        if offset_at(zone, following) - offset_at(zone, month) >= timedelta(hours=12)
    }

    assert left_out == {("Pacific/Apia", date(2011, 12, 1)), ("Pacific/Fakaofo", date(2011, 12, 1))}


def offset_at(zone: str, day: date) -> timedelta:
    offset = ZoneInfo(zone).utcoffset(datetime.combine(day, time()))
    assert offset is not None
    return offset


@pytest.mark.parametrize(
    ("rule", "start", "zone", "wanted"),
    [
        ("FREQ=DAILY;UNTIL=20270103", "2027-01-01T23:59:59", "Asia/Tokyo", 3),  # a day of the zone, with all of it
        ("FREQ=DAILY;UNTIL=20270102T145959Z", "2027-01-01T23:59:59", "Asia/Tokyo", 2),
        ("FREQ=DAILY;UNTIL=20270102T145958Z", "2027-01-01T23:59:59", "Asia/Tokyo", 1),
        ("FREQ=DAILY;UNTIL=20270102T235959", "2027-01-01T23:59:59", "Asia/Tokyo", 2),
        ("FREQ=DAILY;UNTIL=20270328", "2027-03-27T02:30:00", "Europe/Paris", 2),  # one of them in the gap
        ("FREQ=DAILY;UNTIL=20270327", "2027-03-26T23:30:00", "America/Nuuk", 2),  # in a gap, and shown a day later
        ("FREQ=DAILY;UNTIL=20270103", "2027-01-01", None, 3),
        ("FREQ=DAILY;UNTIL=20270102T150000Z", "2027-01-01", "Asia/Tokyo", 3),
        ("FREQ=DAILY;UNTIL=20270102T145959Z", "2027-01-01", "Asia/Tokyo", 2),
        ("FREQ=MONTHLY;BYMONTHDAY=29,31;COUNT=4;RSCALE=GREGORIAN;SKIP=BACKWARD", "2027-01-29", None, 4),
        ("FREQ=HOURLY;INTERVAL=6;UNTIL=20270101", "2027-01-01T00:00:00", "Europe/Paris", 4),
        ("FREQ=DAILY;COUNT=3", "2011-12-29T09:00:00", "Pacific/Apia", 3),
        ("FREQ=DAILY;UNTIL=99991231T235959Z", "2999-12-30", "Asia/Tokyo", 367),
    ],
)
def test_a_series_ends_where_it_says(rule: str, start: str, zone: str | None, wanted: int) -> None:
    found = shown(rule, start, zone, count=1000)

    assert len(found) == wanted


def test_no_day_is_left_out_until_the_calendar_ends() -> None:
    first, last = date(2000, 1, 1), date(3000, 12, 31)

    assert sum(1 for _ in slots(parse("FREQ=DAILY"), first, None).after()) == (last - first).days + 1


def test_two_days_that_a_month_lacks_are_its_last_one_once() -> None:
    rule = "FREQ=MONTHLY;BYMONTHDAY=29,30,31;RSCALE=GREGORIAN;SKIP=BACKWARD;COUNT=5"

    assert shown(rule, "2027-02-01", None, count=9) == [
        "2027-02-28", "2027-03-29", "2027-03-30", "2027-03-31", "2027-04-29",
    ]  # fmt: skip


def test_a_day_that_a_month_lacks_is_its_last_one_before_weekdays_and_positions_choose() -> None:
    on_fridays = "FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=FR;RSCALE=GREGORIAN;SKIP=BACKWARD"
    last_of_three = "FREQ=MONTHLY;BYMONTHDAY=29,30,31;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;RSCALE=GREGORIAN;SKIP=BACKWARD"

    assert shown(on_fridays, "2027-01-01", None, count=3) == ["2027-04-30", "2027-12-31", "2028-03-31"]
    assert shown(last_of_three, "2027-02-01", None, count=3) == ["2027-03-31", "2027-04-30", "2027-05-31"]


def test_weeks_begin_when_the_rule_says() -> None:
    every_other = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST="

    assert shown(every_other + "MO", "1997-08-05", None) == ["1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"]
    assert shown(every_other + "SU", "1997-08-05", None) == ["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"]


@pytest.mark.parametrize(
    ("rule", "after", "wanted"),
    [
        ("FREQ=DAILY", "2999-06-01T12:00:00Z", ["2999-06-02T09:00:00+00:00"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2999-06-01T12:00:00Z", ["2999-06-28T09:00:00+00:00"]),
        ("FREQ=YEARLY", "9000-06-01T12:00:00Z", ["9001-01-01T09:00:00+00:00"]),
        ("FREQ=HOURLY", "2200-06-01T12:00:00Z", ["2200-06-01T13:00:00+00:00"]),
        ("FREQ=DAILY", "9999-12-31T23:59:59Z", []),
        ("FREQ=HOURLY;BYDAY=MO", "9999-12-31T23:59:59Z", []),
        ("FREQ=DAILY", "0001-01-01T00:00:00Z", ["2027-01-01T09:00:00+00:00"]),
        ("FREQ=HOURLY", "0001-01-01T00:00:00Z", ["2027-01-01T09:00:00+00:00"]),
    ],
)
def test_after_may_be_at_any_time(rule: str, after: str, wanted: list[str]) -> None:
    assert shown(rule, "2027-01-01T09:00:00", "UTC", after, count=1) == wanted


@pytest.mark.parametrize(
    ("rule", "after"),
    [
        ("FREQ=YEARLY;COUNT=9999", "9990-01-01T00:00:00Z"),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=9999;RSCALE=GREGORIAN;SKIP=BACKWARD", "2999-01-01T00:00:00Z"),
        ("FREQ=DAILY;COUNT=9999", "2050-01-01T00:00:00Z"),
        ("FREQ=DAILY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "2050-01-01T00:00:00Z"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", None),  # never: it starts on a Friday
        ("FREQ=HOURLY;INTERVAL=168;BYDAY=MO", None),
        ("FREQ=HOURLY;BYDAY=MO,TU,WE,TH,FR", "2200-01-01T00:00:00Z"),
        ("FREQ=WEEKLY", "2999-01-01T00:00:00Z"),
        ("FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=31", None),
    ],
)
def test_no_rule_takes_long(rule: str, after: str | None) -> None:
    """The best of three, for others are at work, too. What is never would take seconds, if it were looked for."""
    spent = []
    for _ in range(3):
        begun = process_time()
        shown(rule, "2027-01-01T09:00:00", "Europe/Paris", after, count=5)
        spent.append(process_time() - begun)

    assert min(spent) < 0.2
