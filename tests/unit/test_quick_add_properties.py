"""Whatever is typed is read: soon, without a fault, and so that nothing of it gets lost."""

import time
from datetime import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from functions.tasks.quick_add.meaning import Now
from functions.tasks.quick_add.reading import LONGEST, read

WEDNESDAY = Now(datetime.fromisoformat("2026-03-11T10:00:00"), "Europe/Berlin")
WORDS = [
    *("every", "each", "ev", "every!", "other", "monday", "mon", "sat", "weekday", "weekend", "day", "days", "week"),
    *("month", "months", "year", "quarter", "hours", "minutes", "in", "1", "2", "3", "10", "31", "99", "1st", "2nd"),
    *("31st", "last", "first", "third", "of", "the", "on", "at", "by", "from", "starting", "until", "for", "times"),
    *("twice", "a", "an", "once", "daily", "weekly", "monthly", "may", "march", "feb", "30", "jan", "4", "2027"),
    *("2026-05-04", "2026-02-30", "27/1", "5/1", "1.5.", "9am", "9", "9:30", "21:00", "pm", "a.m.", "noon", "midnight"),
    *("morning", "night", "tonight", "this", "next", "end", "mid", "beginning", "half", "past", "quarter", "to", "and"),
    *("or", "-", "—", ",", ".", ";", "(", ")", "today", "tomorrow", "tom", "after", "before", "now", "remind", "me"),
    *("add", "task", "todo", "#home", "@bills", "#1", "@", "!high", "!low", "p1", "!30", "min", "!at", "!9am", "!1"),
    *("!tomorrow", "call", "mom", "with", "is", "🎉", "élan", "İstanbul", "ß", "24/7", "except", "between", "9-5"),
    *("mid-may", "3x", "o'clock", '"', "“", "”", "'", "\0"),
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=9).flatmap(
    lambda words: st.sampled_from([" ", "  ", "\n", ""]).map(lambda space: space.join(words)[:LONGEST])
) | st.text(max_size=LONGEST)
NOWS = st.builds(
    Now,
    st.datetimes(datetime.fromisoformat("2000-01-02"), datetime.fromisoformat("2190-01-01")),
    st.sampled_from(["UTC", "Europe/Berlin", "America/Nuuk", "Pacific/Apia", "Australia/Lord_Howe"]),
    st.sampled_from([0, 6]),
)


def plain(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=1500)
@given(TEXTS, NOWS, st.booleans())
@example("' pm !9am 21:00 '", WEDNESDAY, False)
def test_nothing_gets_lost(text: str, now: Now, month_first: bool) -> None:
    reading = read(text, now, month_first)

    assert reading == read(text, now, month_first)
    spans = reading.spans
    places = [place for span in spans for place in (span.start, span.end)]
    assert places == sorted(places)
    assert all(span.start < span.end for span in spans)
    assert bool(reading.title) == bool(text.strip())
    ends = [0, *places, len(text)]
    outside = plain("".join(text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True)))
    assert plain(reading.title) in (outside, outside[1:-1])  # without the quotes around it


@settings(max_examples=1500)
@given(TEXTS, NOWS, st.data())
def test_a_rejected_span_is_text_and_makes_no_other_one(text: str, now: Now, data: st.DataObject) -> None:
    spans = read(text, now).spans
    rejected = data.draw(st.sets(st.sampled_from(spans))) if spans else set()

    again = read(text, now, literal=[(span.start, span.end) for span in rejected])
    none = read(text, now, literal=[(span.start, span.end) for span in spans])

    left = set(spans) - rejected
    assert all(any(was.start <= span.start and span.end <= was.end for was in left) for span in again.spans)
    if spans:
        assert (none.title, none.spans, none.due.day, none.reminders) == (" ".join(text.split()), [], None, [])


@settings(max_examples=1500)
@given(TEXTS, NOWS)
def test_what_is_due_is_the_first_of_what_follows(text: str, now: Now) -> None:
    due = read(text, now).due

    if due.rule and due.day:
        assert datetime.combine(due.day, due.at or datetime.max.time()) >= now.local
    if due.next:
        assert due.next[0] == f"{due.day}{f'T{due.at:%H:%M}' if due.at else ''}"
        each_once = (
            due.next if due.rule and due.rule.freq == "HOURLY" else set(due.next)
        )  # clocks show some hours twice
        assert due.next == sorted(each_once)


PIECES = [
    *("every ", "mon, ", "every mon, ", "1st, ", "1st and ", "the ", "on ", "in 1 ", "half past ", '"', "“", "(", "!"),
    *("#", "!30 ", "may 4 and ", "every may 4, ", "tomorrow ", "friday 9am ", "a", "1", "1.", "9:", "mon-", "mon/"),
    *(",a", "every!", "@1", "2026-01-01T", "end of the next ", "last day of ", "until ", "remind me ", "\0 ", "'x"),
    *("( tomorrow ) ", "- tomorrow ", ", tomorrow", "\t", '#"a ', "every 5th friday of february ", "every 999 years "),
]


@pytest.mark.parametrize("piece", PIECES)
def test_no_text_takes_much_longer_than_others(piece: str) -> None:
    ordinary = min(seconds("1 x ") for _ in range(5))

    taken = min(seconds(piece) for _ in range(5))

    assert taken < 2 * ordinary  # 1.3 times at most; looking at a list from each of its words on is 3 times


def seconds(piece: str) -> float:
    """Of the processor, for a text of nothing else."""
    text = (piece * LONGEST)[:LONGEST]
    begun = time.process_time()
    read(text, WEDNESDAY)
    return time.process_time() - begun
