"""Whoever shows a token that does not exist has us look for it in PostgreSQL. How often that may be, is for a network.

What was good before is remembered in Redis, and looked for all the same: nobody is kept out by what others try in the
network that they share. Without Redis they could not be told apart, and nobody is turned away. When Redis was emptied
everybody is a stranger once more: while somebody there goes on trying, others may have to come again the next minute.
"""

from contextlib import suppress

from shared import rates, redis
from shared.rates import Limit

REMEMBERED = 30 * 24 * 3600  # seconds; a session's whole life, and an API token's since it was last looked for


async def admit(token: str, address: str) -> None:
    """`token`: its kind and its hash. Refused when too many from there were unknown, and this one is, too."""
    count, limit = _count_of(address)
    if rates.is_used_up(count, limit) and not await redis.ask("EXISTS", _key(token)):
        rates.allow(limit, *await rates.take(count, limit))


async def count(token: str, address: str) -> None:
    """It was looked for in vain."""
    await rates.take(*_count_of(address))
    with suppress(redis.Away):
        await redis.ask("DEL", _key(token))


async def remember(token: str) -> None:
    with suppress(redis.Away):
        await redis.ask("SET", _key(token), "", "EX", REMEMBERED)


def _count_of(address: str) -> tuple[str, Limit]:
    return f"rate:unknown:{rates.network(address)}", rates.limit("unknown-network")


def _key(token: str) -> str:
    return f"known:{token}"
