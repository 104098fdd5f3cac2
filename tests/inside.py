"""What a function does, done in the process of the test: for what cannot be seen, or not be forced, from outside."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from shared import pool
from shared.config import settings
from tests.world import World


@contextmanager
def a_function_of(world: World) -> Iterator[None]:
    """This process talks to the world's stores as a function does."""
    with pytest.MonkeyPatch.context() as environment:
        for name, value in (world.environment | {"K_SERVICE": "tests", "FUNCTION_SOURCE": "-"}).items():
            environment.setenv(name, value)
        settings.cache_clear()
        yield
    settings.cache_clear()


def run(story: Coroutine[Any, Any, Any]) -> Any:
    async def told() -> Any:
        try:
            return await asyncio.wait_for(story, 30)
        finally:
            await pool.of_this_loop().close()

    return asyncio.run(told())
