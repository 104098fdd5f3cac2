"""The programs that make load: wrk for requests, pgbench for SQL. Both are small beside what they measure."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from knative.local import binaries


def wrk(url: str, script: Path, clients: int, seconds: int) -> float:
    """Requests a second, each answered well."""
    return number_in(r"Requests/sec:\s+([\d.]+)", wrk_says(url, script, clients, seconds))


def wrk_says(url: str, script: Path, clients: int, seconds: int) -> str:
    program = shutil.which("wrk")
    if program is None:
        sys.exit("This needs wrk (apt install wrk, brew install wrk).")
    command = [program, "-t1", f"-c{clients}", f"-d{seconds}s", "-s", str(script), url]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 60).stdout
    assert "Non-2xx" not in said, said
    assert "Socket errors" not in said, said
    return said


def pgbench(url: str, script: Path, clients: int, seconds: int, people: int) -> float:
    """Transactions a second, prepared once for each connection as functions do it."""
    program = binaries.postgres() / "pgbench"
    command = [str(program), "--no-vacuum", "--protocol=prepared", f"--client={clients}", "--jobs=1"]
    command += [f"--time={seconds}", f"--file={script}", f"--define=people={people}", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 60).stdout
    assert "number of failed transactions: 0 " in said, said
    return number_in(r"tps = ([\d.]+)", said)


def number_in(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    assert found, text
    return float(found[1])


def processor_seconds(pid: int) -> float:
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(ticks[11]) + int(ticks[12])) / 100


def processor_seconds_below(pid: int) -> float:
    """Of the processes that this one has started: of a PostgreSQL all that its connections cost, and its writers.

    Those that have ended stand in its own line.
    """
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    ended = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[13:15]
    return sum(map(processor_seconds, map(int, children))) + sum(map(int, ended)) / 100
