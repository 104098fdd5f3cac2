"""A broker's door that says 202 at once: what publishing costs a function, without what it costs a broker."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from knative.local import guardian

ACCEPTED = b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n"


@contextmanager
def open_door() -> Iterator[str]:
    """Its own process, as a broker is elsewhere. Yields BROKER_INGRESS_URL."""
    process = subprocess.Popen([sys.executable, "-m", "tests.load.door"], stdout=subprocess.PIPE, text=True)
    guardian.watch(process.pid, signal.SIGKILL)
    assert process.stdout
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}/taskora"
    finally:
        process.kill()
        process.wait()
        guardian.release(process.pid)


class Door(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._received = b""

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            headers = self._received[:end].lower()
            length = int(headers.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
            if len(self._received) < end + 4 + length:
                return
            self._received = self._received[end + 4 + length :]
            self._transport.write(ACCEPTED)


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Door, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
