"""What is typed to add a task is read as people mean it, and a title is never eaten."""

from datetime import date, datetime
from typing import Any

import pytest

from functions.tasks.quick_add.meaning import Now
from functions.tasks.quick_add.reading import Reading, read
from tests.cases import FOLDER, cases

WEDNESDAY = Now(datetime.fromisoformat("2026-03-11T10:00:00"), "Europe/Berlin")
TITLES = (FOLDER / "quick_add_titles.txt").read_text().splitlines()
SAID = [line.split(" | ") for line in (FOLDER / "quick_add_said.txt").read_text().splitlines()]
MOMENTS = [line.split(" | ") for line in (FOLDER / "quick_add_moments.txt").read_text().splitlines()]


def day(text: str, now: str = "2026-03-11T10:00:00", zone: str = "Europe/Berlin") -> str | None:
    return said(read(text, Now(datetime.fromisoformat(now), zone)))[1] or None


def said(reading: Reading) -> list[str]:
    """As the file of examples has it."""
    due = reading.due
    when = f"{due.day or ''}{f' {due.at:%H:%M}' if due.at else ''}"
    rule = f"{due.rule or ''}{' after completion' if due.from_completion else ''}"
    rule += f" then {due.next[1]}" if due.next and len(due.next) > 1 else ""
    marks = [reading.priority or "", *(f"#{name}" for name in reading.hash), *(f"@{name}" for name in reading.tags)]
    reminders = [" ".join(str(value) for value in each.values() if value is not None) for each in reading.reminders]
    return [reading.title, when, rule, " ".join(filter(None, marks)), ", ".join(reminders)]


def taken(text: str, reading: Reading) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in reading.spans]


@cases("quick_add")
def test_these_examples_mean_what_they_say(case: dict[str, Any]) -> None:
    reading = read(case["text"], Now(datetime.fromisoformat(case["now"]), case["zone"]))

    due, expected = reading.due, case["expected"]
    anchor = ("completion" if due.from_completion else "due") if due.rule else None
    assert {
        "title": reading.title,
        "due_date": due.day and due.day.isoformat(),
        "due_time": due.at and f"{due.at:%H:%M}",
        "rrule": due.rule and str(due.rule),
        "anchor": anchor,
        "hash": reading.hash,
        "priority": reading.priority,
        "next": due.next,
    } == expected


@pytest.mark.parametrize("example", SAID, ids=[example[0] for example in SAID])
def test_there_are_many_ways_to_say_it(example: list[str]) -> None:
    text, *expected = example

    assert said(read(text, WEDNESDAY)) == expected + [""] * (5 - len(expected))


@pytest.mark.parametrize("example", MOMENTS, ids=[" ".join(example[:2]) for example in MOMENTS])
def test_it_means_what_it_means_at_that_moment(example: list[str]) -> None:
    moment, text, *expected = example
    at, zone, week_start, locale = moment.split()
    now = Now(datetime.fromisoformat(at), zone, {"monday": 0, "sunday": 6}[week_start])

    assert said(read(text, now, month_first=locale == "en-US")) == expected + [""] * (5 - len(expected))


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_never_eaten(title: str) -> None:
    reading = read(title, WEDNESDAY)

    assert (reading.title, reading.spans, reading.due.day, reading.reminders) == (title, [], None, [])


@pytest.mark.parametrize("quotes", ['""', "“”", "''"])
def test_quotes_around_the_whole_text_protect_it_and_go(quotes: str) -> None:
    reading = read(f"{quotes[0]}buy milk every friday #home !high{quotes[1]}", WEDNESDAY)

    assert (reading.title, reading.spans) == ("buy milk every friday #home !high", [])


def test_quotes_amid_a_text_protect_what_is_in_them_and_stay() -> None:
    assert said(read('read "Friday, every day" tomorrow', WEDNESDAY))[:2] == ['read "Friday, every day"', "2026-03-12"]
    assert said(read('"every day" tomorrow', WEDNESDAY))[:2] == ["every day", "2026-03-12"]


def test_a_span_says_where_it_is_in_characters() -> None:
    text = "🎉 party with Zoë friday 9pm #home 🎂"

    reading = read(text, WEDNESDAY)

    assert reading.title == "🎉 party with Zoë 🎂"
    assert taken(text, reading) == [("date", "friday"), ("time", "9pm"), ("hash", "#home")]


def test_a_span_has_the_signs_that_served_it_alone() -> None:
    for text, span in {
        "call mom (tomorrow)": "(tomorrow)",
        "tomorrow: call mom": "tomorrow:",
        "call mom, tomorrow": ", tomorrow",
        "call mom - tomorrow": "- tomorrow",
        "call mom for tomorrow": "for tomorrow",
        "add call mom": "add",
    }.items():
        reading = read(text, WEDNESDAY)
        assert reading.title == "call mom"
        assert [what for _, what in taken(text, reading)] == [span]


def test_a_rejected_span_stays_text_and_the_others_stay_spans() -> None:
    text = "add dentist friday 9am #home"
    spans = {text[span.start : span.end]: (span.start, span.end) for span in read(text, WEDNESDAY).spans}

    without_day = read(text, WEDNESDAY, literal=[spans["friday"]])
    without_command = read(text, WEDNESDAY, literal=[spans["add"], spans["#home"]])

    assert said(without_day)[:4] == ["dentist friday", "2026-03-12 09:00", "", "#home"]
    assert said(without_command)[:4] == ["add dentist #home", "2026-03-13 09:00", "", ""]


