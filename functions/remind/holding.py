"""The request that is held: it keeps this process here for as long as something is due soon.

Who comes later knows as much and more, so an earlier one is answered when it comes. If the process is killed, the one
that was held comes again, to the next process.
"""

import asyncio

from functions.remind import firing
from shared import lifecycle, work
from shared.envelope import Envelope
from shared.events import ReminderScheduled
from shared.problems import Unavailable

LOOK = 5.0  # seconds; so long it takes at most to see that the clock was set, or that somebody's word was lost
AGAIN, LONGEST = 0.02, 0.5  # seconds until another look at what somebody else has his hands on


async def heard(event: Envelope) -> None:
    if event.type == ReminderScheduled.name:
        event.verified()
    elif not work.is_due(event, "reminders"):
        return
    await watch.hold()


class Watch:
    """One in each process."""

    def __init__(self) -> None:
        self._relieved = asyncio.Event()  # whoever holds now is to go
        self._place = asyncio.Lock()

    async def hold(self) -> None:
        self._relieved.set()
        relieved = self._relieved = asyncio.Event()
        async with self._place:
            await _stay(relieved)


async def _stay(relieved: asyncio.Event) -> None:
    """Until nothing is left that is due within the horizon of its beginning."""
    loop = asyncio.get_running_loop()
    ends, until, pause = loop.time() + work.HORIZON, None, AGAIN

    def goes_on() -> bool:
        return not (relieved.is_set() or lifecycle.stopping().is_set() or loop.time() >= ends)

    while not relieved.is_set():
        if lifecycle.stopping().is_set():
            raise Unavailable("This process is about to end.")
        next_one = await firing.look(until)
        until, ahead = next_one["until"], next_one["ahead"]
        if ahead is None:
            return
        if loop.time() >= ends:
            await work.announce("reminders")  # there are very many, or the clock was set back: a step of its own
            return
        if ahead > 0:
            await _anything(relieved, min(ahead, LOOK))
        elif await firing.fire_due(goes_on):
            pause = AGAIN
        else:
            await _anything(relieved, pause)
            pause = min(2 * pause, LONGEST)


async def _anything(relieved: asyncio.Event, within: float) -> None:
    waits = [asyncio.create_task(event.wait()) for event in (relieved, lifecycle.stopping())]
    try:
        await asyncio.wait(waits, timeout=within, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in waits:
            each.cancel()


watch = Watch()
