"""Ports for what tests start: taken by nobody else between the choice and the start.

The kernel gives any port of its own range to any connection that leaves this machine, and to the next who asks for a
free one. So these come from below that range, and each process of tests has a block that no other one has.
"""

import fcntl
import socket
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FIRST, BLOCK = 10_000, 500
KERNELS = Path("/proc/sys/net/ipv4/ip_local_port_range")


def free_port() -> int:
    return next(_ours())


@cache
def _ours() -> Iterator[int]:
    return _free(_block())


def _free(block: range) -> Iterator[int]:
    while True:
        for port in block:
            try:
                socket.create_server(("127.0.0.1", port)).close()
            except OSError:
                continue
            yield port


def _block() -> range:
    end = int(KERNELS.read_text().split()[0]) if KERNELS.exists() else 32_768
    folder = Path(tempfile.gettempdir()) / "taskora-ports"
    folder.mkdir(exist_ok=True)
    for first in range(FIRST, end - BLOCK + 1, BLOCK):
        lock = (folder / str(first)).open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
        else:
            _kept.append(lock)
            return range(first, first + BLOCK)
    raise RuntimeError(f"other tests have all ports between {FIRST} and {end}")


_kept: list[object] = []  # the lock is ours as long as the file is open
