"""The runner, as a component that can be started again: one process that brings its functions along and takes them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from knative.local import guardian
from knative.local.supervisor import End
from knative.local.trouble import Trouble, last_words

_PATIENCE = 60.0


class Runner:
    name = "The runner"
    process: subprocess.Popen[bytes]

    def __init__(
        self, root: Path, data: Path, port: int, database_url: str, end: End, attached: Sequence[Path] = ()
    ) -> None:
        self._root, self._port, self._end = root, port, end
        self.log = data / "logs" / "runner.log"
        self._command = _command(root, data, port, attached)
        # The functions get what their manifests say, and nobody the owner's way into the database but the runner.
        mine = {"DATABASE_URL", "REDIS_URL", "PORT", "ATTACH"}
        self._environment = {name: value for name, value in os.environ.items() if name not in mine}
        self._environment["RUNNER_DATABASE_URL"] = database_url
        self.log.parent.mkdir(exist_ok=True)
        if self.log.exists():
            self.log.replace(self.log.with_name("runner.log.previous"))

    def start(self) -> None:
        with self.log.open("ab") as log:
            begins_at = log.tell()
            self.process = subprocess.Popen(  # noqa: S603
                self._command,
                cwd=self._root,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        guardian.watch(self.process.pid, signal.SIGTERM)
        deadline = time.monotonic() + _PATIENCE
        while not self._end.is_wished and not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                said = last_words(self._said_since(begins_at)) or "it said nothing"
                raise Trouble(f"the runner did not start: {said} (log: {self.log})")
            self._end.wait(0.05)

    def start_again(self) -> None:
        guardian.release(self.process.pid)
        self.start()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)  # a paused one can't heed the next
            self.process.terminate()
            try:
                self.process.wait(timeout=40)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        guardian.release(self.process.pid)

    def _said_since(self, position: int) -> str:
        with self.log.open("rb") as log:
            log.seek(position)
            return log.read().decode(errors="replace")

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=5)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status < 500
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


def _command(root: Path, data: Path, port: int, attached: Sequence[Path]) -> list[str]:
    functions = sorted(str(main.relative_to(root)) for main in root.glob("functions/*/main.py"))
    options = {
        "--routes": "knative/base/routes.yaml",
        "--page": "frontend/dist",
        "--port": str(port),
        "--state": str(data / "runner"),
        "--entry": "shared.entry:main",
    }
    manifests = ["knative/overlays/local/rendered.yaml", str(data / "secrets.yaml"), *map(str, attached)]
    return [
        *(sys.executable, "-m", "knative.runner"),
        *(word for manifest in manifests for word in ("--manifests", manifest)),
        *(word for option in options.items() for word in option),
        *("--preload", *functions, "shared/serving.py"),
    ]
