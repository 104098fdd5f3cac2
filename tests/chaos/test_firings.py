"""The check of reminders, held against stories whose end is known."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.chaos.firings import all_reminded

NOON = datetime(2040, 3, 26, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


def test_who_was_reminded_once_has_nothing_to_complain_of() -> None:
    assert _broken(*_saved(0), *_fired(60)) == []


def test_who_was_not_reminded_is_found() -> None:
    [complaint] = _broken(*_saved(0))

    assert "was not reminded" in complaint


def test_who_was_reminded_twice_is_found() -> None:
    assert any("reminded twice" in each for each in _broken(*_saved(0), *_fired(60), *_fired(61)))


def test_a_reminder_of_what_was_done_before_is_found() -> None:
    [complaint] = _broken(*_saved(0), *_saved(30, status="done"), *_fired(60))

    assert "called off" in complaint


def test_what_was_done_in_time_reminds_of_nothing() -> None:
    assert _broken(*_saved(0), *_saved(30, status="done")) == []


def test_what_was_done_a_moment_after_may_have_reminded_or_not() -> None:
    assert _broken(*_saved(0), *_saved(61, status="done")) == []
    assert _broken(*_saved(0), *_fired(60), *_saved(61, status="done")) == []


def test_what_was_put_off_reminds_at_its_new_time_alone() -> None:
    put_off = _saved(30, due="2040-03-26T12:02:00")

    assert _broken(*_saved(0), *put_off, *_fired(120, due=120)) == []
    assert any("called off" in each for each in _broken(*_saved(0), *put_off, *_fired(60), *_fired(120, due=120)))


def test_what_was_due_when_it_was_saved_reminds_at_once_and_what_comes_back_does_not() -> None:
    assert any("was not reminded" in each for each in _broken(*_saved(90)))
    assert _broken(*_saved(0), *_saved(30, status="done"), *_saved(90)) == []


def test_what_came_by_default_after_its_time_had_been_is_for_the_next_occurrence_alone() -> None:
    assert _broken(*_saved(90, reminder=_made(90))) == []
    assert any("was not reminded" in each for each in _broken(*_saved(90, reminder=_made(59))))


def test_a_snooze_whose_time_had_been_is_told_at_once() -> None:
    snooze = "e0000000-0000-5000-8000-000000000000"  # whose first digits would be a time long after

    assert any("was not reminded" in each for each in _broken(*_saved(90, reminder=snooze)))


def test_what_has_fired_does_not_fire_again_for_the_same_time() -> None:
    away_and_back = (*_saved(61, due="2040-03-26T12:02:00"), *_saved(62))

    assert _broken(*_saved(0), *_fired(60), *away_and_back) == []


def test_a_reminder_that_comes_too_early_is_found() -> None:
    assert any("too early" in each for each in _broken(*_saved(0), *_fired(59)))


def test_a_reminder_without_its_notice_and_a_notice_without_a_reminder_are_found() -> None:
    notice, reminder = _fired(60)

    assert any("no notice" in each for each in _broken(*_saved(0), reminder))
    assert any("did not happen" in each for each in _broken(*_saved(0), *_fired(60), *_fired(70)[:1]))
    assert any("told twice" in each for each in _broken(*_saved(0), notice, notice, reminder))


def _broken(*events: dict[str, Any]) -> list[str]:
    return [what for person in all_reminded(events) for what in person.promises_broken(LATER)]


def _made(second: int) -> str:
    """The id of what was made then."""
    return str(UUID(int=int((NOON.timestamp() + second) * 1000) << 80 | 7 << 76 | 2 << 62))


REMINDER = _made(-10)


def _saved(
    second: int, due: str = "2040-03-26T12:01:00", status: str = "todo", reminder: str = REMINDER
) -> list[dict[str, Any]]:
    reminders = [{"id": reminder, "kind": "before", "minutes": 0}]
    task = {"id": "task", "due": due, "zone": "UTC", "status": status, "reminders": reminders}
    return [_event("task.updated", second, {"task": task})]


def _fired(second: int, due: int = 60) -> list[dict[str, Any]]:
    id = f"notice {second}"
    at = (NOON + timedelta(seconds=due)).isoformat()
    reminded = {"task": "task", "reminders": [{"id": REMINDER, "fire_at": at}]}
    notice = {"id": id, "tasks": [{"id": "task", "reminders": [REMINDER]}]}
    return [
        _event("notification.created", second, {"notification": notice}),
        _event("reminder.due", second, {"reminder": reminded, "notification": id}),
    ]


def _event(type: str, second: int, data: dict[str, Any]) -> dict[str, Any]:
    return {"user_id": "alice", "type": type, "happened_at": NOON + timedelta(seconds=second), "data": data}
