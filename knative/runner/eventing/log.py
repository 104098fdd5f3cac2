"""The port to the durable event log: topics, partitions, numbered records, and groups that keep their position.

Two adapters stand behind it, `postgres_log` and `kafka_log`; one conformance suite holds both.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from knative.runner.eventing.topics import Topic


class LogUnavailable(ConnectionError):
    """The log cannot be reached now; what was asked may or may not have happened."""


class TooLarge(Exception):
    """The log will never take this record."""


class Partition(NamedTuple):
    topic: str
    number: int


@dataclass(frozen=True, slots=True)
class Record:
    partition: Partition
    offset: int
    at: datetime
    key: bytes | None
    headers: Mapping[str, str]
    value: bytes | None


class Subscription(Protocol):
    """One group's reading of its topics. Only one task fetches."""

    async def fetch(self, busy: Collection[Partition]) -> Sequence[Record]:
        """The next records, in order within each partition, none of a busy one; waits until there are some.

        Comes back with nothing when woken, so that the caller can say anew what is busy.
        """

    def wake(self) -> None: ...

    async def commit(self, positions: Mapping[Partition, int]) -> None:
        """The group has finished everything before these offsets."""

    async def close(self) -> None: ...


class EventLog(Protocol):
    async def start(self, topics: Sequence[Topic]) -> None:
        """Waits for the log, and sees to it that the topics exist."""

    async def append(self, topic: str, key: bytes | None, headers: Mapping[str, str], value: bytes | None) -> None:
        """Returns once the record is durable. Records of one key keep the order in which they were appended."""

    async def subscribe(
        self, group: str, topics: Sequence[str], initial: Literal["earliest", "latest"]
    ) -> Subscription:
        """A group that is new begins where `initial` says, and that place is kept from this moment on."""

    async def stop(self) -> None: ...
