"""The event logs that the suite runs against."""

from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import psycopg
import pytest

from knative.local.stores import Postgres
from knative.runner.eventing.postgres_log import PostgresLog
from tests.conformance.eventing.stage import Stage


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


@pytest.fixture
async def stage(database: str) -> AsyncIterator[Stage]:
    async with Stage(lambda: PostgresLog(database)) as stage:
        yield stage
