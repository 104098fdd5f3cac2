"""A few letters at a time to one mail server, however often it is called for: one that is slow keeps only letters."""

from collections.abc import Awaitable, Callable
from typing import Literal

from shared import work

LANES = 4

What = Literal["done", "put off", "away"]  # away: nor does the mail server take the next one
Send = Callable[[work.Step], Awaitable[What | None]]


class Lanes:
    """`send` sends the next letter and says what became of it; None: there is none to be sent."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._goes_on = self._called_again = False
        self.put_off = 0  # of the letters of this time, or the last

    def hears(self) -> bool:
        """Whether those who are at it send what there is by now, so that nobody else has to be called."""
        self._called_again = self._goes_on
        return self._goes_on

    async def send_all(self, step: work.Step) -> bool:
        """Whether none is left that the mail server would take."""
        self._goes_on, self.put_off = True, 0
        try:
            while await self._work_together(step):
                if not self._called_again:  # or it was when the last of them had just looked
                    return True
            return False
        finally:
            self._goes_on = False

    async def _work_together(self, step: work.Step) -> bool:
        return all(await work.together(*(self._work(step) for _ in range(LANES))))

    async def _work(self, step: work.Step) -> bool:
        while step.goes_on:
            self._called_again = False
            what = await self._send(step)
            self.put_off += what in ("put off", "away")
            if what == "away" or (what is None and not self._called_again):
                return True  # after "away" the minute comes back to them
        return False
