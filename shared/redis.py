"""Redis: copies of sessions, rate limits, the sync bell. It may be away or empty, and the product still works."""

import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from shared import lifecycle
from shared.config import settings
from shared.logs import log

if TYPE_CHECKING:
    from redis.asyncio import Redis

T = TypeVar("T")

PATIENCE = 0.3  # a Redis slower than this is no help
LEFT_ALONE = 1.0  # after a failure nobody waits for it again this long


class Away(Exception):
    """Redis did not answer. Do without it."""


_client: "Redis | None" = None
_away_until = 0.0


async def ask(question: "Callable[[Redis], Awaitable[T]]") -> T:
    """`await ask(lambda redis: redis.get(key))`, or `Away`."""
    if time.monotonic() < _away_until:
        raise Away
    return await _ask(question)


async def insist(question: "Callable[[Redis], Awaitable[T]]") -> T:
    """For what somebody relies on: asks although Redis failed a moment ago, and a second time, before it is `Away`."""
    try:
        return await _ask(question)
    except Away:
        return await _ask(question)


async def _ask(question: "Callable[[Redis], Awaitable[T]]") -> T:
    global _away_until
    from redis.exceptions import RedisError

    try:
        return await question(client())
    except (RedisError, OSError) as error:
        _away_until = time.monotonic() + LEFT_ALONE
        log().warning("redis is away", error=str(error))
        raise Away from error


def client() -> "Redis":
    global _client
    if _client is None:
        from redis.asyncio import Redis
        from redis.asyncio.retry import Retry
        from redis.backoff import NoBackoff

        _client = Redis.from_url(
            settings().redis_url,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 1),  # once: the server may have closed an idle connection
            decode_responses=True,
        )
        lifecycle.at_exit(_client.aclose)
    return _client
