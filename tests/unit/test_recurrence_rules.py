"""A rule is read in whatever way it is written, written in one way, and refused by the part that is not accepted."""

from datetime import UTC, date, datetime

import pytest

from shared import moments
from shared.problems import Invalid
from shared.recurrence import Day, first_slot, parse


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("FREQ=DAILY", "FREQ=DAILY"),
        ("freq=weekly;byday=we,mo;wkst=su", "FREQ=WEEKLY;BYDAY=MO,WE;WKST=SU"),
        ("INTERVAL=1;FREQ=DAILY", "FREQ=DAILY"),
        (" FREQ=DAILY;INTERVAL=02\n", "FREQ=DAILY;INTERVAL=2"),
        ("FREQ=WEEKLY;WKST=MO", "FREQ=WEEKLY"),
        ("COUNT=3;FREQ=HOURLY;INTERVAL=6", "FREQ=HOURLY;INTERVAL=6;COUNT=3"),
        ("FREQ=MONTHLY;BYDAY=-1FR,+2WE,2WE", "FREQ=MONTHLY;BYDAY=2WE,-1FR"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1,15,1,15", "FREQ=MONTHLY;BYMONTHDAY=1,15,-1"),
        ("FREQ=MONTHLY;BYDAY=FR,MO;BYSETPOS=-1,2", "FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=2,-1"),
        ("FREQ=YEARLY;BYMONTH=12,1;BYMONTHDAY=31", "FREQ=YEARLY;BYMONTH=1,12;BYMONTHDAY=31"),
        ("SKIP=BACKWARD;RSCALE=GREGORIAN;FREQ=MONTHLY", "FREQ=MONTHLY;RSCALE=GREGORIAN;SKIP=BACKWARD"),
        ("FREQ=MONTHLY;RSCALE=GREGORIAN;SKIP=OMIT", "FREQ=MONTHLY"),
        ("RSCALE=GREGORIAN;FREQ=MONTHLY", "FREQ=MONTHLY"),
        ("FREQ=DAILY;UNTIL=20271231", "FREQ=DAILY;UNTIL=20271231"),
        ("FREQ=DAILY;UNTIL=20271231T225959Z", "FREQ=DAILY;UNTIL=20271231T225959Z"),
        ("FREQ=DAILY;UNTIL=20271231T235959", "FREQ=DAILY;UNTIL=20271231T235959"),
    ],
)
def test_a_rule_is_written_in_one_way(text: str, written: str) -> None:
    rule = parse(text)

    assert str(rule) == written
    assert parse(written) == rule


