"""Whoever is told that others send what there is by now can rely on it."""

import asyncio

from functions.notify.lanes import LANES, Lanes, What
from shared import work


def test_who_calls_when_the_last_one_has_just_looked_is_looked_after() -> None:
    letters: list[str] = []
    sent: list[str] = []
    heard: list[bool] = []
    looks = 0

    def one_more() -> None:
        letters.append("one more")
        heard.append(lanes.hears())

    async def send_next(_: work.Step) -> What | None:
        nonlocal looks
        looks += 1
        if letters:
            sent.append(letters.pop())
            return "done"
        if looks == LANES:
            asyncio.get_running_loop().call_soon(one_more)  # before anybody can know that this was the last look
        return None

    async def story() -> bool:
        return await lanes.send_all(work.Step())

    lanes = Lanes(send_next)

    assert asyncio.run(story()) is True

    assert (heard, sent) == ([True], ["one more"])
