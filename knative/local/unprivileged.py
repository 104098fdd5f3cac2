"""Stop being root and run a command: PostgreSQL refuses to run as root.

The data's owner runs it, and new data belongs to `nobody`. Where that account cannot enter the folders on the way
(/root, a home of mode 0700), it keeps the one capability that opens folders; nothing is copied, no folder's mode is
changed. Run as a program, so that none of it happens between fork and exec of a process with threads.
"""

import ctypes
import os
import pwd
import sys
from pathlib import Path

_CAP_DAC_OVERRIDE = 1
_PR_SET_SECUREBITS = 28
_NO_SETUID_FIXUP = 1 << 2
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2
_CAPABILITY_VERSION_3 = 0x20080522


def is_needed() -> bool:
    return os.geteuid() == 0


def give(path: Path) -> None:
    """Make a file or folder `nobody`'s own."""
    account = pwd.getpwnam("nobody")
    os.chown(path, account.pw_uid, account.pw_gid)


def command(words: list[str], data: Path) -> list[str]:
    """The same command, run by the account that owns the data."""
    account = data.stat()
    on_the_way = {*data.resolve().parents, *Path(words[0]).resolve().parents}
    closed = any(not folder.stat().st_mode & 0o001 for folder in on_the_way)
    me = [sys.executable, "-I", "-S", __file__]
    return [*me, str(account.st_uid), str(account.st_gid), "closed" if closed else "open", *words]


def _main(uid: str, gid: str, folders: str, *words: str) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if folders == "closed":
        # Else setuid would drop every capability, and access(2), with which initdb looks for postgres, heed none.
        _call(libc.prctl, _PR_SET_SECUREBITS, _NO_SETUID_FIXUP, 0, 0, 0)
    os.setgroups([])
    os.setgid(int(gid))
    os.setuid(int(uid))
    if folders == "closed":
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
            "PostgreSQL can't run as root, and the account that runs it instead may not enter these folders "
            f"({reason}); move the project to a folder that everybody may enter, or start it as an ordinary user"
        )


if __name__ == "__main__":
    _main(*sys.argv[1:])
