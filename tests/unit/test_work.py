"""A step of background work ends inside the event that was delivered for it."""

import asyncio

import pytest

from shared import failures, work
from shared.problems import Unavailable


def test_when_one_part_fails_the_others_come_to_their_end_and_the_problem_is_its_own() -> None:
    problem = Unavailable("The database cannot be reached.")
    ended = []

    async def fails() -> int:
        raise problem

    async def goes_on() -> int:
        for _ in range(5):
            await asyncio.sleep(0)
        ended.append("the other")
        return 0

    async def both() -> None:
        with pytest.raises(Unavailable) as raised:
            await work.together(goes_on(), fails())
        assert raised.value is problem
        assert ended == ["the other"]

    asyncio.run(both())


def test_when_several_fail_each_is_told_of_once(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[object] = []
    monkeypatch.setattr(failures, "fault", lambda _, error: said.append(error))
    problems = [ValueError("one"), ValueError("another"), ValueError("a third")]

    async def fails(problem: Exception) -> None:
        raise problem

    async def all_three() -> None:
        await work.together(*map(fails, problems))

    with pytest.raises(ValueError, match="one") as raised:
        asyncio.run(all_three())
    assert [raised.value, *said] == problems


def test_when_all_are_ended_each_has_ended() -> None:
    ended = []

    async def hangs() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)  # as closing a connection may take a moment
            ended.append("one")

    async def both() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await work.together(hangs(), hangs())
        assert ended == ["one", "one"]

    asyncio.run(both())


def test_what_goes_wrong_with_one_of_many_is_said_and_keeps_no_other_from_its_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[object] = []
    monkeypatch.setattr(failures, "fault", lambda _, error, **about: said.append(about["number"]))
    done = []
    for number in range(3):
        with work.apart(number=str(number)):
            done.append(3 // (number - 1))

    assert done == [-3, 3]
    assert said == ["1"]


def test_when_nothing_can_be_reached_nobody_goes_on() -> None:
    with pytest.raises(Unavailable), work.apart():
        raise Unavailable("The database cannot be reached.")


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
