"""What runs while nobody is there: which functions, for how long, and how much memory everything holds.

A fresh installation is left alone until all that it had started with is gone; then three minutes are watched.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.installation import Installation
from tests.load import report
from tests.load.report import Figure
from tests.world import ROOT, eventually

MINUTE = 60.0
LOOKS = 0.05  # seconds between two looks
SETTLED = 300.0

FUNCTIONS = sorted(path.name for path in (ROOT / "functions").iterdir() if (path / "main.py").exists())

FIGURES = [
    Figure("clock is awake, of a minute", "s", more_is_better=False, limit=10),
    Figure("other functions are awake, of a minute", "s", more_is_better=False, limit=0),
    Figure("awake in an hour, all functions", "s", more_is_better=False),
    Figure("processor time of a minute, all processes", "s", more_is_better=False),
    Figure("processes while nothing is awake", "", more_is_better=False),
    Figure("memory while nothing is awake", "MB", more_is_better=False),
    Figure("memory of clock while it is awake", "MB", more_is_better=False),
]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, Installation.running(Path(folder)):
        eventually(lambda: set(awake()) <= {"clock"}, "only clock is left", within=SETTLED)
        eventually(lambda: not awake(), "clock is gone", within=MINUTE)
        return report.benchmark("idle", FIGURES, minute)


def minute() -> dict[str, float]:
    seconds = dict.fromkeys(FUNCTIONS, 0.0)
    clocks_memory = 0.0
    asleep: list[tuple[int, float]] = []
    began = last = time.monotonic()
    spent = processor_seconds()
    while last - began < MINUTE:
        time.sleep(LOOKS)
        now = time.monotonic()
        up = awake()
        for name in up:
            seconds[name] += now - last
        last = now
        if "clock" in up:
            clocks_memory = max(clocks_memory, memory(up["clock"]))
        elif not up and len(asleep) < 10:
            ours = processes()
            asleep.append((len(ours), sum(map(memory, ours))))
    spent = processor_seconds() - spent
    others = sum(seconds.values()) - seconds["clock"]
    return {
        "clock is awake, of a minute": seconds["clock"],
        "other functions are awake, of a minute": others,
        "awake in an hour, all functions": sum(seconds.values()) * 60,
        "processor time of a minute, all processes": spent,
        "processes while nothing is awake": min(count for count, _ in asleep),
        "memory while nothing is awake": min(held for _, held in asleep),
        "memory of clock while it is awake": clocks_memory,
    }


def awake() -> dict[str, int]:
    """Functions that have a process, which is called what they are called, and its number."""
    return {name: pid for pid in processes() if (name := said(pid, "comm").strip()) in FUNCTIONS}


def processes() -> list[int]:
    """Everything the installation has started, directly or not."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := said(int(entry.name), "stat").rpartition(") ")[2].split()):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, unseen = [], children.get(os.getpid(), [])
    while unseen:
        found.append(pid := unseen.pop())
        unseen.extend(children.get(pid, []))
    return found


def memory(pid: int) -> float:
    """Megabytes, what is shared counted in parts."""
    sizes = [int(line.split()[1]) for line in said(pid, "smaps_rollup").splitlines() if line.startswith("Pss:")]
    return sum(sizes) / 1024


def processor_seconds() -> float:
    """Of all that live and of those they have seen end."""
    fields = [said(pid, "stat").rpartition(") ")[2].split() for pid in processes()]
    return sum(int(tick) for of_one in fields if of_one for tick in of_one[11:15]) / os.sysconf("SC_CLK_TCK")


def said(pid: int, what: str) -> str:
    """What the kernel says about a process; nothing when it has just ended."""
    try:
        return Path(f"/proc/{pid}/{what}").read_text()
    except OSError:
        return ""


if __name__ == "__main__":
    if sys.platform != "linux":
        sys.exit("This looks into /proc, which only Linux has.")
    sys.exit(main())
