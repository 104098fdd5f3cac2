"""From a write to what the user's other pages show: through the gateway, the broker, the Trigger and the stream."""

import statistics
import sys
import tempfile
import time
from pathlib import Path
from uuid import uuid4

import httpx

from tests.chaos.installation import Installation
from tests.load import report
from tests.load.report import Figure
from tests.streams import Page
from tests.world import NO_AUTHORITIES

PEOPLE, PAGES = 8, 2
WRITES, WARM_UP = 400, 40
PAUSE = 0.04  # seconds between two writes: people at work, not a flood

FIGURES = [
    Figure("from write to stream, p50", "ms", more_is_better=False),
    Figure("from write to stream, p99", "ms", more_is_better=False, limit=100),
    Figure("from write to answer, p50", "ms", more_is_better=False),
]


class Somebody:
    """A person with several open pages."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, headers={"origin": address}, verify=NO_AUTHORITIES, timeout=20)
        account = {"email": f"{uuid4()}@example.org", "password": "a long enough password"}
        self._client.post("/api/auth/register", json=account).raise_for_status()
        self.pages = [Page(address, self._client.cookies["session"]).__enter__() for _ in range(PAGES)]

    def write(self) -> tuple[float, float, int]:
        """When it began, when it was answered, and the number of its event."""
        number = len(self.pages[0].changes) + 1
        began = time.monotonic()
        self._client.post("/api/tasks", json={"title": "Buy milk"}).raise_for_status()
        return began, time.monotonic(), number

    def leave(self) -> None:
        for page in self.pages:
            page.close()
        self._client.close()


def measure(people: list[Somebody]) -> dict[str, float]:
    seen, answered = [], []
    for turn in range(WRITES):
        person = people[turn % len(people)]
        began, answer, number = person.write()
        for page in person.pages:
            page.until(lambda page=page, number=number: len(page.changes) >= number, "the change")  # type: ignore[misc]
            came = [frame.at for frame in page.frames if frame.event == "message"][number - 1]
            if turn >= WARM_UP:
                seen.append(1000 * (came - began))
                answered.append(1000 * (answer - began))
        time.sleep(PAUSE)
    centiles = statistics.quantiles(seen, n=100)
    return {
        "from write to stream, p50": centiles[49],
        "from write to stream, p99": centiles[98],
        "from write to answer, p50": statistics.median(answered),
    }


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, Installation.running(Path(folder)) as installation:
        people = [Somebody(installation.address) for _ in range(PEOPLE)]
        status = report.benchmark("sync", FIGURES, lambda: measure(people))
        for person in people:
            person.leave()
    return status


if __name__ == "__main__":
    sys.exit(main())
