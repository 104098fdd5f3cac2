"""A step of background work ends inside the event that was delivered for it."""

import asyncio

import pytest

from shared import work
from shared.problems import Unavailable


def test_when_one_part_fails_the_others_have_ended_and_the_problem_is_its_own() -> None:
    problem = Unavailable("The database cannot be reached.")
    ended = []

    async def fails() -> int:
        await asyncio.sleep(0)
        raise problem

    async def goes_on() -> int:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)  # as closing a connection may take a moment
            ended.append("the other")
        return 0

    async def both() -> None:
        with pytest.raises(Unavailable) as raised:
            await work.together(goes_on(), fails())
        assert raised.value is problem
        assert ended == ["the other"]

    asyncio.run(both())


def test_parts_that_succeed_say_what_they_did_in_their_order() -> None:
    async def done(number: int) -> int:
        return number

    async def all_three() -> list[int]:
        return await work.together(done(1), done(2), done(3))

    assert asyncio.run(all_three()) == [1, 2, 3]


def test_a_step_that_hangs_is_given_up_and_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "GIVEN_UP", 0.01)

    async def hangs() -> None:
        async with work.step():
            await asyncio.Event().wait()

    with pytest.raises(Unavailable):
        asyncio.run(hangs())
