"""What is remembered of what others send has a bound that they cannot move."""

import tracemalloc
from datetime import UTC, datetime

from functions.tasks.listing import written
from functions.tasks.orders import steps_of
from shared import libpq
from shared.filters.conditions import Condition
from shared.filters.language import parse
from shared.filters.spans import Clock
from shared.remembered import remembered


def test_what_was_asked_last_is_remembered() -> None:
    asked: list[tuple[str, bool]] = []

    @remembered(10)
    def doubled(text: str, loud: bool = False) -> str:
        asked.append((text, loud))
        return text * 2

    answers = [doubled(text) for text in ("aaaa", "bbbb", "aaaa", "cccc", "aaaa", "bbbb")]

    assert answers == ["aaaaaaaa", "bbbbbbbb", "aaaaaaaa", "cccccccc", "aaaaaaaa", "bbbbbbbb"]
    assert asked == [("aaaa", False), ("bbbb", False), ("cccc", False), ("bbbb", False)]


def test_the_same_text_asked_otherwise_is_another_question() -> None:
    @remembered(10)
    def doubled(text: str, loud: bool) -> str:
        return text.upper() * 2 if loud else text * 2

    assert (doubled("a", False), doubled("a", True), doubled("a", False)) == ("aa", "AA", "aa")


def test_what_is_longer_than_all_that_is_remembered_is_answered_all_the_same() -> None:
    assert remembered(3)(str.upper)("long") == "LONG"


def test_of_short_ones_there_are_no_more_than_so_many() -> None:
    asked: list[str] = []

    @remembered(100, most=2)
    def kept(text: str) -> str:
        asked.append(text)
        return text

    assert [kept(text) for text in ("a", "b", "c", "b", "a")] == ["a", "b", "c", "b", "a"]
    assert asked == ["a", "b", "c", "a"]


def test_a_flood_of_short_filters_fills_no_memory() -> None:
    tracemalloc.start()
    for number in range(6_000):
        parse(f"@{number}")
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()

    assert held < 1_500_000, "bytes"


def test_a_flood_of_long_filters_fills_no_memory() -> None:
    clock, held = Clock(datetime(2026, 11, 20, tzinfo=UTC), "UTC"), []

    tracemalloc.start()
    for number in range(200):
        text = " | ".join(f"{'@#'[number >> bit % 9 & 1]}{number} {bit}" for bit in range(90))
        libpq.statement(written(Condition(parse(text), clock).text, None, steps_of("-created"), 51))
        held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()

    assert max(held[150:]) - max(held[:150]) < 200_000, "bytes"
