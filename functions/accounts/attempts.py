"""How many wrong passwords, and how many registrations, one e-mail address and one network may have in five minutes.

Counted in Redis for all processes together; while Redis is away, each process counts for itself.
"""

import asyncio
import hashlib
import ipaddress
import time
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass

from shared import redis
from shared.problems import Conflict, Problem, SignInRequired, TooMany

WINDOW = 300  # seconds from the first attempt
PER_EMAIL = 10
REMEMBERED_HERE = 10_000

_counted_here: dict[str, tuple[int, float]] = {}  # key -> attempts, and when they are forgotten


@dataclass(frozen=True, slots=True)
class Attempt:
    kind: str
    per_network: int
    failure: type[Problem]
    success_counts: bool


GUESS = Attempt("attempts", per_network=100, failure=SignInRequired, success_counts=False)
# An account costs us something, too; but a school's first lesson comes from one address.
REGISTRATION = Attempt("registrations", per_network=200, failure=Conflict, success_counts=True)


@asynccontextmanager
async def attempt(what: Attempt, email_key: str, address: str) -> AsyncIterator[None]:
    """Counts before any work is done, so that many at once don't slip through; what should not count is taken back."""
    most = {
        f"{what.kind}:email:{hashlib.sha256(email_key.encode()).hexdigest()}": PER_EMAIL,
        f"{what.kind}:network:{network(address)}": what.per_network,
    }
    counted = await _add(most, 1)
    if pauses := [seconds for (count, seconds), limit in zip(counted, most.values(), strict=True) if count > limit]:
        raise TooMany("Too many attempts. Try again later.", headers={"Retry-After": str(max(1, *pauses))})
    try:
        yield
    except what.failure:
        raise
    except BaseException:
        await _add(most, -1)
        raise
    if not what.success_counts:
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
        return await asyncio.gather(*(_add_in_redis(key, amount) for key in keys))
    except redis.Away:
        return [_add_here(key, amount) for key in keys]


async def _add_in_redis(key: str, amount: int) -> tuple[int, int]:
    count, _, seconds = await asyncio.gather(
        redis.ask("INCRBY", key, amount), redis.ask("EXPIRE", key, WINDOW, "NX"), redis.ask("TTL", key)
    )
    return count, seconds


def _add_here(key: str, amount: int) -> tuple[int, int]:
    now = time.monotonic()
    count, ends = _counted_here.pop(key, (0, now + WINDOW))
    if ends <= now:
        count, ends = 0, now + WINDOW
    if len(_counted_here) >= REMEMBERED_HERE:
        del _counted_here[next(iter(_counted_here))]  # whoever was quiet for longest
    _counted_here[key] = max(0, count + amount), ends
    return _counted_here[key][0], int(ends - now)
