"""A house of its own for each test: the files of this checkout in an empty folder, for `make run` to work in."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest
import yaml

from knative.local import page
from tests.ports import free_port
from tests.world import eventually

ROOT = Path(__file__).parents[2]
CODE = ("eventing", "functions", "knative", "shared")
PYTHON = os.path.realpath(sys.executable)  # not the test environment's: `make run` makes its own


class House:
    """A folder with Taskora in it, and what `make run` says there."""

    def __init__(self, folder: Path, tests: bool = False) -> None:
        self.folder = folder
        self.data = folder / ".taskora"
        ours = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(ours, cwd=ROOT, capture_output=True, text=True, check=True)
        for name in filter(None, listed.stdout.split("\0")):
            if (ROOT / name).is_file() and (tests or not name.startswith("tests/")):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
        self.data.mkdir()
        self.port = free_port()
        # Downloads are spared even to a newcomer's house.
        (self.data / "tools").symlink_to(ROOT / ".taskora/tools")
        (folder / "frontend/node_modules").symlink_to(ROOT / "frontend/node_modules")

    def furnish(self) -> None:
        """Packages and page are there already, as they are at the second start."""
        (self.folder / ".venv").symlink_to(ROOT / ".venv")
        for compiled in [each for part in CODE for each in (ROOT / part).rglob("__pycache__")]:
            if (there := self.folder / compiled.relative_to(ROOT)).parent.exists():
                shutil.copytree(compiled, there, ignore=shutil.ignore_patterns("*.pyc.*"))  # those are being written
        frontend = self.folder / "frontend"
        shutil.copytree(ROOT / "frontend/dist", frontend / "dist")
        page.mark(frontend, page.digest_of(frontend))

    def settings(self) -> dict[str, str]:
        """What its functions are told and nobody else."""
        for secret in yaml.safe_load_all((self.data / "secrets.yaml").read_text()):
            if secret["metadata"]["name"] == "taskora":
                found: dict[str, str] = secret["stringData"]
        return found

    def make_run(self, **environment: str) -> "Run":
        return Run(self.folder, {"PORT": str(self.port), **environment})

    def refusal(self, **environment: str) -> str:
        """What `make run` says when it refuses; it has then left nothing running."""
        with self.make_run(**environment) as run:
            assert run.process.wait(timeout=90) != 0
            said = run.said()
            assert "Traceback" not in said, said
            [line] = re.findall(r"^Taskora: (.*)$", said, re.MULTILINE)
            assert run.left_behind() == []
            return str(line)


def heed_hang_ups() -> None:
    """Tests that were started by nohup ignore them, and what they start would, too."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


class Run:
    """One `make run`, from outside: what it prints, and the processes that belong to it."""

    def __init__(self, folder: Path, environment: dict[str, str], target: str = "run") -> None:
        unwanted = {"DATABASE_URL", "REDIS_URL", "KAFKA_BOOTSTRAP_SERVERS", "VIRTUAL_ENV", "MAKEFLAGS", "MAKELEVEL"}
        inherited = {name: value for name, value in os.environ.items() if name not in unwanted}
        self.folder = folder
        self._lines: list[str] = []
        self.process = subprocess.Popen(
            ["make", target, f"PYTHON={PYTHON}"],
            cwd=folder,
            env=inherited | environment,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=heed_hang_ups,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as output:
            self._lines.extend(iter(output.readline, ""))

    def said(self) -> str:
        if self.process.poll() is not None:
            self._reader.join(timeout=10)
        return "".join(self._lines)

    def says(self, words: str, within: float = 90) -> None:
        eventually(lambda: words in self.said() or self.process.poll() is not None, self.said, within)
        assert words in self.said(), self.said()

    def processes(self) -> dict[int, str]:
        """Of this house: whoever works in its folder or was started with its name, by pid."""
        found = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal() and int(entry.name) != os.getpid():
                try:
                    words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                    where = os.readlink(entry / "cwd")  # noqa: PTH115
                    state = (entry / "stat").read_text().rpartition(") ")[2][0]
                except OSError:
                    continue
                if state != "Z" and (str(self.folder) in words or where.startswith(str(self.folder))):
                    found[int(entry.name)] = words
        return found

    def pid_of(self, pattern: str) -> int:
        pid = self.search(pattern)
        assert pid is not None, f"not one process is {pattern!r}: {self.processes()}"
        return pid

    def search(self, pattern: str) -> int | None:
        """None while there is no such process, and while there are two: one forked and not yet what it will be."""
        found = [pid for pid, words in self.processes().items() if re.search(pattern, words)]
        return found[0] if len(found) == 1 else None

    def left_behind(self) -> list[str]:
        """What still runs a moment after it should all have ended."""
        deadline = time.monotonic() + 15
        while (left := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.1)
        return list(left.values())

    def stop(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)  # as a terminal does for Ctrl-C
            self.process.wait(timeout=60)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._reader.join(timeout=10)


@pytest.fixture
def bare_house(tmp_path: Path) -> House:
    folder = tmp_path / "taskora"
    folder.mkdir()
    return House(folder)


@pytest.fixture
def house(bare_house: House) -> House:
    bare_house.furnish()
    return bare_house


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]
