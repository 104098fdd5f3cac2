"""`/ready`, for people: can this function reach what it needs? Probes ask `/health`, which reaches for nothing."""

import asyncio
import json
from collections.abc import Awaitable
from urllib.parse import urlsplit

from shared import db, redis
from shared.config import settings
from shared.problems import Unavailable

sql = db.queries(__file__, "readiness")


async def page() -> tuple[int, dict[str, str], bytes]:
    database, memory, door = await asyncio.gather(_works(_database()), _works(_redis()), _works(_broker_door()))
    found = {"database": database, "redis": memory, "broker": door}
    # Without Redis or the broker people can work; without the database nobody can.
    return 200 if database else 503, {"content-type": "application/json"}, json.dumps(found).encode()


async def _works(attempt: Awaitable[object]) -> bool:
    try:
        async with asyncio.timeout(3):
            await attempt
    except (Unavailable, redis.Away, OSError, TimeoutError):
        return False
    return True


async def _database() -> None:
    async with db.single() as tx:
        await tx.one(sql.alive)


async def _redis() -> None:
    await redis.ask("GET", "ready")


async def _broker_door() -> None:
    door = urlsplit(settings().broker_ingress_url)
    _, writer = await asyncio.open_connection(door.hostname, door.port or 80)
    writer.close()
