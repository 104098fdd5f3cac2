"""The event logs that the suite runs against."""

import os
from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import psycopg
import pytest
from confluent_kafka import Producer

from knative.local.stores import Postgres
from tests.conformance import redpanda_container
from tests.conformance.eventing.log_address import LogAddress
from tests.conformance.eventing.stage import Stage
from tests.conformance.kafka_broker import KafkaBroker, NotHere


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    with Postgres.start(tmp_path_factory.mktemp("log") / "postgres", durable=False) as server:
        yield server


@pytest.fixture
def database(postgres: Postgres) -> str:
    name = f"log_{uuid4().hex}"
    with psycopg.connect(postgres.admin_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return postgres.admin_url.rpartition("/")[0] + "/" + name


class MockCluster:
    """librdkafka's Kafka protocol in memory. It creates a topic when asked about it, and on no other wish."""

    def __init__(self) -> None:
        self._producer = Producer({"bootstrap.servers": "mock", "test.mock.num.brokers": 1, "log_level": 0})
        brokers = self._producer.list_topics(timeout=10).brokers.values()
        self.bootstrap_servers = ",".join(f"{broker.host}:{broker.port}" for broker in brokers)

    def create(self, topic: str) -> None:
        self._producer.list_topics(topic, timeout=10)


@pytest.fixture(scope="session")
def mock_cluster() -> MockCluster:
    return MockCluster()


@pytest.fixture(scope="session")
def apache_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KafkaBroker]:
    try:
        broker = KafkaBroker(tmp_path_factory.mktemp("kafka"))
    except NotHere as reason:
        pytest.skip(f"Apache Kafka: {reason}")
    with broker:
        yield broker


@pytest.fixture(scope="session")
def redpanda() -> Iterator[str]:
    try:
        with redpanda_container.redpanda() as bootstrap_servers:
            yield bootstrap_servers
    except NotHere as reason:
        pytest.skip(f"Redpanda: {reason}")


# The address of a broker of your own adds it to the suite.
GIVEN = os.environ.get("CONFORMANCE_KAFKA_BOOTSTRAP")


@pytest.fixture(params=["postgres", "mock", "apache", "redpanda", *(["given"] if GIVEN else [])])
def address(request: pytest.FixtureRequest) -> LogAddress:
    """Of every kind of log in turn."""
    match request.param:
        case "postgres":
            return LogAddress("postgres", request.getfixturevalue("database"))
        case "mock":
            cluster = request.getfixturevalue("mock_cluster")
            return LogAddress("kafka", cluster.bootstrap_servers, cluster.create)
        case "apache":
            return LogAddress("kafka", request.getfixturevalue("apache_kafka").bootstrap_servers)
        case "redpanda":
            return LogAddress("kafka", request.getfixturevalue("redpanda"))
    return LogAddress("kafka", str(GIVEN))


@pytest.fixture
async def stage(address: LogAddress) -> AsyncIterator[Stage]:
    async with Stage(address) as stage:
        yield stage
