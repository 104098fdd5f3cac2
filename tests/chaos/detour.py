"""What may happen to a delivery on its way happens here: the runner of a rehearsal delivers through this.

A copy of it lies beside the code that is rehearsed, so it knows nothing of the tests. What it does to the nth delivery
after a start of the runner is drawn from the seed. It is noted once the function has answered, and not when it was
meant: what stands in the journal has happened.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Literal

Fate = Literal["as it is", "twice at once", "answer lost", "again later", "held back", "overtaken"]

FATES: dict[Fate, int] = {
    "as it is": 84, "twice at once": 3, "answer lost": 2, "again later": 4, "held back": 3, "overtaken": 4,
}  # fmt: skip
HELD = (0.3, 5.0)  # seconds
OVERTAKEN_WITHIN = 6.0  # seconds; some are the last of their user's
AGAIN_AFTER = (1.0, 20.0)  # seconds, as when a runner was killed that had not kept its position
OWED, PAID = "owed", "paid"

Deliver = Callable[[Any, Mapping[str, str], bytes, float], Awaitable[Any]]
Passage = tuple[str, str]  # to whom, and whose


class AnswerLost(ConnectionError):
    """The function has it; whoever delivers does not know."""


class Detour:
    def __init__(self, deliver: Deliver, seed: int, journal: str) -> None:
        self._deliver, self._journal = deliver, Path(journal)
        start = happened(self._journal)["start"]
        self._chance = random.Random(f"deliveries of {seed} after start {start}")
        self._arrived = 0
        self._answered: dict[str, dict[str, int]] = {}  # by function and user: the latest arrival that is through
        self._passing: dict[Passage, asyncio.Event] = {}
        self._owed: set[asyncio.Task[None]] = set()
        self._note("start")

    async def deliver(self, to: Any, headers: Mapping[str, str], body: bytes, timeout: float) -> Any:
        self._arrived += 1
        arrival = self._arrived
        fate = self._chance.choices(list(FATES), list(FATES.values()))[0]
        by_chance, passage = self._chance.random(), (to.name, headers.get("ce-partitionkey", ""))

        async def give(within: float = timeout) -> Any:
            answer = await self._deliver(to, headers, body, within)
            if answer.status < 300:
                self._is_through(passage, arrival)
            return answer

        match fate:
            case "twice at once":
                first, second = await asyncio.gather(give(), give())
                if max(first.status, second.status) < 300:
                    self._note(fate)
                return first
            case "answer lost":
                if (answer := await give()).status >= 300:
                    return answer
                self._note(fate)
                raise AnswerLost
            case "again later":
                if (answer := await give()).status < 300:
                    self._owe(give, _between(AGAIN_AFTER, by_chance))
                return answer
            case "held back":
                wait = _between(HELD, by_chance)
                await asyncio.sleep(wait)
                return self._compared(fate, passage, arrival, await give(timeout - wait))
            case "overtaken":
                wait = min(OVERTAKEN_WITHIN, timeout / 2)
                await self._next_of(passage, wait)
                return self._compared(fate, passage, arrival, await give(timeout - wait))
            case _:
                return await give()

    async def _next_of(self, passage: Passage, within: float) -> None:
        passed = self._passing.setdefault(passage, asyncio.Event())
        try:
            await asyncio.wait_for(passed.wait(), within)
        except TimeoutError:
            return

    def _is_through(self, passage: Passage, arrival: int) -> None:
        function, user = passage
        latest = self._answered.setdefault(function, {})
        latest[user] = max(latest.get(user, 0), arrival)
        if passed := self._passing.pop(passage, None):
            passed.set()

    def _compared(self, fate: Fate, passage: Passage, arrival: int, answer: Any) -> Any:
        """Of what was late: whether what had come after it was through before it."""
        function, own = passage
        if answer.status < 300:
            self._note(fate)
            later = {user for user, latest in self._answered[function].items() if latest > arrival}
            if own in later:
                self._note("after a later one of its user")
            if later - {own}:
                self._note("after a later one of another user")
        return answer

    def _owe(self, give: Callable[[], Awaitable[Any]], wait: float) -> None:
        self._note(OWED)
        task = asyncio.create_task(self._pay(give, wait))
        self._owed.add(task)
        task.add_done_callback(self._owed.discard)

    async def _pay(self, give: Callable[[], Awaitable[Any]], wait: float) -> None:
        await asyncio.sleep(wait)
        try:
            if (await give()).status < 300:
                self._note("again later")
        except OSError:
            pass  # nobody answers just now, and nobody was promised that it comes again
        finally:
            self._note(PAID)

    def _note(self, what: str) -> None:
        with self._journal.open("a") as journal:
            journal.write(f"{what}\n")


def happened(journal: Path) -> Counter[str]:
    return Counter(journal.read_text().splitlines()) if journal.exists() else Counter()


def owing(journal: Path) -> int:
    """What still comes again later. What a runner owed that has ended, never comes."""
    said = journal.read_text() if journal.exists() else ""
    since_start = Counter(said.rpartition("start\n")[2].splitlines())
    return since_start[OWED] - since_start[PAID]


def _between(bounds: tuple[float, float], by_chance: float) -> float:
    least, most = bounds
    return least + (most - least) * by_chance
