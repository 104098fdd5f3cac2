"""A whole Taskora in a throwaway folder, made of the parts that `make run` is made of, and kept running as it does."""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Self

import psycopg
from psycopg.rows import dict_row

from knative.local import guardian, programs, secret_manifests
from knative.local.runner_process import Runner
from knative.local.secret_manifests import Mail
from knative.local.server import DidNotStart
from knative.local.stores import Postgres, Valkey
from knative.local.supervisor import Component, End
from knative.local.trouble import Trouble
from tests.chaos import detour
from tests.guards import Edit, apply
from tests.ports import free_port
from tests.world import NO_LIMITS

ROOT = Path(__file__).parents[2]
CODE = ("functions", "shared", "knative", "eventing", "frontend/dist")
NOTICE = 0.02  # seconds between two looks whether something has ended
DELIVERING = "return Eventing(manifests, services.deliver, self._event_log())"
BY_DETOUR = (
    "from detour import Detour; "
    "return Eventing(manifests, Detour(services.deliver, {}, {!r}).deliver, self._event_log())"
)
# The pauses of webhooks, which are a day in all.
SOON_AGAIN = (
    Edit("functions/webhooks/sending.py", "\nPAUSES = (10, 60, 5 * 60, 15 * 60, ", "\nPAUSES = (*(1,) * 100, "),
    Edit(
        "functions/webhooks/turns.py",
        "FIRST_PAUSE, LONGEST_PAUSE = 10.0, 600.0",
        "FIRST_PAUSE, LONGEST_PAUSE = 1.0, 2.0",
    ),
)


class Kafka:
    """Apache Kafka as a component; without it, brokers are the runner's own log in PostgreSQL."""

    name = "Kafka"

    def __init__(self, folder: Path) -> None:
        from tests.conformance.kafka_broker import KafkaBroker

        folder.mkdir()
        self._broker = KafkaBroker(folder)
        self.bootstrap_servers = self._broker.bootstrap_servers
        self.start_again()

    @property
    def process(self) -> subprocess.Popen[bytes]:
        return self._broker.process

    def start_again(self) -> None:
        try:
            self._broker.start()
        except AssertionError as problem:
            raise DidNotStart(str(problem)) from problem
        guardian.watch(self.process.pid, signal.SIGTERM)

    def stop(self) -> None:
        self._broker.__exit__(None, None, None)
        guardian.release(self.process.pid)


