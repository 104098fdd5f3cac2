"""A function as Knative's `func` runs it: its middleware calls `handle` with each request.

It has a `stop` to be told the end, which can await nothing: connections end with the process, and what is not published
by then is relay's, as after a crash.
"""

from collections.abc import Awaitable, Callable

from shared.config import settings
from shared.edge import App


class Function:
    def __init__(self, target: Callable[[object], Awaitable[App]]) -> None:
        settings()  # what is missing stops the start, by name
        self.handle: App = target.app  # type: ignore[attr-defined]  # as our own entry finds it
