"""One Taskora a folder, and one installation at a time: locks that the kernel takes back however their holder ends."""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path

from knative.local.trouble import Trouble, say

# The lock goes from the bootstrap to what it becomes (exec), so there is no moment without a holder.
_INHERITED = "TASKORA_LOCK"


class Lock:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def take(cls, folder: Path) -> "Lock":
        if inherited := os.environ.pop(_INHERITED, None):
            os.set_inheritable(int(inherited), False)  # not for the components we start
            return cls(int(inherited))
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(_already_running(os.pread(descriptor, 1000, 0))) from None
        lock = cls(descriptor)
        lock.note(f"process {os.getpid()}")
        return lock

    def note(self, what: str) -> None:
        """What somebody who finds the lock taken is told about its holder."""
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, json.dumps({"pid": os.getpid(), "what": what}).encode(), 0)

    def hand_on(self) -> None:
        os.set_inheritable(self._descriptor, True)
        os.environ[_INHERITED] = str(self._descriptor)


@contextlib.contextmanager
def installing(folder: Path) -> Iterator[None]:
    """One at a time: who comes second waits, and finds most of it done."""
    with (folder / "installing").open("w") as turn:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start or `make ready` installs in this folder; waiting for it")
            fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def _already_running(noted: bytes) -> str:
    try:
        holder = json.loads(noted)
    except ValueError:  # in the instant between taking and noting, or the note found no room
        return "it is already running in this folder; stop it first with Ctrl-C where it runs"
    return (
        f"it is already running in this folder ({holder['what']}); use that one, "
        f"or stop it first: Ctrl-C where it runs, or kill {holder['pid']}"
    )
