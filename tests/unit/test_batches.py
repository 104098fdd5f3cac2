"""One statement for all who ask at about the same time."""

import asyncio
from collections.abc import Sequence

import pytest

from shared.batches import Batches


class Store:
    def __init__(self) -> None:
        self.read: list[list[int]] = []
        self.broken = False

    async def squares(self, numbers: Sequence[int]) -> dict[int, int]:
        self.read.append(list(numbers))
        await asyncio.sleep(0)
        if self.broken:
            raise ConnectionError("away")
        return {number: number**2 for number in numbers if number > 0}


def test_who_asks_while_one_runs_is_in_the_next() -> None:
    async def story() -> None:
        store = Store()
        batches = Batches(store.squares, at_once=2)

        answers = await asyncio.gather(*map(batches.ask, [1, 2, 3, 2, 0]))

        assert answers == [1, 4, 9, 4, None]
        assert store.read == [[1, 2], [3, 0]]

    asyncio.run(story())


def test_a_failure_is_everybodys_who_asked_and_nobody_elses() -> None:
    async def story() -> None:
        store = Store()
        batches = Batches(store.squares, at_once=10)
        store.broken = True
        failed = await asyncio.gather(batches.ask(1), batches.ask(2), return_exceptions=True)
        store.broken = False

        assert [type(each) for each in failed] == [ConnectionError, ConnectionError]
        assert await batches.ask(1) == 1

    asyncio.run(story())


def test_who_gives_up_takes_the_answer_from_nobody() -> None:
    async def story() -> None:
        batches = Batches(Store().squares, at_once=10)
        patient = asyncio.create_task(batches.ask(3))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await batches.ask(3)

        assert await patient == 9

    asyncio.run(story())
