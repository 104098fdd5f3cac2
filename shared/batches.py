"""One statement for all who ask at about the same time: whoever asks while one runs is in the next."""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Batches(Generic[Key, Value]):
    """`read` answers many questions at once. Who asks the same is answered the same; what is not found is None."""

    def __init__(self, read: Callable[[Sequence[Key]], Awaitable[Mapping[Key, Value]]], at_once: int) -> None:
        self._read, self._at_once = read, at_once
        self._asked: dict[Key, asyncio.Future[Value | None]] = {}
        self._work: asyncio.Task[None] | None = None

    async def ask(self, key: Key) -> Value | None:
        answer = self._asked.setdefault(key, asyncio.get_running_loop().create_future())
        if self._work is None:
            # For many, so its log lines are not about the request that happened to ask first.
            self._work = asyncio.create_task(self._read_what_is_asked(), context=contextvars.Context())
        return await asyncio.shield(answer)

    async def _read_what_is_asked(self) -> None:
        try:
            while self._asked:
                keys = list(self._asked)[: self._at_once]
                answers = [self._asked.pop(key) for key in keys]
                try:
                    found = await self._read(keys)
                except Exception as error:
                    for answer in answers:
                        answer.set_exception(error)
                else:
                    for key, answer in zip(keys, answers, strict=True):
                        answer.set_result(found.get(key))
        finally:
            self._work = None
