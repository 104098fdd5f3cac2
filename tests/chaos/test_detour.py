"""Deliveries that take the detour: what the journal says has happened, the receiver has seen."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.chaos import detour
from tests.chaos.detour import AnswerLost, Detour


@dataclass
class Answer:
    status: int


@dataclass
class Function:
    name: str = "audit"


class Receiver:
    def __init__(self, status: int = 204) -> None:
        self._status = status
        self.received: list[str] = []

    async def deliver(self, to: Any, headers: Mapping[str, str], body: bytes, timeout: float) -> Answer:
        self.received.append(headers["ce-id"])
        return Answer(self._status)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detour, "HELD", (0.01, 0.02))
    monkeypatch.setattr(detour, "AGAIN_AFTER", (0.01, 0.02))
    monkeypatch.setattr(detour, "OVERTAKEN_WITHIN", 0.05)


def test_what_happened_to_deliveries_was_seen_by_who_received_them(tmp_path: Path) -> None:
    receiver, journal = Receiver(), tmp_path / "journal"
    unheard = asyncio.run(_deliver(receiver, journal, 1500))

    seen, said = Counter(receiver.received), detour.happened(journal)
    assert min(said[fate] for fate in detour.FATES if fate != "as it is") > 10
    assert sum(seen.values()) == 1500 + said["twice at once"] + said["again later"]
    assert len(seen) == 1500
    assert said["answer lost"] == unheard
    assert detour.owing(journal) == 0


def test_some_are_late_behind_later_ones_of_their_user_and_of_others(tmp_path: Path) -> None:
    receiver, journal = Receiver(), tmp_path / "journal"
    asyncio.run(_deliver(receiver, journal, 1500))

    said = detour.happened(journal)
    assert receiver.received != sorted(receiver.received)
    assert said["after a later one of its user"] > 10
    assert said["after a later one of another user"] > 10


def test_what_is_to_be_overtaken_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detour, "FATES", {"as it is": 90, "overtaken": 10})
    journal = tmp_path / "journal"
    asyncio.run(_deliver(Receiver(), journal, 500))

    said = detour.happened(journal)
    assert said["after a later one of its user"] > said["overtaken"] / 2 > 10


def test_what_was_refused_is_not_said_to_have_happened(tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    asyncio.run(_deliver(Receiver(503), journal, 500))

    assert detour.happened(journal).keys() == {"start"}


def test_what_a_runner_owed_that_has_ended_is_not_waited_for(tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    journal.write_text("start\nowed\nstart\nowed\nowed\npaid\n")

    assert detour.owing(journal) == 1


async def _deliver(receiver: Receiver, journal: Path, many: int) -> int:
    """How many were told that nothing came of it."""
    through = Detour(receiver.deliver, 7, str(journal))

    async def one(number: int) -> object:
        await asyncio.sleep(number / 10_000)  # in this order
        headers = {"ce-id": f"{number:05}", "ce-partitionkey": f"user {number % 3}"}
        return await through.deliver(Function(), headers, b"", 30.0)

    outcomes = await asyncio.gather(*(one(number) for number in range(many)), return_exceptions=True)
    while detour.owing(journal):  # noqa: ASYNC110  # a file says it
        await asyncio.sleep(0.01)
    assert all(isinstance(outcome, Answer | AnswerLost) for outcome in outcomes), outcomes
    return sum(isinstance(outcome, AnswerLost) for outcome in outcomes)
