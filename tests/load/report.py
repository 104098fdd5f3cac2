"""What a benchmark says: figures beside their limits, the best of three rounds, and how busy the machine was.

Every round is kept in the JSON, so that a lucky one shows. A figure that misses its limit makes the command fail.
"""

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROUNDS = 3
FOLDER = Path(__file__).parents[2] / ".taskora" / "bench"


@dataclass(frozen=True)
class Figure:
    """`limit` is the least where more is better, and the most where less is; None: shown, and judged by nobody."""

    name: str
    unit: str
    more_is_better: bool = True
    limit: float | None = None

    def best(self, values: Sequence[float]) -> float:
        return max(values) if self.more_is_better else min(values)

    def is_met(self, value: float) -> bool:
        if self.limit is None:
            return True
        return value >= self.limit if self.more_is_better else value <= self.limit


@dataclass
class Round:
    values: dict[str, float]
    seconds: float = 0
    load: float = 0  # the machine's, over the last minute, when the round ended
    stolen: float | None = None  # part of the processors' time that the hypervisor gave to others


def benchmark(
    name: str, figures: Sequence[Figure], measure: Callable[[], dict[str, float]], rounds: int = ROUNDS
) -> int:
    """Measure some times, print, keep. The exit status of the command: 1 when a limit is missed."""
    done: list[Round] = []
    for number in range(1, rounds + 1):
        with watched() as round_:
            round_.values = measure()
        done.append(round_)
        said = f"{in_words(figures, round_.values)}; " if rounds > 1 else ""  # the table says it
        print(f"round {number}: {said}{noise(round_)}", flush=True)
    best = {figure.name: figure.best([round_.values[figure.name] for round_ in done]) for figure in figures}
    print(f"\n{table(figures, best, done)}")
    keep(name, figures, best, done)
    missed = [figure.name for figure in figures if not figure.is_met(best[figure.name])]
    if missed:
        print(f"MISSED: {', '.join(missed)}")
    return 1 if missed else 0


@contextmanager
def watched() -> Iterator[Round]:
    round_ = Round({})
    began, before = time.monotonic(), processor_time()
    yield round_
    round_.seconds = round(time.monotonic() - began, 1)
    round_.load = round(os.getloadavg()[0], 1)
    after = processor_time()
    if before and after:
        round_.stolen = round((after[1] - before[1]) / max(1, after[0] - before[0]), 3)


def processor_time() -> tuple[int, int] | None:
    """All there was and what was stolen, in ticks; only Linux tells."""
    stat = Path("/proc/stat")
    if not stat.exists():
        return None
    ticks = [int(word) for word in stat.read_text().split("\n", 1)[0].split()[1:9]]
    return sum(ticks), ticks[7]


def table(figures: Sequence[Figure], best: dict[str, float], rounds: Sequence[Round]) -> str:
    lines = [f"{'figure':<44}{'best of ' + str(len(rounds)):>12}{'median':>12}{'limit':>12}"]
    for figure in figures:
        median = statistics.median(round_.values[figure.name] for round_ in rounds)
        sign = "" if figure.limit is None else (">= " if figure.more_is_better else "<= ") + number(figure.limit)
        shown = f"{figure.name}, {figure.unit}" if figure.unit else figure.name
        lines.append(f"{shown:<44}{number(best[figure.name]):>12}{number(median):>12}{sign:>12}")
    return "\n".join(lines)


def in_words(figures: Sequence[Figure], values: dict[str, float]) -> str:
    return ", ".join(f"{figure.name} {number(values[figure.name])} {figure.unit}".rstrip() for figure in figures)


def noise(round_: Round) -> str:
    stolen = "unknown" if round_.stolen is None else f"{round_.stolen:.1%}"
    return f"load {round_.load}, stolen {stolen}, {round_.seconds:g} s"


def number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def keep(name: str, figures: Sequence[Figure], best: dict[str, float], rounds: Sequence[Round]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{name}.json"
    report = {
        "benchmark": name,
        "machine": {"processors": os.cpu_count(), "system": platform.platform(), "python": sys.version.split()[0]},
        "figures": [asdict(figure) | {"best": best[figure.name]} for figure in figures],
        "rounds": [asdict(round_) for round_ in rounds],
    }
    file.write_text(json.dumps(report, indent=2) + "\n")
    print(f"All rounds: {file}")
