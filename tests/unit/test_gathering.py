"""Who asks while an answer is under way is answered with the next, and nobody pays for another's trouble."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

import pytest

from functions.notify import gathering
from functions.notify.gathering import Gathering


class Answers:
    """Says of each number its double, when it is let."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.may = asyncio.Semaphore(0)
        self.gathering = Gathering(self._answer)

    async def _answer(self, numbers: Sequence[int]) -> list[int]:
        self.asked.append([*numbers])
        await self.may.acquire()
        if 13 in numbers:
            raise ZeroDivisionError
        return [2 * number for number in numbers]

    async def ask(self, *numbers: int) -> "list[asyncio.Task[int]]":
        tasks = [asyncio.create_task(self.gathering.ask(number)) for number in numbers]
        for _ in range(3):  # turns of the loop, until they have asked
            await asyncio.sleep(0)
        return tasks


def run(story: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(story, 10))


def test_all_who_came_meanwhile_are_asked_for_together() -> None:
    async def story() -> None:
        answers = Answers()
        tasks = [*await answers.ask(1), *await answers.ask(2, 3, 4)]
        answers.may.release()
        answers.may.release()

        assert [await task for task in tasks] == [2, 4, 6, 8]
        assert answers.asked == [[1], [2, 3, 4]]

    run(story())


def test_no_more_at_once_than_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "TOGETHER", 2)

    async def story() -> None:
        answers = Answers()
        tasks = await answers.ask(1, 2, 3, 4, 5)
        for _ in range(3):
            answers.may.release()

        assert [await task for task in tasks] == [2, 4, 6, 8, 10]
        assert answers.asked == [[1, 2], [3, 4], [5]]

    run(story())


def test_what_goes_wrong_is_said_to_those_who_asked_and_the_next_are_answered() -> None:
    async def story() -> None:
        answers = Answers()
        unlucky, lucky = await answers.ask(12, 13), await answers.ask(14)
        answers.may.release()
        answers.may.release()

        failed = await asyncio.gather(*unlucky, return_exceptions=True)
        assert [type(each) for each in failed] == [ZeroDivisionError] * 2
        assert await lucky[0] == 28

    run(story())


def test_who_is_given_more_answers_than_asked_hears_so_and_the_next_are_answered() -> None:
    async def story() -> None:
        given = [[1, 2], [3]]

        async def answer(_asked: Sequence[int]) -> list[int]:
            return given.pop(0)

        numbers = Gathering(answer)
        with pytest.raises(ValueError, match="longer"):
            await numbers.ask(1)
        assert await numbers.ask(2) == 3

    run(story())


def test_whoever_has_gone_is_missed_by_nobody() -> None:
    async def story() -> None:
        answers = Answers()
        gone, *others = await answers.ask(1, 2, 3)
        gone.cancel()
        answers.may.release()

        assert [await task for task in others] == [4, 6]
        answers.may.release()
        [again] = await answers.ask(4)
        assert await again == 8

    run(story())
