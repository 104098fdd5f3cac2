"""Modules that packages import when they are loaded and that no running function uses: hollow ones stand in for them.

A package imports what it might need, and every cold start pays for it. Beside each stands how many milliseconds of 180
it saves. What has been imported already stays as it is: then there is nothing to save.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from types import ModuleType
from typing import Any


class Hollow(ModuleType):
    """Has an empty class of every name that it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        setattr(self, name, type(name, (), {}))
        return getattr(self, name)


@contextmanager
def modules() -> Iterator[None]:
    """While a function is imported, which keeps what it has got. What others may yet need is there again afterwards."""
    _put(Hollow("pydantic.v1"))  # 8: FastAPI asks of every annotation whether it is one of these models
    _put(Hollow("fastapi.openapi.models"))  # 35: the API's document is generated; no function serves it
    _put(Hollow("fastapi.telemetry"), __path__=[])  # 7, with all of OpenTelemetry: the edge logs and counts
    _put(ModuleType("fastapi.telemetry._asgi"), **_telemetry_of_apps())
    _put(ModuleType("fastapi.telemetry._api"), **_telemetry_of_routes())
    versions = ModuleType("importlib.metadata")  # 3: pydantic looks for plugins among all that is installed
    _put(versions, entry_points=lambda **_: (), version=lambda _: "")
    yield
    if sys.modules[versions.__name__] is versions:
        del sys.modules[versions.__name__]


def _put(module: ModuleType, **content: Any) -> None:
    module.__dict__.update(content)
    sys.modules.setdefault(module.__name__, module)


def _telemetry_of_apps() -> dict[str, Any]:
    class NativeTelemetry:
        def __init__(self, _config: object) -> None: ...

        def enabled(self) -> bool:
            return False

    class ExceptionTelemetryMiddleware:
        def __init__(self, app: Callable[..., Any]) -> None:
            self._app = app

        async def __call__(self, *request: object) -> None:
            await self._app(*request)

    return {
        "NativeTelemetry": NativeTelemetry,
        "ExceptionTelemetryMiddleware": ExceptionTelemetryMiddleware,
        "_legacy_otel": lambda _stack: False,
    }


def _telemetry_of_routes() -> dict[str, Any]:
    unobserved = nullcontext()

    def call(function: Callable[..., Any], arguments: dict[str, Any]) -> Any:
        return function(**arguments)

    return {
        "_operation": lambda **_: unobserved,
        "_route_selected": lambda **_: None,
        "_run_sync_endpoint": call,
        "_validation_failed": lambda _error: None,
        "get_telemetry_data": lambda: None,
    }
