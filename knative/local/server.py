"""A server process of this machine with its data: started, watched while it comes up, ended, started again."""

import os
import secrets
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from knative.local import guardian

_PATIENCE = 60.0  # seconds; crash recovery on a busy machine takes its time


class DidNotStart(Exception):
    """A store could not be started; the message ends with what the server itself said."""


class Server(ABC):
    """One server process and its data; it can be killed and started again, and keeps its port and its data."""

    name: ClassVar[str]
    farewell: ClassVar[signal.Signals]  # asks for an orderly and quick end
    process: subprocess.Popen[bytes]

    def __init__(self, data: Path) -> None:
        self.data = data.resolve()
        self.log = self.data / "log"
        self.password = _password(self.data / "password")
        self.port = _free_port()
        if self.log.exists():
            self.log.replace(self.log.with_name("log.previous"))

    @property
    @abstractmethod
    def url(self) -> str: ...

    @abstractmethod
    def _command(self) -> list[str]: ...

    @abstractmethod
    def _is_ready(self) -> bool: ...

    @abstractmethod
    def _passes(self, complaint: str) -> bool:
        """Whether what the server complained of before it ended goes away by itself."""

    def _launch(self, *, port_may_change: bool) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not self._comes_up(deadline):
            complaint = self._last_words()
            if time.monotonic() > deadline or not self._passes(complaint):
                self.kill()
                raise DidNotStart(f"{self.name} did not start: {complaint or 'it said nothing'} (log: {self.log})")
            if port_may_change:
                self.port = _free_port()
            time.sleep(0.1)

    def _comes_up(self, deadline: float) -> bool:
        self._begins_at = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                self._command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", start_new_session=True
            )
        guardian.watch(self.process.pid, self.farewell)
        while self.process.poll() is None and time.monotonic() < deadline:
            if self._is_ready():
                return True
            time.sleep(0.01)
        if self.process.poll() is not None:
            guardian.release(self.process.pid)
        return False

    def _last_words(self) -> str:
        with self.log.open("rb") as log:
            log.seek(self._begins_at)
            return last_lines(log.read().decode(errors="replace"))

    def start_again(self) -> None:
        """Same port, same data, after a stop, a kill or a crash."""
        if self.process.poll() is None:
            raise RuntimeError(f"{self.name} is running")
        guardian.release(self.process.pid)
        self._launch(port_may_change=False)

    def stop(self) -> None:
        """An orderly end; -9 only for a server that does not heed the request."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)  # a paused one can't heed it
            self.process.send_signal(self.farewell)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        guardian.release(self.process.pid)

    def kill(self) -> None:
        """As the kernel does when memory runs out: no farewell."""
        self.process.kill()
        self.process.wait()
        guardian.release(self.process.pid)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def last_lines(text: str) -> str:
    return " | ".join([line.strip() for line in text.splitlines() if line.strip()][-8:])


def _password(file: Path) -> str:
    if not file.exists():
        write_secret(file, secrets.token_urlsafe(24))
    return file.read_text().strip()


def write_secret(file: Path, text: str) -> None:
    # Whole or not at all: a password cut short would be kept.
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(text)
    new.replace(file)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
