"""Where processor time goes: of every process of an installation, by what it is there for.

It is looked at each second, so that a process that ends in between has lost us little. PostgreSQL's are told apart by
who is connected.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.installation import Installation
from tests.chaos.processes import children, zygote_of
from tests.load.programs import processor_seconds

CONNECTED = "SELECT pid, application_name AS name FROM pg_stat_activity WHERE backend_type = 'client backend'"


@dataclass
class Spent:
    installation: Installation
    others: Mapping[str, int]  # processes besides: the load itself, by what it does
    _first: dict[tuple[str, int], float] = field(default_factory=dict)
    _last: dict[tuple[str, int], float] = field(default_factory=dict)

    def look(self) -> None:
        new = not self._first
        for part, pid in self._processes():
            try:
                seconds = processor_seconds(pid)
            except OSError:
                continue  # it has just ended
            self._first.setdefault((part, pid), seconds if new else 0.0)
            self._last[part, pid] = seconds

    def by_part(self) -> dict[str, float]:
        """Seconds since the first look, the most first."""
        parts: dict[str, float] = defaultdict(float)
        for (part, pid), seconds in self._last.items():
            parts[part] += seconds - self._first[part, pid]
        return dict(sorted(parts.items(), key=lambda each: -each[1]))

    def _processes(self) -> list[tuple[str, int]]:
        installation = self.installation
        runner, postgres = installation.runner.process.pid, installation.postgres.process.pid
        found = [("the runner", runner), *((part, pid) for part, pid in self.others.items())]
        found += [(comm(pid), pid) for pid in children(zygote_of(runner))]
        for name, label in (("valkey", "Valkey"), ("broker", "Kafka")):
            if component := installation.component(name):
                found.append((label, component.process.pid))
        connected = {row["pid"]: row["name"] for row in installation.rows(CONNECTED)}
        for pid in children(postgres):
            found.append((f"PostgreSQL for {connected[pid]}" if pid in connected else "PostgreSQL itself", pid))
        return found


def comm(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return "gone"
