"""Is this machine ready? Each question has an answer or a Trouble that names the remedy."""

import os
import re
import shutil
import socket
import subprocess
from pathlib import Path

from knative.local.trouble import Trouble

ROOM_FOR_INSTALLING = 1_500_000_000
ROOM_FOR_RUNNING = 200_000_000
_DEFAULT_PORT = 8080


def port(wanted: str | None) -> int:
    """The port to answer on, free right now."""
    if not wanted:
        number = _DEFAULT_PORT
    elif wanted.isdecimal() and 0 < int(wanted) < 65536:
        number = int(wanted)
    else:
        raise Trouble(f"PORT is {wanted!r}, and a port is a number from 1 to 65535: PORT={_DEFAULT_PORT} make run")
    problem = _problem_with(number)
    if problem is not None:
        raise Trouble(f"port {number} {problem}; choose another: PORT={_free_after(number)} make run")
    return number


def data_folder(folder: Path) -> Path:
    """The one folder that holds data: there, and ours to write in."""
    try:
        folder.mkdir(mode=0o755, exist_ok=True)
        (folder / "lock").touch()
    except PermissionError as denied:
        raise _belongs_to_another(folder if folder.exists() else folder.parent) from denied
    except OSError as problem:
        raise Trouble(f"{folder} can't be made: {problem.strerror}; make room or choose another disk") from problem
    return folder


def content(folder: Path) -> None:
    """What is in the data folder is ours, too: a start as root in between leaves files that are root's."""
    for entry in [*folder.iterdir(), *folder.glob("*/*")]:
        if entry.is_symlink() and not entry.exists():
            raise Trouble(f"{entry} leads to {entry.readlink()}, which is not there; bring it back or remove the link")
        if not os.access(entry, os.W_OK):
            raise _belongs_to_another(entry)


def room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Trouble(
            f"the disk of {folder} is full: {free // 1_000_000} MB are free and {needed // 1_000_000} MB are needed; "
            "make room and run it again"
        )


def node() -> None:
    """Node and npm, new enough for the page's build."""
    install = "install Node 20.19 or newer (https://nodejs.org, or your package manager) and run it again"
    if shutil.which("node") is None:
        raise Trouble(f"Node is missing, which builds the page; {install}")
    if shutil.which("npm") is None:
        raise Trouble(f"npm is missing, which comes with Node and installs what the page is built with; {install}")
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)  # noqa: S607
    match = re.match(r"v(\d+)\.(\d+)\.", answer.stdout)
    if match is None:
        raise Trouble(f"`node --version` answered {(answer.stdout + answer.stderr).strip()!r}; {install}")
    version = (int(match[1]), int(match[2]))
    # What Vite asks for: 20.19 and up, or 22.12 and up.
    if version < (20, 19) or (21, 0) <= version < (22, 12):
        raise Trouble(f"Node {answer.stdout.strip().lstrip('v')} is too old; {install}")


def _belongs_to_another(path: Path) -> Trouble:
    try:
        owner = path.owner()
    except KeyError:  # a container's number without a name
        owner = f"user {path.stat().st_uid}"
    return Trouble(
        f"{path} can't be written (it belongs to {owner}); "
        f"give it back: sudo chown -R $(id -u) .taskora, or run as {owner}"
    )


def _problem_with(number: int) -> str | None:
    # Both, because a program that listens on one address alone would still be in the way.
    for address in ("127.0.0.1", "0.0.0.0"):  # noqa: S104
        try:
            socket.create_server((address, number)).close()
        except PermissionError:
            return "may only be used by root"
        except OSError:
            return "is taken by another program"
    return None


def _free_after(number: int) -> int:
    start = number if number >= 1024 else _DEFAULT_PORT
    return next(other for other in range(start, 65536) if other != number and _problem_with(other) is None)
