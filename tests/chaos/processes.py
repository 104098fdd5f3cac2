"""Processes of this installation: found by their parents, and signalled so that no other process can be hit."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


class Gone(Exception):
    """There is no such process any more."""


@dataclass
class Process:
    """A process held by its descriptor: once it has ended, its number may be another's, and nobody is signalled."""

    pid: int
    name: str
    _descriptor: int

    @classmethod
    def hold(cls, pid: int, parent: int) -> "Process":
        try:
            descriptor = os.pidfd_open(pid)
        except ProcessLookupError as gone:
            raise Gone(f"process {pid} has ended") from gone
        if _parent(pid) != parent:  # asked after holding it, so it is about this very process
            os.close(descriptor)
            raise Gone(f"process {pid} is none of ours any more")
        return cls(pid, (PROC / str(pid) / "comm").read_text().strip(), descriptor)

    def send(self, number: signal.Signals) -> None:
        try:
            signal.pidfd_send_signal(self._descriptor, number)
        except ProcessLookupError:
            return  # it ended by itself

    def release(self) -> None:
        os.close(self._descriptor)


def children(parent: int) -> list[int]:
    return sorted(pid for pid in _all() if _parent(pid) == parent)


def zygote_of(runner: int) -> int:
    """The runner's child from which all function processes are forked."""
    for pid in children(runner):
        if b"knative.runner.zygote" in _command(pid):
            return pid
    raise Gone("the runner has no zygote now")


def left_of(folder: Path, within: float) -> dict[int, str]:
    """What still runs of this folder's processes, after they had time to notice that they are over."""
    deadline = time.monotonic() + within
    while (left := _of(folder)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def _of(folder: Path) -> dict[int, str]:
    """Every process that works in this folder or was told of it, with its command line."""
    here = str(folder).encode()
    return {
        pid: command.replace(b"\0", b" ").decode(errors="replace")
        for pid in _all()
        if pid != os.getpid() and (here in (command := _command(pid)) or _works_in(pid, folder))
    }


def _all() -> list[int]:
    return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdecimal()]


def _parent(pid: int) -> int | None:
    try:
        return int((PROC / str(pid) / "stat").read_text().rpartition(") ")[2].split()[1])
    except (OSError, IndexError):
        return None


def _command(pid: int) -> bytes:
    try:
        return (PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""


def _works_in(pid: int, folder: Path) -> bool:
    try:
        return (PROC / str(pid) / "cwd").readlink().is_relative_to(folder)
    except OSError:
        return False