def test_a_rule_has_what_its_parts_say() -> None:
    rule = parse("FREQ=MONTHLY;INTERVAL=2;BYDAY=2WE,-1FR;UNTIL=20271231T225959Z")

    assert (rule.freq, rule.interval, rule.by_day) == ("MONTHLY", 2, (Day(2, 2), Day(4, -1)))
    assert rule.until == datetime(2027, 12, 31, 22, 59, 59, tzinfo=UTC)
    assert parse("FREQ=DAILY;UNTIL=20271231").until == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("text", "part", "remedy"),
    [
        ("", "FREQ", "it is missing"),
        ("INTERVAL=2", "FREQ", "begin with"),
        ("FREQ=", "FREQ", "DAILY"),
        ("FREQ=FORTNIGHTLY", "FREQ", "WEEKLY"),
        ("FREQ=MINUTELY", "FREQ", "HOURLY is the most often"),
        ("FREQ=SECONDLY", "FREQ", "HOURLY is the most often"),
        ("RRULE:FREQ=DAILY", "RRULE", "leave the name out"),
        ("DTSTART:20270101", "DTSTART", "`start`"),
        ("FREQ=DAILY;", "rule", "one semicolon"),
        ("FREQ=DAILY;;COUNT=3", "rule", "one semicolon"),
        ("FREQ=DAILY; COUNT=3", "COUNT", "without spaces"),
        ("FREQ=DAILY;COUNT= 3", "COUNT", "without spaces"),
        ("FREQ=DAILY;FREQ=DAILY", "FREQ", "twice"),
        ("FREQ=WEEKLY;BYDAY=MO;BYDAY=WE", "BYDAY", "twice"),
        ("FREQ=DAILY;COLOR=RED", "COLOR", "there are FREQ"),
        ("FREQ=DAILY;X-NOTE=1", "X-NOTE", "there are FREQ"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL", "from 1 to 999"),
        ("FREQ=DAILY;INTERVAL=1000", "INTERVAL", "from 1 to 999"),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL", "from 1 to 999"),
        ("FREQ=DAILY;INTERVAL=1.5", "INTERVAL", "from 1 to 999"),
        ("FREQ=DAILY;INTERVAL=\uff12", "INTERVAL", "from 1 to 999"),
        ("FREQ=DAILY;COUNT=0", "COUNT", "from 1 to 9999"),
        ("FREQ=DAILY;COUNT=10000", "COUNT", "from 1 to 9999"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20271231", "UNTIL", "one of the two"),
        ("FREQ=DAILY;UNTIL=20270230", "UNTIL", "a date like"),
        ("FREQ=DAILY;UNTIL=2027-12-31", "UNTIL", "a date like"),
        ("FREQ=DAILY;UNTIL=20271231T250000Z", "UNTIL", "a date like"),
        ("FREQ=DAILY;UNTIL=20271231T090000+0100", "UNTIL", "a date like"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY", "weekdays like"),
        ("FREQ=WEEKLY;BYDAY=", "BYDAY", "weekdays like"),
        ("FREQ=WEEKLY;BYDAY=MO,", "BYDAY", "weekdays like"),
        ("FREQ=WEEKLY;BYDAY=1MO", "BYDAY", "MONTHLY or YEARLY"),
        ("FREQ=DAILY;BYDAY=-1MO", "BYDAY", "MONTHLY or YEARLY"),
        ("FREQ=MONTHLY;BYDAY=6MO", "BYDAY", "from 1 to 5"),
        ("FREQ=MONTHLY;BYDAY=0MO", "BYDAY", "from 1 to 5"),
        ("FREQ=YEARLY;BYDAY=20MO", "BYDAY", "from 1 to 5"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY", "from 1 to 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY", "from 1 to 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=-29", "BYMONTHDAY", "to -28"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY", "a week has no month days"),
        ("FREQ=YEARLY;BYMONTHDAY=1", "BYMONTHDAY", "needs BYMONTH"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH", "from 1 to 12"),
        ("FREQ=YEARLY;BYMONTH=0", "BYMONTH", "from 1 to 12"),
        ("FREQ=YEARLY;BYMONTH=5L", "BYMONTH", "from 1 to 12"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS", "BYDAY"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,2;BYSETPOS=1", "BYSETPOS", "BYDAY"),
        ("FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1", "BYSETPOS", "MONTHLY or YEARLY"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "BYSETPOS", "from 1 to 366"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367", "BYSETPOS", "from 1 to 366"),
        ("FREQ=WEEKLY;WKST=1", "WKST", "weekday"),
        ("FREQ=DAILY;BYHOUR=9", "BYHOUR", "the time of day is that of the start"),
        ("FREQ=DAILY;BYMINUTE=30", "BYMINUTE", "the time of day is that of the start"),
        ("FREQ=DAILY;BYSECOND=0", "BYSECOND", "the time of day is that of the start"),
        ("FREQ=YEARLY;BYYEARDAY=100", "BYYEARDAY", "BYMONTH and BYMONTHDAY"),
        ("FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO", "BYMONTH and BYDAY"),
        ("FREQ=YEARLY;BYEASTER=0", "BYEASTER", "leave it out"),
        ("RSCALE=CHINESE;FREQ=YEARLY", "RSCALE", "GREGORIAN"),
        ("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD", "SKIP", "BACKWARD"),
        ("FREQ=MONTHLY;SKIP=BACKWARD", "SKIP", "RSCALE=GREGORIAN"),
        ("FREQ=MONTHLY;BYMONTHDAY=" + ",".join(map(str, range(1, 26))), "BYMONTHDAY", "at most 24 entries"),
        ("FREQ=DAILY;" + "X" * 500, "rule", "at most 500 characters"),
    ],
)
def test_what_is_not_accepted_is_refused_with_the_part_and_the_remedy(text: str, part: str, remedy: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse(text)

    assert str(refusal.value).startswith(f"rule: {part}: ")
    assert remedy in str(refusal.value)
    assert [fault["field"] for fault in refusal.value.members["errors"]] == ["rule"]


MONDAY = "2026-11-23T09:00:00"


@pytest.mark.parametrize(
    ("text", "start", "part"),
    [
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", MONDAY, "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31", MONDAY, "BYMONTHDAY"),
        ("FREQ=YEARLY;BYMONTH=2", "2027-01-31T09:00:00", "BYMONTH"),
        ("FREQ=MONTHLY;INTERVAL=12", "2027-02-28T00:00:00", None),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", "2027-02-01T00:00:00", "BYMONTHDAY"),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=3", "2027-02-01T00:00:00", "BYMONTH"),
        ("FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=8", MONDAY, "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", MONDAY, "BYSETPOS"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", MONDAY, "BYDAY"),
        ("FREQ=HOURLY;INTERVAL=168;BYDAY=TU", MONDAY, "BYDAY"),
        ("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", MONDAY, "BYMONTHDAY"),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29", "2027-01-01T09:00:00", "BYMONTHDAY"),
        ("FREQ=YEARLY;INTERVAL=999;BYMONTH=2;BYMONTHDAY=29", "2027-01-01T09:00:00", None),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2096-03-01T09:00:00", None),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "2026-01-01T09:00:00", "BYMONTHDAY"),
        ("FREQ=HOURLY", "2026-11-23", "FREQ"),
        ("FREQ=DAILY;UNTIL=20261122", MONDAY, "UNTIL"),
        ("FREQ=DAILY;UNTIL=20261123T075959Z", MONDAY, "UNTIL"),
        ("FREQ=DAILY;UNTIL=20261123T080000Z", MONDAY, None),
    ],
)
def test_a_rule_that_never_begins_is_refused_with_the_part_that_keeps_it(
    text: str, start: str, part: str | None
) -> None:
    begin = moments.local(start, "start")
    if part is None:
        assert first_slot(parse(text), begin, "Europe/Paris")
        return
    with pytest.raises(Invalid, match=f"^rule: {part}: "):
        first_slot(parse(text), begin, "Europe/Paris")
