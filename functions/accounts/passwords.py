"""Passwords as argon2id, hashed in two threads of their own: the event loop never waits for one.

Everybody's attempt costs the same, whether there is such an account or not.
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from shared import metrics
from shared.problems import Unavailable

if TYPE_CHECKING:
    from argon2 import PasswordHasher

T = TypeVar("T")

# OWASP's second choice: 19 MiB and 18 ms. Whoever logs in with an older hash gets a new one.
ROUNDS, MEMORY_KIB, LANES = 2, 19_456, 1
NOBODYS_HASH = f"$argon2id$v=19$m={MEMORY_KIB},t={ROUNDS},p={LANES}${'A' * 22}${'A' * 43}"
MOST_WAITING = 40  # beyond, an answer would take seconds

_waiting = 0


async def hashed(password: str) -> str:
    return await _in_own_thread(lambda: _hasher().hash(password))


async def is_right(password: str, password_hash: str | None) -> bool:
    """No hash: nobody has this account, and it takes as long to say so."""
    return await _in_own_thread(lambda: _verified(password_hash or NOBODYS_HASH, password))


def is_outdated(password_hash: str) -> bool:
    return _hasher().check_needs_rehash(password_hash)


def _verified(password_hash: str, password: str) -> bool:
    from argon2.exceptions import VerifyMismatchError

    try:
        return _hasher().verify(password_hash, password)
    except VerifyMismatchError:
        return False


async def _in_own_thread(work: Callable[[], T]) -> T:
    global _waiting
    if _waiting >= MOST_WAITING:
        raise Unavailable("Many people are logging in right now. Try again in a moment.")
    _waiting += 1
    try:
        metrics.count("password_hashes_total")
        return await asyncio.get_running_loop().run_in_executor(_threads(), work)
    finally:
        _waiting -= 1


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(min(2, os.cpu_count() or 1), "passwords")


@cache
def _hasher() -> "PasswordHasher":
    # Imported with the first password: `GET /api/me` starts without it.
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=ROUNDS, memory_cost=MEMORY_KIB, parallelism=LANES)
