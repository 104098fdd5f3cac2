"""Become `nobody` and run a command: PostgreSQL refuses to run as root.

Run as a program, so that nothing of it happens between fork and exec of a process with threads.
Where `nobody` cannot enter the folders on the way to the data or the binaries (/root, a home of mode 0700), the one
capability that opens folders is kept; nothing is copied, and no folder's mode is changed.
"""

import ctypes
import os
import pwd
import sys
from pathlib import Path

ACCOUNT = "nobody"

_CAP_DAC_OVERRIDE = 1
_PR_SET_KEEPCAPS = 8
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2
_CAPABILITY_VERSION_3 = 0x20080522


def is_needed() -> bool:
    return os.geteuid() == 0


def command(words: list[str], *paths: Path) -> list[str]:
    """The same command run by `nobody`, who must be able to reach these paths."""
    reach = "within-closed-folders" if any(_closed_to_others(path) for path in paths) else "everywhere-open"
    return [sys.executable, "-I", "-S", __file__, reach, *words]


def give(path: Path) -> None:
    """Make a file or folder `nobody`'s own."""
    account = pwd.getpwnam(ACCOUNT)
    os.chown(path, account.pw_uid, account.pw_gid)


def _closed_to_others(path: Path) -> bool:
    return any(folder.exists() and not folder.stat().st_mode & 0o001 for folder in path.resolve().parents)


def _main(reach: str, *words: str) -> None:
    closed = reach == "within-closed-folders"
    libc = ctypes.CDLL(None, use_errno=True)
    account = pwd.getpwnam(ACCOUNT)
    if closed:
        _call(libc.prctl, _PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)
    if closed:
        mask = 1 << _CAP_DAC_OVERRIDE
        header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
        sets = (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)  # effective, permitted, inheritable; low, then high
        _call(libc.capset, header, sets)
        _call(libc.prctl, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, _CAP_DAC_OVERRIDE, 0, 0)
    os.execv(words[0], words)  # noqa: S606  # the pid stays, so the starter remains the parent


def _call(function: "ctypes._NamedFuncPointer", *arguments: object) -> None:
    if function(*arguments) != 0:
        reason = os.strerror(ctypes.get_errno())
        sys.exit(
            f"root's folders are closed to {ACCOUNT}, who must run PostgreSQL, and the capability to enter them "
            f"can't be kept here ({reason}); move the project to a folder that everybody may enter, or run as a user"
        )


if __name__ == "__main__":
    _main(*sys.argv[1:])
