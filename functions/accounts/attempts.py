"""How many wrong passwords, registrations and mails one e-mail address and one network may have: see RATE_LIMITS."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import Request

from functions.accounts import devices
from shared import rates
from shared.callers import client_address
from shared.problems import Conflict, Problem, SignInRequired, TooMany
from shared.rates import Limit, network


@dataclass(frozen=True, slots=True)
class Attempt:
    kind: str
    limit: str  # of one address; that of a network is called so, too
    failure: type[Problem]
    success_counts: bool
    by_place: bool = False  # each place has the limit for itself, and all networks together one that is called so, too


GUESS = Attempt("attempts", "sign-in", failure=SignInRequired, success_counts=False, by_place=True)
# An account costs us something, too; but a school's first lesson comes from one address.
REGISTRATION = Attempt("registrations", "registration", failure=Conflict, success_counts=True)


@asynccontextmanager
async def attempt(what: Attempt, email_key: str, request: Request) -> AsyncIterator[None]:
    """Counts before any work is done, so that many at once don't slip through; what should not count is taken back."""
    limits = await counted_by(what, email_key, request)
    for key, limit in limits.items():
        count, left = await rates.add(key, 1, limit.seconds)
        if count > limit.most:
            raise TooMany("Too many attempts.", headers={"Retry-After": str(max(1, left))})
    try:
        yield
    except what.failure:
        raise
    except BaseException:
        await take_back(limits)
        raise
    if not what.success_counts:
        await take_back(limits)


async def counted_by(what: Attempt, email_key: str, request: Request) -> dict[str, Limit]:
    """From near to far: what is refused at one of them is not counted by the next, where it would be in others' way."""
    limit = rates.limit(what.limit)
    whose = f"{what.kind}:email:{hashlib.sha256(email_key.encode()).hexdigest()}"
    if what.by_place and (device := await devices.known(request, email_key)):
        return {f"{whose}:device:{device}": limit}
    here = network(client_address(request))
    near = {f"{what.kind}:network:{here}": rates.limit(f"{what.limit}-network")}
    if not what.by_place:
        return near | {whose: limit}
    return near | {
        f"{whose}:network:{here}": limit,
        f"{whose}:networks": rates.limit(f"{what.limit}-everywhere"),
    }


async def take_back(limits: dict[str, Limit]) -> None:
    await asyncio.gather(*(rates.add(key, -1, limit.seconds) for key, limit in limits.items()))
