"""A notification says in a few words what it is about."""

from typing import Any

import pytest

from functions.notify import wording

BERLIN = "Europe/Berlin"


def said(*titles: str, kind: str = "reminder", late: float = 0, **about: Any) -> dict[str, Any]:
    tasks = [{"id": "1", "title": title, "due": None, "zone": None} | about for title in titles]
    planned = {"planned_at": "2026-11-20T08:00:00.000000Z", "late": late}
    return {"kind": kind, "tasks": tasks, "total": len(tasks)} | planned


@pytest.mark.parametrize(
    ("notification", "headline"),
    [
        (said("Stand up"), "Stand up"),
        (said("a", "b"), "2 reminders"),
        (said("a", kind="digest"), "1 task due today"),
        (said("a", "b", kind="overdue"), "2 tasks overdue"),
        (said("on\r\nseveral\0 lines\u2028 "), "on several lines"),
    ],
)
def test_the_headline(notification: dict[str, Any], headline: str) -> None:
    assert wording.headline(notification) == headline


@pytest.mark.parametrize(
    ("due", "zone", "words"),
    [
        (None, None, ""),
        ("2026-11-20", None, "Due Friday, 20 November 2026"),
        ("2026-11-20T09:00:00", None, "Due Friday, 20 November 2026 at 09:00"),
        ("2026-11-20T09:00:00", BERLIN, "Due Friday, 20 November 2026 at 09:00"),
        ("2026-11-20T20:00:00", "America/New_York", "Due Saturday, 21 November 2026 at 02:00"),
    ],
)
def test_when_it_is_due_where_its_reader_is(due: str | None, zone: str | None, words: str) -> None:
    assert wording.when({"due": due, "zone": zone}, BERLIN) == words


def test_what_is_more_than_a_minute_late_says_so() -> None:
    assert wording.body(said("a", late=60), BERLIN, late=60) == ""
    late = "This comes late: it was planned for Friday, 20 November 2026 at 09:00"
    assert wording.body(said("a", late=61), BERLIN, late=0) == late
    assert wording.body(said("a", late=0), BERLIN, late=61) == late


def test_what_is_not_named_is_counted() -> None:
    assert wording.points(said("a", "b") | {"total": 7}, BERLIN) == ("a", "b", "and 5 more")
