"""Some time at a steady rate: what is measured then, what it has to keep to, and how it is told."""

import statistics
from dataclasses import dataclass

from tests.load.report import Figure

SETTLED = 1.0  # seconds after the last change, in which everything that waits has to be gone
SHOWN = {"p99": 250.0}  # ms, as one person's change on their other pages


@dataclass(frozen=True)
class Phase:
    minutely: int
    seconds: float

    @property
    def name(self) -> str:
        return f"{self.minutely:,} a minute"

    @property
    def rate(self) -> float:
        return self.minutely / 60

    def figures(self) -> list[Figure]:
        def less(name: str, unit: str, limit: float | None = None) -> Figure:
            return Figure(f"{self.name}: {name}", unit, more_is_better=False, limit=limit)

        return [
            Figure(f"{self.name}: made", "events/min", limit=0.99 * self.minutely),
            less("growth of what waits", "events", limit=self.rate),
            less("most that waited", "events"),
            less("all done after", "s", limit=SETTLED),
            *(less(f"to the seal, {at}", "ms") for at in ("p50", "p99", "max")),
            *(less(f"to the page, {at}", "ms", SHOWN.get(at)) for at in ("p50", "p99", "max")),
            less("processor time", "µs/event"),
        ]


def growth(waited: list[int]) -> float:
    """How much more waits at the end than at the beginning, by the straight line through all looks."""
    return (len(waited) - 1) * statistics.linear_regression(range(len(waited)), waited).slope


def waits(phase: Phase, waited: list[dict[str, int]]) -> str:
    lines = [f"\n{phase.name}, events that wait:{'mean':>20}{'most':>8}{'growth':>8}"]
    for name in waited[0]:
        counts = [each[name] for each in waited]
        lines.append(f"  {name:<40}{statistics.mean(counts):>8,.0f}{max(counts):>8,}{growth(counts):>8,.0f}")
    return "\n".join(lines)


def table(phase: Phase, parts: dict[str, float], events: int) -> str:
    lines = [f"{phase.name}, processor time of one event:"]
    lines += [f"  {part:<28}{1e6 * seconds / events:>8,.0f} µs" for part, seconds in parts.items()]
    return "\n".join([*lines, f"  {'all':<28}{1e6 * sum(parts.values()) / events:>8,.0f} µs"])
