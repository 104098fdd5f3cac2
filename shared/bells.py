"""The bell: a user's channel in Redis. It says "read your events up to the head"; nothing in it is trusted.

A bell may be lost. Whoever listens reads the heads every few seconds as well, more often while Redis is away.
"""

from contextlib import suppress
from uuid import UUID

from shared import redis


def channel(user_id: UUID) -> str:
    return f"bell:{user_id}"


async def ring(user_id: UUID) -> None:
    with suppress(redis.Away):  # the head reads find what happened
        await redis.ask("PUBLISH", channel(user_id), "")
