"""What was read from Redis stays here for a moment: until Redis says that it has changed, and a second at most.

Redis tells of each change as it is made; whoever made it may hear that it is done a moment earlier.
"""

import time
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from shared import redis

SECONDS = 1.0  # should the line be dead, and nobody have noticed
MOST = 10_000

Value = TypeVar("Value")


@dataclass(eq=False, slots=True)
class Reading(Generic[Value]):
    value: Value | None = None
    until: float = field(default_factory=lambda: time.monotonic() + SECONDS)


class Kept(Generic[Value]):
    def __init__(self) -> None:
        self._readings: dict[str, Reading[Value]] = {}
        self._made_of: dict[str, set[str]] = {}  # key -> names
        redis.heed(self._changed)

    def get(self, name: str) -> Value | None:
        reading = self._readings.get(name)
        return reading.value if reading and reading.until > time.monotonic() else None

    def begin(self, name: str, *keys: str) -> Reading[Value]:
        """Before Redis is asked for these keys: what changes while the answer is under way is not kept."""
        if len(self._readings) >= MOST:
            self._changed(None)
        reading = self._readings[name] = Reading[Value]()
        for key in keys:
            self._made_of.setdefault(key, set()).add(name)
        return reading

    def keep(self, reading: Reading[Value], value: Value) -> None:
        if redis.tells_of_changes():
            reading.value = value  # which nobody finds any more, if it changed

    def _changed(self, keys: list[str] | None) -> None:
        if keys is None:
            self._readings.clear()
            self._made_of.clear()
            return
        for key in keys:
            for name in self._made_of.pop(key, ()):
                self._readings.pop(name, None)
