"""The filter language: what is read how, and what is said of what cannot be read."""

import time
from datetime import UTC, date, datetime
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.filters import LONGEST
from shared.filters.conditions import Condition
from shared.filters.language import SIGNS, parse
from shared.filters.spans import Clock
from shared.filters.spans import Clock as At
from shared.filters.times import span_of
from shared.filters.tree import (
    And,
    Archived,
    Edge,
    Missing,
    Named,
    Node,
    Not,
    Or,
    Overdue,
    Priority,
    Search,
    Status,
    Within,
)
from shared.problems import Invalid

CLOCK = Clock(datetime(2026, 11, 20, 9, 30, tzinfo=UTC), "Europe/Berlin")  # a Friday


def said(text: str) -> Node:
    """Without what is implied."""
    meant = parse(f"any status & ({text})")
    assert isinstance(meant, And)
    assert isinstance(meant.parts[0], And)
    return meant.parts[0].parts[1]


def refused(text: str) -> Invalid:
    with pytest.raises(Invalid) as refusal:
        parse(text)
    return refusal.value


def days(phrase: str, week_start: int = 1, gone: bool = False, point: bool = False) -> tuple[str, str]:
    span = span_of(phrase, gone, point)
    assert span is not None, phrase
    first, behind = span.days(Clock(CLOCK.now, CLOCK.zone, week_start))  # type: ignore[union-attr]
    return first.isoformat(), behind.isoformat()


def day(phrase: str, gone: bool = False) -> str:
    first, behind = days(phrase, gone=gone)
    assert date.fromisoformat(behind).toordinal() - date.fromisoformat(first).toordinal() == 1
    return first


# What is read


def test_and_goes_before_or_and_not_before_both() -> None:
    assert said("od | !p1 & p2 | p3") == Or(
        (Overdue(), And((Not(Priority(("urgent",))), Priority(("high",)))), Priority(("medium",)))
    )


def test_names_have_spaces_and_stand_for_themselves_in_any_case() -> None:
    assert said("#Side  Projects") == Named("list", "side projects", wild=False)
    assert said("##İstanbul") == said("# i̇STANBUL")


def test_a_star_in_a_name_stands_for_anything_and_nothing_else_does() -> None:
    assert said("@a*c_%") == Named("tag", r"a%c\_\%", wild=True)
    assert said(r"@a\*") == Named("tag", "a*", wild=False)


@pytest.mark.parametrize("text", [r"#a \& b\, \(c\)", '#"a & b, (c)"', '# "a & b, (c)"'])
def test_signs_in_a_name_are_escaped_or_quoted(text: str) -> None:
    assert said(text) == Named("list", "a & b, (c)", wild=False)


def test_an_exclamation_mark_or_a_quote_inside_a_text_is_just_that() -> None:
    assert said("#Go!") == Named("list", "go!", wild=False)
    assert said('#5" pipe') == Named("list", '5" pipe', wild=False)
    assert isinstance(said('search: now! 5" pipe'), Search)


def test_two_negations_are_none() -> None:
    assert said("! ! !!no date") == Missing("due")


def test_what_says_nothing_of_a_status_is_about_open_tasks_and_not_about_archived_lists() -> None:
    [meant, opened, unarchived] = parse("p1").parts  # type: ignore[union-attr]
    assert (meant, opened) == (Priority(("urgent",)), Status(("todo", "in_progress")))
    assert unarchived == Not(Archived())
    assert parse("#Work & (p1 | !done)") == And((said("#Work & (p1 | !done)"), Or((Not(Archived()), said("#Work")))))
    assert isinstance(parse("completed: today & #Work"), And)


# Days


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("today", "2026-11-20"),
        ("tomorrow", "2026-11-21"),
        ("yesterday", "2026-11-19"),
        ("friday", "2026-11-27"),  # as when a task is added: the nearest after today
        ("mon", "2026-11-23"),
        ("next monday", "2026-11-23"),
        ("next friday", "2026-11-27"),
        ("last friday", "2026-11-13"),
        ("1 may", "2027-05-01"),
        ("may 1", "2027-05-01"),
        ("20 nov", "2026-11-20"),
        ("the 1st of may 2028", "2028-05-01"),
        ("29 february", "2028-02-29"),
        ("may 1 2027", "2027-05-01"),
        ("2026-05-01", "2026-05-01"),
        ("2026-5-1", "2026-05-01"),
        ("1.5.2026", "2026-05-01"),
        ("24.12.", "2026-12-24"),
        ("13/5/2027", "2027-05-13"),
        ("5/13", "2027-05-13"),
        ("6/6", "2027-06-06"),
        ("+10 days", "2026-11-30"),
        ("in 2 weeks", "2026-12-04"),
        ("-30 days", "2026-10-21"),
        ("3 months ago", "2026-08-20"),
        ("+3 months", "2027-02-20"),
        ("+1 year", "2027-11-20"),
    ],
)
def test_a_day_in_its_usual_forms(phrase: str, expected: str) -> None:
    assert day(phrase) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"), [("1 may", "2026-05-01"), ("friday", "2026-11-20"), ("mon", "2026-11-16")]
)
def test_of_what_has_been_a_day_is_the_latest(phrase: str, expected: str) -> None:
    assert day(phrase, gone=True) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("7 days", ("2026-11-20", "2026-11-27")),
        ("next 7 days", ("2026-11-20", "2026-11-27")),
        ("1 month", ("2026-11-20", "2026-12-20")),
        ("last 7 days", ("2026-11-14", "2026-11-21")),
        ("this week", ("2026-11-16", "2026-11-23")),
        ("next week", ("2026-11-23", "2026-11-30")),
        ("last month", ("2026-10-01", "2026-11-01")),
        ("this year", ("2026-01-01", "2027-01-01")),
    ],
)
def test_several_days(phrase: str, expected: tuple[str, str]) -> None:
    assert days(phrase) == expected


