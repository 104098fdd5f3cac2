"""Processes, looked at from outside."""

import os
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

PATIENCE = 30.0


def is_there(pid: int) -> bool:
    """A zombie that nobody has looked after yet is not there any more."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")


def wait_until_gone(pids: Iterable[int]) -> None:
    deadline = time.monotonic() + PATIENCE
    while left := [pid for pid in pids if is_there(pid)]:
        assert time.monotonic() < deadline, f"still there: {left}"
        time.sleep(0.05)


def children_of(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(child) for child in found.stdout.split() if is_there(int(child))]


def kill(pid: int, number: int) -> None:
    os.kill(pid, number)


def environment_of(pid: int) -> str:
    """What the kernel shows of it to every process of the same user."""
    file = Path(f"/proc/{pid}/environ")
    if file.exists():
        return file.read_text("utf-8")
    shown = ["ps", "-E", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(shown, capture_output=True, text=True, check=True).stdout
