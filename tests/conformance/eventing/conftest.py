"""The event logs that the suite runs against."""

import os
from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import psycopg
import pytest
from confluent_kafka import Producer

from knative.local.stores import Postgres
from knative.runner.eventing.kafka_log import KafkaLog
from knative.runner.eventing.postgres_log import PostgresLog
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


# The address of a broker of your own, such as Redpanda's, adds it to the suite.
GIVEN = os.environ.get("CONFORMANCE_KAFKA_BOOTSTRAP")


@pytest.fixture(params=["postgres", "mock", "apache", *(["given"] if GIVEN else [])])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """The same stage over every kind of log."""
    match request.param:
        case "postgres":
            database = request.getfixturevalue("database")
            stage = Stage(lambda: PostgresLog(database))
        case "mock":
            cluster = request.getfixturevalue("mock_cluster")
            stage = Stage(lambda: KafkaLog(cluster.bootstrap_servers))
            for topic in (stage.orders, stage.graveyard):
                cluster.create(topic)
        case "apache":
            broker = request.getfixturevalue("apache_kafka")
            stage = Stage(lambda: KafkaLog(broker.bootstrap_servers))
        case _:
            stage = Stage(lambda: KafkaLog(str(GIVEN)))
    async with stage:
        yield stage
