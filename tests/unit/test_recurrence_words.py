"""Every rule has words, and they say what it means."""

from contextlib import suppress
from datetime import date
from itertools import product
from typing import Any

import pytest

from shared import moments
from shared.problems import Invalid
from shared.recurrence import Rule, Slot, first_slots, parse
from shared.recurrence.words import in_words
from tests.cases import cases

START = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=MONTHLY;BYDAY=-1FR", "every last Friday at 09:00"),
        ("FREQ=DAILY", "every day at 09:00"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days at 09:00"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "every workday at 09:00"),
        ("FREQ=DAILY;INTERVAL=2;BYDAY=MO", "every 2 days at 09:00, if it is a Monday"),
        ("FREQ=DAILY;BYMONTHDAY=1,15", "every day at 09:00, if it is the 1st or the 15th"),
        ("FREQ=DAILY;BYMONTH=1,2", "every day in January and February at 09:00"),
        ("FREQ=HOURLY", "every hour from 09:00"),
        ("FREQ=HOURLY;INTERVAL=6;BYDAY=MO,TU,WE,TH,FR", "every 6 hours from 09:00, if it is a workday"),
        ("FREQ=WEEKLY", "every Friday at 09:00"),
        ("FREQ=WEEKLY;BYDAY=SA,SU", "every Saturday and Sunday at 09:00"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every workday at 09:00"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "every day at 09:00"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;COUNT=5", "every 2 weeks on Thursday at 09:00, 5 times"),
        ("FREQ=WEEKLY;BYMONTH=3;UNTIL=20271231", "every Friday in March at 09:00, until 31 December 2027"),
        ("FREQ=WEEKLY;UNTIL=20271231T230000Z", "every Friday at 09:00, until 31 December 2027"),
        ("FREQ=DAILY;UNTIL=20280101T080000Z", "every day at 09:00, until 1 January 2028"),
        ("FREQ=DAILY;UNTIL=20280101T075959Z", "every day at 09:00, until 31 December 2027"),
        ("FREQ=DAILY;UNTIL=20280101T085959", "every day at 09:00, until 31 December 2027"),
        ("FREQ=HOURLY;UNTIL=20280101T080000Z", "every hour from 09:00, until 1 January 2028 at 09:00"),
        ("FREQ=HOURLY;UNTIL=20280101", "every hour from 09:00, until 1 January 2028"),
        ("FREQ=MONTHLY", "every month on the 27th at 09:00"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "every month on the 15th at 09:00"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15,-1", "every month on the 1st, the 15th and the last day at 09:00"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "every last day of the month at 09:00"),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", "every month on the 2nd to last day at 09:00"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "every month on the 31st at 09:00, if there is one"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=31;RSCALE=GREGORIAN;SKIP=BACKWARD;COUNT=1",
            "every month on the 31st or else the last day at 09:00, once",
        ),
        ("FREQ=MONTHLY;BYDAY=2WE", "every month on the 2nd Wednesday at 09:00"),
        ("FREQ=MONTHLY;BYDAY=2WE,-1FR", "every month on the 2nd Wednesday and the last Friday at 09:00"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", "every 2 months on the last Friday at 09:00"),
        ("FREQ=MONTHLY;BYDAY=FR", "every Friday at 09:00"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "every month on the 13th at 09:00, if it is a Friday"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "every last workday at 09:00"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1", "every month on the 1st and the last workday at 09:00"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=2", "every month on the 2nd Monday or Tuesday at 09:00"),
        (
            "FREQ=MONTHLY;BYDAY=1MO,2TU;BYSETPOS=2",
            "every month on the 2nd of these: the 1st Monday and the 2nd Tuesday at 09:00",
        ),
        ("FREQ=MONTHLY;BYMONTH=3;BYDAY=-1FR", "every month on the last Friday in March at 09:00"),
        ("FREQ=YEARLY", "every year on 27 November at 09:00"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "every year on 29 February at 09:00, if there is one"),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;RSCALE=GREGORIAN;SKIP=BACKWARD",
            "every year on 29 February or else the last day at 09:00",
        ),
        (
            "FREQ=YEARLY;INTERVAL=2;BYMONTH=1,6;BYMONTHDAY=1,15",
            "every 2 years on the 1st and the 15th in January and June at 09:00",
        ),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1", "every year on the last day in June at 09:00"),
        ("FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU", "every year on the last Sunday in March and October at 09:00"),
        (
            "FREQ=YEARLY;BYMONTH=3,10;BYDAY=SU;BYSETPOS=-1",
            "every year on the last Sunday in March and October taken together at 09:00",
        ),
        ("FREQ=YEARLY;BYDAY=MO", "every Monday at 09:00"),
        ("FREQ=YEARLY;BYDAY=2MO", "every year on the 2nd Monday of the year at 09:00"),
        (
            "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=2,3,4;BYDAY=TU",
            "every year on the 2nd, the 3rd and the 4th in November at 09:00, if it is a Tuesday",
        ),
    ],
)
def test_a_rule_is_said_in_words(rule: str, words: str) -> None:
    start = moments.local("2026-11-27T09:00:00", "start")

    assert in_words(parse(rule), start, "Europe/Berlin") == words


def test_an_all_day_series_has_no_time_and_seconds_are_said_where_there_are_some() -> None:
    weekly = parse("FREQ=WEEKLY")

    assert in_words(weekly, date(2026, 11, 27), None) == "every Friday"
    assert in_words(weekly, moments.local("2026-11-27T09:00:30", "start"), "UTC") == "every Friday at 09:00:30"


@cases("recurrence")
def test_each_example_has_words_of_its_own(case: dict[str, Any]) -> None:
    words = in_words(parse(case["rule"]), moments.local(case["start"], "start"), case["zone"])

    assert words.startswith("every ")
    assert "  " not in words


def test_what_is_said_in_the_same_words_means_the_same() -> None:
    choices = {
        "FREQ": ["MONTHLY", "YEARLY"],
        "BYDAY": ["", "MO", "MO,TU", "1MO", "-1FR", "MO,-1FR", "MO,TU,WE,TH,FR"],
        "BYMONTHDAY": ["", "1", "31", "1,31", "-1", "-2"],
        "BYMONTH": ["", "2,12"],
        "BYSETPOS": ["", "1", "-1", "1,-1"],
        "RSCALE": ["", "GREGORIAN;SKIP=BACKWARD"],
    }
    meant: dict[str, Rule] = {}
    for values in product(*choices.values()):
        text = ";".join(f"{part}={value}" for part, value in zip(choices, values, strict=True) if value)
        with suppress(Invalid):
            rule = parse(text)
            other = meant.setdefault(in_words(rule, START, None), rule)
            assert other == rule or occurrences(other) == occurrences(rule), (str(other), text)
    assert len(meant) > 200


def occurrences(rule: Rule) -> list[Slot]:
    return first_slots(rule, START, None, None, 30)
