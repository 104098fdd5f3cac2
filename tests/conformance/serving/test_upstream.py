"""The runner's own HTTP client: what it does with a request that breaks off half-way."""

import asyncio
import gc
from collections.abc import AsyncIterator

import pytest

from knative.runner.connections import Connections
from knative.runner.upstream import Request


def test_a_connection_whose_request_broke_off_carries_no_other(caplog: pytest.LogCaptureFixture) -> None:
    connected = []
    has_head, broken = asyncio.Event(), asyncio.Event()

    async def answer_at_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connected.append(writer)
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n")
        await broken.wait()
        writer.write(b"0\r\n\r\n")

    async def breaks_off() -> AsyncIterator[bytes]:
        yield b"the first half"
        await has_head.wait()
        broken.set()
        raise ConnectionResetError("the client hung up")

    async def twice() -> None:
        async with await asyncio.start_server(answer_at_once, "127.0.0.1", 0) as server:
            connections = Connections(*server.sockets[0].getsockname())
            for body in (breaks_off(), b""):
                response = await connections.begin(Request("POST", "/", [], body))
                has_head.set()
                assert await response.read() == b"ok"
                connections.end(response)
            connections.close()
            for writer in connected:
                writer.close()

    asyncio.run(twice())
    gc.collect()

    assert len(connected) == 2
    assert "never retrieved" not in caplog.text
