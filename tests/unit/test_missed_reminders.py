"""What is gathered is what was missed while nobody looked; not what had to wait for others, however long."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from functions.remind.outcomes import Due, Missed, Outcome, Task, decide
from functions.remind.vigil import Vigil

NINE = datetime(2026, 3, 11, 9, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def told(many: int, now: datetime, missing: Missed, at: datetime = NINE) -> list[Outcome]:
    """Of so many, due at this moment and saved long before."""
    due = [Due(UUID(int=number), UUID(int=0), at, at - HOUR) for number in range(many)]
    tasks = {each.task_id: Task(each.task_id, "Stand up", None, None, is_open=True, is_urgent=False) for each in due}
    return list(decide(due, tasks, now, missing))


def loud(outcomes: list[Outcome]) -> list[int]:
    """Of how many tasks each notice tells that is heard."""
    notices = [outcome.notice for outcome in outcomes if outcome.notice and not outcome.notice.silent]
    return [notice.total or len(notice.about) for notice in notices]


def looked(*moments: datetime) -> Missed:
    vigil = Vigil()
    for moment in moments:
        vigil.looks(moment)
    return Missed(vigil.missed_before)


def every_half_minute(since: datetime, until: datetime) -> list[datetime]:
    return [since + step * MINUTE / 2 for step in range(int((until - since) / (MINUTE / 2)) + 1)]


def test_after_an_outage_one_notice_tells_all() -> None:
    assert loud(told(6, NINE + HOUR, looked(NINE + HOUR))) == [6]
    assert loud(told(5, NINE + HOUR, looked(NINE + HOUR))) == [1] * 5


def test_what_waited_behind_very_many_is_told_by_itself() -> None:
    waited = NINE + 10 * MINUTE

    assert loud(told(6, waited, looked(*every_half_minute(NINE - MINUTE, waited)))) == [1] * 6


@pytest.mark.parametrize("back_at", [NINE + 3 * MINUTE, NINE - HOUR])
def test_a_machine_that_slept_or_whose_clock_was_set_was_away(back_at: datetime) -> None:
    before = [NINE - MINUTE, NINE - MINUTE / 2]

    assert looked(*before, back_at).before == back_at - MINUTE
    assert looked(*before, NINE).before == NINE - 2 * MINUTE


def test_what_was_due_a_moment_before_the_first_look_was_not_missed() -> None:
    assert loud(told(6, NINE + 2 * MINUTE, looked(*every_half_minute(NINE + MINUTE, NINE + 2 * MINUTE)))) == [1] * 6
    assert loud(told(6, NINE + 2 * MINUTE, looked(NINE + MINUTE + SECOND))) == [6]


def test_of_more_than_is_looked_at_now_the_first_notice_counts_all_and_no_other_comes() -> None:
    back = NINE + HOUR

    assert loud(told(6, back, Missed(back, tasks=1000))) == [1000]
    assert loud(told(6, back + MINUTE, Missed(back, told_at=back))) == []
    assert loud(told(3, back + MINUTE, Missed(back, told_at=back))) == []
    assert loud(told(3, back + MINUTE, Missed(back, told_at=back), at=back)) == [1] * 3