def test_an_end_goes_with_its_repetition() -> None:
    text = "meds every day until friday"

    assert said(read(text, WEDNESDAY, literal=[(5, 14)]))[:3] == [text, "", ""]


def test_what_contradicts_itself_stays_text() -> None:
    for text in (
        "call mom friday or monday",
        "call mom at 9am or 5pm",
        "tidy every day every week",
        "lunch monday 13 march",
    ):
        assert said(read(f"{text} #home", WEDNESDAY)) == [text, "", "", "#home", ""]


def test_nothing_but_phrases_is_a_title() -> None:
    for text in (
        "tomorrow",
        "every day",
        "#home",
        "friday 9am !high",
        "add tomorrow",
        "  tomorrow  ",
        "\u200b tomorrow",
    ):
        assert said(read(text, WEDNESDAY)) == [text.strip(), "", "", "", ""]


def test_without_a_year_it_is_the_next_one() -> None:
    assert day("pay 11 march") == "2026-03-11"
    assert day("pay 10 march") == "2027-03-10"
    assert day("party feb 29") == "2028-02-29"
    assert day("party feb 30") is None
    assert day("pay on the 31st", "2026-04-02T08:00:00") == "2026-05-31"


def test_the_numbers_of_a_date_are_read_as_where_they_are_written() -> None:
    assert day("pay 5/4") == "2026-04-05"
    assert read("pay 5/4", WEDNESDAY, month_first=True).due.day == date(2026, 5, 4)
    assert read("pay 27/1", WEDNESDAY, month_first=True).due.day == date(2027, 1, 27)
    assert read("pay 5.4.2027", WEDNESDAY, month_first=True).due.day == date(2027, 4, 5)


def test_a_weekday_is_the_nearest_after_today() -> None:
    assert day("dentist wednesday") == "2026-03-18"
    assert day("dentist this thursday") == "2026-03-12"
    assert day("dentist next thursday") == "2026-03-19"
    assert day("dentist next monday", "2026-03-15T10:00:00") == "2026-03-16"


def test_a_time_alone_is_today_while_it_is_ahead() -> None:
    assert day("call 10:01") == "2026-03-11 10:01"
    assert day("call 10:00") == "2026-03-12 10:00"
    assert day("call today 9am") == "2026-03-11 09:00"


def test_hours_and_minutes_pass_whatever_clocks_do() -> None:
    assert day("stretch in 2 hours", "2026-03-29T01:30:00") == "2026-03-29 04:30"
    assert day("stretch in 90 minutes", "2026-10-25T01:45:20") == "2026-10-25 02:15"
    assert day("stretch in 1 day at 1:30", "2026-03-28T01:30:00") == "2026-03-29 01:30"


def test_months_clamp() -> None:
    assert day("pay in 1 month", "2027-01-31T10:00:00") == "2027-02-28"
    assert day("pay in 3 months", "2027-01-31T10:00:00") == "2027-04-30"
    assert day("pay in 1 year", "2028-02-29T10:00:00") == "2029-02-28"
    assert read("pay every month", Now(datetime.fromisoformat("2027-01-31T10:00:00"), "UTC")).due.next == [
        *("2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31")
    ]


def test_a_month_day_that_is_lacking_is_the_last_one() -> None:
    assert day("pay every 31st", "2026-06-03T10:00:00") == "2026-06-30"


def test_a_day_beside_a_repetition_is_the_first_one_possible() -> None:
    assert day("sync every friday tomorrow") == "2026-03-13"
    assert day("sync every friday next month") == "2026-04-03"
    assert read("sync every 2 weeks on monday next month", WEDNESDAY).due.next == [
        *("2026-04-06", "2026-04-20", "2026-05-04", "2026-05-18", "2026-06-01")
    ]


def test_a_repetition_that_ends_before_it_begins_is_text() -> None:
    assert day("sync every monday until tomorrow") is None
    assert day("sync every monday starting may 4 until 2026-05-03") is None
    assert day("sync every monday starting aug 3 until june 30") == "2026-08-03"  # of the next year


def test_weeks_begin_where_the_user_says() -> None:
    now = WEDNESDAY._replace(week_start=6)

    assert str(read("sync every 2 weeks", now).due.rule) == "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;WKST=SU"
    assert str(read("sync every week", now).due.rule) == "FREQ=WEEKLY;BYDAY=WE"


def test_a_reminder_before_needs_a_time_to_be_before() -> None:
    assert read("pay tomorrow !30 min before", WEDNESDAY).title == "pay !30 min before"
    assert read("pay !30 min before", WEDNESDAY).reminders == [{"kind": "before", "minutes": 30}]


def test_a_task_has_ten_reminders_at_most() -> None:
    reading = read(f"pay tomorrow 9am {' '.join(f'!{number}h' for number in range(1, 13))}", WEDNESDAY)

    assert (reading.title, len(reading.reminders)) == ("pay !11h !12h", 10)


def test_a_mark_counts_once() -> None:
    reading = read("pay #Home #home @Bank @bank !high p2 tomorrow 9am !1h !60min", WEDNESDAY)

    assert said(reading) == ["pay", "2026-03-12 09:00", "", "high #Home @Bank", "before 60"]


def test_a_name_is_one_that_a_list_may_have() -> None:
    for text in (
        "pay #1st",
        "pay #",
        'pay #"  "',
        'pay #"\u200b"',
        f"pay #{'x' * 101}",
        f'pay @"{"ﷺ" * 30}"',
        "mail a@b.org",
    ):
        assert said(read(text, WEDNESDAY))[3] == "", text
    assert read('pay #"  Home \t office "', WEDNESDAY).hash == ["Home office"]
