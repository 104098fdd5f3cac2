"""A task that runs as long as its owner does. If it ends by itself, that is a fault, and the runner ends with it:

half of a runner would take requests and events and never come round to them; its supervisor starts a whole one.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from typing import Any, NoReturn

log = logging.getLogger(__name__)

at_fault: ContextVar[Callable[[], None]] = ContextVar("at_fault", default=lambda: None)
"""What ends the runner. Every task has it from the one that began it."""


def background(name: str, work: Coroutine[Any, Any, NoReturn]) -> asyncio.Task[NoReturn]:
    task = asyncio.create_task(work, name=name)
    task.add_done_callback(_mourn)
    return task


def _mourn(task: asyncio.Task[NoReturn]) -> None:
    if not task.cancelled():
        log.critical("%s ended, and the runner ends with it", task.get_name(), exc_info=task.exception())
        at_fault.get()()
