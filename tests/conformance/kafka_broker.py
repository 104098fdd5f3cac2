"""Apache Kafka itself, in KRaft mode, where Java is. Maven fetches its jars once, into .taskora/kafka."""

import fcntl
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from tests.ports import free_port

VERSION = "4.3.0"
JARS = Path(__file__).parents[2] / ".taskora" / "kafka" / VERSION
PATIENCE = 90.0  # seconds; a JVM on a busy machine

_POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>taskora</groupId><artifactId>kafka</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>{VERSION}</version>
    </dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
"""
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"


class NotHere(Exception):
    """This machine cannot run Kafka; the message says why."""


def jars() -> Path:
    if shutil.which("java") is None:
        raise NotHere("there is no java")
    JARS.parent.mkdir(parents=True, exist_ok=True)
    with JARS.with_name("lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # other tests at the same time want them as well
        if not JARS.exists():
            fetch()
    return JARS


def fetch() -> None:
    if shutil.which("mvn") is None:
        raise NotHere("there is no mvn to fetch Kafka's jars with")
    with tempfile.TemporaryDirectory(dir=JARS.parent) as folder:
        pom = Path(folder, "pom.xml")
        pom.write_text(_POM)
        command = ["mvn", "-B", "-q", "-f", str(pom), _COPY, f"-DoutputDirectory={folder}/jars"]
        fetched = subprocess.run(
            [*command, "-DincludeScope=runtime"], capture_output=True, text=True, timeout=600, check=False
        )
        if fetched.returncode != 0:
            raise NotHere(f"Maven could not fetch Kafka's jars: {fetched.stdout.strip()[-300:]}")
        Path(folder, "jars").rename(JARS)


class KafkaBroker:
    """One broker that is its own controller. It keeps its port and its data over a kill and a new start."""

    def __init__(self, folder: Path) -> None:
        self._classes = f"{jars()}/*"
        self._folder = folder
        self._port, controller = free_port(), free_port()
        self.bootstrap_servers = f"127.0.0.1:{self._port}"
        self._properties = folder / "server.properties"
        settings = {
            "process.roles": "broker,controller",
            "node.id": 1,
            "controller.quorum.voters": f"1@127.0.0.1:{controller}",
            "listeners": f"PLAINTEXT://127.0.0.1:{self._port},CONTROLLER://127.0.0.1:{controller}",
            "advertised.listeners": f"PLAINTEXT://127.0.0.1:{self._port}",
            "controller.listener.names": "CONTROLLER",
            "log.dirs": folder / "data",
            "auto.create.topics.enable": "false",
            "group.initial.rebalance.delay.ms": 0,
            "offsets.topic.num.partitions": 4,
            "offsets.topic.replication.factor": 1,
            "transaction.state.log.replication.factor": 1,
            "transaction.state.log.min.isr": 1,
            "log.cleaner.dedupe.buffer.size": 2097152,  # what a heap of 128 MB has room for
        }
        self._properties.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
        self._java("kafka.tools.StorageTool", "format", "-t", uuid4().hex[:22], "-c", str(self._properties)).wait(60)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()

    def start(self) -> None:
        self.process = self._java("kafka.Kafka", str(self._properties))
        deadline = time.monotonic() + PATIENCE
        while not answers(self.bootstrap_servers):
            said = (self._folder / "kafka.log").read_text()[-2000:]
            assert self.process.poll() is None, f"Kafka ended: {said}"
            assert time.monotonic() < deadline, f"Kafka is not ready after {PATIENCE:g} s: {said}"

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def _java(self, *arguments: str) -> subprocess.Popen[bytes]:
        machine = ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp", self._classes]
        with (self._folder / "kafka.log").open("ab") as log:
            return subprocess.Popen([*machine, *arguments], stdout=log, stderr=log, cwd=self._folder)


def answers(bootstrap_servers: str) -> bool:
    try:
        client = AdminClient({"bootstrap.servers": bootstrap_servers, "log_level": 0})
        return bool(client.list_topics(timeout=1).brokers)
    except KafkaException:
        return False
