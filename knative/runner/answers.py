"""What a request gets: the function's answer, or why the runner refuses it one."""

import asyncio

from knative.runner.upstream import ConnectionLost, Headers, Response


class Refusal(Exception):
    """The request got no answer from the function; `status` is what the runner answers in its place."""

    status = 503


class Overloaded(Refusal):
    pass


class NotStarting(Refusal):
    pass


class Unreachable(Refusal):
    status = 502


class TimedOut(Refusal):
    status = 504


class Answer:
    """A function's answer as it comes, cut off where the Service's time limits say."""

    def __init__(self, response: Response, deadline: float, idle: float) -> None:
        self._response, self.deadline, self._idle = response, deadline, idle
        self.status = response.status
        self.headers: Headers = response.headers

    @property
    def whole(self) -> bool:
        """Nothing more has to be waited for."""
        return self._response.complete

    async def chunk(self) -> bytes:
        if self._response.complete:
            return await self._response.chunk()
        idle_until = asyncio.get_running_loop().time() + self._idle if self._idle else self.deadline
        try:
            async with asyncio.timeout_at(min(self.deadline, idle_until)):
                return await self._response.chunk()
        except TimeoutError as error:
            raise TimedOut("request timeout") from error
        except ConnectionLost as lost:
            raise Unreachable(str(lost)) from lost

    async def read(self) -> bytes:
        chunks = []
        while chunk := await self.chunk():
            chunks.append(chunk)
        return b"".join(chunks)
