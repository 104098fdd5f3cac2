"""The parent of all function processes: it has imported what they need, so that a fork is a started function.

It has one thread and no event loop, opens nothing, and knows of the runner only a socket: a line of JSON for each
order, and one back for each thing that happened. When the runner is gone it goes too, and so does every process of it.
"""

import argparse
import ctypes
import gc
import importlib
import json
import os
import random
import select
import signal
import socket
import sys
import threading
import time
from typing import Any, NoReturn

PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--socket", type=int, required=True)
    arguments.add_argument("--runner", type=int, required=True)
    arguments.add_argument("--entry", required=True)
    arguments.add_argument("--preload", action="append", default=[])
    given = arguments.parse_args()
    die_with(given.runner)
    gc.disable()
    runner = socket.socket(fileno=given.socket)
    try:
        runner.sendall(_line(preload([given.entry.partition(":")[0], *given.preload])))
    except ConnectionError:
        return  # the runner did not wait for it
    gc.collect()
    gc.freeze()  # a collection in a function process must not touch, and so copy, what all of them share
    if order := Zygote(runner).serve():
        # A forked process, with nothing of the zygote left on its stack.
        gc.enable()
        if "program" in order:
            become(order["program"], order["folder"])
        call(given.entry)


def preload(names: list[str]) -> dict[str, Any]:
    """Import modules, named as modules or as files; one that fails is left to the function that needs it."""
    failed = {}
    for name in names:
        try:
            importlib.import_module(module_name(name))
        except Exception as error:  # whatever a module raises, the others still help
            failed[name] = f"{type(error).__name__}: {error}"
    alone = threading.active_count() == 1
    return {"did": "preload", "failed": failed, "alone": alone}


def module_name(name: str) -> str:
    return name.removesuffix(".py").replace("/", ".")


def become(words: list[str], folder: str) -> NoReturn:
    """Somebody else's program, which finds what it would in a container, and still dies with the zygote."""
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores them, and its children would
        signal.signal(number, signal.SIG_DFL)
    try:
        os.chdir(folder)
        os.execvpe(words[0], words, os.environ)  # noqa: S606
    except OSError as error:
        sys.exit(f"{words[0]} cannot be run in {folder}: {error.strerror}")


def call(entry: str) -> None:
    module, _, function = entry.partition(":")
    getattr(importlib.import_module(module), function)()


class Zygote:
    def __init__(self, runner: socket.socket) -> None:
        self._runner = runner
        self._runner.setblocking(True)
        self._alive: set[int] = set()
        self._lifeline, self._held = os.pipe()
        self._orders = b""

    def serve(self) -> dict[str, Any] | None:
        """Take orders until the runner is gone, or until this is a forked process, which then has to do as ordered."""
        wake, woken = os.pipe()
        os.set_blocking(woken, False)
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        while True:
            ready, _, _ = select.select([self._runner.fileno(), wake], [], [])
            if wake in ready:
                os.read(wake, 4096)
                self._report_exits()
            if self._runner.fileno() not in ready:
                continue
            received = self._receive()
            if not received:
                self._kill_all()
                return None
            *lines, self._orders = (self._orders + received).split(b"\n")
            for order in map(json.loads, lines):
                if self._obey(order):
                    os.close(wake)
                    os.close(woken)
                    return dict(order)

    def _receive(self) -> bytes:
        try:
            return self._runner.recv(65536)
        except ConnectionError:
            return b""

    def _obey(self, order: dict[str, Any]) -> bool:
        if order["do"] == "fork":
            return self._fork(order)
        if order["do"] == "signal" and order["pid"] in self._alive:
            # Not yet reaped, so the number still means this process and no other.
            os.kill(order["pid"], order["signal"])
        return False

    def _fork(self, order: dict[str, Any]) -> bool:
        """Whether this is the process that came of it."""
        sys.stdout.flush()
        sys.stderr.flush()
        zygote = os.getpid()
        pid = os.fork()
        if pid:
            self._alive.add(pid)
            self._tell({"did": "fork", "id": order["id"], "pid": pid})
            return False
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.setsid()
        die_with(zygote)
        self._runner.close()
        os.close(self._held)
        if LIBC is None:
            threading.Thread(target=watch, args=[self._lifeline], daemon=True).start()
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.environ.clear()
        os.environ.update(order["env"])
        time.tzset()
        random.seed()
        sys.argv = [order["name"]]
        if LIBC:
            LIBC.prctl(PR_SET_NAME, order["name"].encode())  # ps and top show which function it is
        return True

    def _report_exits(self) -> None:
        while self._alive:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            self._alive.discard(pid)
            self._tell({"did": "exit", "pid": pid, "status": os.waitstatus_to_exitcode(status)})

    def _tell(self, what: dict[str, Any]) -> None:
        try:
            self._runner.sendall(_line(what))
        except ConnectionError:
            self._kill_all()
            os._exit(0)

    def _kill_all(self) -> None:
        for pid in self._alive:
            os.kill(pid, signal.SIGKILL)


def die_with(parent: int) -> None:
    """Have the kernel kill this process when its parent dies."""
    if LIBC:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # it was gone before the kernel had been asked


def watch(lifeline: int) -> None:
    """Where the kernel does not do that (macOS): the zygote alone holds the other end of this pipe."""
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGKILL)


def _line(what: dict[str, Any]) -> bytes:
    return json.dumps(what).encode() + b"\n"


if __name__ == "__main__":
    main()
