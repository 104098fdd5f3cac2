"""A real PostgreSQL and a real Valkey on this machine, started from a wheel or from what is installed.

Both listen on 127.0.0.1 alone, on a port of the kernel's choice, behind a random password: a TCP port is open to every
user of the machine. They end with the process that started them, however that ends.
"""

import shutil
import signal
import socket
import subprocess
from pathlib import Path
from typing import Self

from knative.local import binaries, unprivileged
from knative.local.server import DidNotStart, Server, last_lines, write_secret

_OWNER = "taskora"
_DATABASE = "taskora"


class DataOfAnotherVersion(Exception):
    """The data folder was written by a PostgreSQL that is not at hand."""

    def __init__(self, folder: Path, major: str, reason: str) -> None:
        super().__init__(f"{folder} holds data of PostgreSQL {major}, and {reason}")
        self.folder, self.major = folder, major


class Postgres(Server):
    name = "PostgreSQL"
    farewell = signal.SIGINT  # "fast": ends sessions and writes a checkpoint

    def __init__(self, data: Path, durable: bool) -> None:
        data.mkdir(parents=True, exist_ok=True)
        super().__init__(data)
        self.durable = durable
        self._cluster = self.data / "cluster"
        self._binaries = _binaries_for(self._cluster)
        if not self._cluster.exists():
            self._make_cluster()

    @classmethod
    def start(cls, data: Path, durable: bool = True) -> Self:
        """Start on this data, made first where there is none. Not durable: fast, for tests."""
        server = cls(data, durable)
        server._launch(port_may_change=True)
        return server

    @property
    def url(self) -> str:
        """The product's own database, as the superuser."""
        return self._url_of(_DATABASE)

    @property
    def admin_url(self) -> str:
        """The database `postgres`, from which others are made, as the superuser."""
        return self._url_of("postgres")

    def _url_of(self, database: str) -> str:
        return f"postgresql://{_OWNER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def _make_cluster(self) -> None:
        # Made beside and moved into place when whole, so that an interrupted start leaves no half of a cluster.
        new = self._cluster.with_name("cluster.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        password_file = self.data / "password.initdb"
        write_secret(password_file, self.password)
        if unprivileged.is_needed():
            unprivileged.give(new)
            unprivileged.give(password_file)
        words = [
            str(self._binaries / "initdb"),
            f"--pgdata={new}",
            f"--username={_OWNER}",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            *_locale(binaries.major_of(self._binaries)),
            *(() if self.durable else ("--no-sync",)),
        ]
        self._run_once(words, new)
        password_file.unlink()
        # Without a server there is nobody to connect to yet, and no client is needed.
        single = [str(self._binaries / "postgres"), "--single", "-D", str(new), "postgres"]
        self._run_once(single, new, f"CREATE DATABASE {_DATABASE}\n")
        new.replace(self._cluster)

    def _run_once(self, words: list[str], data: Path, typed: str = "") -> None:
        done = subprocess.run(  # noqa: S603
            self._as_allowed(words, data),
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            start_new_session=True,  # Ctrl-C is not for it
        )
        said = done.stdout + done.stderr
        if done.returncode != 0 or "ERROR:" in said:
            raise DidNotStart(f"PostgreSQL's data could not be made: {last_lines(said)}")

    def _command(self) -> list[str]:
        options = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "max_connections": 200,
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_destination": "stderr",
            "logging_collector": "off",
        }
        if not self.durable:
            options |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
        settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        return self._as_allowed([str(self._binaries / "postgres"), "-D", str(self._cluster), *settings], self._cluster)

    @staticmethod
    def _as_allowed(words: list[str], data: Path) -> list[str]:
        return unprivileged.command(words, data) if unprivileged.is_needed() else words

    def _is_ready(self) -> bool:
        # As pg_ctl does it: the postmaster writes its state into the eighth line of its pid file.
        try:
            lines = (self._cluster / "postmaster.pid").read_text().split("\n")
        except OSError:
            return False
        return len(lines) > 7 and lines[0] == str(self.process.pid) and lines[7].strip() == "ready"

    def _passes(self, complaint: str) -> bool:
        # After a -9 the old server's children take a moment to notice.
        return any(sign in complaint for sign in ("Is another postmaster", "pre-existing shared memory", "in use"))


class Valkey(Server):
    name = "Valkey"
    farewell = signal.SIGTERM

    def __init__(self, data: Path) -> None:
        data.mkdir(parents=True, exist_ok=True)
        super().__init__(data)
        self._binary = binaries.valkey()

    @classmethod
    def start(cls, data: Path) -> Self:
        server = cls(data)
        server._launch(port_may_change=True)
        return server

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def _command(self) -> list[str]:
        # A file, because a command line is there for every user of the machine to read.
        settings = self.data / "valkey.conf"
        lines = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "dir": f'"{self.data}"',
            "save": '""',
            "appendonly": "yes",
            "requirepass": self.password,
        }
        write_secret(settings, "".join(f"{name} {value}\n" for name, value in lines.items()))
        return [str(self._binary), str(settings)]

    def _is_ready(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                answer = b""
                while chunk := connection.recv(100):
                    answer += chunk
                    if answer.count(b"\r\n") >= 2:
                        break
        except OSError:
            return False
        return answer == b"+OK\r\n+PONG\r\n"

    def _passes(self, complaint: str) -> bool:
        return "in use" in complaint


def _binaries_for(cluster: Path) -> Path:
    written_by = cluster / "PG_VERSION"
    if not written_by.exists():
        return binaries.postgres()
    major = written_by.read_text().strip()
    try:
        return binaries.postgres(int(major))
    except binaries.NotFound as missing:
        raise DataOfAnotherVersion(cluster.parent, major, str(missing)) from missing


def _locale(major: int) -> list[str]:
    # The same order of text everywhere; macOS has no C.UTF-8 of its own, the wheel no ICU.
    if major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]
