"""The newest records of each partition, kept by whoever appended them: most are wanted at once, by several groups.

Memory only. What is not here, or no longer, is read from the log; reading each event back for each group cost the
runner a third of its time.
"""

from collections import deque
from collections.abc import Sequence
from itertools import islice

from knative.runner.eventing.log import Partition, Record

MOST, MOST_BYTES = 1_000, 4_000_000  # of one partition


class Tail:
    def __init__(self) -> None:
        self._records: dict[Partition, deque[Record]] = {}
        self._bytes: dict[Partition, int] = {}

    def add(self, records: Sequence[Record]) -> None:
        """The next of one partition. Where somebody else has appended in between, what was here is forgotten."""
        partition = records[0].partition
        kept = self._records.setdefault(partition, deque())
        if kept and kept[-1].offset + 1 != records[0].offset:
            kept.clear()
            self._bytes[partition] = 0
        kept.extend(records)
        size = self._bytes.get(partition, 0) + sum(map(_size, records))
        while kept and (len(kept) > MOST or size > MOST_BYTES):
            size -= _size(kept.popleft())
        self._bytes[partition] = size

    def read(self, partition: Partition, offset: int, limit: int) -> list[Record]:
        """From this offset on; nothing where the tail does not reach back so far."""
        kept = self._records.get(partition)
        if not kept or offset < kept[0].offset:
            return []
        begin = offset - kept[0].offset
        return list(islice(kept, begin, begin + limit))

    def forget(self) -> None:
        """Some of it may have been removed from the log."""
        self._records.clear()
        self._bytes.clear()


def _size(record: Record) -> int:
    return len(record.value or b"") + 500  # its headers, about
