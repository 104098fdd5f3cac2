"""Serve a function over HTTP until SIGTERM: answer what has come, finish what was begun, end with 0."""

import asyncio
import logging
import sys
from socket import socket

from uvicorn.config import Config
from uvicorn.server import Server

from shared import lifecycle, logs
from shared.edge import App

vars(sys.modules["uvicorn"]).setdefault("Config", Config)  # where its `__init__` did not run; see hollow.py


class Function(Server):
    def handle_exit(self, sig: int, frame: object) -> None:
        """Uvicorn's own would raise the signal again at the end, before what we have to finish."""
        lifecycle.stopping().set()
        self.should_exit = True

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        await super().shutdown(sockets)
        await lifecycle.finish()


def serve(app: App, host: str, port: int) -> None:
    config = Config(
        app,
        host=host,
        port=port,
        loop="asyncio",
        http="httptools",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,  # what the gateway says of a client is read where it is needed
        server_header=False,
        backlog=4096,
        timeout_keep_alive=120,  # longer than the 90 s that Knative's Go proxies keep an idle connection
        timeout_graceful_shutdown=20,
    )
    logging.getLogger().addHandler(logs.FromLibraries(logging.WARNING))
    asyncio.run(Function(config).serve())
