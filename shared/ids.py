"""Ids are UUIDv7: made anywhere, sorted by the time they were made."""

import os
import time
from uuid import UUID

_ASKED = 100  # ids that one question to the kernel is enough for
_random = b""


def new_id() -> UUID:
    global _random
    if not _random:
        _random = os.urandom(10 * _ASKED)
    mine, _random = _random[:10], _random[10:]
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(mine, "big")
    value = value & ~(0xF << 76) | 7 << 76  # version 7
    value = value & ~(0x3 << 62) | 2 << 62  # RFC 9562 variant
    return UUID(int=value)


def _forget() -> None:
    global _random
    _random = b""


os.register_at_fork(after_in_child=_forget)  # or two processes would make the same ids
