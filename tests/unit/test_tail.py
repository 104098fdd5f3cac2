"""What the runner remembers of a partition's newest records."""

from datetime import UTC, datetime

from knative.runner.eventing.log import Partition, Record
from knative.runner.eventing.tail import MOST, MOST_BYTES, Tail

PARTITION = Partition("task-events", 0)


def records(first: int, amount: int, value: bytes = b"x") -> list[Record]:
    return [Record(PARTITION, first + n, datetime.now(UTC), None, {}, value) for n in range(amount)]


def offsets(tail: Tail, first: int, limit: int = 10_000) -> list[int]:
    return [record.offset for record in tail.read(PARTITION, first, limit)]


def test_it_gives_what_follows_an_offset() -> None:
    tail = Tail()
    tail.add(records(7, 2))
    tail.add(records(9, 3))

    assert offsets(tail, 8) == [8, 9, 10, 11]
    assert offsets(tail, 8, limit=2) == [8, 9]
    assert offsets(tail, 12) == []


def test_it_gives_nothing_where_it_does_not_reach_back_so_far() -> None:
    tail = Tail()
    tail.add(records(7, 2))

    assert offsets(tail, 6) == []


def test_it_begins_anew_where_somebody_else_appended_in_between() -> None:
    tail = Tail()
    tail.add(records(7, 2))
    tail.add(records(12, 2))

    assert offsets(tail, 8) == []
    assert offsets(tail, 12) == [12, 13]


def test_it_keeps_no_more_than_it_may() -> None:
    tail = Tail()
    tail.add(records(0, MOST + 5))
    assert offsets(tail, 5) == list(range(5, MOST + 5))
    assert offsets(tail, 4) == []

    tail.add(records(MOST + 5, 3, b"x" * (MOST_BYTES // 2)))
    assert offsets(tail, MOST + 7) == [MOST + 7]
    assert offsets(tail, MOST + 6) == []
