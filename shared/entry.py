"""Start a function: `python -m shared.entry`, under the functions framework's contract but without its start-up cost.

FUNCTION_SOURCE names the file, FUNCTION_TARGET the function in it, PORT where to listen.
"""

import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from socket import socket

    from shared.edge import App

gc.disable()  # nothing that is imported here is garbage


def main() -> None:
    from shared.config import MissingSetting, settings

    try:
        here = settings()
    except MissingSetting as error:
        sys.exit(f"{error} The function cannot start without it.")
    app = load(here.function_source, here.function_target)
    gc.collect()
    gc.freeze()  # a collection never walks the imported modules again
    gc.enable()
    serve(app, here.host, here.port)


def load(source: str, target: str) -> "App":
    from importlib import import_module

    module = import_module(source.removesuffix(".py").replace("/", "."))
    app: App = getattr(module, target).app
    return app


def serve(app: "App", host: str, port: int) -> None:
    import asyncio
    import logging

    from uvicorn import Config, Server

    from shared import lifecycle, logs

    class Function(Server):
        def handle_exit(self, sig: int, frame: object) -> None:
            """Uvicorn's own would raise the signal again at the end, before what we have to finish."""
            lifecycle.stopping().set()
            self.should_exit = True

        async def shutdown(self, sockets: "list[socket] | None" = None) -> None:
            await super().shutdown(sockets)
            await lifecycle.finish()

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
        server_header=False,
        backlog=4096,
        timeout_keep_alive=120,  # longer than the 90 s that Knative's Go proxies keep an idle connection
        timeout_graceful_shutdown=20,
    )

    logging.getLogger().addHandler(logs.FromLibraries(logging.WARNING))
    asyncio.run(Function(config).serve())


if __name__ == "__main__":
    main()
