"""What was read from Redis is kept while nothing is heard of a change."""

import time
from collections.abc import Iterator

import pytest

from shared import kept, redis
from shared.kept import Kept
from shared.resp import News


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept[str]]:
    monkeypatch.setattr(redis, "tells_of_changes", lambda: True)
    heedful = [*redis._heedful]
    yield Kept[str]()
    redis._heedful[:] = heedful


def read(sessions: Kept[str], name: str) -> None:
    sessions.keep(sessions.begin(name, name, "epoch:alice"), f"what {name} says")


def test_what_was_read_is_kept(sessions: Kept[str]) -> None:
    read(sessions, "session:1")

    assert sessions.get("session:1") == "what session:1 says"
    assert sessions.get("session:2") is None


@pytest.mark.parametrize("changed", [["session:1"], ["epoch:alice"], ["other", "session:1"], None])
def test_what_changed_is_forgotten(sessions: Kept[str], changed: list[str] | None) -> None:
    read(sessions, "session:1")

    redis._told(News(["invalidate", changed]))

    assert sessions.get("session:1") is None


def test_a_change_of_one_thing_is_none_of_another(sessions: Kept[str]) -> None:
    read(sessions, "session:1")
    read(sessions, "session:2")

    redis._told(News(["invalidate", ["session:2"]]))

    assert sessions.get("session:1")
    assert sessions.get("session:2") is None


def test_what_changes_while_it_is_read_is_not_kept(sessions: Kept[str]) -> None:
    reading = sessions.begin("session:1", "session:1", "epoch:alice")
    redis._told(News(["invalidate", ["epoch:alice"]]))
    sessions.keep(reading, "what was so before")

    assert sessions.get("session:1") is None


def test_with_the_line_goes_what_came_over_it(sessions: Kept[str]) -> None:
    read(sessions, "session:1")

    redis._ended()

    assert sessions.get("session:1") is None


def test_a_redis_that_tells_of_no_changes_is_asked_each_time(
    sessions: Kept[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis, "tells_of_changes", lambda: False)
    read(sessions, "session:1")

    assert sessions.get("session:1") is None


def test_a_line_that_fell_silent_is_believed_for_a_second_at_most(
    sessions: Kept[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read(sessions, "session:1")
    now = time.monotonic()

    monkeypatch.setattr(time, "monotonic", lambda: now + kept.SECONDS)

    assert sessions.get("session:1") is None


def test_more_than_memory_shall_hold_is_read_again(sessions: Kept[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    for number in range(3):
        read(sessions, f"session:{number}")

    assert sessions.get("session:0") is None
    assert sessions.get("session:2")
