"""How often somebody may ask, by kind of request. Configured by RATE_LIMITS, and far above what a person does.

Counted in Redis for all processes together, from the first request on for as long as the limit says; while Redis is
away, each process counts for itself. A process takes a fiftieth of a limit at once, so Redis hears of few requests, and
a little more may be left than an answer says. It says it as draft-ietf-httpapi-ratelimit-headers has it:
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
_shares: dict[str, "Share"] = {}


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    most: int
    seconds: int
    share: int
    policy: bytes


@cache
def limit(name: str) -> Limit:
    most, seconds = settings().rate_limits[name]
    return Limit(name, most, seconds, max(1, most // 50), f'"{name}";q={most};w={seconds}'.encode())


def limited(name: str) -> Callable[[Endpoint], Endpoint]:
    """This route counts as one of these, and not as reading or writing."""

    def named(endpoint: Endpoint) -> Endpoint:
        _named[endpoint] = name
        return endpoint

    return named


def limit_of(endpoint: object, method: str) -> Limit:
    return limit(_named.get(endpoint) or ("read" if method in ("GET", "HEAD") else "write"))


Counted = tuple[int, int]  # how many there are now, and the seconds until they are forgotten


@dataclass(slots=True)
class Share:
    """What a process took of a limit, and gives away without asking."""

    unspent: int = 0
    count: int = 0  # with all of it
    ends: float = 0.0
    awaited: float = 0.0  # until then whoever comes takes only what one needs, for somebody takes a share right now


async def add(key: str, amount: int, seconds: int) -> Counted:
    try:
        return await _with_end(key, seconds, *await redis.ask_together(*_adding(key, amount)))
    except redis.Away:
        return add_here(key, amount, seconds)


async def take(key: str, limit: Limit) -> Counted:
    """Counts one request."""
    amount, *questions = taking(key, limit)
    try:
        return await taken(key, limit, amount, *await redis.ask_together(*questions))
    except redis.Away:
        return add_here(key, 1, limit.seconds)


def spend(key: str) -> Counted | None:
    """One request counted without Redis, if there is something left of what was taken."""
    share = _shares.get(key)
    if share is None or not share.unspent or share.ends <= (now := time.monotonic()):
        return None
    share.unspent -= 1
    return share.count - share.unspent, ceil(share.ends - now)


def taking(key: str, limit: Limit) -> tuple[int, redis.Question, redis.Question]:
    now = time.monotonic()
    share = _shares.get(key)
    if share is None:
        if len(_shares) >= REMEMBERED_HERE:
            del _shares[next(iter(_shares))]
        share = _shares[key] = Share()
    if share.awaited > now:
        return 1, *_adding(key, 1)
    share.awaited = now + 1
    return limit.share, *_adding(key, limit.share)


async def taken(key: str, limit: Limit, amount: int, count: int, left: int) -> Counted:
    """One request counted, when Redis has answered this to that."""
    count, left = await _with_end(key, limit.seconds, count, left)
    if amount > 1:
        _shares[key] = Share(amount - 1, count, time.monotonic() + left)
    return count - amount + 1, left


def _adding(key: str, amount: int) -> tuple[redis.Question, redis.Question]:
    return ("INCRBY", key, amount), ("TTL", key)


async def _with_end(key: str, seconds: int, count: int, left: int) -> Counted:
    """To the first of them it has no end yet."""
    if left < 0:
        with suppress(redis.Away):  # the next one says it
            await redis.ask("EXPIRE", key, seconds)
        left = seconds
    return count, left


def add_here(key: str, amount: int, seconds: int) -> Counted:
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
            f"More than {limit.most} such requests in {limit.seconds} seconds. Try again later.",
            headers={"Retry-After": str(max(1, left))},
        )
