"""How many wrong passwords, registrations and mails one e-mail address and one network may have: see RATE_LIMITS."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import Request

from shared import rates
from shared.callers import client_address
from shared.problems import Conflict, Problem, SignInRequired, TooMany
from shared.rates import network


@dataclass(frozen=True, slots=True)
class Attempt:
    kind: str
    limit: str  # of one address; that of a network is called so, too
    failure: type[Problem]
    success_counts: bool


GUESS = Attempt("attempts", "sign-in", failure=SignInRequired, success_counts=False)
# An account costs us something, too; but a school's first lesson comes from one address.
REGISTRATION = Attempt("registrations", "registration", failure=Conflict, success_counts=True)


@asynccontextmanager
async def attempt(what: Attempt, email_key: str, address: str) -> AsyncIterator[None]:
    """Counts before any work is done, so that many at once don't slip through; what should not count is taken back."""
    limits = {
        f"{what.kind}:email:{hashlib.sha256(email_key.encode()).hexdigest()}": rates.limit(what.limit),
        f"{what.kind}:network:{network(address)}": rates.limit(f"{what.limit}-network"),
    }

    async def add(amount: int) -> list[tuple[int, int]]:
        return await asyncio.gather(*(rates.add(key, amount, limit.seconds) for key, limit in limits.items()))

    counted = await add(1)
    if pauses := [left for (count, left), limit in zip(counted, limits.values(), strict=True) if count > limit.most]:
        raise TooMany("Too many attempts. Try again later.", headers={"Retry-After": str(max(1, *pauses))})
    try:
        yield
    except what.failure:
        raise
    except BaseException:
        await add(-1)
        raise
    if not what.success_counts:
        await add(-1)


async def open_to_all(request: Request) -> None:
    """For what nobody has to sign in for."""
    limit = rates.limit("open")
    rates.allow(limit, *await rates.take(f"rate:open:{network(client_address(request))}", limit))
