"""How many wrong passwords there may be for one e-mail address, and from one network, in five minutes.

Counted in Redis for all processes together; while Redis is away, each process counts for itself.
"""

import hashlib
import ipaddress
import time
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from shared import redis
from shared.problems import SignInRequired, TooMany

if TYPE_CHECKING:
    from redis.asyncio import Redis

WINDOW = 300  # seconds from the first attempt
PER_EMAIL = 10
PER_NETWORK = 100
REMEMBERED_HERE = 10_000

_counted_here: dict[str, tuple[int, float]] = {}  # key -> attempts, and when they are forgotten


@asynccontextmanager
async def attempt(email_key: str, address: str) -> AsyncIterator[None]:
    """Counts before the password is looked at, so that many at once don't slip through; a right one is taken back."""
    most = {
        f"attempts:email:{hashlib.sha256(email_key.encode()).hexdigest()}": PER_EMAIL,
        f"attempts:network:{network(address)}": PER_NETWORK,
    }
    counted = await _add(most, 1)
    if pauses := [seconds for (count, seconds), limit in zip(counted, most.values(), strict=True) if count > limit]:
        raise TooMany("Too many attempts. Try again later.", headers={"Retry-After": str(max(1, *pauses))})
    try:
        yield
    except SignInRequired:
        raise
    except BaseException:
        await _add(most, -1)
        raise
    await _add(most, -1)


def network(address: str) -> str:
    """One IPv6 customer has a whole /64 to call from."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip if ip.version == 4 else ipaddress.ip_network((ip, 64), strict=False))


async def _add(keys: Collection[str], amount: int) -> list[tuple[int, int]]:
    """For each key the attempts so far, and the seconds until they are forgotten."""
    try:
        return await redis.ask(lambda client: _add_in_redis(client, keys, amount))
    except redis.Away:
        return [_add_here(key, amount) for key in keys]


async def _add_in_redis(client: "Redis", keys: Collection[str], amount: int) -> list[tuple[int, int]]:
    async with client.pipeline() as pipe:
        for key in keys:
            pipe.incrby(key, amount)
            pipe.expire(key, WINDOW, nx=True)
            pipe.ttl(key)
        answers = await pipe.execute()
    return list(zip(answers[::3], answers[2::3], strict=True))


def _add_here(key: str, amount: int) -> tuple[int, int]:
    now = time.monotonic()
    count, ends = _counted_here.pop(key, (0, now + WINDOW))
    if ends <= now:
        count, ends = 0, now + WINDOW
    if len(_counted_here) >= REMEMBERED_HERE:
        del _counted_here[next(iter(_counted_here))]  # whoever was quiet for longest
    _counted_here[key] = max(0, count + amount), ends
    return _counted_here[key][0], int(ends - now)
