"""Which firings follow from a task as it was and as it is."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from shared.documents import Pair
from shared.kept_reminders import brought, carried, shifted
from shared.planning import planned

Task = dict[str, Any]

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)  # nine o'clock in Berlin
QUARTER = {"id": "quarter", "kind": "before", "minutes": 15}
EVENING = {"id": "evening", "kind": "days_before", "days": 1, "at": "18:00"}
MORNING = {"id": "morning", "kind": "absolute", "at": "2026-11-21T07:00:00"}
AGAIN = {"id": "again", "kind": "snooze", "at": "2026-11-20T09:30:00Z", "of": "quarter"}
TASK: Task = {
    "status": "todo",
    "due": "2026-11-22T09:00:00",
    "zone": None,
    "recurrence": None,
    "reminders": [QUARTER, EVENING, MORNING, AGAIN],
}


def plan(pair: Pair, **said: bool) -> dict[str, tuple[str, bool]] | None:
    """By reminder: when, and whether at once."""
    found = planned(pair, "Europe/Berlin", NOW, **said)
    return None if found is None else {each.reminder: (f"{each.fire_at:%d %H:%M}", each.at_once) for each in found}


def test_each_kind_fires_when_it_says() -> None:
    assert plan((None, TASK)) == {
        "quarter": ("22 07:45", False),
        "evening": ("21 17:00", False),
        "morning": ("21 06:00", False),
        "again": ("20 09:30", False),
    }


@pytest.mark.parametrize(
    ("task", "those"),
    [
        ({"due": "2026-11-22"}, {"evening", "morning", "again"}),
        ({"due": None}, {"morning", "again"}),
        ({"status": "in_progress"}, {"quarter", "evening", "morning", "again"}),
        ({"status": "done"}, set()),
        ({"status": "cancelled"}, set()),
        ({"deleted": True}, set()),
        ({"recurrence": {"state": "paused"}}, set()),
        ({"recurrence": {"state": "active"}}, {"quarter", "evening", "morning", "again"}),
    ],
)
def test_only_what_is_open_and_not_held_is_reminded_of(task: Task, those: set[str]) -> None:
    found = plan((None, TASK | task))

    assert found is not None
    assert found.keys() == those


@pytest.mark.parametrize("after", [{}, {"title": "Another"}, {"status": "in_progress"}, {"priority": "high"}])
def test_what_concerns_no_reminder_plans_nothing(after: Task) -> None:
    assert plan((TASK, TASK | after)) is None


@pytest.mark.parametrize(
    ("before", "after", "at_once"),
    [
        (None, {}, {"quarter"}),
        ({"reminders": []}, {}, {"quarter"}),
        ({"reminders": [QUARTER | {"minutes": 30}]}, {}, {"quarter"}),
        ({"due": "2026-11-20T09:20:00"}, {}, {"quarter"}),
        ({"due": None}, {}, {"quarter"}),
        ({"zone": "America/New_York"}, {}, {"quarter"}),
        ({}, {"reminders": [QUARTER, {"id": "late", "kind": "before", "minutes": -5}]}, set()),
        ({"status": "done"}, {}, set()),
        ({"status": "done", "due": None}, {}, {"quarter"}),
        ({"deleted": True}, {}, set()),
        ({"recurrence": {"state": "paused"}}, {}, set()),
    ],
)
def test_what_is_past_fires_at_once_where_this_change_brought_it(
    before: Task | None, after: Task, at_once: set[str]
) -> None:
    task = TASK | {"due": "2026-11-20T09:10:00", "reminders": [QUARTER]}

    found = plan((None if before is None else task | before, task | after))

    assert found is not None
    assert {id for id, (_, now) in found.items() if now} == at_once


def test_what_nobody_asked_for_has_no_past() -> None:
    task = TASK | {"due": "2026-11-20T09:10:00", "reminders": [QUARTER]}

    assert plan((None, task), past=False) == {"quarter": ("20 07:55", False)}


def test_an_occurrence_gets_what_the_first_one_had() -> None:
    slot = date(2026, 11, 22)

    template = carried(TASK["reminders"], slot)

    assert template == [QUARTER, EVENING, {"id": "morning", "kind": "absolute", "days": 1, "at": "07:00:00"}]
    assert brought(template, "2026-11-22") == [QUARTER, EVENING, MORNING]
    assert brought(template, "2026-12-01")[2]["at"] == "2026-11-30T07:00:00"
    assert shifted(TASK["reminders"], timedelta(9))[2]["at"] == "2026-11-30T07:00:00"
