"""The world a test starts from: real PostgreSQL, real Valkey, real function processes, a broker's door."""

import json
import os
import secrets
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import psycopg
from psycopg_pool import ConnectionPool

from knative.local import guardian
from knative.local.stores import Postgres, Valkey
from tests import judge
from tests.forked import Forked, zygote
from tests.ports import free_port

ROOT = Path(__file__).parents[1]
PATIENCE = 20.0
LIMITS_OF_A_PERSON = ("read", "write", "search", "bulk", "stream", "export")
ASKS = {"chat": ("complete", "organize", "tasks")}  # which functions it asks in a person's place
NO_LIMITS = " ".join(f"{name}=1000000000/60" for name in LIMITS_OF_A_PERSON)
NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # reading the system's costs each client 30 ms, for plain HTTP


def eventually(question: Callable[[], object], wanted: Callable[[], str] | str, within: float = PATIENCE) -> None:
    """Wait until something is so; fail with what was wanted when it never is.

    The longer it has waited the less often it asks: it is late by a twentieth at most, and who works has the processor.
    """
    began = time.monotonic()
    while not question():
        waited = time.monotonic() - began
        assert waited < within, f"after {within:g} s still not: {wanted if isinstance(wanted, str) else wanted()}"
        time.sleep(min(max(0.01, waited / 20), 0.5))


@dataclass(frozen=True)
class Posted:
    """An event as it came to the broker's door."""

    topic: str
    headers: dict[str, str]
    data: bytes

    @property
    def type(self) -> str:
        return self.headers["ce-type"]

    @property
    def of(self) -> str:
        """The user's id; of what is nobody's, the function's name."""
        return self.headers.get("ce-partitionkey", "")

    @property
    def subject(self) -> str:
        return self.headers.get("ce-subject", "")  # work that is due is about nothing


class Door:
    """Takes CloudEvents as Knative's broker does and remembers them, and what was `strange` about one.

    `answers` decides what it says, except of what it `refuses`; while `opened` is clear it says nothing.
    """

    def __init__(self) -> None:
        self.posted: list[Posted] = []
        self.strange: list[str] = []
        self.answers = 202
        self.kept_waiting: list[Posted] = []  # what came while it was closed
        self.refuses: set[str] = set()  # subjects
        self.opened = threading.Event()
        self.opened.set()
        door = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                data = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                self.send_response(door.answer(Posted(self.path.rpartition("/")[2], headers, data)))
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/taskora"

    def answer(self, event: Posted) -> int:
        if not self.opened.is_set():
            self.kept_waiting.append(event)
        self.opened.wait()
        status = 400 if event.subject in self.refuses else self.answers
        if not self.strange:
            self.strange = judge.faults(event.topic, event.headers, event.data)
        if status == 202:
            self.posted.append(event)
        return status

    def about(self, subject: str) -> list[str]:
        return [event.type for event in list(self.posted) if event.subject == subject]

    def close(self) -> None:
        self.opened.set()
        self._server.shutdown()
        self._server.server_close()


