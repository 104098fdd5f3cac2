"""How often somebody may ask, by kind of request. Configured by RATE_LIMITS, and far above what a person does.

Counted in Redis for all processes together, from the first request on for as long as the limit says; while Redis is
away, each process counts for itself. A process tells Redis of some at a time, when they have asked: nobody is refused
who asked no more than allowed, and what is still untold lets through an eighth more at most, or a three-hundredth for
each process. The answer says it as draft-ietf-httpapi-ratelimit-headers has it:
`RateLimit-Policy: "write";q=1200;w=60` and `RateLimit: "write";r=1187;t=42`.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import Any, TypeVar

from shared import logs, redis
from shared.config import settings
from shared.problems import TooMany

REMEMBERED_HERE = 10_000

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])

_named: dict[object, str] = {}
_counted_here: dict[str, tuple[int, float]] = {}  # key -> how many, and when they are forgotten
_tallies: dict[str, "Tally"] = {}


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    most: int
    seconds: int
    policy: bytes

    def kept_back(self, here: int) -> int:
        """How many may be untold of those counted here: the busier a process is, the seldomer Redis hears of it."""
        return min(max(self.most // 300, here // 8), self.most // 50)


@cache
def limit(name: str) -> Limit:
    most, seconds = settings().rate_limits[name]
    return Limit(name, most, seconds, f'"{name}";q={most};w={seconds}'.encode())


def limited(name: str) -> Callable[[Endpoint], Endpoint]:
    """This route counts as one of these, and not as reading or writing."""

    def named(endpoint: Endpoint) -> Endpoint:
        _named[endpoint] = name
        return endpoint

    return named


def limit_of(endpoint: object, method: str) -> Limit:
    return limit(_named.get(endpoint) or ("read" if method in ("GET", "HEAD") else "write"))


def network(address: str) -> str:
    """One IPv6 customer has a whole /64 to call from; in one /64 lie all of IPv4, as some servers write it."""
    import ipaddress

    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if ip.version == 6:
        return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)


Counted = tuple[int, int]  # how many there are now, and the seconds until they are forgotten


@dataclass(slots=True)
class Tally:
    """What this process knows of a count."""

    ends: float
    known: int = 0  # by all, as Redis said when it last was told, and here since then
    here: int = 0
    untold: int = 0


async def add(key: str, amount: int, seconds: int) -> Counted:
    """Counts so many, or takes so many back, and tells Redis at once."""
    try:
        return await _added(key, amount, seconds)
    except redis.Away:
        return _add_here(key, amount, seconds)


async def take(key: str, limit: Limit) -> Counted:
    """Counts one request. Whoever has had enough is not counted any more: it would tell nobody anything new."""
    now = time.monotonic()
    tally = _tally(key, limit.seconds, now)
    if tally.known > limit.most:
        return tally.known, ceil(tally.ends - now)
    tally.known += 1
    tally.here += 1
    tally.untold += 1
    if tally.untold > limit.kept_back(tally.here):
        await _tell(key, tally, limit.seconds)
        now = time.monotonic()
    return tally.known, ceil(tally.ends - now)


def is_used_up(key: str, limit: Limit) -> bool:
    """As far as this process knows."""
    tally = _tallies.get(key)
    return tally is not None and tally.known >= limit.most and tally.ends > time.monotonic()


def _tally(key: str, seconds: int, now: float) -> Tally:
    tally = _tallies.get(key)
    if tally is None or tally.ends <= now:
        _tallies.pop(key, None)
        if len(_tallies) >= REMEMBERED_HERE:
            del _tallies[next(iter(_tallies))]  # whoever came first
        tally = _tallies[key] = Tally(now + seconds)
    return tally


async def _tell(key: str, tally: Tally, seconds: int) -> None:
    amount, tally.untold = tally.untold, 0
    try:
        count, left = await _added(key, amount, seconds)
    except redis.Away:
        tally.untold += amount
    else:
        tally.known = count + tally.untold
        tally.ends = time.monotonic() + left


async def _added(key: str, amount: int, seconds: int) -> Counted:
    count, left = await redis.ask_together(("INCRBY", key, amount), ("TTL", key))
    if left < 0:  # to the first of them it has no end yet
        with suppress(redis.Away):  # the next one says it
            await redis.ask("EXPIRE", key, seconds)
        left = seconds
    return count, left


def _add_here(key: str, amount: int, seconds: int) -> Counted:
    now = time.monotonic()
    count, ends = _counted_here.pop(key, (0, now + seconds))
    if ends <= now:
        count, ends = 0, now + seconds
    if len(_counted_here) >= REMEMBERED_HERE:
        del _counted_here[next(iter(_counted_here))]  # whoever was quiet for longest
    _counted_here[key] = max(0, count + amount), ends
    return _counted_here[key][0], ceil(ends - now)


def allow(limit: Limit, count: int, left: int) -> None:
    """Says with the answer what is left, or refuses."""
    if context := logs.context.get():
        context.headers += (
            (b"ratelimit-policy", limit.policy),
            (b"ratelimit", b'"%b";r=%d;t=%d' % (limit.name.encode(), max(0, limit.most - count), left)),
        )
    if count > limit.most:
        raise TooMany(
            f"More than {limit.most} such requests in {limit.seconds} seconds.",
            headers={"Retry-After": str(max(1, left))},
        )
