"""Start a function: `python -m shared.entry`, under the functions framework's contract but without its start-up cost.

FUNCTION_SOURCE names the file, FUNCTION_TARGET the function in it, PORT where to listen.
"""

import gc
import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shared.edge import App

gc.disable()  # nothing that is imported here is garbage


def main() -> None:
    from shared import hollow
    from shared.config import MissingSetting, settings

    try:
        here = settings()
    except MissingSetting as error:
        sys.exit(f"{error} The function cannot start without it.")
    with hollow.modules():
        app = load(here.function_source, here.function_target)
        from shared.serving import serve
    gc.freeze()  # a collection never walks what is there by now; one before this would take 10 ms and find nothing
    gc.enable()
    serve(app, here.host, here.port)


def load(source: str, target: str) -> "App":
    module = import_module(source.removesuffix(".py").replace("/", "."))
    app: App = getattr(module, target).app
    return app


if __name__ == "__main__":
    main()
