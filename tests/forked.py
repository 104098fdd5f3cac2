"""Function processes forked from one that has imported what all of them share, as `make run` has them: a start costs
little. Each imports its own modules by itself; that all start as in the image is held by tests of their own.
"""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SHARED = [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("shared/*.py"))]
PATIENCE = 60.0  # the first fork waits for all imports


class Forked:
    """As much of `subprocess.Popen` as tests need, of a process that is the child of another."""

    def __init__(self, zygote: "Zygote") -> None:
        self._zygote = zygote
        self.born, self._ended = threading.Event(), threading.Event()
        self.pid = 0
        self.returncode: int | None = None

    def is_gone(self, status: int) -> None:
        self.returncode = status
        self._ended.set()

    def poll(self) -> int | None:
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if not self._ended.wait(timeout):
            raise subprocess.TimeoutExpired(f"forked process {self.pid}", timeout or 0)
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, number: int) -> None:
        self._zygote.order(do="signal", pid=self.pid, signal=number)


class Zygote:
    """The tests' side of the runner's zygote. It ends with the tests, and with it all that it forked."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-u", "-m", "knative.runner.zygote", "--entry", "tests.forked_entry:main"]
        command += ["--socket", str(theirs.fileno()), "--runner", str(os.getpid())]
        command += [word for module in SHARED for word in ("--preload", module)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, start_new_session=True
        )
        theirs.close()
        self._socket = ours
        self._ordered = threading.Lock()
        self._forks: list[Forked] = []
        self._alive: dict[int, Forked] = {}
        self._trouble: dict[str, Any] | None = None
        threading.Thread(target=self._hear, daemon=True).start()

    def fork(self, name: str, environment: Mapping[str, str], log: Path) -> Forked:
        with self._ordered:
            forked = Forked(self)
            self._forks.append(forked)
            number = len(self._forks) - 1
        self.order(do="fork", id=number, name=name, env={**environment, "FUNCTION_LOG": str(log)})
        is_born = forked.born.wait(PATIENCE)
        assert is_born, f"{name} was not forked; the zygote: {self._process.poll()}"
        assert self._trouble is None, self._trouble
        return forked

    def order(self, **order: Any) -> None:
        with self._ordered:
            self._socket.sendall(json.dumps(order).encode() + b"\n")

    def _hear(self) -> None:
        for line in self._socket.makefile("rb"):
            said = json.loads(line)
            match said["did"]:
                case "fork":
                    forked = self._forks[said["id"]]
                    forked.pid = said["pid"]
                    self._alive[forked.pid] = forked
                    forked.born.set()
                case "exit":
                    self._alive.pop(said["pid"]).is_gone(said["status"])
                case "preload" if said["failed"] or not said["alone"]:  # a thread would be lost in each fork
                    self._trouble = said


@cache
def zygote() -> Zygote:
    """One for all tests of this process. It dies with the thread that asked first: let that be theirs."""
    return Zygote()
