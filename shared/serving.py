"""Serve a function over HTTP until SIGTERM: answer what has come, finish what was begun, end with 0."""

import asyncio
import logging
import signal
from contextlib import suppress

from shared import lifecycle, logs
from shared.edge import App
from shared.http_line import Line, Lines

IDLE_AT_MOST = 120  # seconds; longer than the 90 s that Knative's Go proxies keep an idle connection
LOOK = 30  # seconds between two looks for such lines
FINISHED_WITHIN = 20  # seconds
UNACCEPTED = 4096  # connections


def serve(app: App, host: str, port: int) -> None:
    logging.getLogger().addHandler(logs.FromLibraries(logging.WARNING))
    asyncio.run(_serve(app, host, port))


async def _serve(app: App, host: str, port: int) -> None:
    loop, lines, stopping = asyncio.get_running_loop(), Lines(), lifecycle.stopping()
    for said in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(said, stopping.set)
    server = await loop.create_server(lambda: Line(app, lines), host, port, backlog=UNACCEPTED)
    while not stopping.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), LOOK)
        lines.close_idle(IDLE_AT_MOST)
    server.close()
    await lines.end(FINISHED_WITHIN)
    await lifecycle.finish()
