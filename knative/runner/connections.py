"""Connections that are kept: the next request to a process takes one that is there."""

import asyncio

from knative.runner.upstream import Connection, ConnectionLost, Request, Response


class Connections:
    """The connections to one process: the most recently used is used again first."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._idle: list[Connection] = []
        self._closed = False

    async def begin(self, request: Request) -> Response:
        """Send, and wait for the answer's head. Whoever gets one has to `end` it."""
        connection = self._kept() or await self._connect()
        try:
            return await connection.exchange(request)
        except BaseException:
            connection.finish()
            connection.close()
            raise

    def end(self, response: Response) -> None:
        connection = response.connection
        if connection.finish() and not self._closed:
            self._idle.append(connection)
        else:
            connection.close()

    async def probe(self) -> None:
        (await self._connect()).close()

    def close(self) -> None:
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    def _kept(self) -> Connection | None:
        while self._idle:
            connection = self._idle.pop()
            if connection.open:
                return connection
        return None

    async def _connect(self) -> Connection:
        loop = asyncio.get_running_loop()
        try:
            _, connection = await loop.create_connection(Connection, self._host, self._port)
        except OSError as error:
            raise ConnectionLost(f"no connection: {error}", sent=False) from error
        return connection
