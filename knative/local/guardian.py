"""See to it that what a process started ends with it, even when that process is killed with -9.

A second, tiny process reads a pipe whose other end only the starter holds. When the pipe closes without a farewell,
the guardian ends everything on its list. (PDEATHSIG is tied to a thread, forgotten by setuid, and Linux's alone.)
"""

import atexit
import contextlib
import os
import signal
import subprocess
import sys
import threading
import time

_GRACE = 10.0


class _Guardian:
    def __init__(self) -> None:
        self.starter = os.getpid()
        reading, self.pipe = os.pipe()
        # A session of its own: Ctrl-C at the terminal is for the starter, who ends things in order.
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", "-S", __file__], stdin=reading, start_new_session=True, stdout=subprocess.DEVNULL
        )
        os.close(reading)
        atexit.register(self.dismiss)

    def dismiss(self) -> None:
        """Whatever is still on its list ends now."""
        if self.starter == os.getpid() and not self.is_gone():
            os.close(self.pipe)
            self.process.wait()

    def tell(self, line: str) -> None:
        os.write(self.pipe, line.encode() + b"\n")

    def is_gone(self) -> bool:
        return self.process.poll() is not None


_lock = threading.RLock()
_guarded: dict[int, signal.Signals] = {}
_guardian: _Guardian | None = None


def watch(pid: int, farewell: signal.Signals) -> None:
    """From now on this process gets the signal, and later -9, should we die."""
    with _lock:
        present().tell(f"{pid} {int(farewell)}")
        _guarded[pid] = farewell


def release(pid: int) -> None:
    """The process has ended, and its number may be given to another."""
    with _lock:
        _guarded.pop(pid, None)
        present().tell(f"{pid}")


def present() -> _Guardian:
    """The guardian; a new one, told everything, when the last was killed itself."""
    global _guardian
    with _lock:
        if _guardian is not None and _guardian.starter != os.getpid():  # forked: what our parent started is not ours
            _guarded.clear()
            _guardian = None
        if _guardian is not None and _guardian.is_gone():
            os.close(_guardian.pipe)
            _guardian = None
        if _guardian is None:
            _guardian = _Guardian()
            for pid, farewell in _guarded.items():
                _guardian.tell(f"{pid} {int(farewell)}")
        return _guardian


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
    with contextlib.suppress(ProcessLookupError, PermissionError):  # its number is free, or another user's by now
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