@dataclass
class Function:
    """A running function, in a process of its own."""

    name: str
    process: subprocess.Popen[bytes] | Forked
    url: str
    log: Path

    def client(self, **headers: str) -> httpx.Client:
        return httpx.Client(base_url=self.url, headers=headers, timeout=PATIENCE, verify=NO_AUTHORITIES)

    def lines(self) -> list[str]:
        return self.log.read_text().splitlines()

    def listens(self) -> bool:
        try:
            httpx.get(f"{self.url}/health", timeout=2, verify=NO_AUTHORITIES)
        except httpx.TransportError:
            return False
        return True

    def begin_to_end(self) -> None:
        """Told to end, it takes no more requests and finishes those it has."""
        self.process.send_signal(signal.SIGTERM)
        eventually(lambda: not self.listens(), f"{self.name} takes no more requests")

    def terminate(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.ended()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.ended()

    def ended(self) -> int:
        code = self.process.wait(PATIENCE)
        if isinstance(self.process, subprocess.Popen):
            guardian.release(self.process.pid)
        return code


@dataclass
class World(AbstractContextManager["World"]):
    folder: Path
    durable: bool = False  # whether PostgreSQL keeps what was committed when it is killed
    forks: bool = False  # functions are forked, rather than started from nothing
    door: Door = field(default_factory=Door)

    def __enter__(self) -> Self:
        self._stack = ExitStack()
        if self.forks:
            zygote()
        self.postgres = self._stack.enter_context(Postgres.start(self.folder / "postgres", self.durable))
        self.valkey = self._stack.enter_context(Valkey.start(self.folder / "valkey"))
        self._stack.callback(self.door.close)
        self._running: dict[str, Function] = {}
        self._started: list[Function] = []
        self.database = f"test_{uuid4().hex}"
        with psycopg.connect(self.postgres.admin_url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {self.database}".encode())
        self.owner_url = self.database_url()
        self._owner = self._stack.enter_context(
            ConnectionPool(
                self.owner_url,
                kwargs={"autocommit": True},
                min_size=0,
                max_size=4,
                check=ConnectionPool.check_connection,
                open=False,
            )
        )
        self.environment = {
            "DATABASE_URL": self.database_url("taskora_functions"),
            "REDIS_URL": self.valkey.url,
            "EVENT_SIGNING_KEYS": "the key of the tests",
            "BROKER_INGRESS_URL": self.door.url,
            "REGISTRATION": "at-once",
            "ENCRYPTION_KEYS": "another key of the tests",
        }
        self.tidy_url = self.database_url("taskora_tidy")
        self.migrate()
        self.rows("UPDATE releases SET told_at = now()")  # it is no news to anybody
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for function in self._started:
            if function.process.returncode is None:
                function.kill()
        self._stack.close()

    def database_url(self, role: str | None = None) -> str:
        server = urlsplit(self.postgres.admin_url)
        login = f"{role}:{secrets.token_hex(8)}@{server.hostname}:{server.port}" if role else server.netloc
        return f"postgresql://{login}/{self.database}"

    def migrate(self) -> None:
        environment = self.environment | {
            "MIGRATION_DATABASE_URL": self.owner_url,
            "TIDY_DATABASE_URL": self.tidy_url,
        }
        subprocess.run(
            [sys.executable, "-m", "shared.migrate"], cwd=ROOT, env=os.environ | environment, check=True, timeout=60
        )

    def function(self, name: str) -> Function:
        """This function's process; one for the whole session, unless a test ended it."""
        running = self._running.get(name)
        if running is None or running.process.poll() is not None:
            running = self._running[name] = self.start(name)
        return running

    def start(self, name: str, **changed: str) -> Function:
        return self.start_from(ROOT, name, **changed)

    def start_from(self, code: Path, name: str, **changed: str) -> Function:
        port = free_port()
        environment = self.environment | {
            "K_SERVICE": name,
            "PORT": str(port),
            "HOST": "127.0.0.1",
            "FUNCTION_SOURCE": f"functions/{name}/main.py",
        }
        if name == "tidy":
            environment["DATABASE_URL"] = self.tidy_url
        if name in ASKS:
            urls = {each: self.function(each).url for each in ASKS[name]}
            environment["FUNCTION_URLS"] = json.dumps(urls)
        log = self.folder / f"{name}-{port}.log"
        log.write_bytes(b"")
        given = os.environ | environment | changed
        is_forked = self.forks and code == ROOT and "PYTHONPATH" not in changed  # it would not import what it is to
        process = zygote().fork(name, given, log) if is_forked else started(code, given, log)
        function = Function(name, process, f"http://127.0.0.1:{port}", log)
        self._started.append(function)
        eventually(lambda: is_healthy(function), lambda: f"{name} answers /health\n{log.read_text()}")
        return function

    def waiting_for_locks(self) -> int:
        [(waiting,)] = self.rows(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return int(str(waiting))

    @contextmanager
    def everyone_waits_for(self, user_id: object, waiting: int = 1) -> Iterator[None]:
        """Changes of this user wait until there are as many as there should be: a race is forced, not hoped for."""
        with psycopg.connect(self.owner_url) as connection:
            connection.execute("SELECT FROM counters WHERE user_id = %s FOR UPDATE", [user_id])
            yield
            eventually(lambda: self.waiting_for_locks() >= waiting, f"{waiting} wait for the user's counter")

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """What the database holds, read as its owner."""
        with self._owner.connection() as connection:
            cursor = connection.execute(query.encode(), values)
            return cursor.fetchall() if cursor.description is not None else []

    def plans_by_what_is_in(self, table: str) -> None:
        """As if no more came: few rows are read again and again, where many are sorted or looked up."""
        with psycopg.connect(self.owner_url, autocommit=True) as connection:
            connection.execute(f"VACUUM ANALYZE {table}".encode())


def started(code: Path, environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """From nothing, as in the image."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "shared.entry"], cwd=code, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    guardian.watch(process.pid, signal.SIGKILL)  # so that it ends with the tests, even when they are killed
    return process


def is_healthy(function: Function) -> bool:
    assert function.process.poll() is None, f"{function.name} ended:\n{function.log.read_text()}"
    try:
        return httpx.get(f"{function.url}/health", verify=NO_AUTHORITIES).status_code == 200
    except httpx.TransportError:
        return False
