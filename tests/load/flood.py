"""Post ready requests to the brokers' door as fast as it takes them: `python -m tests.load.flood HOST PORT < requests`.

A process of its own, as the functions that publish are. Each line of input is one request, as a JSON string.
"""

import asyncio
import json
import sys

CONNECTIONS = 16


async def post(host: str, port: int, requests: list[bytes]) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    while requests:
        writer.write(requests.pop())
        status = await reader.readuntil(b"\r\n\r\n")
        assert status.startswith(b"HTTP/1.1 202 "), status
    writer.close()


async def main(host: str, port: str) -> None:
    requests = [json.loads(line).encode() for line in sys.stdin]
    requests.reverse()
    print("ready", flush=True)
    async with asyncio.TaskGroup() as group:
        for _ in range(CONNECTIONS):
            group.create_task(post(host, int(port), requests))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
