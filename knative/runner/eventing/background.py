"""A task that runs as long as its owner does; if it ends by itself, that is a fault and is said aloud."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, NoReturn

log = logging.getLogger(__name__)


def background(name: str, work: Coroutine[Any, Any, NoReturn]) -> asyncio.Task[NoReturn]:
    task = asyncio.create_task(work, name=name)
    task.add_done_callback(_mourn)
    return task


def _mourn(task: asyncio.Task[NoReturn]) -> None:
    if not task.cancelled():
        log.critical("%s ended; restart the runner", task.get_name(), exc_info=task.exception())