class Installation:
    def __init__(self, folder: Path, with_kafka: bool, mail: Mail | None = None) -> None:
        self.code, self._data = folder / "code", folder / "data"
        self._with_kafka, self._mail = with_kafka, mail
        self.kafka_servers = ""
        self._data.mkdir()
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.journal = self._data / "deliveries"
        self.slow_starts: list[str] = []
        self._end = _End()
        self._components: dict[str, Component] = {}
        self._held: dict[str, asyncio.Event] = {}

    @classmethod
    @contextlib.contextmanager
    def running(cls, folder: Path, mail: Mail | None = None) -> Iterator[Self]:
        """As it is, from the copy of its code to the end of its last process."""
        installation = cls(folder, with_kafka=False, mail=mail)
        installation.copy_code()
        try:
            installation.start()
            yield installation
        finally:
            installation.stop()

    def copy_code(self) -> None:
        for part in CODE:
            if (ROOT / part).exists():
                # `func run` leaves a folder that holds a link to its own parent.
                shutil.copytree(ROOT / part, self.code / part, ignore=shutil.ignore_patterns(".func"))
        manifests = self.code / "knative/overlays/local/rendered.yaml"
        manifests.write_text(manifests.read_text().replace('RATE_LIMITS: ""', f"RATE_LIMITS: {NO_LIMITS}"))

    def disturb_deliveries(self, seed: int) -> None:
        """From now on what is delivered may come twice, late, or behind what came after it."""
        shutil.copy(detour.__file__, self.code)
        apply(
            Edit(
                "knative/runner/runner.py",
                DELIVERING,
                BY_DETOUR.format(seed, str(self.journal)),
            ),
            self.code,
        )

    def reach(self, certificate: Path) -> None:
        """Webhooks may be at an address of this machine, whose certificate this is; and they are tried again soon."""
        nowhere = 'REACHABLE_NETWORKS: ""'
        here = f"REACHABLE_NETWORKS: 127.0.0.0/8\n  SSL_CERT_FILE: {certificate}"
        for edit in (Edit("knative/overlays/local/rendered.yaml", nowhere, here), *SOON_AGAIN):
            apply(edit, self.code)

    def start(self) -> None:
        self.postgres = self._components["postgres"] = Postgres.start(self._data / "postgres")
        self._components["valkey"] = valkey = Valkey.start(self._data / "valkey")
        if self._with_kafka:
            self._components["broker"] = kafka = Kafka(self._data / "kafka")
            self.kafka_servers = os.environ["KAFKA_BOOTSTRAP_SERVERS"] = kafka.bootstrap_servers
        secrets = secret_manifests.keep(
            self._data / "secrets.yaml", self.postgres.url, valkey.url, self.address, self._mail
        )
        urls = {
            "MIGRATION_DATABASE_URL": self.postgres.url,
            "DATABASE_URL": secrets.database_url,
            "TIDY_DATABASE_URL": secrets.tidy_database_url,
        }
        migrate = [sys.executable, "-m", "shared.migrate"]
        programs.run(migrate, self.code, failure="no schema", remedy="see above", environment=os.environ | urls)
        self.runner = Runner(self.code, self._data, self.port, self.postgres.url, self._end)
        self.runner.start()
        self._components["runner"] = self.runner

    def stop(self) -> None:
        for component in reversed(self._components.values()):
            component.stop()

    def ingress(self) -> str:
        """The brokers' door, where the runner that runs now has it."""
        addresses = json.loads((self._data / "runner" / "addresses.json").read_text())
        return str(addresses["ingress"])

    def component(self, name: str) -> Component | None:
        return self._components.get(name)

    @contextlib.asynccontextmanager
    async def kept_running(self) -> AsyncIterator[None]:
        """What ends is started again at once, unless it is being held down."""
        keepers = [asyncio.create_task(self._keep(name)) for name in self._components]
        try:
            yield
        finally:
            self._end.is_wished = True
            for keeper in keepers:
                keeper.cancel()
            ends = await asyncio.gather(*keepers, return_exceptions=True)
            for broke in (end for end in ends if isinstance(end, Exception)):
                raise broke

    @contextlib.contextmanager
    def held_down(self, name: str) -> Iterator[None]:
        """Whoever stops a component decides when it may come back."""
        self._held[name].clear()
        try:
            yield
        finally:
            self._held[name].set()

    async def _keep(self, name: str) -> None:
        component = self._components[name]
        may_start = self._held[name] = asyncio.Event()
        may_start.set()
        while True:
            while component.process.poll() is None:  # noqa: ASYNC110  # no event says it
                await asyncio.sleep(NOTICE)
            await may_start.wait()
            try:
                await asyncio.to_thread(component.start_again)
            except (DidNotStart, Trouble) as problem:  # something else is broken just now, or it was hit while starting
                self.slow_starts.append(f"{component.name} did not come back at once: {problem}")

    async def back(self, name: str, ended: int) -> None:
        """Wait until another process than that one is there."""
        component = self._components[name]
        while component.process.pid == ended or component.process.poll() is not None:  # noqa: ASYNC110  # no event says it
            await asyncio.sleep(NOTICE)

    def rows(self, question: str, **values: object) -> list[dict[str, Any]]:
        """What the database holds, read as its owner."""
        with psycopg.connect(self.postgres.url, autocommit=True, row_factory=dict_row, connect_timeout=5) as connection:
            cursor = connection.execute(question.encode(), values or None)
            return cursor.fetchall() if cursor.description is not None else []


class _End(End):
    """Nobody presses Ctrl-C here: the clients' event loop has the signals."""

    def __init__(self) -> None:
        self.is_wished = False

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)
