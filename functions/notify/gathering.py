"""What is asked at the same time is asked together: one statement for all who came while the last was under way."""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Told = TypeVar("Told")

TOGETHER = 100


class Gathering(Generic[Asked, Told]):
    """`answer` says what there is to each of those who asked, in their order."""

    def __init__(self, answer: Callable[[Sequence[Asked]], Awaitable[Sequence[Told]]]) -> None:
        self._answer = answer
        self._waiting: list[tuple[Asked, asyncio.Future[Told]]] = []
        self._work: asyncio.Task[None] | None = None

    async def ask(self, asked: Asked) -> Told:
        told: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, told))
        if self._work is None:  # for many, so its log lines are not about the one that happened to come first
            self._work = asyncio.create_task(self._answer_all(), context=contextvars.Context())
        return await told

    async def _answer_all(self) -> None:
        while self._waiting:
            some, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
            try:
                answers = await self._answer([asked for asked, _ in some])
                pairs = [*zip(some, answers, strict=True)]
            except Exception as error:
                for _, told in some:
                    if not told.done():
                        told.set_exception(error)
            else:
                for (_, told), answer in pairs:
                    if not told.done():  # or whoever asked is gone
                        told.set_result(answer)
        self._work = None
