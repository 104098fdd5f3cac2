"""See to it that what a process started ends with it, even when that process is killed with -9.

A second, tiny process reads a pipe whose other end only the starter holds. When the pipe closes without a farewell,
the guardian ends everything on its list. (PDEATHSIG is tied to a thread, forgotten by setuid, and Linux's alone.)
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time

_GRACE = 10.0

_lock = threading.Lock()
_pipe: int | None = None
_guardian: subprocess.Popen[bytes] | None = None
_starter = 0


def watch(pid: int, farewell: signal.Signals) -> None:
    """From now on this process gets the signal, and later -9, should we die."""
    _tell(f"{pid} {int(farewell)}")


def release(pid: int) -> None:
    """The process has ended and its number may be given to another."""
    _tell(f"{pid}")


def _tell(line: str) -> None:
    global _pipe, _guardian, _starter
    with _lock:
        if _pipe is None or _starter != os.getpid():  # a forked child guards its own
            reading, _pipe = os.pipe()
            _starter = os.getpid()
            # A session of its own: Ctrl-C at the terminal is for the starter, who ends things in order.
            _guardian = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", "-S", __file__], stdin=reading, start_new_session=True, stdout=subprocess.DEVNULL
            )
            os.close(reading)
        os.write(_pipe, line.encode() + b"\n")


def _main() -> None:
    guarded: dict[int, int] = {}
    for line in sys.stdin:
        pid, *farewell = map(int, line.split())
        if farewell:
            guarded[pid] = farewell[0]
        else:
            guarded.pop(pid, None)
    for pid, farewell_signal in guarded.items():
        _send(pid, farewell_signal)
    deadline = time.monotonic() + _GRACE
    while any(_send(pid, 0) and not _is_dead(pid) for pid in guarded) and time.monotonic() < deadline:
        time.sleep(0.05)
    for pid in guarded:
        _send(pid, signal.SIGKILL)


def _send(pid: int, number: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
        return True
    return False


def _is_dead(pid: int) -> bool:
    """Ended, and only not yet collected by the machine's first process."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/stat") as state:  # noqa: PTH123  # no pathlib: starts faster
        return state.read().rpartition(") ")[2].startswith("Z")
    return False


if __name__ == "__main__":
    _main()