def test_a_week_begins_when_the_users_does() -> None:
    assert days("this week", week_start=7) == ("2026-11-15", "2026-11-22")
    assert days("next week", week_start=6) == ("2026-11-21", "2026-11-28")
    assert days("next sunday", week_start=7) == ("2026-11-22", "2026-11-23")
    assert days("next sunday", week_start=1) == ("2026-11-29", "2026-11-30")


def test_before_and_after_a_number_of_days_counts_from_today() -> None:
    assert said("due before: 5 days") == said("due before: +5 days")
    assert said("due after: next week") == Within("due", Edge(span_of("next week"), behind=True), None)  # type: ignore[arg-type]


def test_a_month_on_from_the_31st_is_the_last_day_there_is() -> None:
    at = Clock(datetime(2027, 1, 31, 12, tzinfo=UTC))
    assert span_of("+1 month").days(at)[0] == date(2027, 2, 28)  # type: ignore[union-attr]


def test_a_day_begins_behind_a_midnight_that_is_skipped_and_with_the_first_of_two() -> None:
    assert At(CLOCK.now, "Asia/Beirut").beginning(date(2026, 3, 29)) == datetime(2026, 3, 28, 22, tzinfo=UTC)
    assert At(CLOCK.now, "America/Havana").beginning(date(2026, 11, 1)) == datetime(2026, 11, 1, 4, tzinfo=UTC)


def test_a_day_begins_as_the_one_before_ends_in_every_zone() -> None:
    for zone in available_timezones():
        clock = Clock(CLOCK.now, zone)
        for moment in (date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1)):
            begins = clock.beginning(moment)
            assert Clock(begins, zone).today == moment, zone
            assert Clock(datetime.fromtimestamp(begins.timestamp() - 1, UTC), zone).today < moment, zone


# What is refused


@pytest.mark.parametrize(
    ("text", "column", "found", "suggestion"),
    [
        ("", 1, "the end", None),
        ("   ", 4, "the end", None),
        ("today &", 8, "the end", None),
        ("today & & p1", 9, "'&'", None),
        ("(today | p1", 12, "the end", None),
        ("today) & p1", 6, "')'", None),
        ("today, ", 8, "the end", None),
        ("(today, p1)", 7, "','", None),
        ("p1 & todai", 6, "'todai'", "today"),
        ("overdu", 1, "'overdu'", "overdue"),
        ("p1 & due befor: today", 6, "'due befor: today'", None),
        ("due before today", 1, "'due before today'", "due before: today"),
        ("milk", 1, "'milk'", "search: milk"),
        ("p1 & due before:  tomorow", 19, "'tomorow'", "tomorrow"),
        ("due before:", 12, "nothing", None),
        ("@", 2, "no name", None),
        ("p1 & #", 7, "no name", None),
        ("search: ", 8, "nothing", None),
        ("5/4", 1, "'5/4'", None),
        ("due: 30 feb", 6, "'30 feb'", None),
        ("1 may 9999", 1, "'1 may 9999'", None),
        ("+999999999 days", 1, "'+999999999 days'", None),
        ("due: +4 hours", 6, "'+4 hours'", None),
        ("p1 & \0", 6, "a character that is no text", None),
        ("p1 & \ud800", 6, "a character that is no text", None),
        ("(" * 21 + "p1", 21, "'('", None),
        ("p1|" * 100 + "p1", 301, "one more condition", None),
        ("x" * 1001, 1001, "more text", None),
    ],
)
def test_a_refusal_says_where_what_was_found_and_what_may_be_meant(
    text: str, column: int, found: str, suggestion: str | None
) -> None:
    members = refused(text).members

    assert (members["column"], members["found"]) == (column, found)
    assert members["expected"]
    if suggestion or "search: " not in (members["suggestion"] or ""):
        assert members["suggestion"] == suggestion


def test_a_refusal_names_the_field_that_holds_the_text() -> None:
    with pytest.raises(Invalid, match="query, column 1: found 'todai'") as refusal:
        parse("todai", "query")
    assert refusal.value.members["errors"][0]["field"] == "query"


PIECES = st.sampled_from(
    [*SIGNS, "!", "\\", '"', "#", "@", "*", ":", " ", "\n", "today", "due before: ", "search: ", "p1", "1 may",
     "31.12.", "next ", "days", "9999", "İ", "ß", "\0", "🎉", "-", "+"]
)  # fmt: skip


@settings(max_examples=1500)
@given(
    text=st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join)),
    zone=st.sampled_from(sorted(available_timezones())),
)
def test_any_text_is_a_filter_or_refused(text: str, zone: str) -> None:
    read = read_or_refused(text)

    if isinstance(read, Invalid):
        assert 1 <= read.members["column"] <= len(text) + 1
    else:
        assert "%" not in Condition(read, Clock(CLOCK.now, zone)).text.replace("%(", "")


@pytest.mark.parametrize(
    "piece", ["!", "(", "\\", '"', "#", "@*", "a ", "* ", "today|", "!(", "search: x &", "1", "due: "]
)
def test_no_text_takes_long_to_read(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    begun = time.process_time()

    for attempt in range(5):
        read_or_refused(text[: LONGEST - attempt])

    assert time.process_time() - begun < 0.5


def read_or_refused(text: str) -> Node | Invalid:
    try:
        return parse(text)
    except Invalid as refusal:
        return refusal
