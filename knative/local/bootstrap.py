"""From a fresh clone to everything installed, with Python's standard library alone; then become Taskora itself.

The lock is taken first and kept through all of it, so that a second start ends at once; `prepare` goes without it,
because checks may run beside Taskora. A second lock keeps the two from installing over each other.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

from knative.local import machine, page
from knative.local.lock import Lock, installing
from knative.local.programs import run
from knative.local.supervisor import FAREWELLS
from knative.local.trouble import Trouble, say, step, told

ROOT = Path(__file__).parents[2]
DATA = ROOT / ".taskora"
_UV = "0.13.8"
_OFFLINE = "check that the Python package index can be reached and run it again"


def main(words: list[str]) -> None:
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job is born deaf to it
    with told():
        match words:
            case ["run"]:
                start()
            case ["prepare"]:
                prepare()
            case _:
                raise Trouble("say what to do: run or prepare")


def start() -> NoReturn:
    data = machine.data_folder(DATA)
    installed = (ROOT / ".venv").exists() and (ROOT / "frontend/node_modules").exists()
    machine.room(data, machine.ROOM_FOR_RUNNING if installed else machine.ROOM_FOR_INSTALLING)
    lock = Lock.take(data)
    machine.content(data)
    port = machine.port(os.environ.get("PORT"))
    say("Taskora starts")
    if not (ROOT / "frontend/dist/index.html").exists():
        machine.node()  # said now rather than after the minute that the rest takes
    with installing(data):
        install_python_packages(["--no-default-groups", "--group=runner", "--group=stores", "--inexact"])
        page.build(ROOT / "frontend")
    lock.hand_on()
    signal.pthread_sigmask(signal.SIG_BLOCK, FAREWELLS)  # they wait until the next program can answer them
    python = str(ROOT / ".venv/bin/python")
    os.chdir(ROOT)
    os.execv(python, [python, "-m", "knative.local.up", str(port)])  # noqa: S606  # the same process: Ctrl-C finds it


def prepare() -> None:
    """Everything that checks and tests need."""
    machine.room(machine.data_folder(DATA), machine.ROOM_FOR_INSTALLING)
    with installing(DATA):
        install_python_packages([])
        page.build(ROOT / "frontend")
        page.install_packages(ROOT / "frontend")  # a page built elsewhere comes without them


def install_python_packages(selection: list[str]) -> None:
    uv = _uv()
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    environment |= {"UV_PROJECT_ENVIRONMENT": str(ROOT / ".venv"), "UV_PYTHON_DOWNLOADS": "never"}
    if not _works(ROOT / ".venv/bin/python"):
        environment["UV_PYTHON"] = sys.executable
    sync = [uv, "sync", "--frozen", *selection]
    if _up_to_date(sync, environment):
        return
    with step("Installing Python packages"):
        failure = "the Python packages could not be installed"
        run(sync, ROOT, failure=failure, remedy=_OFFLINE, environment=environment)


def _uv() -> str:
    """uv of the one version we know, in a small environment of its own."""
    tools = DATA / "tools"
    uv = tools / "bin/uv"
    if _works(uv) == f"uv {_UV}":
        return str(uv)
    with step("Installing uv"):
        run(
            [sys.executable, "-m", "venv", "--clear", str(tools)],
            ROOT,
            failure="no environment for tools could be made",
            remedy="install Python's venv module (Debian and Ubuntu: apt install python3-venv) and run it again",
        )
        pip = [str(tools / "bin/python"), "-m", "pip", "install", "--quiet", f"uv=={_UV}"]
        run(pip, ROOT, failure="uv could not be installed", remedy=_OFFLINE)
    return str(uv)


def _works(program: Path) -> str:
    """The first two words of what a program says of its version; empty when it can't be run."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    except OSError:
        return ""
    return " ".join(answer.stdout.split()[:2])


def _up_to_date(sync: list[str], environment: dict[str, str]) -> bool:
    check = subprocess.run(  # noqa: S603
        [*sync, "--check"], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    return check.returncode == 0


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(143)
