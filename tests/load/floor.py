"""The smallest server there is in asyncio: what starting Python costs before any of our code, or anybody's package."""

import asyncio
import sys

HEALTHY = b'HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{"status":"ok"}'


class Health(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, _: bytes) -> None:
        assert isinstance(self._transport, asyncio.Transport)
        self._transport.write(HEALTHY)


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Health, "127.0.0.1", int(sys.argv[1]))
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
